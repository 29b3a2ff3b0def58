"""The files that went wrong once: each gives the numbers that its writer meant, or a question."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rnnlab.errors import FileError
from rnnlab.files.series import Chosen
from tests.files.people import case, read, values


@pytest.mark.parametrize(
    ("name", "n_values", "first", "last", "notices"),
    [
        (
            "A1_decimal_comma_one_column.csv",
            80,
            [20, 21.5, 22, 23, 23.5],
            24.5,
            ["The comma is the decimal mark: 21,5 is 21.5."],
        ),
        (
            "A1b_decimal_comma_all_rows.csv",
            80,
            [20, 21, 22, 22.8, 23.5],
            23.9,
            ["80 rows have more cells", "The comma is the decimal mark: 22,8 is 22.8."],
        ),
        (
            "A2_thousands_unquoted.csv",
            96,
            [500, 608, 689],
            1160,
            [
                "32 rows have more cells than the table has columns, row 41 the first",
                "The comma stands between thousands: 1,012 is 1012.",
            ],
        ),
        (
            "A3_thousands_quoted_all.csv",
            96,
            [3500, 3608, 3689],
            4160,
            ["The comma stands between thousands: 3,500.00 is 3500."],
        ),
        (
            "A4_thousands_tab.tsv",
            96,
            [500, 608, 689],
            1160,
            ["The comma stands between thousands: 1,012 is 1012."],
        ),
        (
            "A7_newest_first.csv",
            120,
            [100.73, 101.81, 103.45],
            134.44,
            ["The newest row came first: the lab has turned the series round."],
        ),
        (
            "A9_sep_line.csv",
            120,
            [100.73, 101.81, 103.45],
            134.44,
            ["The comma is the decimal mark: 100,73 is 100.73."],
        ),
        ("A14_percent.csv", 96, [5, 6, 6.7, 7], 4, ["The values are per cent: 6.7% is 6.7."]),
        ("D5_airline_144.csv", 144, [110, 123, 133], 443, []),
    ],
)
def test_a_file_gives_the_numbers_that_are_meant(name, n_values, first, last, notices):
    found = read(case(name), name)
    numbers = values(found)
    assert len(numbers) == n_values
    assert numbers[: len(first)] == first
    assert numbers[-1] == last
    assert len(found.notices) == len(notices)
    for notice, beginning in zip(found.notices, notices, strict=True):
        assert notice.startswith(beginning)


def test_thousands_begin_where_hundreds_end():
    for name in ("A2_thousands_unquoted.csv", "A4_thousands_tab.tsv"):
        numbers = values(read(case(name), name))
        assert max(numbers) == 1396
        assert max(abs(after - before) for before, after in pairwise(numbers)) < 120


def test_of_two_columns_one_is_asked_for_and_its_name_is_as_typed():
    found = read(case("A8_dollar_columns.csv"))
    assert found.series is None
    assert [choice.value for choice in found.columns] == ["'Open ($)'", "'Close ($)'"]
    assert found.columns[1].first == ("101.73", "102.81", "104.45")
    found = read(case("A8_dollar_columns.csv"), chosen=Chosen(column="'Close ($)'"))
    assert values(found)[:3] == [101.73, 102.81, 104.45]
    assert found.ends == ("2019-01-01", "2019-04-30")


def test_a_cell_that_is_no_number_is_shown_as_typed():
    with pytest.raises(FileError) as refusal:
        read(case("A8b_dollar_cells.csv"), "A8b.csv")
    assert str(refusal.value) == (
        "Row 102 of 'A8b.csv' holds '$7*8*9 [x](http://e.example) $' where a number should be."
    )
