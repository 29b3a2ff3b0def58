"""What a spreadsheet would calculate: texts from outside that go into a file for one."""

from __future__ import annotations

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet may take for a formula, the wide ones of East Asia among them."""


def harmless(text: str) -> str:
    """The text, behind an apostrophe if a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULAS) else text
