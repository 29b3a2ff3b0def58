"""Film reviews to learn from and texts to judge: their limits, and the bytes of a file as text."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from dataclasses import dataclass

from rnnlab.errors import LabError

MOST_BYTES = 100_000_000
"""Of a file or a folder on disk, unpacked."""
MOST_BYTES_UPLOADED = 5_000_000
"""Of a file from the browser, unpacked."""
MOST_REVIEWS = 60_000
MOST_TEXTS = 2_000
"""Texts that are judged at once on the page."""
LONGEST_REVIEW = 50_000
"""Characters. The longest of IMDB's 25,000 training reviews has 13,704."""

LABELS = {"0": 0, "neg": 0, "negative": 0, "1": 1, "pos": 1, "positive": 1}
"""How files may write the label, in lower case."""


class ReviewsError(LabError):
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


LINE_END = re.compile(r"\r\n|\r|\n")
_GZIP = b"\x1f\x8b"


def unpacked(content: bytes, name: str, limit: int) -> bytes:
    """The bytes, out of gzip if they are in it; a `ReviewsError` if there are more than `limit`."""
    if content.startswith(_GZIP) and len(content) <= limit:
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
                content = file.read(limit + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise ReviewsError(
                f"'{name}' cannot be unpacked: it is damaged or not complete; get it once more."
            ) from error
    if len(content) > limit:
        raise too_large(name, limit)
    return content


def too_large(name: str, limit: int) -> ReviewsError:
    """The error about a file that is larger than it may be."""
    return ReviewsError(
        f"'{name}' is larger than {limit / 1e6:.0f} MB (unpacked), which is the most the lab "
        "takes; leave some reviews out."
    )


def decoded(content: bytes, name: str) -> tuple[str, int | None]:
    """The text: UTF-8, UTF-16 with a byte order mark, or else Windows-1252.

    Beside it stands the first line (from 1) that is not UTF-8 and was taken for Windows-1252.

    A `ReviewsError` names the line with a NUL character, which no text has: the bytes are then
    something else, or in another encoding.
    """
    wrong_line = None
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _from_utf16(content, name)
    else:
        content = content.removeprefix(codecs.BOM_UTF8)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            text = _from_windows(content)
            wrong_line = line_of(text, error.start)  # one byte is one character in both
    if "\0" in text:
        line = line_of(text, text.index("\0"))
        raise ReviewsError(
            f"Line {line} of '{name}' has a NUL character, so this is not plain text; unpack "
            "archives, and save tables as CSV in UTF-8."
        )
    return text, wrong_line


def line_of(text: str, place: int) -> int:
    """The number of the line, from 1, that the character at a place stands in."""
    return 1 + sum(1 for _ in LINE_END.finditer(text, 0, place))


def _from_utf16(content: bytes, name: str) -> str:
    encoding = "utf-16-le" if content.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    body = content[2:]
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        line = line_of(body[: error.start].decode(encoding), error.start)
        raise ReviewsError(
            f"Line {line} of '{name}' is broken: it begins as UTF-16 and does not go on so; save "
            "it once more, as UTF-8."
        ) from error


def _from_windows(content: bytes) -> str:
    """Windows-1252, and Latin-1 for the five bytes that mean nothing there."""
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")
