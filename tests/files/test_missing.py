"""Rows that hold no value: empty cells, sums, remarks; left out, and named."""

from __future__ import annotations

import pytest

from rnnlab.files.series import Chosen
from tests.files.people import read, values
from tests.files.test_series import DAYS, PLAIN, VALUES, rows


@pytest.mark.parametrize(
    "missing",
    ["", "NA", "n/a", "NaN", "null", "-", "..", ".", "?", "***", "#DIV/0!", "#NV", "n.a."],
)
def test_rows_without_a_value_are_left_out_and_it_is_said(missing):
    places = (0, 1, 9, 59)
    cells = [missing if place in places else cell for place, cell in enumerate(PLAIN)]
    found = read(rows(DAYS, cells, header="day,value"))
    assert values(found) == [value for place, value in enumerate(VALUES) if place not in places]
    but = f" but '{missing}'" if missing else ""
    left_out, gap = found.notices
    assert left_out == (
        f"Rows 2, 3 and 11 and 1 more have no value in 'value'{but}, and are left out."
    )
    assert "1 gap, the first between 2018-11-10 and 2018-11-12" in gap
    assert found.ends == (DAYS[2], DAYS[58])


def test_columns_that_begin_and_end_at_other_times_keep_their_own_rows():
    late = ["" if t < 8 else cell for t, cell in enumerate(PLAIN)]
    early = [cell if t < 55 else "" for t, cell in enumerate(PLAIN)]
    text = rows(DAYS, late, early, header="day,a,b")
    assert values(read(text, chosen=Chosen("'a'"))) == VALUES[8:]
    found = read(text, chosen=Chosen("'b'"))
    assert values(found) == VALUES[:55]
    assert found.ends == (DAYS[0], DAYS[54])


@pytest.mark.parametrize("cell", ["-9999", "-999.9", "9999.9", "-99", "-999.000"])
def test_nines_far_from_all_values_are_none_and_it_is_said(cell):
    found = read(rows(DAYS, [*PLAIN[:20], cell, *PLAIN[21:40], cell, *PLAIN[41:]]))
    assert values(found) == VALUES[:20] + VALUES[21:40] + VALUES[41:]
    assert f"{cell} is far from all other values" in found.notices[0]
    assert "row 21 and 1 more are left out" in found.notices[0]


@pytest.mark.parametrize("near", ["99", "9.99", "-9", "1000"])
def test_nines_among_the_values_and_other_numbers_are_values(near):
    cells = [f"{5 * t % 100}" for t in range(59)]
    assert values(read(rows([*cells, near])))[-1] == float(near)


@pytest.mark.parametrize(
    ("line", "notice"),
    [
        ("", "1 empty row is left out."),
        ("day,value", "Row 31 is left out as a title, a note or a sum: 'day, value'."),
        ("# moved", "Row 31 is left out as a title, a note or a sum: '# moved'."),
        ("Total: ,99", "Row 31 is left out as a title, a note or a sum: 'Total:, 99'."),
        (
            "Zwischensumme,99",
            "Row 31 is left out as a title, a note or a sum: 'Zwischensumme, 99'.",
        ),
    ],
)
def test_what_stands_between_rows_of_values_is_left_out_and_shown(line, notice):
    lines = rows(DAYS, PLAIN, header="day,value").splitlines()
    found = read("\n".join([*lines[:30], line, *lines[30:]]))
    assert values(found) == VALUES
    assert found.notices == (notice,)


@pytest.mark.parametrize(
    "foot", [",210.5", ",,", "Sum of all,210.5", "Итого: 210,5", "-----,-----\n,9"]
)
def test_a_sum_at_the_foot_is_no_value(foot):
    found = read(f"{rows(DAYS, PLAIN, header='day,value')}\n{foot}\n")
    assert values(found) == VALUES


def test_a_sum_below_a_line_is_no_value():
    found = read(f"{rows(PLAIN)}\n-----\n210.5\n")
    assert values(found) == VALUES
    assert "'-----', '210.5'" in found.notices[0]


def test_columns_may_be_called_by_a_letter_and_a_number():
    found = read(rows(PLAIN, PLAIN[::-1], header="x1,x2"), chosen=Chosen("'x2'"))
    assert values(found) == VALUES[::-1]


def test_what_stands_in_every_row_is_no_sum():
    assert values(read(rows(["Total"] * 60, PLAIN, header="kind,value"))) == VALUES
    assert values(read(rows([f"#{t}" for t in range(60)], PLAIN, header="rank,value"))) == VALUES


def test_a_minus_behind_numbers_is_told():
    found = read(rows(DAYS, [f"{t % 9},5{'-' * (t % 4 == 1)}" for t in range(60)], separator=";"))
    assert values(found)[:3] == [0.5, -1.5, 2.5]
    assert "A minus behind a number makes it negative: 1,5- is -1.5." in found.notices
