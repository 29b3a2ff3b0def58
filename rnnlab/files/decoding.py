"""Bytes to text, in the encoding under which the text is least surprising."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sized
from dataclasses import dataclass

from rnnlab.errors import FileError
from rnnlab.files.plausibility import ENCODINGS, OTHER, surprise

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "UTF-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "UTF-32", "utf-32-le"),  # begins as that of UTF-16
    (codecs.BOM_UTF32_BE, "UTF-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16-be"),
)

NO_TEXT = (
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
"""How files begin that people take for text, and what they are."""

TAR_PLACE = 257
"""Where the name of its format stands in a TAR archive."""

SAMPLE = 10_000
"""Bytes beyond ASCII, and those around them, by which encodings are compared."""
_BEYOND_ASCII = re.compile(rb"(?:[\x80-\xff]++[\x00-\x7f]?){1,99}")

CONTROLS = "".join(map(chr, (*range(0x09), *range(0x0E, 0x20), 0x7F)))
"""Characters that no text has; tabs and the ends of lines and pages are none of them."""
END_OF_DOS_FILES = "\x1a"
ONE_IN = 100
"""A text may have one of them in so many characters, by mistake."""

MOST_OTHERS = 6


@dataclass(frozen=True)
class Decoded:
    """A text, and how it was read.

    `encoding` is what people call it. `notice` is a sentence about it for who gave the text, None
    if it was UTF-8 without a fault. `others` are encodings that would give another text which is
    plausible too, the likeliest first.
    """

    text: str
    encoding: str = "UTF-8"
    notice: str | None = None
    others: tuple[str, ...] = ()


def decode(content: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text in these bytes, which people call `name`; in `encoding`, if that is given.

    Without it, a byte order mark decides, then whether it is UTF-8; else the encoding and language
    of `ENCODINGS` under which the text is least surprising. A `FileError` says so if it is no text.
    """
    if content[TAR_PLACE : TAR_PLACE + 5] == b"ustar":
        raise FileError(
            f"'{name}' is an archive of files, not a text file; unpack it and give the file in it."
        )
    kind = next((kind for beginning, kind in NO_TEXT if content.startswith(beginning)), None)
    if kind is not None:
        raise FileError(
            f"'{name}' is {kind}, not a text file; save what it shows as CSV or as plain text, or "
            "unpack the text file that is in it."
            if kind == NO_TEXT[0][1]
            else f"'{name}' is {kind}, not a text file; save what it shows as CSV or as plain text."
        )
    read = _decoded(content, name)
    if encoding is None or encoding == read.encoding:
        return read
    if encoding not in ENCODINGS:
        raise FileError(
            f"'{encoding[:40]}' is no encoding that the lab reads; it reads {', '.join(ENCODINGS)}."
        )
    others = (read.encoding, *(other for other in read.others if other != encoding))
    return _in(encoding, ENCODINGS[encoding].codec, content, name, others)


def _decoded(content: bytes, name: str) -> Decoded:
    for mark, called, codec in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _in(called, codec, content.removeprefix(mark), name)
    pairs = _codec_of_pairs(content) if b"\0" in content else None
    if pairs is not None:
        return _in("UTF-16", pairs, content, name)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        n_controls = len(content) - len(content.translate(None, CONTROLS.encode()))
        _check_controls(n_controls, content, name)
        best, *others = _by_plausibility(content)
        return _in(best, ENCODINGS[best].codec, content, name, tuple(others))
    return _in("UTF-8", "utf-8", content, name)


def _by_plausibility(content: bytes) -> list[str]:
    """The encodings that give different texts, the likeliest first; all but one read every byte."""
    sample, whole = _sample(content)
    cheapest: dict[str, tuple[float, str]] = {}
    for name, encoding in ENCODINGS.items():
        # A character that is cut at the end of a sample is no fault.
        text = codecs.getincrementaldecoder(encoding.codec)("replace").decode(sample, final=whole)
        cost = surprise(text, encoding), name
        cheapest[text] = min(cost, cheapest.get(text, cost))
    ordered = sorted((cost, name, text) for text, (cost, name) in cheapest.items())
    plausible = [name for _, name, text in ordered[1:] if "\ufffd" not in text]
    return [ordered[0][1], *plausible[:MOST_OTHERS]]


def _sample(content: bytes) -> tuple[bytes, bool]:
    """The first bytes beyond ASCII, each with those beside it, of which a number may be one; and
    whether these are all.

    What comes again is no further evidence.
    """
    pieces: dict[bytes, None] = {}
    size, end = 0, 0
    for match in _BEYOND_ASCII.finditer(content):
        start, end = max(end, match.start() - 2), match.end()
        piece = content[start:end]
        size += 0 if piece in pieces else len(piece)
        pieces[piece] = None
        if size >= SAMPLE:
            return b"".join(pieces)[: 2 * SAMPLE], False
    return b"".join(pieces), True


def _codec_of_pairs(content: bytes) -> str | None:
    """Which UTF-16 it is, without a byte order mark; None if it is none.

    Spaces and the ends of lines have a NUL as their upper half.
    """
    costs = {}
    for codec, upper_half in (("utf-16-le", 1), ("utf-16-be", 0)):
        text = content[: 2 * SAMPLE].decode(codec, "replace")
        if 0 in content[upper_half::2]:
            costs[codec] = surprise(text, ENCODINGS["UTF-8"]) / len(text)
    codec = min(costs, key=costs.__getitem__)
    return codec if costs[codec] < OTHER else None


def _in(
    encoding: str, codec: str, content: bytes, name: str, others: tuple[str, ...] = ()
) -> Decoded:
    """The text in this encoding, without what no text has, and what is to be told of it."""
    try:
        text, n_broken = content.decode(codec), 0
    except UnicodeDecodeError:
        text = content.decode(codec, "replace")
        n_broken = text.count("\ufffd")
    text = text.removeprefix("\ufeff").removesuffix(END_OF_DOS_FILES)
    n_controls = sum(map(text.count, CONTROLS))
    _check_controls(n_controls, text, name)
    parts = [f"read as {encoding}"] if encoding != "UTF-8" or n_broken or n_controls else []
    if n_broken:
        parts.append(f"{_counted(n_broken, 'broken place')} shown as �")
    if n_controls:
        parts.append(f"{_counted(n_controls, 'control character')} left out")
        for control in CONTROLS:
            text = text.replace(control, "")
    notice = f"'{name}': {'; '.join(parts)}; look whether its letters are right." if parts else None
    return Decoded(text, encoding, notice, others)


def _check_controls(n_controls: int, content: Sized, name: str) -> None:
    if n_controls * ONE_IN > len(content):
        raise FileError(
            f"'{name}' is not a text file: {n_controls:,} of its {len(content):,} characters are "
            "control characters; save it as CSV or as plain text, in UTF-8."
        )


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'s' * (n != 1)} {'were' if n != 1 else 'was'}"
