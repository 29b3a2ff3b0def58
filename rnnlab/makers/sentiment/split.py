"""Reviews cut in two: to learn from, and to be judged on; no film is on both sides."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.sentiment.files.reviews import ReviewsError
from rnnlab.training.reviews.corpus import Corpus

LONGEST_RUN = 100


class Listed(Protocol):
    """Reviews in their order, whatever stands for their texts."""

    @property
    def name(self) -> str:
        """That of the file or folder."""

    @property
    def films(self) -> tuple[str, ...] | None:
        """Which film each review is about, None if that is not known."""

    def __len__(self) -> int:
        """How many there are."""


def by_film(corpus: Corpus, share: float, seed: int) -> tuple[Corpus, Corpus]:
    """Reviews to learn from, and about this share of all, held out; a film is on one side only.

    That is as sure as what the reviews say of their films, or their order does (`in_whole_films`):
    Keras' own come shuffled. A review whose very text is learnt from is left out of the other side.
    """
    held = in_whole_films(corpus, share, seed)
    learnt, judged = corpus.chosen(np.flatnonzero(~held)), corpus.chosen(np.flatnonzero(held))
    known = {ids.tobytes() for ids in learnt.ids}
    new = np.array([ids.tobytes() not in known for ids in judged.ids], dtype=bool)
    if not new.any():
        raise ReviewsError(f"The reviews of '{corpus.name}' are all alike; add different ones.")
    return learnt, judged.chosen(np.flatnonzero(new))


def in_whole_films(reviews: Listed, share: float, seed: int) -> NDArray[np.bool_]:
    """Which reviews are held out, about this share of all: whole films.

    If the reviews do not say which film they are about, neighbours stay together, in runs of
    `LONGEST_RUN` or 1/20 of all: data sets list one film after another.
    """
    if not 0 < share < 1:
        raise SettingError(f"The share held out lies between 0 and 1, but it is {share}.")
    groups = _groups(reviews)
    sizes = np.bincount(groups)
    if len(sizes) < 2:
        raise ReviewsError(
            f"The reviews of '{reviews.name}' are all about one film; add some of another, so that "
            "the network is judged on a film it has not read of."
        )
    order = np.random.default_rng(seed).permutation(len(sizes))
    distance = abs(np.cumsum(sizes[order])[:-1] - share * len(reviews))
    held_out: NDArray[np.bool_] = np.isin(groups, order[: int(distance.argmin()) + 1])
    return held_out


def _groups(reviews: Listed) -> NDArray[np.intp]:
    """The number, from 0, of the film of each review, or of the run of neighbours it is in."""
    if reviews.films is not None:
        numbers = {film: number for number, film in enumerate(dict.fromkeys(reviews.films))}
        return np.array([numbers[film] for film in reviews.films], dtype=np.intp)
    run = min(LONGEST_RUN, max(1, len(reviews) // 20))
    return np.arange(len(reviews), dtype=np.intp) // run
