"""Words, ids and loading on IMDB's own reviews, where they lie beside the checkout."""

import json
from collections import Counter

import numpy as np
import pytest

from rnnlab.makers.sentiment.from_pieces import by_film
from rnnlab.sentiment.files.sources import training_reviews
from rnnlab.sentiment.vocabulary import LARGEST_VOCABULARY, Vocabulary, padded, words
from tests.sentiment.imdb import DATA, TABLE, imdb, imdb_corpus

INDEX = DATA / "imdb_word_index.json"

pytestmark = pytest.mark.skipif(
    not (TABLE.is_file() and INDEX.is_file()), reason="IMDB's reviews are not beside the checkout"
)

KERAS_FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'
KERAS = {ord(sign): " " for sign in KERAS_FILTERS} | {n: n + 32 for n in range(65, 91)}


@pytest.fixture(scope="module")
def index() -> dict[str, int]:
    return json.loads(INDEX.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def some() -> tuple[str, ...]:
    """One in 13, an odd number: positive and negative ones alternate."""
    return imdb().texts[::13]


def as_keras_did(text: str) -> list[str]:
    """Only A to Z in lower case: so the index has "Ángela", and "br" as its seventh word."""
    return [word for word in text.translate(KERAS).split(" ") if word]


def test_the_table_is_read_whole():
    reviews = imdb()
    assert (len(reviews), sum(reviews.labels), len({*reviews.texts})) == (25_000, 12_500, 24_904)
    left_out, signs = reviews.notices
    assert "5 control characters were left out" in left_out  # one DLE, and four BS in a row
    assert signs.startswith("5 rows have signs such as &quot;")
    assert reviews.films is None


def test_the_words_that_travel_are_the_first_of_the_index(index):
    shipped = Vocabulary.of(LARGEST_VOCABULARY).words
    assert [index[word] for word in shipped] == [*range(1, 20_001)]


def test_the_convention_written_out_here_is_that_of_the_index(some, index):
    assert {word for text in some for word in as_keras_did(text)} <= index.keys()


def test_reviews_in_plain_english_are_cut_exactly_as_keras_did(some):
    plain = [text for text in some if text.isascii() and text.replace("\t", " ").isprintable()]
    assert len(plain) > 0.85 * len(some)
    for text in plain:
        assert words(text) == [word for word in as_keras_did(text) if word != "br"]


def test_of_all_words_very_few_differ_from_keras(some, index):
    ours, keras = (
        Counter(word for text in some for word in cut(text)) for cut in (words, as_keras_did)
    )
    n_words = ours.total()
    # Over all 25,000 the counts differ by 0.085 % of 5.84 million, and 115 are not in the index.
    del keras["br"]
    assert ((ours - keras) + (keras - ours)).total() < 0.002 * n_words
    assert sum(n for word, n in ours.items() if word not in index) < 0.0001 * n_words


def test_reviews_by_way_of_keras_ranks_have_the_same_words(some, index):
    class Ranked:
        """Stands for keras.datasets.imdb, with reviews turned into ranks as Keras did."""

        def get_word_index(self):
            return index

        def load_data(self, **_):
            ranks = [[index[word] for word in as_keras_did(text)] for text in some]
            return (ranks, [0] * len(ranks)), None

    *_, last = training_reviews(Ranked())
    same = [words(a) == words(b) for a, b in zip(last.texts, some, strict=True)]
    # Not where <br was spelt otherwise, or a quotation mark within a <br /> made a word of it.
    assert sum(same) >= len(same) - 2


def test_ten_thousand_words_leave_one_in_twenty_unknown(some):
    batch = padded([Vocabulary.of(10_000).ids_of(text) for text in some], 500)
    assert batch.shape == (len(some), 500)
    assert batch.max() < 10_000
    assert np.mean(batch[batch > 1] == 2) == pytest.approx(0.058, abs=0.004)


def test_a_fifth_is_held_out_in_runs_and_no_text_is_on_both_sides():
    learnt, held_out = by_film(imdb_corpus(), 0.2, seed=1)
    assert len(learnt) == 20_000
    assert 4900 < len(held_out) <= 5000
    assert not {ids.tobytes() for ids in learnt.ids} & {ids.tobytes() for ids in held_out.ids}
    assert np.mean(held_out.labels) == pytest.approx(0.5, abs=0.01)
