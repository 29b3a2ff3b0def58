"""Tables as people have them: what separates cells, what quotes them, and which row is which."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import FileError
from rnnlab.files.table import ESCAPED, LITERAL, NONE, SEPARATORS, Form, Row, Table
from tests.files.growth import stays_linear
from tests.files.people import case


def cells_of(text: str, separator: str | None = None) -> list[list[str]]:
    return [row.cells for row in Table.of(text, "x.csv", separator).rows() if row.filled]


@pytest.mark.parametrize(
    ("text", "form", "cells"),
    [
        ("a,b\n1,2\n", Form(","), [["a", "b"], ["1", "2"]]),
        ("a;b\n1,5;2\n", Form(";"), [["a", "b"], ["1,5", "2"]]),
        ("a\tb\n1,5\t2;3\n", Form("\t"), [["a", "b"], ["1,5", "2;3"]]),
        ("a|b\n1|2\n", Form("|"), [["a", "b"], ["1", "2"]]),
        ("a\n1\n2\n", Form(NONE), [["a"], ["1"], ["2"]]),
        ("20\n21,5\n22\n23\n", Form(NONE), [["20"], ["21,5"], ["22"], ["23"]]),
        ("\ufeffa,b\r\n1,2", Form(","), [["a", "b"], ["1", "2"]]),
        ("a,b\r1,2\r", Form(","), [["a", "b"], ["1", "2"]]),
        ("2019-01-01;100,73\n2019-01-02;101,81", Form(";"), [["2019-01-01", "100,73"]]),
        ('a,b\n"x, ""y""\nz",2\n', Form(","), [["a", "b"], ['x, "y"\nz', "2"]]),
        ('a, "b, c"\n1, 2\n', Form(","), [["a", "b, c"], ["1", "2"]]),
        ('size,price\n5" pipe,3\n', Form(","), [["size", "price"], ['5" pipe', "3"]]),
        ('a,b\n"x \\"y, z\\"",1\n', Form(",", ESCAPED), [["a", "b"], ['x "y, z"', "1"]]),
        (
            'a,b\n"c:\\\\",1\n"\\"",2\n',
            Form(",", ESCAPED),
            [["a", "b"], ["c:\\\\", "1"], ['"', "2"]],
        ),
        ('a,b\n"c:\\",1\n"d",2\n', Form(","), [["a", "b"], ["c:\\", "1"], ["d", "2"]]),
        (
            't\tn\n"fine\t1\nso so\t0\nbad"\t0\n',
            Form("\t", LITERAL),
            [["t", "n"], ['"fine', "1"], ["so so", "0"], ['bad"', "0"]],
        ),
        (
            't\tn\n"a" b\t1\n" c\t0\n',
            Form("\t", LITERAL),
            [["t", "n"], ['"a" b', "1"], ['" c', "0"]],
        ),
    ],
)
def test_what_separates_and_quotes_the_cells_is_seen_from_all_rows(text, form, cells):
    assert Table.of(text, "x.csv").form == form
    assert cells_of(text)[: len(cells)] == cells


@pytest.mark.parametrize("told", ["sep=;\n", "SEP=;\r\n", '"sep=;"\r\n', "\ufeffsep=;\n"])
def test_a_first_line_that_names_the_separator_is_obeyed_and_no_row(told):
    rows = list(Table.of(f"{told}a,x;b\n1,5;2\n", "x.csv").rows())
    assert rows == [Row(1, ["a,x", "b"]), Row(2, ["1,5", "2"])]


def test_a_row_has_the_number_that_a_spreadsheet_shows():
    rows = Table.of('a,b\n\n"two\nlines",1\n,\n3,4\n', "x.csv").filled_rows
    assert [(row.number, row.cells[0]) for row in rows] == [(1, "a"), (3, "two\nlines"), (5, "3")]


def test_one_bad_row_is_named_and_the_others_are_read():
    good = "".join(f'"text, {n}",{n % 2}\n' for n in range(20))
    rows = list(Table.of(f'text,label\n{good}"bad" one,1\n{good}', "x.csv").rows())
    assert [row.number for row in rows if row.fault] == [22]
    assert "closing quotation mark" in rows[21].fault
    assert len(rows) == 42
    rows = list(Table.of(f'text,label\n{good}"never closed,1\n', "x.csv").rows())
    assert (rows[-1].number, rows[-1].cells) == (22, [])
    assert "never closed" in rows[-1].fault
    rows = list(Table.of(f"text,label\n{good}{'x' * 200_000},1\n{good}", "x.csv").rows())
    assert [row.number for row in rows if "131,072 characters" in row.fault] == [22]


def test_other_separators_come_after_the_best_and_one_column_comes_last():
    tables = list(Table.ranked("a;b,c\n1;2,3\n4;5,6\n", "x.csv"))
    assert [table.form.separator for table in tables] == [";", NONE]
    tables = list(Table.ranked("a;b,c\n1;2,3\n4;5;6,7\n", "x.csv"))
    assert [(table.form.separator, table.width) for table in tables] == [
        (",", 2),
        (";", 2),
        (NONE, 1),
    ]


@pytest.mark.parametrize("text", ["", " \n\t \n", "\ufeff"])
def test_a_file_with_nothing_in_it_is_refused(text):
    with pytest.raises(FileError, match=r"'x\.csv' is empty"):
        Table.of(text, "x.csv")


def test_reviews_are_read_whole_and_their_quotes_as_typed():
    rows = Table.of(case("B1_labeledTrainData.tsv").decode(), "B1").filled_rows
    assert [len(row.cells) for row in rows] == [3] * 9
    assert rows[1].cells[2] == (
        'A warm and clever film, or as my aunt says "see it, please". Bye.<br /><br />Ok.'
    )
    rows = Table.of(case("B1b_backslash_quotes.csv").decode(), "B1b").filled_rows
    assert rows[1].cells == ['A warm and clever film, "really", yes', "positive"]
    assert len(rows) == 9
    rows = Table.of(case("B4_sst.tsv").decode(), "B4").filled_rows
    assert rows[1].cells == ["a warm and clever film ", "1"]
    rows = Table.of(case("B8_float_labels.csv").decode(), "B8").filled_rows
    assert rows[1].cells == ["0", "A warm and clever film", "1.0"]


CELL = st.text(alphabet='ab ,;\t|"\n\\é', max_size=8).filter(lambda cell: cell == cell.strip())


@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(
            st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=8
        )
    ),
    st.sampled_from(SEPARATORS),
)
def test_what_is_written_with_quotes_comes_back_as_it_was(rows, separator):
    header = [f"column {number}" for number in range(len(rows[0]))]
    file = io.StringIO()
    csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    assert list(
        map(list, [row.cells for row in Table.of(file.getvalue(), "x", separator).rows()])
    ) == [
        header,
        *rows,
    ]


@given(st.text(alphabet='a1,;\t"\\\n\r =sep', max_size=300))
def test_any_text_is_a_table_or_refused(text):
    try:
        tables = list(Table.ranked(text, "x"))
    except FileError:
        assert not text.strip()
        return
    for table in tables:
        for number, row in enumerate(table.rows(), 1):
            assert row.number == number


PIECES = (
    '"a ""b"", c",1\n',
    '"a \\"b\\", c",1\n',
    'a b " c\t1\n',
    '"',
    '\\"',
    '"a\n',
    '"a\n,"b\n',
    "a,",
)


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_takes_about_twice_the_time(piece):
    def read(n_bytes: int) -> None:
        for _ in Table.of("a,b\n" + piece * (n_bytes // len(piece)), "x").rows():
            pass

    assert stays_linear(read, 500_000)


def test_a_text_with_every_character_for_private_use_is_refused():
    every = "".join(map(chr, range(0xE000, 0xF900)))
    with pytest.raises(FileError, match="private use"):
        Table.of(every, "x", NONE)
    assert [row.cells for row in Table.of(every[:9], "x", NONE).rows()] == [[every[:9]]]
