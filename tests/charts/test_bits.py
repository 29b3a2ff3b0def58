"""Bits, patterns and windows: what is known before any training, and what was predicted."""

import numpy as np
import pandas as pd
import pytest

from rnnlab.charts.bit_predictions import (
    game_alt,
    game_table,
    last_window_chart,
    last_window_table,
)
from rnnlab.charts.bit_series import (
    A_LINE,
    forced_targets_table,
    strip_chart,
    strip_table,
)
from rnnlab.charts.rule_data import (
    LEAST,
    counted_table,
    losses_domain,
    losses_table,
    pattern_title,
    patterns_of,
)
from rnnlab.charts.windows import (
    locations_of,
    magnified_table,
    rows_drawn,
    rows_table,
)
from rnnlab.exploration.game import ROUND, VISIBLE, GameExcerpt
from rnnlab.exploration.pattern_counts import PatternCount, PatternCounts
from rnnlab.exploration.series import FORCED, FREE, series_steps, step_sentence
from rnnlab.exploration.window_layout import (
    ABOVE,
    EARLIER,
    INSIDE,
    NOWHERE,
    WindowLayout,
    window_detail,
)
from rnnlab.progress import LastWindow
from rnnlab.rules import Sequence
from rnnlab.settings import Settings
from tests.charts.examples import COUNTS, ERRORS, LOSSES

INPUTS = np.array([0, 1] * 6, dtype=np.uint8)
TARGETS = np.array([1, 1, 0, 0] * 2 + [1, 1, 0], dtype=np.uint8)
PLAYING = GameExcerpt(INPUTS, TARGETS, (1, 0, 0), np.linspace(0, 1, VISIBLE))
BITS = np.array([0, 1] * 10, dtype=np.uint8)
OVER = GameExcerpt(BITS, 1 - BITS, (1,) * ROUND, np.array([0.5, 1.0] * 10))


def some_window(rows: int = 2, steps: int = 3) -> LastWindow:
    bits = np.arange(rows * steps).reshape(rows, steps) % 2
    probabilities = np.linspace(0, 1, rows * steps).reshape(rows, steps)
    lanes = (bits, 1 - bits, probabilities, np.full((rows, steps), 0.5))
    return LastWindow(*(lane.astype(np.float32) for lane in lanes))


def labels(table: pd.DataFrame, lane: str) -> dict[str, str]:
    rows = table[table["lane"] == lane]
    return dict(zip(rows["step"], rows["label"], strict=True))


def test_every_cell_of_a_window_holds_its_own_number():
    window = some_window()
    table = last_window_table(window, with_truth=True).set_index(["role", "row", "step"])["value"]
    for lane, values in {
        "input": window.inputs,
        "target": window.targets,
        "predicted": window.probabilities,
        "true chance": window.target_probabilities,
    }.items():
        for (row, step), value in np.ndenumerate(values):
            assert table[lane, row + 1, step + 1] == value
    assert len(table) == 4 * window.inputs.size
    assert len(last_window_table(window, with_truth=False)) == 3 * window.inputs.size


@pytest.mark.parametrize("with_truth", [True, False])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_lanes_of_a_row_lie_together_from_input_to_truth(rows, with_truth):
    table = last_window_table(some_window(rows), with_truth=with_truth)
    lanes = table.drop_duplicates("lane")
    names = ["input", "target", "predicted", "true chance"][: 4 if with_truth else 3]
    assert list(lanes["role"]) == names * rows
    for layer in last_window_chart(rows, 3, with_truth=with_truth).to_dict()["layer"]:
        places = layer["encoding"]["y"]["scale"]["domain"]
        assert len(set(places)) == len(places)
        assert [place for place in places if place in set(table["lane"])] == list(lanes["lane"])


def test_the_target_to_guess_is_a_question():
    table = game_table(PLAYING, over=False)
    assert labels(table, "target")["t"] == "?"
    assert labels(table, "target")["t-1"] == "0"
    assert labels(table, "input")["t"] == "1"
    assert len(labels(table, "input")) == len(labels(table, "target")) == VISIBLE
    assert "true chance" not in set(table["lane"])


def test_guesses_stand_under_their_targets_and_are_marked():
    table = game_table(PLAYING, over=False)
    assert labels(table, "you") == {"t-3": "1", "t-2": "0", "t-1": "0"}
    assert labels(table, "right?") == {"t-3": "✓", "t-2": "✗", "t-1": "✓"}  # targets 1 1 0


def test_a_game_that_is_over_shows_its_probabilities_and_marks_the_coin_flips():
    table = game_table(OVER, over=True)
    assert list(labels(table, "true chance").values()) == ["?", ""] * 10
    assert list(labels(table, "right?").values()) == ["✓", "✗"] * 10
    assert table[table["lane"] == "true chance"]["text"].tolist() == ["0.5", "1"] * 10


def test_in_words_a_game_has_its_bits_and_nothing_of_what_is_asked():
    assert game_alt(PLAYING) == (
        "The last steps: inputs 0 1 0 1 0 1 0 1 0 1 0 1; targets 1 1 0 0 1 1 0 0 1 1 0; "
        "your guesses 1 0 0."
    )
    assert "guesses" not in game_alt(GameExcerpt(INPUTS, TARGETS, (), PLAYING.target_probabilities))


SETTINGS = Settings(rows=4, length=100)


def test_every_step_has_its_cells_its_mark_and_its_sentence():
    steps = series_steps(SETTINGS, 60, 2 * A_LINE)
    table = strip_table(steps, selected=70)
    assert len(table) == 4 * len(steps)
    bits = table.pivot_table(index="t", columns="role", values="bit")
    assert bits["input x"].tolist() == [step.x for step in steps]
    assert bits["target y"].tolist() == [step.y for step in steps]
    marks = table[table["role"] == "rule"]
    assert marks["kind"].tolist() == [step.kind for step in steps]
    assert marks["sentence"].tolist() == [step_sentence(step) for step in steps]
    assert set(table["selected"]) == {70}


def test_frames_follow_the_lags_of_the_rule():
    spec = str(strip_chart(2, (3, 8), (FORCED, FREE)).to_dict())
    assert "indexof([3, 8], datum.back)" in spec


def test_the_pointer_finds_the_nearest_target_and_a_click_can_be_sent():
    params = {one["name"]: one for one in strip_chart(2, (1,), (FREE,)).to_dict()["params"]}
    assert params["hovered"]["select"]["nearest"]
    assert params["clicked"]["select"]["fields"] == ["t", "selected"]


def test_a_mark_stands_under_every_forced_target():
    series = Sequence(np.array([0, 0, 1, 1], np.uint8), np.array([1, 0, 1, 0], np.uint8))
    table = forced_targets_table(series, np.array([False, False, True, False]), 1, 3)
    lanes = dict(iter(table.groupby("lane")))
    assert list(lanes["input"]["t"]) == [1, 2, 3]
    assert list(lanes["input"]["mark"]) == ["0", "1", "1"]
    assert list(lanes["target"]["mark"]) == ["0", "1", "0"]
    assert list(lanes["forced"]["mark"]) == ["", "▲", ""]
    assert list(lanes["forced"]["text"]) == ["no", "yes", "no"]


def test_every_predictor_has_a_row_and_one_is_the_floor():
    table = losses_table(LOSSES, "best possible", (0, 1), log=False)
    assert list(table["label"]) == list(LOSSES)
    assert list(table["drawn"]) == list(table["value"]) == list(LOSSES.values())
    assert list(table["text"]) == ["0.6931", "0.5623", "0.0000"]
    assert list(table["floor"]) == [False, False, True]
    assert not losses_table(ERRORS, None, (1e-15, 1), log=True)["floor"].any()


def test_bars_begin_at_the_ends_of_an_axis_that_holds_them():
    assert losses_domain(LOSSES, log=False) == (0, pytest.approx(1.2 * 0.6931))
    low, high = losses_domain(ERRORS, log=True)
    assert 0 < low < 1.7e-14
    assert high > 0.5
    table = losses_table(ERRORS, None, (low, high), log=True)
    assert (table["start"] == low).all()
    assert list(table["drawn"]) == list(ERRORS.values())
    assert list(table["text"]) == ["0.5", "1.7e-14"]


def test_an_error_of_nothing_is_drawn_at_the_end_of_a_logarithmic_axis():
    low, high = losses_domain({"all": 0.0}, log=True)
    assert 0 < low < LEAST < high
    assert losses_table({"all": 0.0}, None, (low, high), log=True)["drawn"][0] == low


def test_patterns_are_named_by_their_bits_and_inputs():
    assert patterns_of(COUNTS) == ("0 0", "0 1")
    assert pattern_title(COUNTS) == "x[t-3] x[t]"
    nothing = PatternCounts((), (PatternCount((), 10, 5, 0.5, 1.0),))
    assert (patterns_of(nothing), pattern_title(nothing)) == (("any",), "inputs")


def test_counts_have_a_row_for_each_pattern():
    first, second = counted_table(COUNTS).to_dict("records")
    assert (first["n"], first["ones"], first["share"], first["agrees"]) == (100, 50, 0.5, True)
    # Wilson's interval for 50 of 100, as the literature has it: 0.4038 to 0.5962.
    assert (first["low"], first["high"]) == pytest.approx((0.4038, 0.5962), abs=5e-5)
    assert second["n"] == 0
    assert np.isnan([second[name] for name in ("share", "low", "high", "exact")]).all()


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
