"""The bytes of a text file as text: unpacked if need be, whatever its encoding."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from typing import NamedTuple

from rnnlab.sentiment.files.reviews import ReviewsError

_LINE_END = re.compile(r"\r\n|\r|\n")
_GZIP = b"\x1f\x8b"


class Decoded(NamedTuple):
    """A text, and the first line (from 1) that is not UTF-8 and was taken for Windows-1252."""

    text: str
    wrong_line: int | None


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


def decoded(content: bytes, name: str) -> Decoded:
    """The text: UTF-8, UTF-16 with a byte order mark, or else Windows-1252.

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
    return Decoded(text, wrong_line)


def line_of(text: str, place: int) -> int:
    """The number of the line, from 1, that the character at a place stands in."""
    return 1 + sum(1 for _ in _LINE_END.finditer(text, 0, place))


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
