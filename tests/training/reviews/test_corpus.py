"""Reviews are read once, become ids, and are held out as Keras would."""

import io
import os

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.sentiment.files.reviews import Reviews, ReviewsError
from rnnlab.sentiment.files.sources import Loading, Upload
from rnnlab.sentiment.vocabulary import LARGEST_VOCABULARY, Vocabulary, padded
from rnnlab.training import review_corpus as module
from rnnlab.training.review_corpus import ReviewCorpus, held_out, load_corpus
from tests.files.people import case
from tests.training.reviews.made_up import corpus

TEXTS = ("The film was great!", "A supercalifragilistic zebra ennui", "...", "Dull, dull " * 20)
REVIEWS = Reviews(TEXTS, (1, 0, 1, 0), "some", ("A notice.",))


@pytest.mark.parametrize("words", [1_000, LARGEST_VOCABULARY])
def test_whoever_knows_fewer_words_takes_the_others_for_unknown(words):
    places = np.array([3, 0, 1, 2])
    expected = padded([Vocabulary.of(words).ids_of(TEXTS[place]) for place in places], 12)
    np.testing.assert_array_equal(ReviewCorpus.of(REVIEWS).inputs(places, words, 12), expected)


def test_it_is_small_and_tells_how_far_it_is(monkeypatch):
    monkeypatch.setattr(module, "REPORT_EVERY", 2)
    *numbers, last = ReviewCorpus.read(REVIEWS)
    assert numbers == [2, 4]
    assert (last.name, last.notices, len(last)) == ("some", ("A notice.",), 4)
    assert {ids.itemsize for ids in last.ids} == {2}
    assert last.labels.tolist() == [1, 0, 1, 0]


@pytest.mark.parametrize(
    ("number", "share", "learnt"), [(50, 0.2, 40), (33, 0.2, 26), (27, 0.5, 13), (101, 0.1, 90)]
)
def test_held_out_is_what_keras_holds_out(number, share, learnt, monkeypatch):
    """imdb.load_data shuffles; fit learns from the first share, rounded down, of what it got."""
    saved = np.empty(number, dtype=object)
    saved[:] = [[place] for place in range(number)]
    file = io.BytesIO()
    nothing = np.zeros(0, object)
    np.savez(file, x_train=saved, y_train=np.zeros(number), x_test=nothing, y_test=np.zeros(0))
    load = keras.datasets.imdb.load_data
    monkeypatch.setitem(load.__globals__, "get_file", lambda **_: io.BytesIO(file.getvalue()))
    (shuffled, _), _ = load(num_words=number, start_char=None, index_from=0)
    order = [review[0] for review in shuffled]

    numbered = [np.array([place], np.int16) for place in range(number)]
    sides = held_out(ReviewCorpus(numbered, np.arange(number) % 2, "numbered"), share)
    assert [[int(ids[0]) for ids in side.ids] for side in sides] == [order[:learnt], order[learnt:]]
    for side in sides:
        np.testing.assert_array_equal(side.labels, [ids[0] % 2 for ids in side.ids])


def corpus_of(name: str) -> ReviewCorpus:
    return ReviewCorpus.of(Upload.of(case(name), name).reviews)


@given(
    st.lists(st.integers(0, 9), min_size=20, max_size=60),
    st.sampled_from([0.1, 0.2, 0.5]),
)
def test_reviews_with_the_same_words_are_on_one_side(numbers, share):
    texts = tuple(f"the film is old {number}" for number in numbers)
    labels = tuple(number % 2 for number in numbers)
    corpus = ReviewCorpus.of(Reviews(texts, labels, "some"))
    assert corpus.n_repeated == len(numbers) - len({*numbers})
    try:
        learnt, held = held_out(corpus, share)
    except ReviewsError:
        return
    assert len(learnt) + len(held) == len(numbers)
    assert not {*learnt.texts.tolist()} & {*held.texts.tolist()}


def test_equal_texts_are_equal_whatever_signs_and_capitals_they_have():
    texts = ("The film was great!", "the film: was GREAT", "The film was bad", "zebra quagga")
    corpus = ReviewCorpus.of(Reviews((*texts, "okapi gnu"), (1, 1, 0, 0, 1), "some"))
    assert corpus.texts.tolist() == [0, 0, 1, 2, 3], "unknown words differ, too"


def test_pairs_of_reviews_are_held_out_together():
    corpus = corpus_of("B9_duplicates_coin_labels.csv")
    learnt, held = held_out(corpus, 0.2)
    assert (corpus.n_repeated, len(learnt), len(held)) == (400, 640, 160)
    assert {*np.bincount(held.texts).tolist()} == {0, 2}


def test_a_few_texts_many_times_are_held_out_in_both_kinds():
    corpus = corpus_of("B2_waimai.csv")
    learnt, held = held_out(corpus, 0.2)
    assert corpus.n_repeated == 232
    assert not {*learnt.texts.tolist()} & {*held.texts.tolist()}
    assert {*learnt.labels.tolist()} == {*held.labels.tolist()} == {0, 1}


def test_reviews_that_are_too_few_to_hold_some_out_are_refused():
    with pytest.raises(ReviewsError, match=r"of those held out, 1, all are of one kind; add some"):
        held_out(corpus(5), 0.2)


CONTENT = b"text,label\nA fine film,1\nDull,0\n"


@pytest.fixture(autouse=True)
def _nothing_was_read(monkeypatch):
    monkeypatch.delenv("RNNLAB_REVIEWS", raising=False)
    module._cache.clear()
    yield
    module._cache.clear()


def sentences(events) -> list[str]:
    return [event.doing for event in events if isinstance(event, Loading)]


def test_an_upload_is_read_and_nothing_of_it_is_kept():
    for _ in range(2):
        *before, corpus = load_corpus(Upload.of(CONTENT, "mine.csv"))
        assert sentences(before) == ["Reading the reviews of 'mine.csv'."]
        assert (corpus.name, corpus.labels.tolist()) == ("mine.csv", [1, 0])
    assert module._cache == {}


def test_reviews_that_the_environment_names_are_read_anew_when_they_changed(tmp_path, monkeypatch):
    file = tmp_path / "here.csv"
    file.write_bytes(CONTENT)
    monkeypatch.setenv("RNNLAB_REVIEWS", str(file))
    *before, corpus = load_corpus(None)
    assert sentences(before) == ["Reading the reviews of 'here.csv'.", "2 reviews are here."]
    assert list(load_corpus(None)) == [corpus]
    file.write_bytes(CONTENT + b"Grand,1\n")
    os.utime(file, ns=(1, 1))
    *_, changed = load_corpus(None)
    assert isinstance(changed, ReviewCorpus)
    assert len(changed) == 3
    assert list(module._cache.values()) == [changed], "only the latest are kept"


def test_without_reviews_and_network_it_ends_with_a_sentence(monkeypatch):
    def fail():
        raise Exception("URL fetch failure")

    monkeypatch.setattr(keras.datasets.imdb, "get_word_index", fail)
    with pytest.raises(ReviewsError, match="neither on this machine nor to be downloaded now"):
        list(load_corpus(None))
