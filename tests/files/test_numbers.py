"""A column of cells as numbers: what its marks mean, in ten countries, or that it is open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.files.numbers import read_numbers
from rnnlab.files.written import LONGEST, written
from tests.files.growth import stays_linear
from tests.files.national import STYLES, in_style


@given(
    st.sampled_from(sorted(STYLES)),
    st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=30),
    st.integers(0, 4),
)
def test_numbers_in_the_styles_of_ten_countries_come_back_equal_or_open(style, numbers, decimals):
    cells = [in_style(number, style, decimals) for number in numbers]
    meant = tuple(number / 10**decimals for number in numbers)
    readings = read_numbers(cells).readings
    if len(readings) == 1:
        assert readings[0].values == meant
    else:
        assert meant in [reading.values for reading in readings]
        assert any(cell.count(mark) == 1 for cell in cells for mark in ".,")


@given(st.sampled_from(sorted(STYLES)), st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_with_two_decimals_nothing_is_open(style, numbers):
    cells = [in_style(number, style, 2) for number in numbers]
    (reading,) = read_numbers(cells).readings
    assert reading.values == tuple(number / 100 for number in numbers)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("−5", -5),
        ("–5,5", -5.5),
        ("+7", 7),
        (".5", 0.5),
        ("5.", 5),
        ("1e3", 1000),
        ("1,5E−2", 0.015),
        ("(1,200)", -1200),
        ("$12", 12),
        ("-$1,200.50", -1200.5),
        ("$-12", -12),
        ("€ 12", 12),
        ("12,50 €", 12.5),
        ("5.1%", 5.1),
        ("5,1 %", 5.1),
        ("21.5 °C", 21.5),
        ("3 km/h", 3),
        ("10,44,000", 1044000),
        ("1'044.5", 1044.5),
        ("1\u00a0044,5", 1044.5),
        ("3,500.00", 3500),
        ("141,79-", -141.79),
        ("1.234,50- €", -1234.5),
        ("$ (1,234.50)", -1234.5),
        ("$ -", 0),
        ("-   €", 0),
        ("-R$ 12,50", -12.5),
        ("12.–", 12),
        ("1'234.-", 1234),
        ("12,-", 12),
        ("Rs. 1,23,456/-", 123456),
        ("1 234,50 руб.", 1234.5),
        ("￥1,200.5", 1200.5),
        ("\\1,200.5", 1200.5),
        ("12.5 m²", 12.5),
        ("3 µg/m³", 3),
        ("1,234E+05", 123400),
        ("1.234E+05", 123400),
    ],
)
def test_a_sign_or_unit_beside_a_number_is_understood(cell, value):
    assert read_numbers([cell]).readings[0].values == (value,)


@pytest.mark.parametrize(
    "cell",
    [
        *("", "-", ".", "$", "1_000", "1 2", "1,2,3", "1.2.3", "1,234.567,8", "12:30", "2019-01"),
        *(
            "0x10",
            "--5",
            "-5-",
            "(5-)",
            "5--",
            "(5",
            "(-5)",
            "$5 €",
            "$(5 €)",
            "1st",
            "٣",
            "1" * (LONGEST + 1),
        ),
    ],
)
def test_what_is_no_number_is_none(cell):
    assert written(cell) is None


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["977", "1,044", "1,102"], (977, 1044, 1102)),
        (["977", "1.044", "1.102"], (977, 1044, 1102)),
        (["20", "21,500", "22", "20,125", "21", "22,250"], (20, 21.5, 22, 20.125, 21, 22.25)),
        (["20", "21.500", "22", "20.125", "21", "22.250"], (20, 21.5, 22, 20.125, 21, 22.25)),
        (["1,044", "0,977"], (1.044, 0.977)),
        (["1,044", "1,044,500"], (1044, 1044500)),
        (["1,044", "2,5"], (1.044, 2.5)),
        (["1.044", "2,5"], (1044, 2.5)),
        (["1044", "1,045", "1046"], (1044, 1045, 1046)),
        (["5%", "0", "6%"], (5, 0, 6)),
        (["$5", "6"], (5, 6)),
    ],
)
def test_the_whole_column_decides(cells, values):
    (reading,) = read_numbers(cells).readings
    assert reading.values == values


@pytest.mark.parametrize(
    "cells", [["1", "1,044"], ["5", "1,044", "3"], ["0", "2,500"], ["10", "4,966"] * 40]
)
def test_few_steps_that_may_be_chance_decide_nothing(cells):
    assert len(read_numbers(cells).readings) == 2


@pytest.mark.parametrize("mark", [".", ","])
def test_where_nothing_decides_both_readings_stay(mark):
    cells = [f"1{mark}044", f"1{mark}102", f"2{mark}500"]
    readings = read_numbers(cells).readings
    assert {reading.decimal: reading.values for reading in readings} == {
        mark: (1.044, 1.102, 2.5),
        "": (1044, 1102, 2500),
    }


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        (["1,5", "2,5", "x"], 2),
        (["1.5", "2.5", "1,25"], 2),
        (["1.000,5", "1,5", "1,000.5"], 2),
        (["5%", "6%", "7"], 2),
        (["$5", "€6", "$7"], 1),
        (["5 kg", "6 kg", "7 g"], 2),
        (["5", "6", "$7", "8"], 2),
        ([*(f"{900 + 20 * t:,}" for t in range(40)), "4,07"], 40),
    ],
)
def test_the_first_cell_that_does_not_go_with_the_others_is_named(cells, wrong):
    numbers = read_numbers(cells)
    assert not numbers.readings
    assert numbers.wrong == wrong


@pytest.mark.parametrize(
    "cell",
    ["1" * 39 + "x", "1,044", "1.044,5", "12 kg", "$1,200.50", "1 044,5", "7", "7.25", ",1" * 20],
)
def test_twice_the_cells_take_about_twice_the_time(cell):
    assert stays_linear(lambda n: read_numbers([cell] * n), 20_000)


@pytest.mark.parametrize("sign", ["1", ",", "1,", "1 ", "1'", "-", "$", "(", "1e"])
def test_a_long_cell_is_refused_at_once(sign):
    assert stays_linear(lambda n: written(sign * n + "x"), 500_000)
