"""How a series is cut: every count, against looking at each target; and one window in detail."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.exploration.series import series_of
from rnnlab.exploration.window_layout import (
    ABOVE,
    EARLIER,
    INSIDE,
    LOCATIONS,
    MOST_STEPS,
    NOWHERE,
    WindowLayout,
    edge_sentence,
    layout_of,
    missing_sentence,
    rows_sentence,
    state_sentence,
    unused_sentence,
    window_detail,
)
from rnnlab.rules.base import into_windows
from rnnlab.settings import Settings


@st.composite
def layouts(draw):
    length = draw(st.integers(1, 14))
    return WindowLayout(
        rows=draw(st.integers(1, 4)),
        length=length,
        window=draw(st.integers(1, length)),
        lags=tuple(sorted(draw(st.sets(st.integers(0, 20), max_size=4)))),
    )


def looked_up(layout: WindowLayout, lag: int) -> Counter[str]:
    """The locations of all causes, by cutting the numbers 0, 1, 2 ... as the lab cuts a series."""
    numbers = np.arange(layout.rows * layout.length)
    rows = numbers.reshape(layout.rows, layout.length)
    counts: Counter[str] = Counter()
    for window in into_windows(numbers, layout.rows, layout.window):
        for row, targets in zip(rows.tolist(), window.tolist(), strict=True):
            for target in targets:
                cause = target - lag
                if cause < 0:
                    counts[NOWHERE] += 1
                elif cause in targets:
                    counts[INSIDE] += 1
                else:
                    counts[EARLIER if cause in row else ABOVE] += 1
    return counts


@given(layouts())
@settings(max_examples=150)
def test_every_count_is_that_of_looking_at_each_target(layout):
    for lag in (*layout.lags, layout.longest_lag):
        counted = layout.count_locations(lag)
        assert counted == {location: looked_up(layout, lag)[location] for location in LOCATIONS}
        assert (
            sum(counted.values())
            == layout.n_targets
            == layout.rows * layout.n_windows * layout.window
        )


@given(layouts())
@settings(max_examples=60)
def test_the_fate_of_each_target_adds_up_to_the_counts(layout):
    lag = layout.longest_lag
    places = range(layout.n_windows * layout.window)
    locations = Counter(
        layout.cause_location(row, place, lag) for row in range(layout.rows) for place in places
    )
    assert locations == looked_up(layout, lag)
    in_a_window = [layout.cause_location(0, place, lag) for place in range(layout.window)]
    assert sum(location != INSIDE for location in in_a_window) == layout.cut_off_in_each_window(lag)


def test_the_counts_of_the_article_on_paper():
    # 250 rows, 400 windows of 5; lag 2 lies outside for 2 of 5 targets: 250 * 400 * 2 = 200,000.
    # Of these, 2 in the first window of each row: 249 * 2 in the row above, 2 nowhere.
    assert layout_of(Settings()).count_locations(2) == {
        INSIDE: 300_000,
        EARLIER: 200_000 - 500,
        ABOVE: 498,
        NOWHERE: 2,
    }


@pytest.mark.parametrize(
    ("layout", "words"),
    [
        (WindowLayout(250, 2000, 5, (1, 2)), ["Of the 5 targets in each window 2 lose", "40 %."]),
        (
            WindowLayout(250, 2000, 5, (6, 7)),
            ["all lose", "100 %", "No window holds x[t-6] and x[t-7]", "no gradient connects"],
        ),
        (WindowLayout(5, 100, 5, (0,)), ["Each of the 5 targets"]),
        (WindowLayout(5, 100, 5, ()), ["depend on no input"]),
        (WindowLayout(5, 100, 1, (3,)), ["In each window the only target loses a cause"]),
        (WindowLayout(5, 100, 4, (1,)), ["1 loses a cause at its left edge: 25 %"]),
    ],
)
def test_the_edge_has_its_sentence(layout, words):
    assert all(word in edge_sentence(layout) for word in words)


def test_what_the_state_brings_is_told_apart_from_what_the_gradient_brings():
    layout = WindowLayout(5, 10, 5, (3,))  # second windows: 3 targets in each of 5 rows
    carried, reset = (state_sentence(layout, carried) for carried in (True, False))
    assert "15 targets" in carried
    assert "**state** is carried" in carried
    assert "15 targets" in reset
    assert "**state** starts again" in reset
    assert state_sentence(WindowLayout(5, 10, 5, (0,)), True) == ""


def test_where_rows_begin_and_what_fills_no_window_have_their_numbers():
    sentence = rows_sentence(WindowLayout(5, 10, 5, (3,)))
    assert "12 targets (3 in each of rows 2 to 5)" in sentence
    assert "the first 3 targets of row 1 have causes before the series" in sentence
    assert "the first target of row 1 has" in rows_sentence(WindowLayout(1, 10, 5, (1,)))
    assert rows_sentence(WindowLayout(5, 10, 5, (0,))) == ""
    # 666 windows of 15 are 9,990 of 10,000 bits; 10 are left in each of 5 rows.
    sentence = unused_sentence(WindowLayout(5, 10_000, 15, (3,)))
    assert "666 windows of 15 use 9,990 of the 10,000 bits" in sentence
    assert "50 bits in all" in sentence
    assert "use up" in unused_sentence(WindowLayout(250, 2000, 5, (3,)))


def small(rule: str = "pair", window: int = 5, **parameters: int) -> Settings:
    return Settings.of({"rule": rule, "rows": 4, "length": 100, "window": window, **parameters})


@pytest.mark.parametrize("row", [0, 3])
@pytest.mark.parametrize("window", [0, 1, 19])
def test_its_bits_are_those_of_the_batch(row, window):
    settings = small()
    series = series_of(settings)
    in_window = [step for step in window_detail(settings, row, window).steps if step.in_window]
    for name, bits in (("x", series.inputs), ("y", series.targets)):
        batch = into_windows(bits, 4, 5)[window, row]
        assert [getattr(step, name) for step in in_window] == batch.tolist()


def test_before_the_edge_stand_the_causes_and_nothing_more():
    detail = window_detail(small(lag=3), 2, 1)  # lags 3 and 4: four steps before the window
    before = [step for step in detail.steps if not step.in_window]
    assert [step.number for step in before] == [1, 2, 3, 4]
    assert [step.t for step in before] == [201, 202, 203, 204]


@pytest.mark.parametrize(
    ("row", "window", "locations"),
    [
        (0, 0, [NOWHERE, NOWHERE, INSIDE, INSIDE, INSIDE]),
        (1, 0, [ABOVE, ABOVE, INSIDE, INSIDE, INSIDE]),
        (1, 1, [EARLIER, EARLIER, INSIDE, INSIDE, INSIDE]),
    ],
)
def test_the_worst_cause_of_each_target_on_paper(row, window, locations):
    assert list(window_detail(small(), row, window).worst_locations.values()) == locations


def test_before_the_series_there_are_no_bits():
    steps = window_detail(small(), 0, 0).steps
    assert [(step.t, step.x) for step in steps[:2]] == [(-2, None), (-1, None)]


def test_every_target_has_a_link_to_each_cause():
    detail = window_detail(small("lags"), 1, 3)
    assert len(detail.links) == 5 * 2
    assert {link.target - link.cause for link in detail.links} == {3, 8}


def test_of_a_long_window_the_beginning_is_shown():
    detail = window_detail(small(window=50), 1, 1)
    assert sum(step.in_window for step in detail.steps) == MOST_STEPS
    assert detail.n_hidden == 50 - MOST_STEPS


@pytest.mark.parametrize(("row", "window"), [(4, 0), (0, 20), (-1, 0)])
def test_a_window_that_is_not_there_is_refused(row, window):
    with pytest.raises(SettingError, match="4 rows of 20 windows"):
        window_detail(small(), row, window)


@pytest.mark.parametrize(
    ("settings", "row", "window", "carried", "words"),
    [
        (small(), 1, 1, True, "its first 2 targets lose a cause beyond it; the carried state"),
        (small(), 1, 1, False, "no state is carried over it, but no gradient crosses it"),
        (small(), 1, 0, True, "Here a row begins: its first 2 targets lose a cause"),
        (small("echo", delay=1), 1, 1, True, "its first target loses a cause"),
        (small("own", expression="x[t]"), 1, 1, True, "Every target in this window has all"),
        (small("pair", lag=6), 1, 2, True, "all 5 targets shown lose a cause"),
        (small("lags"), 1, 1, True, "3 of them have a cause left of the beginning of the row"),
    ],
)
def test_the_edge_of_this_very_window_is_told(settings, row, window, carried, words):
    assert words in missing_sentence(window_detail(settings, row, window), carried)
