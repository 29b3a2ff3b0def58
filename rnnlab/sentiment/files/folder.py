"""Reviews from a folder: one file each, laid out as in the data set of Maas et al. (2011).

train/pos/*.txt     positive reviews, named by number: 0_9.txt, 1_7.txt …
train/neg/*.txt     negative ones
train/urls_pos.txt  the film of each positive review by its number, a line for each; not needed
train/urls_neg.txt
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rnnlab.sentiment.files.reviews import (
    LABELS,
    MOST_BYTES,
    Reviews,
    ReviewsError,
    check_both_labels,
    check_number,
    checked_text,
)
from rnnlab.sentiment.files.text_file import decoded, too_large

KINDS = ("neg", "pos")
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


class _FolderReview(NamedTuple):
    text: str
    label: int
    film: str | None
    is_utf8: bool


def reviews_in_folder(folder: Path) -> Reviews:
    """The reviews of a folder with train/pos and train/neg, or with pos and neg itself.

    A `ReviewsError` names the file that cannot be used; an `OSError` is one of reading.
    """
    home = next((home for home in (folder / "train", folder) if _has_kinds(home)), None)
    if home is None:
        raise ReviewsError(
            f"The folder '{folder.name}' has no train/pos and train/neg; put one text file for "
            "each review into them."
        )
    files = {kind: sorted((home / kind).glob("*.txt"), key=_order) for kind in KINDS}
    _check_size([file for of_kind in files.values() for file in of_kind], folder.name)
    reviews = [review for kind in KINDS for review in _of_kind(home, kind, files[kind])]
    films = tuple(review.film for review in reviews if review.film is not None)
    n_wrong = sum(not review.is_utf8 for review in reviews)
    notice = f"{n_wrong:,} of {len(reviews):,} files are not UTF-8; read as Windows-1252."
    return check_both_labels(
        Reviews(
            tuple(review.text for review in reviews),
            tuple(review.label for review in reviews),
            folder.name,
            (notice,) if n_wrong else (),
            films if len(films) == len(reviews) else None,
        )
    )


def _has_kinds(home: Path) -> bool:
    return all((home / kind).is_dir() for kind in KINDS)


def _number(file: Path) -> int | None:
    """The number that a file's name begins with: 12 for 12_9.txt."""
    match = _NUMBER.match(file.name)
    return int(match.group()) if match else None


def _order(file: Path) -> tuple[int, str]:
    number = _number(file)
    return (10**9 if number is None else number, file.name)


def _check_size(files: list[Path], name: str) -> None:
    check_number(len(files), name)
    if sum(file.stat().st_size for file in files) > MOST_BYTES:
        raise too_large(name, MOST_BYTES)


def _of_kind(home: Path, kind: str, files: list[Path]) -> Iterator[_FolderReview]:
    films = _films(home / f"urls_{kind}.txt")
    for file in files:
        place = f"{home.name}/{kind}/{file.name}"
        text, wrong_line = decoded(file.read_bytes(), place)
        number = _number(file)
        film = films[number] if number is not None and number < len(films) else None
        text = checked_text(text, f"'{place}'")
        yield _FolderReview(text, LABELS[kind], film, is_utf8=wrong_line is None)


def _films(urls: Path) -> list[str]:
    """The film of each review by number; empty if the folder does not tell."""
    if not urls.is_file():
        return []
    return [line.strip() for line in decoded(urls.read_bytes(), urls.name).text.split("\n")]
