"""Reviews held out: by film, or by neighbourhood."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.makers.sentiment.split import in_whole_films
from rnnlab.sentiment.files.reviews import Reviews, ReviewsError


def of_films(films: list[int] | None, n: int) -> Reviews:
    return Reviews(
        tuple(f"review {number}" for number in range(n)),
        tuple(number % 2 for number in range(n)),
        "some",
        films=None if films is None else tuple(map(str, films)),
    )


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
