"""Pieces of a text: each begins with a sentence, and none of it is lost."""

from __future__ import annotations

import numpy as np

from rnnlab.language.tokenizer import END
from rnnlab.training.language.pieces import Pieces, starts_of_pieces

STREAM = np.array([2, 3, END, 4, END, 5, 6, 7, 8, END, 9, END], np.int32)


def test_a_piece_begins_with_the_first_sentence_that_the_last_one_did_not_hold_whole():
    # 2 3 ⏎ 4 | 4 ⏎ 5 6 | 5 6 7 8 holds no end, so the next goes on with ⏎ 9.
    assert starts_of_pieces(STREAM, 4).tolist() == [0, 3, 5]
    assert starts_of_pieces(STREAM, 20).tolist() == []


def test_the_target_is_the_next_word_and_before_the_first_one_stands_an_end():
    pieces = Pieces.of(STREAM, 4)
    assert pieces.inputs[0].tolist() == [END, 2, 3, END]
    assert pieces.targets[0].tolist() == [2, 3, END, 4]
    assert pieces.inputs[1].tolist() == [END, 4, END, 5]


def test_noise_replaces_words_but_neither_ends_nor_targets():
    stream = np.tile(STREAM, 200)
    pieces = Pieces.of(stream, 4)
    chosen = np.arange(len(pieces.inputs)).reshape(1, -1)
    batches = pieces.batches(chosen, 0.3, np.random.default_rng(1))
    inputs, targets = batches.inputs[0, 0], batches.targets[0, 0]
    ends = pieces.inputs == END
    assert (inputs[ends] == END).all()
    assert (targets == pieces.targets).all()
    # A replaced word may be drawn as itself, with the sum of its squared shares.
    shares = np.bincount(pieces.targets.ravel()) / pieces.targets.size
    same = (shares[pieces.inputs[~ends]]).mean()
    changed = (inputs[~ends] != pieces.inputs[~ends]).mean()
    n = int((~ends).sum())
    expected = 0.3 * (1 - same)
    assert abs(changed - expected) < 4 * np.sqrt(expected * (1 - expected) / n)
    assert not batches.keep.any()
