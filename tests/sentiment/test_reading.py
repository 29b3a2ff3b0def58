"""A typed text is read: which words, and the verdict after each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.sentiment.judging import probabilities
from rnnlab.sentiment.reading import last_tokens, read
from rnnlab.sentiment.tokens import tokens
from tests.sentiment.made import made_model

FILM = "The first half is dull, but the end is WONDERFUL!"
BOTH_WAYS = {"bidirectional": True, "pooling": "mean_max"}


def test_each_word_has_its_place_and_its_verdict():
    reading = read(made_model(), FILM)
    assert reading.words[0] == "The"
    assert reading.words[-1] == "WONDERFUL"
    assert len(reading.words) == 10
    assert len(reading.running) == 11
    assert reading.shifts == pytest.approx(np.diff(reading.running))
    assert reading.all_read
    assert reading.begins == 0


@pytest.mark.parametrize(
    "options",
    [{}, BOTH_WAYS, {"cell": "lstm"}, {"padded_to": 40, "most_words": 40}],
    ids=["gru", "both ways", "lstm", "padded"],
)
@pytest.mark.parametrize("text", [FILM, "dull", "", "😀 😀", "word " * 39])
def test_the_last_verdict_is_that_on_the_whole_text(options, text):
    model = made_model(**options)
    reading = read(model, text)
    assert reading.probability == pytest.approx(probabilities(model, [text])[0], abs=1e-9)
    assert len(reading.running) == len(reading.words) + 1


@pytest.mark.parametrize("options", [{}, BOTH_WAYS], ids=["causal", "both ways"])
def test_the_verdict_after_a_word_is_that_on_the_text_up_to_it(options):
    model = made_model(**options)
    reading = read(model, FILM)
    stops = [token.stop for token in reading.tokens]
    want = probabilities(model, ["", *(FILM[:stop] for stop in stops)])
    assert reading.running == pytest.approx(want, abs=1e-9)


def test_the_turn_is_where_the_verdict_moved_most():
    reading = read(made_model(), FILM)
    (place,) = reading.turn
    assert abs(reading.shifts[place]) == abs(reading.shifts).max()
    assert not read(made_model(), "").turn


def test_asked_now_and_then_it_turns_between_two_of_these_moments():
    reading = read(made_model(**BOTH_WAYS, units=2), "a dull film and a good end " * 60)
    assert len(reading.turn) == reading.every
    assert reading.turn.start % reading.every == 0
    moved = abs(reading.running[reading.turn.stop] - reading.running[reading.turn.start])
    assert moved == pytest.approx(reading.every * abs(reading.shifts).max())


def test_words_that_a_model_does_not_know_are_marked():
    reading = read(made_model(), "a zyzzyva film")
    assert list(reading.known) == [True, False, True]


def test_of_a_long_text_the_end_is_read_and_the_place_is_told():
    text = "bad " * 30 + "good " * 20
    model = made_model(most_words=25)
    reading = read(model, text)
    assert reading.words == ("bad",) * 5 + ("good",) * 20
    assert not reading.all_read
    assert reading.begins == 25 * len("bad ")
    assert reading.probability == pytest.approx(probabilities(model, [text])[0])


def test_padded_so_full_that_the_start_is_lost_it_begins_by_knowing_nothing():
    reading = read(made_model(padded_to=5, most_words=5, offset=0.0), "a film of a man and a dog")
    assert reading.running[0] == 0.5
    assert len(reading.running) == 6


def test_a_long_text_read_both_ways_is_asked_now_and_then():
    model = made_model(**BOTH_WAYS, units=2)
    long = "a dull film and a good end " * 60  # 420 words, 88,200 steps to ask after each
    reading = read(model, long)
    assert reading.every > 1
    places = np.arange(0, 420, reading.every)
    text = "".join(f"{word} " for word in reading.words)
    starts = [len(" ".join(reading.words[:place])) for place in places]
    want = probabilities(model, [text[:start] for start in starts])
    assert reading.running[places] == pytest.approx(want, abs=1e-9)
    between = reading.running[places[1] : places[2] + 1]
    assert np.diff(between) == pytest.approx(np.full(reading.every, np.diff(between)[0]))


@given(st.text(st.sampled_from("aB'é 😀<br/>.\n\u0301"), max_size=300), st.integers(1, 9))
def test_the_last_words_are_the_last_of_all_words(text, most):
    found, whole = last_tokens(text, most)
    everything = tokens(text)
    assert found == everything[-most:]
    assert whole == (len(everything) <= most)


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "😀" * 250_000, "a " * 500_000, "<br />" * 170_000]
)
def test_a_megabyte_is_read_too(text):
    reading = read(made_model(most_words=50), text)
    assert len(reading.tokens) == {"x": 1, "😀": 0, "a": 50, "<": 0}[text[0]]
    assert 0 <= reading.probability <= 1
