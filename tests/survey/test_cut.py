"""How a series is cut: every count, against looking at each target of small series."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.rules.layout import into_rows, into_windows
from rnnlab.settings import Settings
from rnnlab.survey import cut as cuts
from rnnlab.survey.cut import ABOVE, EARLIER, FATES, INSIDE, NOWHERE, Cut


@st.composite
def cuts_and_lags(draw):
    length = draw(st.integers(1, 14))
    return Cut(
        rows=draw(st.integers(1, 4)),
        length=length,
        window=draw(st.integers(1, length)),
        lags=tuple(sorted(draw(st.sets(st.integers(0, 20), max_size=4)))),
    )


def looked_up(cut: Cut, lag: int) -> Counter[str]:
    """The fates of all causes, by cutting the numbers 0, 1, 2 ... as the lab cuts a series."""
    numbers = np.arange(cut.rows * cut.length)
    rows = into_rows(numbers, cut.rows)
    found: Counter[str] = Counter()
    for window in into_windows(rows, cut.window):
        for row, targets in zip(rows.tolist(), window.tolist(), strict=True):
            for target in targets:
                cause = target - lag
                if cause < 0:
                    found[NOWHERE] += 1
                elif cause in targets:
                    found[INSIDE] += 1
                else:
                    found[EARLIER if cause in row else ABOVE] += 1
    return found


@given(cuts_and_lags())
@settings(max_examples=150, deadline=None)
def test_every_count_is_that_of_looking_at_each_target(cut):
    for lag in (*cut.lags, cut.furthest):
        counted = cut.count(lag)
        assert counted == {fate: looked_up(cut, lag)[fate] for fate in FATES}
        assert sum(counted.values()) == cut.targets == cut.rows * cut.windows * cut.window


@given(cuts_and_lags())
@settings(max_examples=60, deadline=None)
def test_the_fate_of_each_target_adds_up_to_the_counts(cut):
    lag = cut.furthest
    places = range(cut.windows * cut.window)
    fates = Counter(cut.fate(row, place, lag) for row in range(cut.rows) for place in places)
    assert fates == looked_up(cut, lag)
    in_a_window = [cut.fate(0, place, lag) for place in range(cut.window)]
    assert sum(fate != INSIDE for fate in in_a_window) == cut.parted_in_each_window(lag)


def test_the_counts_of_the_article_on_paper():
    # 250 rows, 400 windows of 5; lag 2 lies outside for 2 of 5 targets: 250 * 400 * 2 = 200,000.
    # Of these, 2 in the first window of each row: 249 * 2 in the row above, 2 nowhere.
    assert cuts.cut_of(Settings()).count(2) == {
        INSIDE: 300_000,
        EARLIER: 200_000 - 500,
        ABOVE: 498,
        NOWHERE: 2,
    }


def test_the_edge_is_told_with_its_share():
    said = cuts.edge_sentence(Cut(250, 2000, 5, (1, 2)))
    assert said == "Of the 5 targets in each window 2 lose a cause at its left edge: 40 %."


def test_a_window_too_short_for_a_cause_is_told_to_have_no_gradient():
    said = cuts.edge_sentence(Cut(250, 2000, 5, (6, 7)))
    assert "all lose a cause" in said
    assert "100 %" in said
    assert "No window holds x[t-6] and x[t-7] together with y[t]" in said
    assert "no gradient connects them" in said


@pytest.mark.parametrize(
    ("cut", "words"),
    [
        (Cut(5, 100, 5, (0,)), "Each of the 5 targets"),
        (Cut(5, 100, 5, ()), "depend on no input"),
        (Cut(5, 100, 1, (3,)), "In each window the only target loses a cause"),
        (Cut(5, 100, 4, (1,)), "1 loses a cause at its left edge: 25 %"),
    ],
)
def test_special_edges_have_their_own_words(cut, words):
    assert words in cuts.edge_sentence(cut)


def test_what_the_state_brings_is_told_apart_from_what_the_gradient_brings():
    cut = Cut(5, 10, 5, (3,))  # second windows: 3 targets in each of 5 rows
    carried, reset = (cuts.state_sentence(cut, carried) for carried in (True, False))
    assert "15 targets" in carried
    assert "**state** is carried over the edge and may still hold it" in carried
    assert "15 targets" in reset
    assert "Nothing brings it over" in reset
    assert cuts.state_sentence(Cut(5, 10, 5, (0,)), True) == ""


def test_where_rows_begin_is_told_with_its_numbers():
    said = cuts.rows_sentence(Cut(5, 10, 5, (3,)))
    assert "12 targets (3 in each of rows 2 to 5)" in said
    assert "the first 3 targets of row 1 have causes before the series" in said
    assert cuts.rows_sentence(Cut(1, 10, 5, (1,))) == (
        "Where rows begin, the first target of row 1 has a cause before the series."
    )
    assert cuts.rows_sentence(Cut(5, 10, 5, (0,))) == ""


def test_bits_that_fill_no_window_are_told():
    # 666 windows of 15 are 9,990 of 10,000 bits; 10 are left in each of 5 rows.
    said = cuts.unused_sentence(Cut(5, 10_000, 15, (3,)))
    assert "666 windows of 15 use 9,990 of the 10,000 bits" in said
    assert "the last 10 of each" in said
    assert "50 bits in all" in said
    assert "use up" in cuts.unused_sentence(Cut(250, 2000, 5, (3,)))
