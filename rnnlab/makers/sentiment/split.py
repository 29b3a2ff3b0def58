"""Reviews cut in two: to learn from, and to be evaluated on; no film is on both sides."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rnnlab.errors import SettingError
from rnnlab.sentiment.files.reviews import ReviewsError
from rnnlab.training.reviews.corpus import ReviewCorpus

LONGEST_RUN = 100


def by_film(corpus: ReviewCorpus, share: float, seed: int) -> tuple[ReviewCorpus, ReviewCorpus]:
    """Reviews to learn from, and about this share of all, held out; a film is on one side only.

    That is as sure as what the reviews say of their films, or their order does (`in_whole_films`):
    Keras' own come shuffled. A review whose very text is learnt from is left out of the other side.
    """
    is_held_out = in_whole_films(corpus, share, seed)
    training = corpus.subset(np.flatnonzero(~is_held_out))
    held_out = corpus.subset(np.flatnonzero(is_held_out))
    known = {ids.tobytes() for ids in training.ids}
    new = np.array([ids.tobytes() not in known for ids in held_out.ids], dtype=bool)
    if not new.any():
        raise ReviewsError(f"The reviews of '{corpus.name}' are all alike; add different ones.")
    return training, held_out.subset(np.flatnonzero(new))


def in_whole_films(corpus: ReviewCorpus, share: float, seed: int) -> NDArray[np.bool_]:
    """Which reviews are held out, about this share of all: whole films.

    If the reviews do not say which film they are about, neighbours stay together, in runs of
    `LONGEST_RUN` or 1/20 of all: data sets list one film after another.
    """
    if not 0 < share < 1:
        raise SettingError(f"The share held out lies between 0 and 1, but it is {share}.")
    groups = _groups(corpus)
    sizes = np.bincount(groups)
    if len(sizes) < 2:
        raise ReviewsError(
            f"The reviews of '{corpus.name}' are all about one film; add some of another, so that "
            "the network is judged on a film it has not read of."
        )
    order = np.random.default_rng(seed).permutation(len(sizes))
    distance = abs(np.cumsum(sizes[order])[:-1] - share * len(corpus))
    held_out: NDArray[np.bool_] = np.isin(groups, order[: int(distance.argmin()) + 1])
    return held_out


def _groups(corpus: ReviewCorpus) -> NDArray[np.intp]:
    """The number, from 0, of the film of each review, or of the run of neighbours it is in."""
    if corpus.films is not None:
        numbers = {film: number for number, film in enumerate(dict.fromkeys(corpus.films))}
        return np.array([numbers[film] for film in corpus.films], dtype=np.intp)
    run = min(LONGEST_RUN, max(1, len(corpus) // 20))
    return np.arange(len(corpus), dtype=np.intp) // run
