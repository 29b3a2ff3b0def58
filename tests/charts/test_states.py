"""The states of a layer: every cell with its own number, all of a step linked."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.charts.states import data_lanes, states_chart, states_table
from rnnlab.insight.states import Excerpt


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


@pytest.mark.parametrize(
    ("steps", "units", "printed"), [(10, 4, True), (40, 4, False), (10, 30, False)]
)
def test_numbers_are_printed_as_long_as_they_can_be_read(steps, units, printed):
    spec = states_chart(steps, units, ("input", "target", "predicted")).to_dict()
    assert ("text" in {layer["mark"]["type"] for layer in spec["layer"]}) is printed


def test_zero_is_the_page_itself_and_the_ends_have_two_colours():
    scale = states_chart(6, 3, ("input",), limit=2.0).to_dict()["layer"][0]["encoding"]["color"][
        "scale"
    ]
    assert (scale["domain"][0], scale["domain"][-1]) == (-2.0, 2.0)
    assert scale["range"][0] != scale["range"][-1]
    assert all(colour.startswith("rgba(") for colour in scale["range"][1:-1])
