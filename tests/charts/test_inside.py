"""Inside a network: its states, its weights and how far back it remembers."""

import math

import numpy as np
import pytest

from rnnlab.charts.heat_map import short_number, shortest
from rnnlab.charts.memory import flips_chart, gradient_decay_table, memory_chart, memory_table
from rnnlab.charts.states import data_lanes, states_chart, states_table
from rnnlab.charts.weights import matrix_chart, matrix_table, weights_table
from rnnlab.insight.memory import Memory
from rnnlab.insight.states import Excerpt
from rnnlab.insight.weights import WeightMatrix
from rnnlab.kinds.measured import WHEN
from rnnlab.settings import Settings
from tests.charts.examples import DECAYS


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (1, "1"), (0.5, ".5"), (0.03, ".03"), (0.98, ".98"), (0.1, ".1"), (0.999, "1"),
        (-0.001, "0"), (-0.5, "-.5"), (29.857, "29.9"), (10.0, "10"), (math.nan, ""),
    ],
)  # fmt: skip
def test_a_number_has_two_digits_after_the_point_at_most(value, text):
    assert short_number(value) == text


@pytest.mark.parametrize(
    ("digits", "text"),
    [("100", "100"), ("1.25e+06", "1.25e+06"), ("-0.00", "0"), ("1.50", "1.5")],
)
def test_only_zeros_are_left_out_that_say_nothing(digits, text):
    assert shortest(digits) == text


def bits(n_steps: int = 6, n_units: int = 3) -> Excerpt:
    rng = np.random.default_rng(1)
    return Excerpt(
        inputs=rng.integers(2, size=(n_steps, 1)).astype(float),
        targets=rng.integers(2, size=n_steps).astype(float),
        predicted=rng.random(n_steps),
        target_probabilities=rng.random(n_steps),
        layers=({"h": rng.uniform(-1, 1, (n_steps, n_units))},) * 2,
        resets=(0, 3),
    )


def numbers() -> Excerpt:
    nothing = [np.nan, np.nan]
    return Excerpt(
        inputs=np.array([[9.0, 10], [10, 11], [11, 12]]),
        targets=np.array([*nothing, 30]),
        predicted=np.array([*nothing, 29.857]),
        target_probabilities=None,
        layers=({"h": np.full((3, 4), -0.001)},),
        resets=(0,),
    )


def test_every_cell_holds_its_own_number():
    excerpt = bits()
    table = states_table(excerpt).set_index(["lane", "step"])["value"]
    for lane, values in {
        "input": excerpt.inputs[:, 0],
        "target": excerpt.targets,
        "true chance": excerpt.target_probabilities,
        "predicted": excerpt.predicted,
        "unit 1": excerpt.layers[0]["h"][:, 0],
        "unit 3": excerpt.layers[0]["h"][:, 2],
    }.items():
        np.testing.assert_array_equal(table[lane], values)
    assert len(table) == 6 * (4 + 3)


def test_bits_are_full_or_empty_and_probabilities_between():
    table = states_table(bits())
    data = table[table["kind"] == "data"]
    np.testing.assert_array_equal(data["shade"], data["value"])


def test_steps_that_begin_with_a_state_of_zero_are_marked():
    table = states_table(bits())
    assert set(table["step"][table["reset"]]) == {1, 4}


def test_numbers_have_cells_where_there_are_some_shaded_over_their_range():
    table = states_table(numbers())
    data = table[table["kind"] == "data"]
    assert data_lanes(numbers()) == ("input 1", "input 2", "target", "predicted")
    assert list(data["step"][data["lane"] == "target"]) == [3]
    assert data["shade"].min() == 0
    assert data["shade"].max() == 1
    assert list(data["label"][data["lane"] == "predicted"]) == ["29.9"]
    assert set(table["label"][table["kind"] == "unit"]) == {"0"}, "and not -0"


def test_the_data_lie_above_the_units():
    excerpt = bits()
    spec = states_chart(6, 3, data_lanes(excerpt)).to_dict()
    lanes = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert lanes == [
        *("input", "target", "true chance", "predicted", ""),
        *("unit 1", "unit 2", "unit 3"),
    ]


def test_to_point_at_a_step_outlines_it_in_every_lane():
    spec = states_chart(6, 3, data_lanes(bits())).to_dict()
    (param,) = spec["params"]
    assert param["select"]["fields"] == ["step"]
    outline = spec["layer"][-1]
    assert {"param": param["name"], "empty": False} in [
        one["filter"] for one in outline["transform"]
    ]
    assert "y" not in outline["encoding"], "it is as tall as the picture"


def test_zero_is_the_page_itself_and_the_ends_have_two_colours():
    scale = states_chart(6, 3, ("input",), limit=2.0).to_dict()["layer"][0]["encoding"]["color"][
        "scale"
    ]
    assert (scale["domain"][0], scale["domain"][-1]) == (-2.0, 2.0)
    assert scale["range"][0] != scale["range"][-1]
    assert all(colour.startswith("rgba(") for colour in scale["range"][1:-1])


BEFORE_AND_AFTER = WeightMatrix(
    np.array([[0.5, -0.001], [12.3, 1.26]]), np.array([[1.0, 2], [3, 4]])
)


def test_the_table_counts_the_toys_33_numbers():
    table = weights_table(Settings.of({"rule": "toy", "units": 4}).network)
    assert list(table["count"]) == [8, 16, 4, 28, 4, 1, 5, 33]
    assert list(table["numbers"])[3] == "2 × 4 + 4 × 4 + 4 = 28"
    assert list(table["numbers"])[-1] == "28 + 5 = 33"


def test_every_number_is_at_its_place_before_and_after():
    table = matrix_table(BEFORE_AND_AFTER).set_index(["when", "row", "column"])
    assert table["value"]["before", 2, 1] == 12.3
    assert table["value"]["after", 1, 2] == 2
    assert list(table["label"])[:4] == [".5", "0", "12", "1.3"]


def test_before_lies_left_of_after_with_a_gap_between():
    spec = matrix_chart(2, 2, 1.0).to_dict()
    places = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert places == ["before|1", "before|2", "|", "after|1", "after|2"]
    assert [place for place in places if place != "|"] == list(
        matrix_table(BEFORE_AND_AFTER)["place"].drop_duplicates()
    )


FIRST, NOW = Memory(np.array([3.0, 1.0, 0.0])), Memory(np.array([0.0, 0.0, 2.0]))


def test_the_shares_of_either_kind_of_weights_add_up_to_one():
    table = memory_table(FIRST, NOW)
    by_kind = table.groupby("weights", sort=False)["share"]
    assert [list(shares) for _, shares in by_kind] == [[0.75, 0.25, 0.0], [0.0, 0.0, 1.0]]
    assert list(table["gradient"]) == [3, 1, 0, 0, 0, 2]


def test_the_two_bars_of_a_lag_touch_and_the_next_lags_do_not():
    table = memory_table(FIRST, NOW).sort_values("left")
    assert list(table["right"][:-1][::2]) == list(table["left"][1:][::2])
    assert (table["right"].iloc[1:-1:2].to_numpy() < table["left"].iloc[2::2].to_numpy()).all()


def own_rows(spec: dict, mark: str) -> list[dict]:
    return [
        row
        for layer in spec["layer"]
        if layer["mark"]["type"] == mark and "name" in layer.get("data", {})
        for row in spec["datasets"].get(layer["data"]["name"], [])
    ]


@pytest.mark.parametrize("chart", [memory_chart, flips_chart])
def test_the_field_that_no_window_reached_begins_after_the_last_lag_in_view(chart):
    # A window of 5 steps shows the lags 0 to 4.
    assert own_rows(chart(21, 5).to_dict(), "rule") == [{"left": 4.5, "right": 20.5}]
    assert not own_rows(chart(21, 21).to_dict(), "rule")


@pytest.mark.parametrize("chart", [memory_chart, flips_chart])
def test_the_causes_are_marked_at_their_lags(chart):
    marks = own_rows(chart(21, 5, (6, 7)).to_dict(), "point")
    assert [row["left"] for row in marks] == [6, 7]
    assert not own_rows(chart(21, 5).to_dict(), "point")


def test_the_axis_may_be_logarithmic_and_then_holds_zeros_at_its_foot():
    for log, foot in ((True, 1e-4), (False, 0)):
        layers = memory_chart(3, 5, log=log).to_dict()["layer"]
        (bars,) = [one["encoding"] for one in layers if "y2" in one["encoding"]]
        scale = bars["y"]["scale"]
        assert (scale.get("type") == "log") is log
        assert scale["domain"] == [foot, 1]
        assert bars["y2"]["datum"] == foot
        assert scale.get("clamp", False) is log


def test_the_decay_has_a_row_for_each_kind_moment_and_lag():
    table = gradient_decay_table(DECAYS)
    assert len(table) == 2 * 2 * 3
    first = table[(table["kind"] == "LSTM") & (table["when"] == WHEN[0])]
    assert first["gradient"].tolist() == [0.3, 0.1, 0.1]
    assert first["share"].tolist() == pytest.approx([0.6, 0.2, 0.2])
    assert first["lag"].tolist() == [0, 1, 2]
