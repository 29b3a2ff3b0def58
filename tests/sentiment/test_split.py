"""Reviews held out: by film, by neighbourhood, never the same text on both sides."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.sentiment.reviews import Reviews, ReviewsError
from rnnlab.sentiment.split import split


def of_films(films: list[int] | None, n: int) -> Reviews:
    return Reviews(
        tuple(f"review {number}" for number in range(n)),
        tuple(number % 2 for number in range(n)),
        "some",
        ("a notice",),
        None if films is None else tuple(map(str, films)),
    )


@given(
    st.lists(st.integers(0, 9), min_size=2, max_size=60).filter(lambda films: len({*films}) > 1),
    st.floats(0.01, 0.99),
    st.integers(0, 50),
)
def test_no_film_is_on_both_sides_and_no_review_is_lost(films, share, seed):
    whole = of_films(films, len(films))
    learnt, held_out = split(whole, share, seed)
    assert not {*learnt.films} & {*held_out.films}
    assert Counter([*pairs(learnt), *pairs(held_out)]) == Counter(pairs(whole))
    assert len(learnt) > 0
    assert len(held_out) > 0
    assert split(whole, share, seed) == (learnt, held_out)
    # Whole films, one after another, come as near to the share as the largest of them allows.
    assert abs(len(held_out) - share * len(films)) <= max(Counter(films).values())
    assert learnt.notices == held_out.notices == ("a notice",)


def pairs(reviews: Reviews) -> list[tuple[str, int]]:
    return [*zip(reviews.texts, reviews.labels, strict=True)]


def test_neighbours_stay_together_where_no_film_is_told():
    learnt, held_out = split(of_films(None, 10_000), 0.2, seed=3)
    assert (len(learnt), len(held_out)) == (8000, 2000)
    runs = {int(text.split()[1]) // 100 for text in held_out.texts}
    assert len(runs) == 20
    assert runs != {*range(20)}


def test_few_reviews_can_be_split_too():
    assert [len(part) for part in split(of_films(None, 2), 0.5, seed=0)] == [1, 1]


def test_another_seed_holds_out_others():
    parts = {split(of_films(None, 100), 0.2, seed)[1].texts for seed in range(10)}
    assert len(parts) == 10


@pytest.mark.parametrize("seed", range(4))
def test_a_text_that_is_learnt_from_is_not_judged_on(seed):
    films = ("A", "A", "B", "B")
    whole = Reviews(("copied", "a", "copied", "b"), (0, 1, 0, 1), "some", films=films)
    learnt, held_out = split(whole, 0.5, seed)
    assert {learnt.texts, held_out.texts} in ({("copied", "a"), ("b",)}, {("copied", "b"), ("a",)})
    assert len(learnt) == 2


def test_reviews_of_one_film_cannot_be_split():
    with pytest.raises(ReviewsError, match="'some' are all about one film; add some of another"):
        split(of_films([7, 7, 7], 3), 0.5, seed=0)


def test_reviews_that_are_all_alike_cannot_be_split():
    with pytest.raises(ReviewsError, match="'some' are all alike; add different ones"):
        split(Reviews(("a", "a"), (0, 1), "some"), 0.5, seed=0)


@pytest.mark.parametrize("share", [0, 1, -0.1, float("nan")])
def test_a_share_of_nothing_or_all_is_refused(share):
    with pytest.raises(SettingError, match=f"between 0 and 1, but it is {share}"):
        split(of_films(None, 10), share, seed=0)
