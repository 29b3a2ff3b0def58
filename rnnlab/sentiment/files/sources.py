"""Where reviews and texts come from: a path, the browser, pasted lines, or Keras' data set IMDB."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from rnnlab.files.decoding import Decoded, decode
from rnnlab.files.unpacking import is_packed, too_large, unpacked
from rnnlab.progress import Event
from rnnlab.sentiment.files.columns import columns_of, first_line
from rnnlab.sentiment.files.folder import reviews_in_folder
from rnnlab.sentiment.files.names import LABEL, TEXT
from rnnlab.sentiment.files.reviews import (
    MOST_BYTES,
    MOST_BYTES_UPLOADED,
    MOST_TEXTS,
    Reviews,
    ReviewsError,
    Texts,
    check_number,
    checked_text,
    lines_of,
)
from rnnlab.sentiment.files.table import reviews_in_table, texts_in_table
from rnnlab.sentiment.known_words import other_language

VARIABLE = "RNNLAB_REVIEWS"
"""The environment variable that names a folder or a file of reviews."""

PASTED = "your lines"
"""What pasted lines are called."""


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
    for number, line in enumerate(lines_of(decoded.text), 1):
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
