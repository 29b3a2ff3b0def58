"""Where reviews and texts come from: a path, the browser, pasted lines, or Keras' data set IMDB.

A folder has one file a review, as the data set of Maas et al. (2011) has them:

train/pos/*.txt     positive reviews, named by number: 0_9.txt, 1_7.txt …
train/neg/*.txt     negative ones
train/urls_pos.txt  the film of each positive review by its number, a line for each; not needed
train/urls_neg.txt
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from rnnlab.files.decoding import Decoded, decode
from rnnlab.files.unpacking import is_packed, too_large, unpacked
from rnnlab.progress import Event
from rnnlab.sentiment.files.columns import LABEL, TEXT, columns_of, first_line
from rnnlab.sentiment.files.reviews import (
    LINE_END,
    MOST_BYTES,
    MOST_BYTES_UPLOADED,
    MOST_TEXTS,
    Reviews,
    ReviewsError,
    Texts,
    check_both_labels,
    check_number,
    checked_text,
)
from rnnlab.sentiment.files.table import reviews_in_table, texts_in_table
from rnnlab.sentiment.known_words import other_language

VARIABLE = "RNNLAB_REVIEWS"
"""The environment variable that names a folder or a file of reviews."""

PASTED = "your lines"
"""What pasted lines are called."""

KINDS = ("neg", "pos")
"""The folders of a folder of reviews, and how the names of their files begin: with a number."""
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True)
class Loading(Event):
    """What is being done to have the reviews, in a sentence."""

    doing: str


@dataclass(frozen=True)
class Upload:
    """A table of reviews from the browser, packed. Two are equal if names, bytes and encoding are.

    It travels and stays as bytes, because thousands of texts would be far larger; `digest` stands
    for them where uploads are compared. `encoding` is None for the likeliest.
    """

    name: str
    digest: str
    content: bytes = field(repr=False, compare=False)
    encoding: str | None = None

    @classmethod
    def of(cls, content: bytes, name: str, encoding: str | None = None) -> Self:
        """The upload of a file, plain or packed with gzip."""
        packed = content if is_packed(content) else gzip.compress(content, mtime=0)
        return cls(name, hashlib.sha256(packed).hexdigest(), packed, encoding)

    @property
    def decoded(self) -> Decoded:
        """The text of the file; a `FileError` if it is none."""
        return uploaded_text(self.content, self.name, self.encoding)

    @property
    def reviews(self) -> Reviews:
        """The reviews in it; a `FileError` if it cannot be used."""
        return reviews_in_table(self.decoded, self.name)


def training_reviews(imdb: Any) -> Iterator[Loading | Reviews]:
    """At last the reviews that `RNNLAB_REVIEWS` names, or else IMDB's 25,000 training reviews.

    `imdb` is the module `keras.datasets.imdb`, or stands for it: it downloads, checks and keeps
    files. A `ReviewsError` if there are none, or none that can be used.
    """
    path = os.environ.get(VARIABLE, "").strip()
    if path:
        yield Loading(f"Reading the reviews of '{Path(path).name}'.")
        reviews = reviews_at(path)
    else:
        yield Loading("Getting 25,000 film reviews: 17 MB, if they are not on this machine yet.")
        try:
            index = imdb.get_word_index()
            # Without a start marker and an offset: the numbers are ranks, and none is left out.
            (ranks, labels), _ = imdb.load_data(
                num_words=len(index) + 1, start_char=None, index_from=0
            )
        except Exception as error:  # Keras raises bare exceptions when a download fails
            raise ReviewsError(
                "The film reviews are neither on this machine nor to be downloaded now: connect "
                f"it to the internet once, or set {VARIABLE} to a folder with train/pos and "
                "train/neg or to a CSV file with the columns text and label, or upload such a file."
            ) from error
        yield Loading("Turning ranks into words.")
        reviews = _of_ranks(ranks, labels, index)
    yield Loading(f"{len(reviews):,} reviews are here.")
    yield reviews


def reviews_at(path: str | Path) -> Reviews:
    """The reviews of a folder or of a table, plain or packed with gzip."""
    place = Path(path).expanduser()
    try:
        if place.is_dir():
            return reviews_in_folder(place)
        if place.stat().st_size > MOST_BYTES:
            raise too_large(place.name, MOST_BYTES)
        content = place.read_bytes()
    except OSError as error:
        raise ReviewsError(
            f"'{error.filename or place}' cannot be read ({error.strerror}); look at the path and "
            f"at the rights of the file, and whether {VARIABLE} names what you mean."
        ) from error
    content = unpacked(content, place.name, MOST_BYTES)
    return reviews_in_table(decode(content, place.name), place.name)


def uploaded_text(content: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text of a file from the browser, plain or packed with gzip."""
    return decode(unpacked(content, name, MOST_BYTES_UPLOADED), name, encoding)


def pasted_texts(typed: str) -> Texts:
    """Each line a text, empty ones left out; or a table, if the first line names text and label.

    Rows that were copied out of a spreadsheet come as such a table, with tabs.
    """
    content = typed.encode("utf-8", errors="replace")
    if len(content) > MOST_BYTES_UPLOADED:
        raise too_large(PASTED, MOST_BYTES_UPLOADED)
    decoded = decode(content, PASTED)
    header = first_line(decoded.text)
    if header is not None and columns_of(header, (TEXT, LABEL)):
        return texts_in_table(decoded, PASTED)
    texts = []
    for number, line in enumerate(LINE_END.split(decoded.text), 1):
        if line.strip():
            texts.append(checked_text(line, f"Line {number} of '{PASTED}'"))
            check_number(len(texts), PASTED, MOST_TEXTS)
    if not texts:
        raise ReviewsError("There is no text yet; write one a line.")
    notices = tuple(notice for notice in (decoded.notice, other_language(texts)) if notice)
    return Texts(tuple(texts), (None,) * len(texts), PASTED, notices)


def _of_ranks(ranks: Sequence[Sequence[int]], labels: Any, index: dict[str, int]) -> Reviews:
    """Reviews as text again, word by word; where Keras has the word "br" stood a <br />."""
    by_rank = {rank: word for word, rank in index.items()} | {index.get("br", 0): "<br />"}
    texts = tuple(" ".join([by_rank[rank] for rank in review]) for review in ranks)
    return Reviews(texts, tuple(int(label) for label in labels), "IMDB")


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
    files = {
        kind: sorted(
            (file for file in (home / kind).glob("*.txt") if not file.name.startswith(".")),
            key=lambda file: (_number(file), file.name),
        )
        for kind in KINDS
    }
    _check_size([file for of_kind in files.values() for file in of_kind], folder.name)
    texts, labels, films, encodings = [], [], [], Counter[str]()
    for kind in KINDS:
        films_by_number = _films(home / f"urls_{kind}.txt")
        for file in files[kind]:
            place = f"{home.name}/{kind}/{file.name}"
            decoded = decode(file.read_bytes(), place)
            encodings[decoded.encoding] += decoded.notice is not None
            texts.append(checked_text(decoded.text, f"'{place}'"))
            labels.append(KINDS.index(kind))
            films += films_by_number[_number(file) :][:1]
    notices = [
        f"{n:,} of {len(texts):,} files were read as {encoding}; look whether their letters are "
        "right."
        for encoding, n in encodings.items()
        if n
    ]
    language = other_language(texts)
    known_films = tuple(films) if len(films) == len(texts) else None
    return check_both_labels(
        Reviews(
            tuple(texts),
            tuple(labels),
            folder.name,
            (*notices, *([language] if language else [])),
            known_films,
        )
    )


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
