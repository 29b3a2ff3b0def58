"""Values that stand side by side: along the row, under dates or months, set apart by spaces."""

from __future__ import annotations

import pytest

from rnnlab.errors import LabError
from rnnlab.files.series import Chosen
from tests.files.people import read, values

N = range(60)
VALUES = [20 + t % 7 + t / 8 for t in N]
CELLS = [f"{value:g}" for value in VALUES]
YEARS = [f"{1960 + t}" for t in N]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"


@pytest.mark.parametrize(
    ("separator", "beginning"),
    [(",", ""), (";", ""), ("\t", ""), (" ", ""), (", ", ""), (",", "T"), (";", "T"), ("\t", "T")],
)
def test_a_single_line_is_read_along_the_row(separator, beginning):
    found = read(separator.join([*filter(None, [beginning]), *CELLS]))
    assert values(found) == pytest.approx(VALUES, rel=1e-6)
    assert found.column == (f"'{beginning}'" if beginning else "column 1")
    assert len(found.notices) == 1


def test_decimal_commas_in_a_line_are_such():
    found = read(";".join(cell.replace(".", ",") for cell in CELLS))
    assert values(found) == pytest.approx(VALUES, rel=1e-6)


def test_a_list_as_programs_print_it_is_a_line():
    assert values(read(f"[{', '.join(CELLS)}]")) == pytest.approx(VALUES, rel=1e-6)


@pytest.mark.parametrize("dates", [YEARS, YEARS[::-1], [f"{year} [YR{year}]" for year in YEARS]])
def test_under_dates_along_the_top_each_row_is_a_series(dates):
    rows = [
        '"Source","Indicators",',
        "",
        '"Last Updated Date","2019-12-20",',
        "",
        ",".join(["Country", "Code", *dates]),
        ",".join(["Aruba", "ABW", *CELLS]),
        ",".join(["Zambia", "ZMB", *["", ""], *CELLS[2:57], *["..", "", ""]]),
    ]
    found = read("\n".join(rows))
    labels = [choice.value for choice in found.columns]
    assert labels == ["'Aruba, ABW'", "'Zambia, ZMB'"]
    in_order = dates[0] < dates[-1]
    assert values(read("\n".join(rows), chosen=Chosen(labels[0]))) == pytest.approx(
        VALUES if in_order else VALUES[::-1], rel=1e-6
    )
    found = read("\n".join(rows), chosen=Chosen(labels[1]))
    kept = VALUES[2:57]
    assert values(found) == pytest.approx(kept if in_order else kept[::-1], rel=1e-6)
    assert any("row 5" in notice for notice in found.notices)


def test_twelve_months_side_by_side_are_a_series_of_months():
    lines = [f"{2000 + t},{','.join(CELLS[12 * t : 12 * t + 12])},99" for t in range(5)]
    found = read("\n".join(["Global means", f"Year,{MONTHS.replace(' ', ',')},J-D", *lines]))
    assert values(found) == pytest.approx(VALUES, rel=1e-6)
    assert found.column == "'Jan to Dec'"
    assert found.ends == ("2000-01", "2004-12")


@pytest.mark.parametrize("lead", ["", "   "])
def test_spaces_set_columns_apart(lead):
    lines = [f"{lead}{year}   {t % 12 + 1:>2}  {cell:>8}   ---" for t, (year, cell) in
             enumerate(zip(YEARS, CELLS, strict=True))]  # fmt: skip
    found = read(
        "\n".join(["# made up, by hand", "yyyy  n    tmax  rain", *lines]), chosen=Chosen("'tmax'")
    )
    assert values(found) == pytest.approx(VALUES, rel=1e-6)


@pytest.mark.parametrize("day", ["2019-{0:02d}-01", "1/{0}/2019"])
def test_decimal_commas_in_columns_apart_by_spaces_are_such(day):
    lines = [f"{day.format(t % 12 + 1)}   {20 + t % 9},{t % 10}" for t in N]
    found = read("\n".join(lines))
    assert values(found) == pytest.approx([20 + t % 9 + t % 10 / 10 for t in N], rel=1e-6)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"values": [1, 2, 3]}', "is JSON, not a table"),
        ('[\n{"a": 1}\n]', "is JSON, not a table"),
        ("<!doctype html><html>", "is a web page or XML, not a table"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(text, words):
    with pytest.raises(LabError, match=words):
        read(text)


def test_a_refusal_of_a_turned_table_says_that_it_is_turned():
    cells = [*CELLS[:30], "x", *CELLS[31:]]
    with pytest.raises(LabError, match=r"^Row 32 .* 'x'.*a row, here, is a column of the file"):
        read("\n".join([",".join(["name", *YEARS]), ",".join(["Aruba", *cells])]))


def test_between_spaces_no_cell_may_be_empty():
    lines = [f"{year}  {'' if t == 5 else cell:>8}  {t}" for t, (year, cell) in
             enumerate(zip(YEARS, CELLS, strict=True))]  # fmt: skip
    with pytest.raises(LabError, match=r"^Row 6 .* nobody sees which one is empty"):
        read("\n".join(lines))


def test_rows_that_were_quoted_whole_are_unpacked():
    lines = [
        '"year,""value"""',
        *(f'"{year},""{c}"""' for year, c in zip(YEARS, CELLS, strict=True)),
    ]
    assert values(read("\n".join(lines))) == pytest.approx(VALUES, rel=1e-6)


def test_texts_in_quotation_marks_are_no_columns_between_spaces():
    lines = [
        f'"Bonn, by ""the"" river",{year},{cell}' for year, cell in zip(YEARS, CELLS, strict=True)
    ]
    assert values(read("\n".join(["place,year,value", *lines]))) == pytest.approx(VALUES, rel=1e-6)
