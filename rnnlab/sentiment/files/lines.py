"""Lines with a label and a text and nothing else, as fastText and plain lists have them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from rnnlab.files.table import LITERAL, SEPARATORS, Form, Table
from rnnlab.sentiment.files.labels import LONGEST, PREFIX, plain_label, scale_of
from rnnlab.sentiment.files.reviews import MOST_REVIEWS, ReviewsError, lines_of

FAST_TEXT = re.compile(rf"\s*{PREFIX}\w")
"""How a file for fastText begins."""
MOST_LABELS = 40
"""Different labels."""


def labelled_lines(text: str, name: str, separators: str) -> Table | None:
    """The table with the columns label and text, if every line begins or ends with a label.

    Between them stands the first of these `separators` with which they all do. A text may hold it
    too where a space follows, as in any sentence.
    """
    lines = lines_of(text)
    filled = [line for line in map(str.strip, islice(lines, MOST_REVIEWS)) if line]
    first = filled[0] if filled else ""
    for separator in separators:
        if separator not in first:
            continue
        for at_end in (False, True):
            if _are_labelled(filled, separator, at_end=at_end):
                rows = "\n".join("\t".join(_parted(line, separator, at_end)) for line in lines)
                return Table(name, rows, Form("\t", LITERAL), 2)
    return None


def fast_text(text: str, name: str) -> Table:
    """The table of a file for fastText: on each line a label, a space, and the text."""
    rows = "\n".join(
        "\t".join(line.strip().replace("\t", " ").split(" ", 1)) for line in lines_of(text)
    )
    return Table(name, rows, Form("\t", LITERAL), 2)


def _parted(line: str, separator: str, at_end: bool) -> list[str]:
    """The label and the text of a line, or less if it has no separator."""
    line = line.strip()
    parts = line.rsplit(separator, 1)[::-1] if at_end else line.split(separator, 1)
    return [part.strip().replace("\t", " ") for part in parts]


def _are_labelled(lines: list[str], separator: str, *, at_end: bool) -> bool:
    """Whether each line is a label, the separator and a text that nothing else cuts.

    A first line whose label no other line has may be names.
    """
    labels, written, texts = Counter[str](), set[str](), set[str]()
    for line in lines:
        label, *text = _parted(line, separator, at_end)
        if not text or not text[0] or len(label) > LONGEST:
            return False
        if separator in SEPARATORS and _cuts(text[0], separator):
            return False
        labels[plain_label(label)] += 1
        written.add(label)
        texts.add(text[0])
        if len(labels) > MOST_LABELS:
            return False
    first = plain_label(_parted(lines[0], separator, at_end)[0])
    if len(labels) < 2 or (len(labels) > 2 and labels[first] == 1):
        return False
    try:
        scale = scale_of(written)
    except ReviewsError:
        return False
    return all(map(scale.knows, labels)) and not all(map(scale.knows, texts))


def _cuts(text: str, separator: str) -> bool:
    """Whether a separator stands in the text that no writer of sentences would put there."""
    return text.startswith('"') or any(
        not part.startswith(" ") for part in text.split(separator)[1:]
    )
