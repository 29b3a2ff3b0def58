"""A folder with one file a review, as the data set of Maas et al. (2011) has them.

train/pos/*.txt     positive reviews, named by number: 0_9.txt, 1_7.txt …
train/neg/*.txt     negative ones
train/urls_pos.txt  the film of each positive review by its number, a line for each; not needed
train/urls_neg.txt
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from rnnlab.files.decoding import decode
from rnnlab.files.unpacking import too_large
from rnnlab.sentiment.files.reviews import (
    MOST_BYTES,
    Reviews,
    ReviewsError,
    check_both_labels,
    check_number,
    checked_text,
)
from rnnlab.sentiment.known_words import other_language

KINDS = ("neg", "pos")
"""The folders of a folder of reviews, each at the place of its label."""
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


def reviews_in_folder(folder: Path) -> Reviews:
    """The reviews of a folder with train/pos and train/neg, or with pos and neg itself.

    Hidden files are no reviews. A `FileError` names the file that cannot be used; an `OSError` is
    one of reading.
    """
    home = next((home for home in (folder / "train", folder) if _has_kinds(home)), None)
    if home is None:
        raise ReviewsError(
            f"The folder '{folder.name}' has no train/pos and train/neg; put one text file for "
            "each review into them."
        )
    files = {kind: _files(home / kind) for kind in KINDS}
    _check_size([file for of_kind in files.values() for file in of_kind], folder.name)
    texts, labels, films, encodings = [], [], [], Counter[str]()
    for label, kind in enumerate(KINDS):
        films_by_number = _films(home / f"urls_{kind}.txt")
        for file in files[kind]:
            place = f"{home.name}/{kind}/{file.name}"
            decoded = decode(file.read_bytes(), place)
            encodings[decoded.encoding] += decoded.notice is not None
            texts.append(checked_text(decoded.text, f"'{place}'"))
            labels.append(label)
            films += films_by_number[_number(file) :][:1]
    known_films = tuple(films) if len(films) == len(texts) else None
    notices = _notices(texts, encodings)
    return check_both_labels(
        Reviews(tuple(texts), tuple(labels), folder.name, notices, known_films)
    )


def _files(folder: Path) -> list[Path]:
    """The files of the reviews in it, in the order of their numbers."""
    files = (file for file in folder.glob("*.txt") if not file.name.startswith("."))
    return sorted(files, key=lambda file: (_number(file), file.name))


def _notices(texts: list[str], encodings: Counter[str]) -> tuple[str, ...]:
    """In which encodings how many files were that are not plain UTF-8; and the language."""
    notices = [
        f"{n:,} of {len(texts):,} files were read as {encoding}; look whether their letters are "
        "right."
        for encoding, n in encodings.items()
        if n
    ]
    language = other_language(texts)
    return (*notices, *([language] if language else []))


def _has_kinds(home: Path) -> bool:
    return all((home / kind).is_dir() for kind in KINDS)


def _number(file: Path) -> int:
    """The number that a file's name begins with: 12 for 12_9.txt; if there is none, a large one."""
    match = _NUMBER.match(file.name)
    return int(match.group()) if match else 10**9


def _check_size(files: list[Path], name: str) -> None:
    check_number(len(files), name)
    if sum(file.stat().st_size for file in files) > MOST_BYTES:
        raise too_large(name, MOST_BYTES)


def _films(urls: Path) -> list[str]:
    """The film of each review by number; empty if the folder does not tell."""
    if not urls.is_file():
        return []
    return [line.strip() for line in decode(urls.read_bytes(), urls.name).text.split("\n")]
