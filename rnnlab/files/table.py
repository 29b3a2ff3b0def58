"""A text as a table: how its cells are set apart and quoted, decided by all of its rows."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple, Self

from rnnlab.errors import FileError
from rnnlab.files.pieces import in_pieces

SEPARATORS = "\t;,|"
"""What may stand between cells; the first of two that fit equally well."""

NONE = ""
"""The separator of a table with one column."""

SPACES = " "
"""The separator of cells that any number of spaces sets apart; it is only taken if it is given."""

DOUBLED, ESCAPED, LITERAL = "doubled", "escaped", "literal"
"""What a quotation mark within a cell is: "" (RFC 4180), a backslash before it, or itself.

In the first two a cell may stand within quotation marks, and then hold separators and line ends;
in the last every line is a row, and quotation marks are signs like any other.
"""

LONGEST_CELL = csv.field_size_limit()
"""Characters."""

AT_ONCE = 1_000
"""Rows between which others get their turn."""

FEW = 100
"""Rows that cannot be read, of which nothing follows."""

EMPTY = "'{}' is empty; give a table with something in it."

FOR_PRIVATE_USE = "".join(map(chr, range(0xE000, 0xE040)))
"""Characters of which a text has at most a few."""

SEPARATOR_LINE = re.compile(r"""["']?sep=(.)["']?[;,\t|]*(\r\n|\r|\n|\Z)""", re.IGNORECASE)
ESCAPED_QUOTE = re.compile(r'(?<!\\)((?:\\\\)*)\\"')
_lines = in_pieces(r"[^\r\n]*+[\r\n]?")


class Row(NamedTuple):
    """A row: its number, from 1 as a spreadsheet counts, and its cells as they stand there.

    A line with nothing in it is a row without cells. Of a row that cannot be read, `fault` says
    why, as the end of a sentence that begins "Row 3 …".
    """

    number: int
    cells: list[str]
    fault: str = ""

    @property
    def filled(self) -> bool:
        """Whether there is something in it."""
        return bool(self.fault) or any(map(str.strip, self.cells))

    @property
    def trimmed(self) -> Row:
        """The row without empty cells at its end."""
        n_cells = len(self.cells)
        while n_cells and not self.cells[n_cells - 1]:
            n_cells -= 1
        return self if n_cells == len(self.cells) else self._replace(cells=self.cells[:n_cells])


class Form(NamedTuple):
    """How a table is written: what separates its cells (NONE: nothing), and its quotes."""

    separator: str
    quotes: str = DOUBLED


class Measure(NamedTuple):
    """How well a form fits: the rows with something in them, and how many of them have `width`
    cells, which is what most have; rows that cannot be read are among the first, not the second.
    """

    n_rows: int
    n_even: int
    n_faults: int
    width: int

    @property
    def share(self) -> float:
        """The share of the rows that have `width` cells."""
        return self.n_even / max(1, self.n_rows)


@dataclass(frozen=True)
class Table:
    """A text, without a line that only names the separator, and the form in which it is read.

    It is read anew whenever its rows are asked for, so that a large one is held only once.
    """

    name: str
    text: str
    form: Form
    width: int
    """How many cells most rows have."""

    @classmethod
    def of(cls, text: str, name: str, separator: str | None = None) -> Self:
        """The table in this text in the form that fits best; a `FileError` if it is empty.

        A `separator` that is known, NONE among them, is not looked for.
        """
        return next(cls.ranked(text, name, separator))

    @classmethod
    def ranked(cls, text: str, name: str, separator: str | None = None) -> Iterator[Self]:
        """The tables that this text can be, the best first, one for each separator that fits.

        The last has one column. A separator fits if most rows have as many cells, at least two.
        Excel's first line `sep=;` and a separator that is given leave no choice.
        """
        text = text.removeprefix("\ufeff")
        if not text.strip():
            raise FileError(EMPTY.format(name))
        named = SEPARATOR_LINE.match(text)
        if named:
            text = text[named.end() :]
            separator = named[1] if separator is None else separator
        if separator == SPACES:
            text = "\n".join(" ".join(line.split()) for line in text.splitlines())
        fitting = _fitting(text) if separator is None else []
        yield from (cls(name, text, form, measure.width) for form, measure in fitting)
        form, measure = _best_form(text, separator or NONE)
        yield cls(name, text, form, measure.width)

    def rows(self) -> Iterator[Row]:
        """The rows from the top, empty ones among them."""
        return _rows(self.text, self.form)

    @cached_property
    def filled_rows(self) -> list[Row]:
        """The rows with something in them, kept; for tables that are not large."""
        return [row for row in self.rows() if row.filled]


def _fitting(text: str) -> list[tuple[Form, Measure]]:
    """The best form for each separator that fits, the best first."""
    candidates: list[tuple[Form, Measure]] = []
    for separator in SEPARATORS:
        n_least = candidates[0][1].n_rows // 2 if candidates else 0
        if separator not in text or text.count(separator) < n_least:
            continue
        form, measure = _best_form(text, separator)
        if measure.width > 1 and measure.share > 0.5:
            candidates.append((form, measure))
            candidates.sort(key=lambda candidate: -candidate[1].share)  # stable
            if measure.share == 1:
                break
    return candidates


def _best_form(text: str, separator: str) -> tuple[Form, Measure]:
    """The quotes with which most rows have as many cells, the usual ones of several."""
    usual = Form(separator, DOUBLED)
    best = usual, _measure(text, usual)
    quotes = _quotes_cells(text, separator)
    if '"' not in text or (quotes and best[1].n_faults == 0 and best[1].share == 1):
        return best
    if '\\"' in text:
        escaped = Form(separator, ESCAPED)
        best = max(best, (escaped, _measure(text, escaped)), key=lambda pair: pair[1].share)
    if quotes:
        return best
    literal = Form(separator, LITERAL)
    measure = _measure(text, literal)
    if measure.n_rows == best[1].n_rows > best[1].n_faults == 0:
        return best
    # Programs that write tabs often quote nothing: two loose quotation marks swallow whole rows.
    swallowed = separator == "\t" and measure.share == 1 and measure.n_rows > best[1].n_rows
    return (literal, measure) if swallowed or measure.share > best[1].share else best


def _quotes_cells(text: str, separator: str) -> bool:
    """Whether at least half of the quotation marks stand around a whole cell in one line."""
    edge = re.escape(separator) or r"\r"
    whole = re.compile(rf'(?:^|(?<=[{edge}\r\n])) *"[^"\r\n]*" *(?=[{edge}\r\n]|\Z)')
    n_whole = sum(1 for piece in _lines(text) for _ in whole.finditer(text, *piece))
    return 4 * n_whole >= text.count('"')


def _measure(text: str, form: Form) -> Measure:
    """How well this form fits the text; soon given up where most rows cannot be read."""
    reader, n_faults, widths = _reader(text, form), 0, Counter[int]()
    n_read = -1
    while n_read != widths.total() + n_faults:
        n_read = widths.total() + n_faults
        try:
            widths.update(map(len, islice(reader, AT_ONCE)))
        except csv.Error:  # the reader goes on with the next line
            n_faults += 1
            if n_faults > FEW and n_faults > widths.total():
                break
    del widths[0]
    width, n_even = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return Measure(widths.total() + n_faults, n_even, n_faults, width)


def _rows(text: str, form: Form) -> Iterator[Row]:
    """The rows of a text in this form."""
    stand_in = _unused(text) if form.quotes == ESCAPED else ""
    reader, number = _reader(text, form), 0
    while True:
        try:
            for number, cells in enumerate(reader, number + 1):  # noqa: B020
                if stand_in:
                    cells = [cell.replace(stand_in, '"') for cell in cells]
                yield Row(number, cells)
            return
        except csv.Error as error:
            number += 1
            yield Row(number, [], _fault(error))


def _fault(error: csv.Error) -> str:
    """What is wrong with a row, in words: the module `csv` has three kinds of error for text."""
    if "limit" in str(error):
        return f"has a cell of more than {LONGEST_CELL:,} characters; shorten it"
    if "unexpected end" in str(error):
        return "has a quotation mark that is never closed; close it or take it out"
    return "has a sign after a closing quotation mark; write a quotation mark inside a cell twice"


def _reader(text: str, form: Form) -> Any:
    """The rows of cells, where an escaped quotation mark is a character that the text has not."""
    options: dict[str, Any] = {"delimiter": form.separator or _unused(text)}
    if form.quotes == LITERAL:
        options |= {"quoting": csv.QUOTE_NONE, "quotechar": None}
    else:
        options |= {"strict": True, "skipinitialspace": True}
    if form.quotes == ESCAPED:
        text = _without_escapes(text)
    return csv.reader(io.StringIO(text, newline=""), **options)


def _without_escapes(text: str) -> str:
    """The text with an unused character for each quotation mark behind a backslash.

    Of two backslashes the first says that the second is meant as such.
    """
    if "\\\\" in text:
        return ESCAPED_QUOTE.sub(rf"\g<1>{_unused(text)}", text)
    return text.replace('\\"', _unused(text))  # the same, and much faster


def _unused(text: str) -> str:
    """A character for private use that the text does not use; a `FileError` if it uses all."""
    for sign in FOR_PRIVATE_USE:
        if sign not in text:
            return sign
    raise FileError(
        f"There are {len(FOR_PRIVATE_USE)} characters for private use (U+E000 …) in it, and the "
        "lab needs one of them to take it apart; leave some out."
    )
