"""Which column of a table holds the labels, and which the texts, by what is in their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Self

from rnnlab.files.table import Table
from rnnlab.sentiment.files.label_words import LESS_SURE
from rnnlab.sentiment.files.labels import Scale, plain_label, rating, scale_of
from rnnlab.sentiment.files.reviews import MOST_REVIEWS, ReviewsError

SAMPLE = 1_000
"""Rows, from all over the table, by which labels are told."""
BLOCK = 10
"""Rows that are taken together: single ones, each so far from the next, may have the same label."""
SAMPLE_OF_TEXTS = 100
"""Rows by which texts are told: in more of them the words of texts repeat, and numbers do not."""
MOSTLY = 0.9
"""The share of a column's cells that are labels, where others are mistakes."""
MUCH_RICHER = 1.5
"""Times as many letters in different words as any other column has that of the texts."""

WORDS, LESS_SURE_WORDS, NUMBERS, UNCLEAR = range(4)
"""Kinds of labels, those first that hardly any other column has.

UNCLEAR are a few small numbers of which nobody knows which are good.
"""

MOST_UNCLEAR = 10
_SMALL = re.compile(r"[0-9]{1,2}(?:\.0)?", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Contents:
    """The cells of each column in some rows of a table, all of the same width."""

    columns: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, table: Table, *, leave_out: int, everywhere: bool = True) -> Self:
        """Of rows from all over the table, or else of the first ones; those to leave out are names.

        Labels may be sorted, so that the first thousand are alike.
        """
        kept: list[list[str]] = []
        step, number = 1, 0
        rows = islice((row for row in table.rows() if row.filled), leave_out, MOST_REVIEWS)
        for row in rows:
            if len(row.cells) != table.width:
                continue
            if number // BLOCK % step == 0:
                kept.append(row.cells)
            number += 1
            if len(kept) == 2 * SAMPLE:
                if not everywhere:
                    break
                kept = [cells for place, cells in enumerate(kept) if place // BLOCK % 2 == 0]
                step *= 2
        return cls(tuple(zip(*kept, strict=True)))

    def label(self, *, needed: bool) -> int | None:
        """The column of the labels: the only one of the surest kind; None if none is.

        Where no labels are `needed`, numbers beside several columns may be anything.
        """
        kinds = [(self._kind(index), index) for index in range(len(self.columns))]
        ranked = sorted((kind, index) for kind, index in kinds if kind is not None)
        most = UNCLEAR if needed else NUMBERS if len(self.columns) == 2 else WORDS
        if not ranked or ranked[0][0] > most:
            return None
        surest = [index for kind, index in ranked if kind == ranked[0][0]]
        return surest[0] if len(surest) == 1 else None

    def text(self, label: int) -> int | None:
        """The column of the texts, beside that of the labels; None if two may be it."""
        others = [index for index in range(len(self.columns)) if index != label]
        ranked = sorted(((self._richness(index), index) for index in others), reverse=True)
        if not ranked or not ranked[0][0]:
            return None
        alone = len(ranked) == 1 or ranked[0][0] >= MUCH_RICHER * ranked[1][0]
        return ranked[0][1] if alone else None

    def are_labels(self, index: int) -> bool:
        """Whether this column holds labels, whatever they are."""
        return self._scale(index) is not None

    def is_empty(self, index: int) -> bool:
        """Whether most cells of this column have nothing in them."""
        column = self.columns[index]
        return 2 * sum(1 for cell in column if cell.strip()) < len(column)

    def _scale(self, index: int) -> Scale | None:
        cells = [cell for cell in self.columns[index] if cell.strip()]
        try:
            scale = scale_of(cells)
        except ReviewsError:
            return None
        n_known = sum(map(scale.knows, cells))
        return scale if cells and n_known >= MOSTLY * len(self.columns[index]) else None

    def _kind(self, index: int) -> int | None:
        """Which kind of labels a column without a name has, None if it has none, or but one."""
        scale = self._scale(index)
        plain = {plain_label(cell) for cell in self.columns[index] if cell.strip()}
        if scale is None:
            unclear = 2 <= len(plain) <= MOST_UNCLEAR and all(map(_SMALL.fullmatch, plain))
            return UNCLEAR if unclear else None
        known = {label for label in plain if label in scale.meanings}
        if not {0, 1} <= {scale.meanings[label] for label in known}:
            return None
        words = {label for label in known if rating(label) or not label[-1:].isdigit()}
        if not words:
            return NUMBERS
        return LESS_SURE_WORDS if words <= LESS_SURE else WORDS

    def _richness(self, index: int) -> int:
        column: Sequence[str] = self.columns[index]
        step = max(1, len(column) // SAMPLE_OF_TEXTS)
        return sum(map(len, {word for cell in column[::step] for word in _WORD.findall(cell)}))
