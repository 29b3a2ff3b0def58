"""Two thousand files spoilt at random: read, asked about or refused, and nothing changes unsaid."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator

import numpy as np
import pytest

from rnnlab.errors import LabError
from rnnlab.files.series import NOTHING_CHOSEN, Chosen, SeriesFile, series_in, text_of
from rnnlab.sentiment.files.sources import uploaded_text
from rnnlab.sentiment.files.table import reviews_in_table, texts_in_table
from tests.files.people import CASES

SERIES = [path.read_bytes() for path in sorted(CASES.glob("[AD]*"))]
REVIEWS = [path.read_bytes()[:4000] for path in sorted(CASES.glob("B*"))]
DAYS = [f"2019-{1 + t // 28:02d}-{1 + t % 28:02d}" for t in range(80)]
MADE = [
    "\n".join(f"{day},{20 + t % 7}.{t % 10}" for t, day in enumerate(DAYS)),
    "\n".join(f"{day}   {20 + t % 7},{t % 10}" for t, day in enumerate(DAYS)),
    ",".join(f"{20 + t % 7}.{t % 10}" for t in range(80)),
    "name," + ",".join(f"{1940 + t}" for t in range(80)) + "\nx," + ",".join(map(str, range(80))),
    "Datum;Wert\n" + "\n".join(f"{day};{1000 + 37 * t:,} €" for t, day in enumerate(DAYS)),
    "\n".join(f"{10 + t * t % 31}" for t in range(80)),
]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850")
SIGNS = [sign.encode() for sign in (*"07,.;-\n\t\"'$%ex€ü ()#|\xa0−", "sep=", "1,044", "2,5", "NA")]
LINES = [b"Total,99", b"", b",", b"n/a", b"1;2;3", b"-9999", b"date,value", b"2019,5", b"x"]
N_FILES, N_SEEDS = 2_000, 20


def spoilt(generator: random.Random, content: bytes) -> bytes:
    """A file with a few pieces or lines put in, taken out, doubled or moved."""
    for _ in range(generator.randint(1, 5)):
        place = generator.randrange(len(content) or 1)
        end = place + generator.choice([0, 1, 5, 40])
        piece = generator.choice([b"", content[place:end] * 2, generator.choice(SIGNS)])
        content = content[:place] + piece + content[end:]
    lines = content.split(b"\n")
    for _ in range(generator.randint(0, 2)):
        place = generator.randrange(len(lines))
        line = generator.choice([*LINES, lines[place], lines.pop(place)])
        lines.insert(generator.randrange(len(lines) + 1), line)
    return b"\n".join(lines)


def some_file(generator: random.Random) -> bytes:
    if generator.random() < 0.5:
        text = generator.choice(MADE)
        content = text.encode(generator.choice(ENCODINGS), "replace")
    else:
        content = generator.choice(SERIES)
    return spoilt(generator, content)


def columns_in(text: str) -> Iterator[list[str]]:
    """The columns of a text as the simplest reader would have them."""
    for separator in ",;\t|":
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
        filled = [row for row in rows if any(map(str.strip, row))]
        for place in range(max(map(len, filled), default=0)):
            yield [row[place] if place < len(row) else "" for row in filled]


def plainly(cells: list[str]) -> list[float]:
    """The numbers in a column below its first cell, which may be its name; else none."""
    try:
        return [float(cell.strip().lstrip("'").replace("−", "-")) for cell in cells[1:]]
    except ValueError:
        return []


def check(found: SeriesFile, encoded: str | None, text: str) -> None:
    """What was read is there to be shown; if nothing is said, it is what anyone would read."""
    assert found.column in {choice.value for choice in found.columns}
    assert found.decimal is not None
    numbers = found.series.array if found.series is not None else np.array([])
    assert np.isfinite(numbers).all()
    notices = [*filter(None, [encoded]), *found.notices]
    assert all(20 < len(notice) < 600 and notice.endswith((".", "…")) for notice in notices)
    if notices or found.readings:
        return
    plain = [np.float32(plainly(["", *column])) for column in columns_in(text)]
    plain += [np.float32(plainly(column)) for column in columns_in(text)]
    assert any(np.array_equal(each, numbers) for each in plain), (found, text)


def read_as_far_as_it_goes(content: bytes) -> str:
    """Read, and answer what is asked in every way; what became of it."""
    decoded = text_of(content, "x.csv")
    found = series_in(decoded.text, "x.csv")
    if found.series is not None:
        check(found, decoded.notice, decoded.text)
        return "read"
    labels = [found.column] if found.column else [choice.value for choice in found.columns[:3]]
    assert labels
    for label in labels:
        asked = attempt(decoded.text, Chosen(label))
        if asked is None:
            continue
        for mark in [choice.value for choice in asked.readings] or [None]:
            answered = attempt(decoded.text, Chosen(label, mark))
            if answered is not None:
                assert answered.series is not None
                check(answered, decoded.notice, decoded.text)
    return "asked"


def attempt(text: str, chosen: Chosen = NOTHING_CHOSEN) -> SeriesFile | None:
    try:
        return series_in(text, "x.csv", chosen)
    except LabError:
        return None


def outcome(content: bytes) -> str:
    try:
        return read_as_far_as_it_goes(content)
    except LabError as refusal:
        assert_is_a_sentence(refusal)
        return "refused"


def assert_is_a_sentence(refusal: LabError) -> None:
    assert 20 < len(str(refusal)) < 600
    assert str(refusal).endswith((".", ".)"))


@pytest.mark.parametrize("seed", range(N_SEEDS))
def test_spoilt_series_are_read_asked_about_or_refused_and_nothing_is_silent(seed):
    generator = random.Random(seed)
    n_files = N_FILES // N_SEEDS * 3 // 4
    outcomes = [outcome(some_file(generator)) for _ in range(n_files)]
    assert {"read", "refused"} <= set(outcomes)


@pytest.mark.parametrize("seed", range(N_SEEDS))
def test_spoilt_tables_of_reviews_are_read_or_refused(seed):
    generator = random.Random(seed)
    for _ in range(N_FILES // N_SEEDS // 4):
        content = spoilt(generator, generator.choice(REVIEWS))
        for reader in (reviews_in_table, texts_in_table):
            try:
                texts = reader(uploaded_text(content, "x.csv"), "x.csv")
            except LabError as refusal:
                assert_is_a_sentence(refusal)
            else:
                assert all(map(str.strip, texts.texts))
                assert len(texts.texts) == len(texts.labels)
