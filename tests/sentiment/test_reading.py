"""A typed text is read: the verdict after each word, the words that matter, and what to doubt."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.sentiment import reading as module
from rnnlab.sentiment.model import Reader
from rnnlab.sentiment.reading import caveats, last_words, leave_one_out, read
from rnnlab.sentiment.verdicts import probabilities
from rnnlab.sentiment.vocabulary import LARGEST_VOCABULARY, word_spans
from tests.sentiment.made import made_model, made_reader

FILM = "The first half is dull, but the end is WONDERFUL!"
BOTH_WAYS = {"bidirectional": True, "pooling": "mean_max"}


def test_each_word_has_its_place_and_its_verdict():
    reading = read(made_model(), FILM)
    assert reading.words[0] == "The"
    assert reading.words[-1] == "WONDERFUL"
    assert len(reading.words) == 10
    assert len(reading.probabilities) == 11
    assert reading.shifts == pytest.approx(np.diff(reading.probabilities))
    assert reading.read_whole
    assert reading.start == 0


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
    assert len(reading.probabilities) == len(reading.words) + 1


@pytest.mark.parametrize("options", [{}, BOTH_WAYS], ids=["causal", "both ways"])
def test_the_verdict_after_a_word_is_that_on_the_text_up_to_it(options):
    model = made_model(**options)
    reading = read(model, FILM)
    stops = [span.stop for span in reading.spans]
    expected = probabilities(model, ["", *(FILM[:stop] for stop in stops)])
    assert reading.probabilities == pytest.approx(expected, abs=1e-9)


def test_the_largest_shift_is_where_the_verdict_moved_most():
    reading = read(made_model(), FILM)
    (index,) = reading.largest_shift
    assert abs(reading.shifts[index]) == abs(reading.shifts).max()
    assert not read(made_model(), "").largest_shift


def test_asked_now_and_then_it_turns_between_two_of_these_moments():
    reading = read(made_model(**BOTH_WAYS, units=2), "a dull film and a good end " * 60)
    assert len(reading.largest_shift) == reading.stride
    assert reading.largest_shift.start % reading.stride == 0
    shift = abs(
        reading.probabilities[reading.largest_shift.stop]
        - reading.probabilities[reading.largest_shift.start]
    )
    assert shift == pytest.approx(reading.stride * abs(reading.shifts).max())


def test_words_that_a_model_does_not_know_are_marked():
    reading = read(made_model(), "a zyzzyva film")
    assert list(reading.known) == [True, False, True]


def test_of_a_long_text_the_end_is_read_and_the_place_is_told():
    text = "bad " * 30 + "good " * 20
    model = made_model(most_words=25)
    reading = read(model, text)
    assert reading.words == ("bad",) * 5 + ("good",) * 20
    assert not reading.read_whole
    assert reading.start == 25 * len("bad ")
    assert reading.probability == pytest.approx(probabilities(model, [text])[0])


def test_padded_so_full_that_the_start_is_lost_it_begins_by_knowing_nothing():
    reading = read(made_model(padded_to=5, most_words=5), "a film of a man and a dog")
    assert reading.probabilities[0] == 0.5
    assert len(reading.probabilities) == 6


def test_a_long_text_read_both_ways_is_asked_now_and_then():
    model = made_model(**BOTH_WAYS, units=2)
    long = "a dull film and a good end " * 60  # 420 words, 88,200 steps to ask after each
    reading = read(model, long)
    assert reading.stride > 1
    places = np.arange(0, 420, reading.stride)
    text = "".join(f"{word} " for word in reading.words)
    starts = [len(" ".join(reading.words[:place])) for place in places]
    expected = probabilities(model, [text[:start] for start in starts])
    assert reading.probabilities[places] == pytest.approx(expected, abs=1e-9)
    between = reading.probabilities[places[1] : places[2] + 1]
    assert np.diff(between) == pytest.approx(np.full(reading.stride, np.diff(between)[0]))


@given(st.text(st.sampled_from("aB'é 😀<br/>.\n\u0301"), max_size=300), st.integers(1, 9))
def test_the_last_words_are_the_last_of_all_words(text, limit):
    last, whole = last_words(text, limit)
    everything = word_spans(text)
    assert last == everything[-limit:]
    assert whole == (len(everything) <= limit)


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "😀" * 250_000, "a " * 500_000, "<br />" * 170_000]
)
def test_a_megabyte_is_read_too(text):
    reading = read(made_model(most_words=50), text)
    assert len(reading.spans) == {"x": 1, "😀": 0, "a": 50, "<": 0}[text[0]]
    assert 0 <= reading.probability <= 1


DULL = "a dull film with a good end"
WORDS = DULL.split()


@pytest.mark.parametrize("options", [{}, {"bidirectional": True, "pooling": "mean_max"}])
def test_without_a_word_the_verdict_is_that_on_the_other_words(options):
    model = made_model(**options)
    importance = leave_one_out(model, read(model, DULL))
    assert {(left.index, left.word) for left in importance.words} == {*enumerate(WORDS)}
    shorter = [" ".join(WORDS[:k] + WORDS[k + 1 :]) for k in range(len(WORDS))]
    expected = probabilities(model, shorter)
    for left in importance.words:
        assert left.probability == pytest.approx(expected[left.index], abs=1e-9)
    assert importance.probability == pytest.approx(probabilities(model, [DULL])[0])


def test_the_word_that_matters_most_comes_first():
    importance = leave_one_out(made_model(), read(made_model(), DULL))
    odds = [np.log(left.probability / (1 - left.probability)) for left in importance.words]
    own = np.log(importance.probability / (1 - importance.probability))
    moves = [abs(own - other) for other in odds]
    assert moves == sorted(moves, reverse=True)
    assert len(importance.words) == importance.n_words == 7


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
    found = {left.word: left.probability for left in importance.words}
    # The logit is 2 - 1 = 1; without "good" -1, without "bad" 2.
    assert found == pytest.approx(
        {
            "good": 1 / (1 + np.e),
            "bad": 1 / (1 + np.exp(-2)),
            "film": 1 / (1 + 1 / np.e),
            "end": 1 / (1 + 1 / np.e),
        }
    )
    assert [left.word for left in importance.words][:2] == ["good", "bad"]


def test_of_a_long_text_the_words_are_tried_that_moved_the_verdict_most(monkeypatch):
    monkeypatch.setattr(module, "MOST_STEPS_LEFT_OUT", 3 * len(WORDS))
    model = made_model()
    reading = read(model, DULL)
    importance = leave_one_out(model, reading)
    assert len(importance.words) == 3
    assert importance.n_words == 7
    moved = np.argsort(-abs(reading.shifts))[:3]
    assert {left.index for left in importance.words} == {*moved.tolist()}


@pytest.mark.parametrize("text", ["", "😀", "dull"])
def test_of_nearly_nothing_there_is_nearly_nothing_to_leave_out(text):
    model = made_model()
    importance = leave_one_out(model, read(model, text))
    assert len(importance.words) == len(read(model, text).spans)
    for left in importance.words:
        assert left.probability == pytest.approx(probabilities(model, [""])[0])


def caveats_of(text: str, **options: object) -> tuple[str, ...]:
    model = made_model(vocabulary=LARGEST_VOCABULARY, features=1, units=1, **options)
    return tuple(caveats(read(model, text)))


@pytest.mark.parametrize(
    "text",
    [
        "I loved it",
        "not bad at all",
        "The first half is dull, but the end is wonderful.",
        "I watched it with Zendayaa and thought it was quite a good film.",  # 1 of 13 unknown
    ],
)
def test_an_ordinary_text_needs_none(text):
    assert caveats_of(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing to read yet"),
        (" \n\t ", "nothing to read yet"),
        ("😀 🎬 !!!", "no word in it"),
        ("wonderful", "A single word"),
        ("zyzzyvazz", "does not know this word"),
        ("Qwrtz Pfnglui mglwnafh", "knows no word of this"),
        ("Der Film war leider ziemlich langweilig und viel zu lang", "Is this English?"),
        ("Ce film était vraiment très ennuyeux et beaucoup trop long", "Is this English?"),
        ("这部电影非常好看", "does not know this word"),
        ("Этот фильм был очень скучным", "knows no word of this"),
    ],
)
def test_strange_texts_get_one_sentence(text, words):
    (sentence,) = caveats_of(text)
    assert words in sentence


def test_a_text_that_is_too_long_is_told_how_much_was_read():
    (sentence,) = caveats_of("good " * 1200, most_words=1000)
    # 200 words of five characters each, the space counted, are left unread.
    assert "the last 1,000 words were read, and the 1,000 characters before them" in sentence


def test_how_many_words_are_not_known_is_told():
    (sentence,) = caveats_of("zyzz a fnord film qwrtz")
    assert "does not know 3 of the 5 words" in sentence
