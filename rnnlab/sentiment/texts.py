"""Many texts to judge: lines that someone pasted, or a table whose labels may be missing."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from rnnlab.sentiment.reviews import MOST_BYTES_UPLOADED, ReviewsError, counted, fitting
from rnnlab.sentiment.table import LABEL, TEXT, Table, columns_of, first_line, label_of
from rnnlab.sentiment.text_file import too_large, unpacked

MOST_TEXTS = 2_000
PASTED = "your lines"
"""What pasted lines are called."""

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Texts:
    """Texts, and for each its label if it is known: 1 (positive), 0 (negative) or None.

    `name` is that of the file; `notices` are sentences for the person who gave it.
    """

    texts: tuple[str, ...]
    labels: tuple[int | None, ...]
    name: str
    notices: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.texts)


def uploaded_texts(content: bytes, name: str) -> Texts:
    """The texts of a table from the browser, plain or packed with gzip; see `texts_in_table`."""
    return texts_in_table(unpacked(content, name, MOST_BYTES_UPLOADED), name)


def texts_in_table(content: bytes, name: str) -> Texts:
    """The texts of a table with a header that names at least the column text.

    It is read like a table of reviews (see `csv_reviews`), but the column label may be missing, or
    empty where nobody knows the label; and all labels may be alike.
    """
    table = Table.of(content, name, (TEXT,))
    texts, labels = [], []
    for place, cells in table.rows(MOST_TEXTS):
        label = table.cell(LABEL, cells)
        labels.append(label_of(label, place) if label else None)
        texts.append(fitting(table.cell(TEXT, cells), place))
    if not texts:
        raise ReviewsError(f"'{name}' has no texts; write some below its first line.")
    return Texts(tuple(texts), tuple(labels), name, table.notices)


def pasted_texts(typed: str) -> Texts:
    """Each line a text, empty ones left out; or a table, if the first line names text and label.

    Rows that were copied out of a spreadsheet come as such a table, with tabs.
    """
    content = typed.encode("utf-8", errors="replace")
    if len(content) > MOST_BYTES_UPLOADED:
        raise too_large(PASTED, MOST_BYTES_UPLOADED)
    header = first_line(typed)
    if header is not None and columns_of(header, (TEXT, LABEL)):
        return texts_in_table(content, PASTED)
    texts = []
    for number, line in enumerate(_LINE_END.split(typed), 1):
        if line.strip():
            texts.append(fitting(line, f"Line {number} of '{PASTED}'"))
            counted(len(texts), PASTED, MOST_TEXTS)
    if not texts:
        raise ReviewsError("There is no text yet; write one a line.")
    return Texts(tuple(texts), (None,) * len(texts), PASTED)


def example_texts() -> str:
    """A table that can be judged, to see what one looks like."""
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows([(TEXT, LABEL), *EXAMPLES])
    return file.getvalue()


EXAMPLES = (
    ("I loved every minute of it.", "positive"),
    ("A dull story, badly acted, and far too long.", "negative"),
    ("Not bad at all.", "positive"),
    ("The first half is dull, but the end is wonderful.", "positive"),
    ("I wanted to like this film. I did not.", "negative"),
    ("The best thing about it was the popcorn.", "negative"),
    ("It could hardly be better: clever, funny and sad.", "positive"),
    ("What a waste of a great cast.", "negative"),
    ("Two hours that felt like twenty minutes.", "positive"),
    ("My children fell asleep, and so did I.", "negative"),
)
"""Texts with what they say of the film; some are easy, some are not."""
