"""Numbers whose own commas were read as separators: joined, or refused with the row's name."""

from __future__ import annotations

import pytest

from rnnlab.errors import FileError
from rnnlab.files.series import Chosen
from tests.files.people import read, values

N = range(60)
DAYS = [f"20{t // 12:02d}-{t % 12 + 1:02d}" for t in N]
YEARS = [f"{1950 + t}" for t in N]


def table(header: str, *columns: list[str]) -> str:
    return "\n".join([*filter(None, [header]), *map(",".join, zip(*columns, strict=True))])


DECIMALS = [f"{20 + t % 9 / 4:g}".replace(".", ",") for t in N]
MEANT = [20 + t % 9 / 4 for t in N]
DECIMAL_HALVES = [f"{20 + t % 9},{t % 10}" for t in N]
THOUSANDS = [f"{900 + 5 * t:,}" for t in N]
MILLIONS = [f"{10**6 + 12345 * t:,}" for t in N]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (table("temperature", DECIMALS), MEANT),
        (table("", DECIMALS), MEANT),
        (table("temperature\n(°C)", DECIMALS), MEANT),
        (table("month,temperature", DAYS, DECIMALS), MEANT),
        (table("temperature,month", DECIMALS, DAYS), MEANT),
        (table("month,temperature,place", DAYS, DECIMALS, ["Bonn"] * 60), MEANT),
        (table("month,sales", DAYS, THOUSANDS), [900 + 5 * t for t in N]),
        (table("month,temperature,note", DAYS, [f"{d},0" for d in range(60)], ["ok"] * 60), [*N]),
        (table("", DAYS, THOUSANDS), [900 + 5 * t for t in N]),
        (table("year,sales", YEARS, THOUSANDS), [900 + 5 * t for t in N]),
        (table("", YEARS, THOUSANDS), [900 + 5 * t for t in N]),
        (table("year,people", YEARS, MILLIONS), [10**6 + 12345 * t for t in N]),
        (table("people", MILLIONS), [10**6 + 12345 * t for t in N]),
    ],
)
def test_rows_with_more_cells_than_the_header_are_joined(text, meant):
    found = read(text)
    assert values(found) == meant
    assert any("more cells than the table has columns" in notice for notice in found.notices)


def test_all_numbers_of_a_row_may_be_cut():
    halves = [f"{20 + t % 9},{t % 10}" for t in N]
    text = table("month,a,b", DAYS, halves, halves[::-1])
    found = read(text, chosen=Chosen("'b'"))
    assert values(found) == [float(half.replace(",", ".")) for half in halves[::-1]]


def test_without_a_header_two_columns_may_be_one_number():
    halves = [f"{20 + t % 9},{t % 10}" for t in N]
    found = read(table("", halves))
    labels = [choice.value for choice in found.columns]
    assert labels == ["column 1", "column 2", "columns 1 and 2 as one number"]
    found = read(table("", halves), chosen=Chosen(labels[2]))
    assert values(found) == [float(half.replace(",", ".")) for half in halves]


def test_a_title_above_two_columns_is_no_header_of_one():
    counts = [f"{t % 7}" for t in N]
    assert values(read(table("Sales of a year", YEARS, counts))) == [t % 7 for t in N]


@pytest.mark.parametrize(
    "text",
    [
        table("a,b", [f"{t % 7}" for t in N], DECIMALS),
        table("month,a,b", DAYS, THOUSANDS, [f"{t % 7}" for t in N]),
        table("month,a,b", DAYS, THOUSANDS, THOUSANDS[::-1]),
    ],
)
def test_where_it_is_open_which_cells_belong_together_the_first_row_is_named(text):
    with pytest.raises(FileError, match=r"^Row \d+ of 'x\.csv', .* between quotation marks"):
        read(text)


def test_texts_that_only_some_rows_have_are_no_pieces_of_numbers():
    lines = [f"{day},{t % 7}{',a note' * (t % 5 == 0)}" for t, day in enumerate(DAYS)]
    assert values(read("\n".join(lines))) == [t % 7 for t in N]


def test_notes_with_commas_and_numbers_below_the_table_are_no_rows_of_it():
    note = "Made up by hand, in 2019, see page 3\n"
    assert values(read(f"{table('month,n', DAYS, [str(t % 7) for t in N])}\n\n{note}{note}")) == [
        t % 7 for t in N
    ]


def test_one_bad_row_of_decimal_commas_does_not_make_two_columns():
    with pytest.raises(FileError, match=r"^Row 32 .*, has 2 cells, but the table has 1"):
        read(table("temperature", [*DECIMAL_HALVES[:30], "2x0,5", *DECIMAL_HALVES[31:]]))
