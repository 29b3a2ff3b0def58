"""Reviews as JSON: an object on each line, or a list of objects."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import islice
from typing import Any

from rnnlab.files.table import Form, Table
from rnnlab.sentiment.files.reviews import MOST_REVIEWS, ReviewsError

MOST_KEYS = 1_000

_BEGINNING = re.compile(r'\s*(?:\[\s*)?\{\s*"')
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_SURROGATE = re.compile("[\ud800-\udfff]")


def are_records(text: str) -> bool:
    """Whether this begins as JSON does."""
    return _BEGINNING.match(text) is not None


def table_of_records(text: str, name: str) -> tuple[list[str], Table]:
    """The keys of the objects, and a table with a column for each and a row for each object.

    A `ReviewsError` names the line that is no JSON.
    """
    records = _records(text, name)
    keys = list(dict.fromkeys(key for record in records for key in record))
    if len(keys) > MOST_KEYS:
        raise ReviewsError(
            f"The objects of '{name}' have {len(keys):,} different keys; the lab reads at most "
            f"{MOST_KEYS:,}."
        )
    file = io.StringIO(newline="")
    csv.writer(file).writerows([_cell(record.get(key)) for key in keys] for record in records)
    return keys, Table(name, file.getvalue(), Form(","), len(keys))


def _records(text: str, name: str) -> list[dict[str, Any]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        lines = islice(_LINE.finditer(text), MOST_REVIEWS + 1)
        whole = [_record(match, text, name) for match in lines]
    records = whole if isinstance(whole, list) else [whole]
    if not all(isinstance(record, dict) for record in records):
        raise ReviewsError(
            f"'{name}' is JSON, but not a list of objects, each with a text and a label; write one "
            "object for each review, on a line of its own."
        )
    return records


def _record(match: re.Match[str], text: str, name: str) -> Any:
    try:
        return json.loads(match[0])
    except (ValueError, RecursionError) as error:
        number = text.count("\n", 0, match.start()) + 1
        raise ReviewsError(
            f"'{name}' begins as JSON, but its line {number:,} is none; write one object a line, "
            "or a list of objects."
        ) from error


def _cell(value: Any) -> str:
    """A value as text; half of a pair of surrogates, which JSON may hold, is no character."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return _SURROGATE.sub("\ufffd", text)
