"""What a cell of a table holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rnnlab.files.numbers import NO_NUMBER, PLAIN, written
from rnnlab.files.stamps import stamp

NUMBER, TIME, TEXT, NOTHING = "number", "time", "text", ""

MISSING = re.compile(r"n/?a|#n/a|null|none|missing|k\. ?a\.|[-–—.…:?/*]{1,3}", re.IGNORECASE)
"""How people and programs write that there is no value."""

SHOWN = 40
"""How many characters of a cell a sentence shows."""


def kind(cell: str) -> str:
    """What a cell without space around it holds: a number, a date or time, a text, or nothing.

    What programs write where a calculation failed counts as a number, which is then refused.
    """
    if not cell:
        return NOTHING
    if PLAIN.fullmatch(cell):
        return NUMBER
    if written(cell) is not None:
        return NUMBER
    if stamp(cell) is not None:
        return TIME
    if NO_NUMBER.fullmatch(cell):
        return NUMBER
    return NOTHING if MISSING.fullmatch(cell) else TEXT


def shown(cells: Sequence[str]) -> str:
    """The cells that are not empty, as a sentence shows them."""
    text = ", ".join(filter(None, cells))
    return f"'{text[:SHOWN]}{'…' * (len(text) > SHOWN)}'"
