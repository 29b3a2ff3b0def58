"""Files of numbers as people have them, and what is said of those that cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from rnnlab.errors import LabError
from rnnlab.files.rows import MOST_COLUMNS, MOST_ROWS
from rnnlab.files.series import MOST_BYTES, Choice, Chosen
from rnnlab.rules.own_series import MOST_VALUES
from tests.files.people import read, values

VALUES = [t % 7 + 0.5 for t in range(60)]
PLAIN = [f"{value}" for value in VALUES]
GERMAN = [f"{value}".replace(".", ",") for value in VALUES]
COUNTS = [f"{t}" for t in range(60)]
DAYS = [f"{date.fromordinal(737_000 + t)}" for t in range(60)]


FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
ARABIC = str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫")

NO_COLUMN = (
    "'x.csv' has no column of numbers; put commas, semicolons or tabs between the cells, and a "
    "number alone into each cell."
)


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
        rows(DAYS, [f'="{cell}"' for cell in PLAIN]),
        rows(DAYS, [f"'{cell}" for cell in PLAIN]),
        rows(DAYS, [cell.translate(FULL_WIDTH) for cell in PLAIN], header="日,値１"),
        rows(DAYS, [cell.translate(ARABIC) for cell in PLAIN]),
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
    found = read(content, "mine")
    assert values(found) == VALUES
    assert found.series is not None
    assert found.series.name == "mine"
    assert [notice for notice in found.notices if "0,5 is 0.5" not in notice] == []


def test_of_a_long_file_the_last_values_are_taken_and_it_is_said():
    text = "value\n" + "\n".join(str(t % 1000) for t in range(20_005))
    found = read(text, "long")
    assert found.notices == ("'long' has 20,005 values; the lab takes the last 20,000.",)
    assert values(found)[:3] == [5, 6, 7]
    assert len(values(found)) == MOST_VALUES
    assert not read(text.replace("value\n0\n1\n2\n3\n4\n", "value\n"), "long").notices


def spoilt(place: int, cell: str) -> str:
    """The values under a header, but one: place 0 is row 2 of the file."""
    cells = [*PLAIN]
    cells[place] = cell
    return rows(DAYS, cells, header="day,value")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "'x.csv' is empty; give a table with something in it."),
        ("\n \n,,\n", "'x.csv' is empty; give a table with something in it."),
        (
            b"PK\x03\x04\x14\x00",
            "'x.csv' is a ZIP archive or an Excel workbook, not a text file; save what it shows as "
            "CSV or as plain text, or unpack the text file that is in it.",
        ),
        (
            b"7\n" * (MOST_BYTES // 2 + 100_000),
            "'x.csv' is larger than 2 MB (unpacked), which is the most the lab takes; leave some "
            "of it out.",
        ),
        (
            "7\n" * (MOST_ROWS + 1),
            "'x.csv' has more than 100,000 rows or 500 columns, which is the most the lab takes; "
            "leave some out.",
        ),
        (
            ("7," * MOST_COLUMNS + "x\n") * 60,
            "'x.csv' has more than 100,000 rows or 500 columns, which is the most the lab takes; "
            "leave some out.",
        ),
        (rows(DAYS, DAYS), NO_COLUMN),
        (
            rows(DAYS, [cell if t % 5 else "" for t, cell in enumerate(PLAIN)], header="day,value"),
            "Row 7 of 'x.csv' has no value, like 10 more: too many to leave out; fill them in, or "
            "take a part of the file without them.",
        ),
        (spoilt(0, "abc"), "Row 2 of 'x.csv' holds 'abc' where a number should be."),
        (
            spoilt(57, "7 kg"),
            "Row 59 of 'x.csv' holds '7 kg', which is not written like the other numbers of its "
            "column.",
        ),
        (spoilt(9, "1_000"), "Row 11 of 'x.csv' holds '1_000' where a number should be."),
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
            rows(DAYS, ["1.00", *GERMAN[1:]], separator=";"),
            "Row 1 of 'x.csv' holds '1.00', which is not written like the other numbers of its "
            "column.",
        ),
        (
            rows(DAYS, PLAIN, separator=";", header="day;value").replace(";4.5", ";4.5;1"),
            "Row 6 of 'x.csv', '2018-11-06, 4.5, 1', has 3 cells, but the table has 2 columns; "
            "put quotation marks around a cell that holds a separator.",
        ),
        (
            rows(COUNTS, COUNTS, header="a,b").replace("14,14", "14,1,4"),
            "Row 16 of 'x.csv', '14,1,4', has 3 cells, but the table has 2 columns; if "
            "a comma in it belongs to a number, put the number between quotation marks, or "
            "semicolons between the cells.",
        ),
        (
            "day,value\n" + "2020-01-01,5\n" * 49,
            "'x.csv' has 49 values, but a series needs at least 50.",
        ),
        ("7\n" * 60, "All values of 'x.csv' are 7: there is nothing to learn."),
        (
            'value\n"' + "7\n" * 60,
            "Row 2 of 'x.csv' holds '\"7' where a number should be.",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(content, sentence):
    with pytest.raises(LabError) as refusal:
        read(content)
    assert str(refusal.value) == sentence


def test_of_several_columns_the_visitor_takes_one():
    text = rows(DAYS, PLAIN, PLAIN[::-1], header="day,value,value")
    found = read(text)
    assert found.series is None
    assert found.columns == (
        Choice("'value' (column 2)", ("0.5", "1.5", "2.5")),
        Choice("'value' (column 3)", ("3.5", "2.5", "1.5")),
    )
    assert values(read(text, chosen=Chosen(column="'value' (column 3)"))) == VALUES[::-1]
    assert read(text, chosen=Chosen(column="'cost'")).series is None


def test_long_names_that_begin_alike_can_be_told_apart():
    names = [f"{'a long name ' * 4}{number}" for number in (1, 2)]
    found = read(rows(PLAIN, PLAIN[::-1], header=",".join(names)))
    labels = [choice.value for choice in found.columns]
    assert all(len(label) < 60 for label in labels)
    second = read(rows(PLAIN, PLAIN[::-1], header=",".join(names)), chosen=Chosen(labels[1]))
    assert values(second) == VALUES[::-1]


def test_of_two_readings_the_visitor_takes_one():
    text = rows(DAYS, [f"1,{t:03d}" for t in range(60)], separator=";", header="day;value")
    found = read(text)
    assert found.series is None
    assert [choice.value for choice in found.readings] == ["", ","]
    assert found.readings[1].first == ("1,000 is 1", "1,001 is 1.001", "1,002 is 1.002")
    assert values(read(text, chosen=Chosen(decimal="")))[-1] == 1059
    decimal = read(text, chosen=Chosen(decimal=","))
    assert values(decimal)[-1] == 1.059
    assert decimal.readings == found.readings


def test_other_columns_say_what_a_mark_means():
    thousands = [f"1.{t:03d}" for t in range(60)]
    text = rows(DAYS, thousands, GERMAN, separator=";", header="day;a;b")
    assert values(read(text, chosen=Chosen(column="'a'")))[-1] == 1059
    text = rows(DAYS, thousands, PLAIN, separator=";", header="day;a;b")
    assert values(read(text, chosen=Chosen(column="'a'")))[-1] == 1.059
    for (
        separator
    ) in ",;\t":  # and a separator says nothing: German numbers stand between commas too
        assert read(rows(DAYS, thousands, separator=separator)).series is None


def test_columns_that_count_rows_or_tell_the_time_are_not_asked_about():
    count = [str(t) for t in range(60)]
    years = [str(1960 + t) for t in range(60)]
    for columns, header in (
        ([count, DAYS, PLAIN], ",day,value"),
        ([years, PLAIN], "a,b"),
        ([years, PLAIN], ""),
        ([[str(2000 + t // 12) for t in range(60)], [str(t % 12 + 1) for t in range(60)], PLAIN],
         "Year,Month,value"),
    ):  # fmt: skip
        assert values(read(rows(*columns, header=header))) == VALUES


def test_what_stands_above_and_below_is_left_out_and_shown():
    body = rows(DAYS, PLAIN)
    found = read(
        f"Weather of Berlin\nStation,12\n\nday,value\n{body}\n\nTotal,210\nSource: me, you\n"
    )
    assert values(found) == VALUES
    assert found.column == "'value'"
    assert found.notices == (
        "Rows 1, 2 and 66 and 1 more are left out as titles, notes or sums: "
        "'Weather of Berlin', 'Station, 12', 'Total, 210' ….",
    )
    found = read(f"day,value\nYYYY-MM-DD,°C\n{body}")
    assert (found.column, values(found)) == ("'value'", VALUES)
    assert found.notices == ("Row 2 is left out as a title, a note or a sum: 'YYYY-MM-DD, °C'.",)
