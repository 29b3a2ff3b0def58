"""Film reviews to learn from and texts to judge, and their limits."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.errors import FileError

MOST_BYTES = 100_000_000
"""Of a file or a folder on disk, unpacked."""
MOST_BYTES_UPLOADED = 5_000_000
"""Of a file from the browser, unpacked."""
MOST_REVIEWS = 60_000
MOST_TEXTS = 2_000
"""Texts that are judged at once on the page."""
LONGEST_REVIEW = 50_000
"""Characters. The longest of IMDB's 25,000 training reviews has 13,704."""


class ReviewsError(FileError):
    """Reviews that cannot be had, or cannot be used."""


@dataclass(frozen=True)
class Texts:
    """Texts, and for each its label if it is known: 1 (positive), 0 (negative) or None.

    `name` is that of the file or folder; `notices` are sentences for the person who gave it.
    """

    texts: tuple[str, ...]
    labels: tuple[int | None, ...]
    name: str
    notices: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class Reviews(Texts):
    """Texts whose labels are all known; `films` says what each is about, None if unknown."""

    labels: tuple[int, ...]
    films: tuple[str, ...] | None = None


def lines_of(text: str) -> list[str]:
    """The lines of a text, however they end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def check_number(number: int, name: str, limit: int = MOST_REVIEWS) -> None:
    """A `ReviewsError` if these are more reviews than the lab takes."""
    if number > limit:
        raise ReviewsError(
            f"'{name}' has more than {limit:,} reviews, which is the most the lab takes; "
            "leave some out."
        )


def checked_text(text: str, place: str) -> str:
    """The text without space around it; a `ReviewsError` naming its place if it cannot be used."""
    text = text.strip()
    if not text:
        raise ReviewsError(f"{place} has no text; write a review there, or leave it out.")
    if len(text) > LONGEST_REVIEW:
        raise ReviewsError(
            f"{place} has a text of {len(text):,} characters, but a review may have at most "
            f"{LONGEST_REVIEW:,}; shorten it, or leave it out."
        )
    return text


def check_both_labels(reviews: Reviews) -> Reviews:
    """The same reviews; a `ReviewsError` unless some are positive and some negative."""
    if not reviews.texts:
        raise ReviewsError(f"'{reviews.name}' has no reviews; give some of both kinds.")
    if len({*reviews.labels}) == 1:
        kind, other = ("positive", "negative")[:: 1 if reviews.labels[0] else -1]
        raise ReviewsError(
            f"All {len(reviews):,} reviews of '{reviews.name}' are {kind}; add some {other} "
            "ones, for there is nothing to tell apart."
        )
    return reviews
