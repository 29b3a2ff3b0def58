"""Verdicts to take away, as a CSV file that a spreadsheet opens without doing what texts say."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from rnnlab.sentiment.judging import in_words
from rnnlab.sentiment.many import Judged

HEADER = ("text", "label", "verdict", "probability_positive", "in_words", "words", "unknown_words")
KINDS = ("negative", "positive")

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet may take for a formula, the wide ones of East Asia among them."""


def verdicts_csv(judged: Sequence[Judged]) -> bytes:
    """A row for each text, in their order; UTF-8 with the mark by which Excel knows it.

    A text that a spreadsheet would take for a formula begins with an apostrophe. The file can be
    judged again: it is a table with text and label.
    """
    file = io.StringIO(newline="")
    rows = csv.writer(file)  # lines end in \r\n, so that both are put into quotation marks
    rows.writerow(HEADER)
    for one in judged:
        label = "" if one.label is None else KINDS[one.label]
        probability, words = f"{one.probability:.4f}", in_words(one.probability)
        verdict = KINDS[one.verdict]
        rows.writerow(
            [harmless(one.text), label, verdict, probability, words, one.n_words, one.n_unknown]
        )
    return file.getvalue().encode("utf-8-sig", errors="replace")


def harmless(text: str) -> str:
    """The text, behind an apostrophe if a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULAS) else text
