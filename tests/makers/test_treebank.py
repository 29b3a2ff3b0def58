"""A treebank of phrases: trees to words and labels, and what is held out."""

import gzip

import pytest

from rnnlab.errors import SettingError
from rnnlab.makers.sentiment.treebank import (
    EncodedPhrases,
    HeldOutPhrases,
    as_typed,
    distinct,
    held_out_sentences,
    read_treebank,
)

NOT_BAD = "(3 (2 It) (3 (2 (2 is) (2 n't)) (1 bad)))"
GOOD = "(4 (2 (2 A) (2 film)) (3 (2 that) (3 (2 is) (3 good))))"
NEUTRAL = "(2 (2 The) (2 end))"


@pytest.fixture
def trees(tmp_path):
    file = tmp_path / "trees.txt.gz"
    file.write_bytes(gzip.compress("\n".join([NOT_BAD, GOOD, NEUTRAL, ""]).encode()))
    return read_treebank(file)


def test_each_phrase_has_its_own_label_and_what_belongs_together_is_one_word(trees):
    not_bad = trees[0]
    assert not_bad.words == ("it", "isn't", "bad")
    labels = {" ".join(phrase.words): phrase.label for phrase in not_bad.phrases}
    assert labels == {"it isn't bad": 3, "it": 2, "isn't bad": 3, "isn't": 2, "is": 2, "bad": 1}


def test_a_plain_file_is_read_like_a_packed_one(tmp_path, trees):
    file = tmp_path / "trees.txt"
    file.write_text(f"{NOT_BAD}\n{GOOD}\n{NEUTRAL}\n", encoding="utf-8")
    assert read_treebank(file) == trees


@pytest.mark.parametrize("line", ["(3 (2 It)", "no tree", "(x word)", "(3 (2 a) (2 b)))"])
def test_a_line_that_is_no_tree_is_named(tmp_path, line):
    file = tmp_path / "broken.txt"
    file.write_text(f"{GOOD}\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingError, match=r"Line 2 of 'broken.txt' is no tree"):
        read_treebank(file)


@pytest.mark.parametrize(
    ("tokens", "typed"),
    [
        ("You ca n't fault it", "You can't fault it"),
        ("it 's the film 's end", "it's the film's end"),
        ("a singer\\/composer", "a singer/composer"),
        ("we 'll see , they wo n't", "we'll see , they won't"),
    ],
)
def test_tokens_are_joined_as_people_type_them(tokens, typed):
    assert as_typed(tokens.split(" ")) == typed


def test_a_phrase_counts_once_with_the_mean_of_what_was_said_of_it(trees):
    labelled = distinct([*trees, *trees])
    assert labelled[("isn't", "bad")] > 0.5 > labelled[("bad",)]
    assert labelled[("the", "end")] == 0.5
    phrases = EncodedPhrases.of(labelled)
    assert len(phrases) == len(labelled) == len(phrases.ids)
    assert phrases.targets.min() > 0
    assert phrases.targets.max() < 1


def test_sentences_are_held_out_whole_and_none_that_is_alike_is_learnt_from(trees):
    learnt, held_out = held_out_sentences([*trees, trees[1]], 1, seed=0)
    assert len(held_out) == 1
    assert held_out[0].words not in {sentence.words for sentence in learnt}
    with pytest.raises(SettingError, match="From 1 to 2 of 3 sentences"):
        held_out_sentences(trees, 3, seed=0)


def test_of_held_out_phrases_only_new_ones_are_judged(trees):
    judged = HeldOutPhrases.of(trees[:1], trees[1:])
    assert judged.sentences.labels.tolist() == [3]
    # "is" stands in another sentence too.
    assert sorted(map(len, judged.phrases.ids)) == [1, 1, 1, 2]
    assert judged.phrases.labels.tolist().count(2) == 2
