"""Which words matter: each is left out in turn."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.sentiment import leaving_out
from rnnlab.sentiment.judging import probabilities
from rnnlab.sentiment.leaving_out import leave_one_out
from rnnlab.sentiment.model import Reader
from rnnlab.sentiment.reading import read
from tests.sentiment.made import made_model, made_reader

FILM = "a dull film with a good end"
WORDS = FILM.split()


@pytest.mark.parametrize("options", [{}, {"bidirectional": True, "pooling": "mean_max"}])
def test_without_a_word_the_verdict_is_that_on_the_other_words(options):
    model = made_model(**options)
    importance = leave_one_out(model, read(model, FILM))
    assert {(one.place, one.word) for one in importance.words} == {*enumerate(WORDS)}
    shorter = [" ".join(WORDS[:k] + WORDS[k + 1 :]) for k in range(len(WORDS))]
    want = probabilities(model, shorter)
    for one in importance.words:
        assert one.without == pytest.approx(want[one.place], abs=1e-9)
    assert importance.probability == pytest.approx(probabilities(model, [FILM])[0])


def test_the_word_that_matters_most_comes_first():
    importance = leave_one_out(made_model(), read(made_model(), FILM))
    odds = [np.log(one.without / (1 - one.without)) for one in importance.words]
    own = np.log(importance.probability / (1 - importance.probability))
    moves = [abs(own - one) for one in odds]
    assert moves == sorted(moves, reverse=True)
    assert importance.tried == importance.n_words == 7


def test_a_word_without_numbers_of_its_own_does_not_matter_where_all_are_added_up():
    """A linear network without bias that keeps its sum: a zero adds nothing, wherever it stands."""
    drawn = made_reader(cell="simple_rnn", units=1, features=1, activation="linear")
    weights = {name: np.zeros_like(weight) for name, weight in drawn.weights.items()}
    weights |= {name: np.ones((1, 1)) for name in ("rnn1_kernel", "rnn1_recurrent_kernel")}
    weights["dense_kernel"] = np.ones((1, 1))
    model = made_model(readers=(Reader(drawn.network, weights),))
    good, bad = model.vocabulary.ids_of("good bad")
    weights["embedding"][good], weights["embedding"][bad] = 2, -1
    importance = leave_one_out(model, read(model, "good film bad end"))
    said = {one.word: one.without for one in importance.words}
    # The logit is 2 - 1 = 1; without "good" -1, without "bad" 2.
    assert said == pytest.approx(
        {
            "good": 1 / (1 + np.e),
            "bad": 1 / (1 + np.exp(-2)),
            "film": 1 / (1 + 1 / np.e),
            "end": 1 / (1 + 1 / np.e),
        }
    )
    assert [one.word for one in importance.words][:2] == ["good", "bad"]


def test_of_a_long_text_the_words_are_tried_that_moved_the_verdict_most(monkeypatch):
    monkeypatch.setattr(leaving_out, "MOST_STEPS", 3 * len(WORDS))
    model = made_model()
    reading = read(model, FILM)
    importance = leave_one_out(model, reading)
    assert importance.tried == 3
    assert importance.n_words == 7
    moved = np.argsort(-abs(reading.shifts))[:3]
    assert {one.place for one in importance.words} == {*moved.tolist()}


@pytest.mark.parametrize("text", ["", "😀", "dull"])
def test_of_nearly_nothing_there_is_nearly_nothing_to_leave_out(text):
    model = made_model()
    importance = leave_one_out(model, read(model, text))
    assert importance.tried == len(read(model, text).tokens)
    for one in importance.words:
        assert one.without == pytest.approx(probabilities(model, [""])[0])
