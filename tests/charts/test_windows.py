"""How a series is cut: rows that go on where others end, a window, and links over its edge."""

from __future__ import annotations

import pytest

from rnnlab.charts.windows import (
    locations_of,
    magnified_table,
    rows_drawn,
    rows_table,
)
from rnnlab.exploration.window_layout import (
    ABOVE,
    EARLIER,
    INSIDE,
    NOWHERE,
    WindowLayout,
    window_detail,
)
from rnnlab.settings import Settings

ARTICLE = WindowLayout(rows=250, length=2000, window=5, lags=(1, 2))


def test_rows_go_on_where_the_row_above_ends():
    rows = rows_table(ARTICLE, 0).query("kind == 'row'")
    assert rows["first"].tolist() == [
        "row 1: x[0]", "↳ row 2: x[2,000]", "↳ row 3: x[4,000]", "↳ row 250: x[498,000]",
    ]  # fmt: skip
    assert rows["last"].tolist() == ["x[1,999] ↵", "x[3,999] ↵", "x[5,999] ↵", "x[499,999]"]


def test_the_window_lies_on_all_rows_alike():
    windows = rows_table(ARTICLE, 7).query("kind == 'window'")
    assert windows["start"].tolist() == [35] * 4
    assert windows["end"].tolist() == [40] * 4
    assert windows["first"].tolist() == ["x[35]", "x[2,035]", "x[4,035]", "x[498,035]"]


@pytest.mark.parametrize(("window", "grey"), [(5, []), (15, [(1995, 2000)] * 4)])
def test_what_fills_no_window_is_grey(window, grey):
    table = rows_table(WindowLayout(250, 2000, window, (1,)), 0).query("kind == 'unused'")
    assert list(zip(table["start"], table["end"], strict=True)) == grey


@pytest.mark.parametrize(
    ("rows", "drawn"), [(1, [0]), (5, [0, 1, 2, 3, 4]), (6, [0, 1, 2, None, 5])]
)
def test_few_rows_are_drawn_and_dots_stand_for_the_others(rows, drawn):
    cut = WindowLayout(rows, 100, 5, (1,))
    assert rows_drawn(cut) == drawn
    assert set(rows_table(cut, 0)["lane"]) == set(range(len(drawn)))


def test_lines_lead_from_causes_to_targets():
    shown = window_detail(Settings(rows=4, length=100), 1, 1)
    table = magnified_table(shown)
    links = table.query("kind == 'link'")
    # Places 0 and 1 lie before the window of 5, whose targets stand at 2 to 6; lags 1 and 2.
    lines = set(zip(links["place"], links["end"], strict=True))
    assert lines == {(at - lag, at) for at in range(2, 7) for lag in (1, 2)}
    crossing = links[links["place"] < 2]
    assert set(crossing["location"]) == {EARLIER}
    assert set(links[links["place"] >= 2]["location"]) == {INSIDE}
    assert table.query("kind == 'edge'")["place"].tolist() == [1.5]


@pytest.mark.parametrize(("row", "window", "walls"), [(1, 0, [1.5]), (1, 1, []), (0, 0, [1.5])])
def test_a_thick_line_stands_where_a_row_begins(row, window, walls):
    table = magnified_table(window_detail(Settings(rows=4, length=100), row, window))
    assert table.query("kind == 'wall'")["place"].tolist() == walls


def test_only_locations_that_occur_are_in_the_legend():
    small = Settings(rows=4, length=100)
    assert locations_of(window_detail(small, 1, 1)) == (INSIDE, EARLIER)
    assert locations_of(window_detail(small, 1, 0)) == (INSIDE, ABOVE)
    assert locations_of(window_detail(small, 0, 0)) == (INSIDE, NOWHERE)
