"""The block of a sheet to hand in that a machine reads: written into it, and read strictly.

A sheet is an HTML file for people. In its head a single `<meta>` carries the answer as JSON, with a
checksum: what was spoilt on the way is noticed. Nothing else of the file is looked at, and nothing
of it is ever shown as HTML. A checksum is no signature: who wants to cheat can.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode
from zlib import crc32

from rnnlab.board.answer import Answer
from rnnlab.errors import FileError, LabError
from rnnlab.settings import Settings

VERSION = 1
LARGEST_FILE = 300_000
LONGEST_BLOCK = 6_000
"""Bytes, and characters; those that the lab writes have some 30 kB, and below 2,000."""

MOST_UPDATES = 10**9
KEYS = ("version", "settings", "updates", "loss", "guess", "guessed_loss", "sentence")

_BLOCK = re.compile(rb'<meta name="rnn-lab-sheet" content="([^"<>]*)">')


@dataclass(frozen=True)
class SheetFile:
    """What a sheet says: the settings of its run, how many updates it did, and the answer."""

    settings: Settings
    updates: int
    answer: Answer

    @property
    def block(self) -> str:
        """The `content` of its block, not yet escaped for HTML."""
        a = self.answer
        values = (
            VERSION,
            urlencode({"rule": self.settings.rule, **self.settings.to_query()}),
            self.updates,
            a.loss,
            a.guess,
            a.guessed_loss,
            a.sentence,
        )
        text = json.dumps(dict(zip(KEYS, values, strict=True)), allow_nan=False)
        return f"{crc32(text.encode()):08x} {text}"


def read_sheet(data: bytes) -> SheetFile:
    """What the bytes of a sheet say; a `FileError` that says why they are none."""
    if len(data) > LARGEST_FILE:
        raise FileError(
            f"A sheet has at most {LARGEST_FILE / 1000:,.0f} kB, but this file has "
            f"{len(data) / 1000:,.0f}."
        )
    blocks = _BLOCK.findall(data)
    if len(blocks) != 1:
        many = "more than one answer" if blocks else "no answer of the lab in it"
        raise FileError(f"This is no sheet of the lab, or was changed: there is {many}.")
    values = _values(blocks[0])
    try:
        return _sheet(values)
    except (LabError, ValueError, TypeError, ArithmeticError) as error:
        why = str(error) if isinstance(error, LabError) else "its numbers make no sense."
        raise FileError(f"The sheet's answer cannot be used: {why}") from error


def _values(block: bytes) -> dict[str, Any]:
    """The values of a block whose checksum is right and that has every key."""
    try:
        text = html.unescape(block.decode("ascii"))
        checksum, _, written = text.partition(" ")
        if len(text) > LONGEST_BLOCK or checksum != f"{crc32(written.encode()):08x}":
            raise ValueError("not as it was written")
        values = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise FileError("The sheet was damaged or changed on its way: save it again.") from error
    if not isinstance(values, dict) or values.get("version") != VERSION:
        raise FileError("The sheet was made by another version of the lab.")
    if tuple(values) != KEYS:
        raise FileError("The sheet was changed: its answer is not complete.")
    return values


def _sheet(values: dict[str, Any]) -> SheetFile:
    query, updates = values["settings"], values["updates"]
    if not isinstance(query, str) or isinstance(updates, bool) or not isinstance(updates, int):
        raise FileError("its settings are not there.")
    if not 0 < updates <= MOST_UPDATES:
        raise FileError(f"a run has 1 to {MOST_UPDATES:,} updates, but it says {updates:,}.")
    settings = Settings.of(Settings.read(dict(parse_qsl(query, max_num_fields=60))))
    answer_values = {name: values[name] for name in ("loss", "guess", "guessed_loss", "sentence")}
    return SheetFile(settings, updates, Answer.of(settings, **answer_values))


@dataclass(frozen=True)
class SheetRow:
    """One file of many: its name, and what it says, or why that cannot be read."""

    name: str
    sheet: SheetFile | None
    trouble: str = ""


def read_sheets(files: Sequence[tuple[str, bytes]]) -> list[SheetRow]:
    """A row for each (name, bytes), in this order; the same sheet again says of whom it is."""
    rows: list[SheetRow] = []
    first: dict[str, str] = {}
    for name, data in files:
        try:
            sheet = read_sheet(data)
        except FileError as error:
            rows.append(SheetRow(name, None, str(error)))
            continue
        before = first.setdefault(sheet.block, name)
        rows.append(SheetRow(name, sheet, "" if before == name else f"The same as {before}."))
    return rows
