"""Reviews held out: by film, or by neighbourhood, and no text on both sides."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.makers.sentiment.from_pieces import by_film, in_whole_films
from rnnlab.sentiment.files.reviews import ReviewsError
from rnnlab.training.review_corpus import ReviewCorpus


def of_films(films: list[int] | None, n: int) -> ReviewCorpus:
    ids = [np.array([number], np.int16) for number in range(n)]
    told = None if films is None else tuple(map(str, films))
    return ReviewCorpus(ids, np.arange(n, dtype=np.int8) % 2, "some", films=told)


@given(
    st.lists(st.integers(0, 9), min_size=2, max_size=60).filter(lambda films: len({*films}) > 1),
    st.floats(0.01, 0.99),
    st.integers(0, 50),
)
def test_whole_films_are_held_out_and_something_is_left(films, share, seed):
    whole = of_films(films, len(films))
    held_out = in_whole_films(whole, share, seed)
    sides = [
        {film for film, held in zip(films, held_out, strict=True) if held == side}
        for side in (False, True)
    ]
    assert not sides[0] & sides[1]
    assert all(sides)
    assert (in_whole_films(whole, share, seed) == held_out).all()
    # Whole films, one after another, come as near to the share as the largest of them allows.
    assert abs(held_out.sum() - share * len(films)) <= max(Counter(films).values())


def test_neighbours_stay_together_where_no_film_is_told():
    held_out = in_whole_films(of_films(None, 10_000), 0.2, seed=3)
    runs = held_out.reshape(100, 100)
    assert (runs.all(axis=1) == runs.any(axis=1)).all()
    assert runs.any(axis=1).sum() == 20
    assert not runs[:20].all()


def test_few_reviews_can_be_cut_too():
    assert in_whole_films(of_films(None, 2), 0.5, seed=0).sum() == 1


def test_another_seed_holds_out_others():
    chosen = {
        tuple(np.flatnonzero(in_whole_films(of_films(None, 100), 0.2, seed))) for seed in range(10)
    }
    assert len(chosen) == 10


def test_reviews_of_one_film_cannot_be_cut():
    with pytest.raises(ReviewsError, match="'some' are all about one film; add some of another"):
        in_whole_films(of_films([7, 7, 7], 3), 0.5, seed=0)


@pytest.mark.parametrize("share", [0, 1, -0.1, float("nan")])
def test_a_share_of_nothing_or_all_is_refused(share):
    with pytest.raises(SettingError, match=f"between 0 and 1, but it is {share}"):
        in_whole_films(of_films(None, 10), share, seed=0)


def test_films_are_on_one_side_and_no_text_is_on_both():
    corpus = of_films(None, 1000)
    twin = corpus.ids[0]
    corpus = ReviewCorpus([*corpus.ids[:-1], twin], corpus.labels, "some")
    training, held_out = by_film(corpus, 0.2, seed=1)
    assert 195 <= len(held_out) <= 200
    texts = [{ids.tobytes() for ids in side.ids} for side in (training, held_out)]
    assert not texts[0] & texts[1]


def test_reviews_of_a_film_stay_together_wherever_they_stand():
    corpus = of_films(None, 60)
    numbers = [np.array([place, place + 1], np.int16) for place in range(60)]
    films = tuple("ABCDEF"[place % 6] for place in range(60))
    training, held_out = by_film(
        ReviewCorpus(numbers, corpus.labels, "some", (), films), 1 / 3, seed=1
    )
    sides = [{int(ids[0]) % 6 for ids in side.ids} for side in (training, held_out)]
    assert [len(side) for side in sides] == [4, 2]  # a third of six films
    assert not sides[0] & sides[1]


def test_reviews_that_are_all_alike_cannot_be_held_out():
    alike = ReviewCorpus(
        [np.array([10, 11], np.int16)] * 40, np.arange(40, dtype=np.int8) % 2, "some"
    )
    with pytest.raises(ReviewsError, match="'some' are all alike; add different ones"):
        by_film(alike, 0.2, seed=1)
