"""How it is cut, on the page: the window slides, and what its edges cut off is told."""

from __future__ import annotations

import pytest

from rnnlab.exploration.samples import batch_order
from rnnlab.exploration.window_layout import (
    edge_sentence,
    layout_of,
    missing_sentence,
    window_detail,
)
from rnnlab.settings import Settings
from tests.pages.opened import texts
from tests.rules.cases import wobble
from tests.ui.data.drawn import drawn


@pytest.mark.parametrize("carried", [True, False])
def test_the_window_slides_and_the_row_is_chosen(carried):
    settings = Settings(rows=4, length=100, carry_state=carried)
    app = drawn("cut", settings, look_window=1, look_row=2)
    assert missing_sentence(window_detail(settings, 1, 0), carried) in texts(app)
    app.button(key="look_window_Next").click().run()
    assert missing_sentence(window_detail(settings, 1, 1), carried) in texts(app)
    assert "Update 2 of 20 sees bits 6 to 10 of every row" in texts(app)


def test_what_the_edges_part_is_told_and_counted():
    settings = Settings(rows=4, length=100)
    app = drawn("cut", settings)
    assert edge_sentence(layout_of(settings)) in texts(app)
    table = app.table[0].value
    # 4 rows of 20 windows of 5: lag 1 keeps 4 of 5 targets, lag 2 keeps 3 of 5.
    assert table["in the window"].tolist() == ["320", "240"]


@pytest.mark.parametrize(
    "settings",
    [
        Settings(rows=1, length=100, window=100),  # one row and one window: nothing to choose
        Settings.of({"rule": "own", "expression": "0.3", "rows": 2, "length": 100}),
        Settings.of({"lag": 20, "rows": 2, "length": 100, "window": 1}),
        Settings(rule="self-pair", rows=2, length=100, window=7),
    ],
)
def test_extremes_are_drawn(settings):
    assert edge_sentence(layout_of(settings)) in texts(drawn("cut", settings))


def test_a_window_beyond_the_last_becomes_the_last():
    app = drawn("cut", Settings(rows=4, length=100), look_window=400, look_row=250)
    assert app.slider(key="look_window").value == 20
    assert app.slider(key="look_row").value == 4


@pytest.mark.parametrize(
    "settings",
    [
        Settings(rule="sine", window=10, rows=32),
        Settings(rule="toy"),
        Settings(rule="adding", window=20),
        Settings(rule="series", own=wobble(), window=10, rows=8),
    ],
)
def test_rules_on_numbers_tell_which_samples_the_first_update_reads(settings):
    first = ", ".join(f"{number:,}" for number in batch_order(settings)[0][:6])
    assert f"reads the samples {first}" in texts(drawn("cut", settings))
