"""CSV files as people have them, and what is said of those that cannot be read."""

from __future__ import annotations

import string
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.rules.own_series import (
    FEWEST_VALUES,
    MOST_BYTES,
    MOST_VALUES,
    example_csv,
    read_csv,
)
from rnnlab.rules.series import OwnSeriesRule

VALUES = [t % 7 + 0.5 for t in range(60)]
PLAIN = [f"{value}" for value in VALUES]
GERMAN = [f"{value}".replace(".", ",") for value in VALUES]
DAYS = [f"{date.fromordinal(737_000 + t)}" for t in range(60)]


def rows(*columns: list[str], separator: str = ",", header: str = "") -> str:
    lines = [separator.join(cells) for cells in zip(*columns, strict=True)]
    return "\n".join([header, *lines] if header else lines)


@pytest.mark.parametrize(
    "content",
    [
        rows(PLAIN),
        rows(PLAIN) + "\n",
        rows(PLAIN) + "\n\n  \n",
        "\n\n" + rows(PLAIN, header="value"),
        rows(PLAIN, header="value").replace("\n", "\r\n") + "\r\n",
        rows(PLAIN, header="value").replace("\n", "\r"),
        "\ufeff" + rows(PLAIN, header="value"),
        rows(DAYS, PLAIN, header="day,value"),
        rows(DAYS, PLAIN, header=",value"),
        rows(PLAIN, DAYS, header="value,day"),
        rows(DAYS, PLAIN),
        rows(DAYS, PLAIN, separator="\t", header="day\tvalue"),
        rows(DAYS, PLAIN, separator=";", header="day;value"),
        rows(DAYS, GERMAN, separator=";", header="Tag;Wert"),
        rows(DAYS, GERMAN, separator="\t", header="Tag\tWert"),
        rows(GERMAN, ["nass, kalt"] * 60, separator=";", header="Wert;Wetter, grob"),
        rows([f'"{cell}"' for cell in PLAIN], header='"a value, quoted"'),
        rows(DAYS, [f"  {cell} " for cell in PLAIN]),
        rows([f"+{value:e}" for value in VALUES]),
        rows(DAYS, PLAIN) + "\n,,\n,,",
        rows(DAYS, PLAIN, ["", "a note"] * 30, header="day,value,note"),
        rows(PLAIN, ["7"] * 29 + ["some"] * 31),
        rows(PLAIN, header="value").encode(),
        rows(PLAIN, header="value").encode("utf-8-sig"),
        rows(PLAIN, header="Größe").encode("latin-1"),
        rows(PLAIN, header="Größe").encode("utf-16"),
    ],
)
def test_a_file_as_people_have_it_is_read(content):
    own, notice = read_csv(content, "mine")
    assert own.array.tolist() == VALUES
    assert own.name == "mine"
    assert notice is None


def test_of_a_long_file_the_last_values_are_taken_and_it_is_said():
    text = "value\n" + "\n".join(str(t % 1000) for t in range(20_005))
    own, notice = read_csv(text, "long")
    assert notice == "'long' has 20,005 values; the lab takes the last 20,000."
    assert own.array[:3].tolist() == [5, 6, 7]
    assert len(own.array) == MOST_VALUES
    _, notice = read_csv(text.replace("value\n0\n1\n2\n3\n4\n", "value\n"), "long")
    assert notice is None


def spoilt(place: int, cell: str) -> str:
    """The values under a header, but one: place 0 is row 2 of the file."""
    cells = [*PLAIN]
    cells[place] = cell
    return rows(DAYS, cells, header="day,value")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "'x.csv' is empty."),
        ("\n \n,,\n", "'x.csv' is empty."),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00",
            "'x.csv' is not a text file; save it as CSV and upload that.",
        ),
        (
            b"PK\x03\x04\x14\x00",
            "'x.csv' is not a text file; save it as CSV and upload that.",
        ),
        (
            b"7\n" * (MOST_BYTES // 2 + 100_000),
            "'x.csv' has 2.2 MB, but a file may have at most 2 MB.",
        ),
        (rows(DAYS, DAYS), "'x.csv' has no column of numbers."),
        (
            rows(PLAIN, PLAIN, header="year,value"),
            "'x.csv' has 2 columns of numbers, 'year' and 'value'; "
            "keep one of them and upload it again.",
        ),
        (
            rows(DAYS, PLAIN, PLAIN),
            "'x.csv' has 2 columns of numbers, column 2 and column 3; "
            "keep one of them and upload it again.",
        ),
        (
            rows(*[PLAIN] * 8),
            "'x.csv' has 8 columns of numbers, column 1, column 2, column 3, column 4, column 5 "
            "and others; keep one of them and upload it again.",
        ),
        (
            rows(PLAIN, ["", "7"] * 30),  # half of a column is enough to count as one of numbers
            "'x.csv' has 2 columns of numbers, column 1 and column 2; "
            "keep one of them and upload it again.",
        ),
        (rows(DAYS, ["", *PLAIN[1:]]), "Row 1 of 'x.csv' has no value."),
        (spoilt(0, "abc"), "Row 2 of 'x.csv' holds 'abc' where a number should be."),
        (spoilt(57, "7 EUR"), "Row 59 of 'x.csv' holds '7 EUR' where a number should be."),
        (spoilt(9, "NaN"), "Row 11 of 'x.csv' holds 'NaN' where a number should be."),
        (spoilt(9, "1_000"), "Row 11 of 'x.csv' holds '1_000' where a number should be."),
        (spoilt(9, ""), "Row 11 of 'x.csv' has no value."),
        (
            spoilt(9, "-inf"),
            "Row 11 of 'x.csv' holds '-inf', but no value may be larger than 3e+38.",
        ),
        (
            spoilt(9, "1e999"),
            "Row 11 of 'x.csv' holds '1e999', but no value may be larger than 3e+38.",
        ),
        (
            spoilt(9, "x" * 100),
            f"Row 11 of 'x.csv' holds '{'x' * 40}' where a number should be.",
        ),
        (
            rows(DAYS, ["1.000", *GERMAN[1:]], separator=";"),
            "Row 1 of 'x.csv' holds '1.000' where a number should be.",
        ),
        (rows(PLAIN).replace("\n4.5\n", "\n\n", 1), "Row 5 of 'x.csv' has no value."),
        ("nan\n" + rows(PLAIN), "Row 1 of 'x.csv' holds 'nan' where a number should be."),
        (
            "day,value\n" + "2020-01-01,5\n" * 49,
            "'x.csv' has 49 values, but a series needs at least 50.",
        ),
        ("7\n" * 60, "All values of 'x.csv' are 7: there is nothing to learn."),
        (
            'value\n"' + "7\n" * 100_000,
            "'x.csv' cannot be read as CSV; is a quotation mark left open?",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(content, sentence):
    with pytest.raises(SettingError) as refusal:
        read_csv(content, "x.csv")
    assert str(refusal.value) == sentence


def is_fine_or_refused(content: str | bytes) -> bool:
    """Whether the file was read, and then everything about it works; if not, it was refused."""
    try:
        own, _ = read_csv(content, "some")
    except SettingError:
        return False
    assert FEWEST_VALUES <= len(own.array) <= MOST_VALUES
    held = OwnSeriesRule(own)
    samples = held.samples(5)
    for numbers in (samples.inputs, samples.test_inputs, samples.targets, samples.test_targets):
        assert np.isfinite(numbers).all()
    assert all(np.isfinite(error) for error in held.baselines(5).values())
    return True


@given(st.binary(max_size=400))
def test_any_bytes_are_a_series_or_refused(content):
    is_fine_or_refused(content)


@given(st.text(alphabet=string.digits + ',;.\t\n\r"-+e nai\ufeffä', max_size=400))
def test_any_scribble_is_a_series_or_refused(content):
    is_fine_or_refused(content)


NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.floats(-1e6, 1e6)


@given(st.lists(NUMBERS, min_size=3, max_size=12), st.sampled_from([10, 50]), st.booleans())
def test_any_numbers_are_a_series_or_refused(numbers, times, header):
    lines = [repr(number) for number in numbers * times]
    is_fine_or_refused("\n".join(["value", *lines] if header else lines))


@given(st.lists(st.integers(-(10**6), 10**6), min_size=50, max_size=80), st.sampled_from(",;\t"))
def test_whole_numbers_come_back_as_they_were(numbers, separator):
    if len(set(numbers[:45])) > 1:
        text = "\n".join(f"a{separator}{number}" for number in numbers)
        assert read_csv(text, "mine")[0].array.tolist() == numbers


def test_the_example_is_a_file_that_the_lab_reads():
    text = example_csv()
    assert text == example_csv()
    lines = text.splitlines()
    assert len(lines) == 601
    assert lines[1].startswith("2014-01-06,")
    own, notice = read_csv(text, "example")
    assert notice is None
    assert is_fine_or_refused(text)
    values = own.array.astype(float)
    # A trend of 0.05 a week over 520 weeks (ten seasons): 26 between a week and its later twin.
    assert np.mean(values[520:] - values[:80]) == pytest.approx(26, abs=1.5)
    # Half a season apart the curve is upside down: a swing of 20 up and 20 down.
    assert np.ptp(values[:52]) == pytest.approx(40, abs=12)
