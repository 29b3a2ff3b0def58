"""A table as a CSV file that any spreadsheet opens and in which it calculates nothing."""

from __future__ import annotations

import pandas as pd

from rnnlab.files.formulas import harmless


def plain_csv(table: pd.DataFrame) -> bytes:
    """The bytes of the file: a byte order mark, the head, and a line for each row."""
    plain = table.map(lambda cell: harmless(cell) if isinstance(cell, str) else cell)
    return plain.to_csv(index=False).encode("utf-8-sig", errors="replace")
