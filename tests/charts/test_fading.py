"""How a difference fades: on a logarithmic axis, and below its foot not at all."""

from __future__ import annotations

import numpy as np

from rnnlab.charts.written_out import distances_chart, distances_table


def test_what_is_too_small_for_the_axis_is_told_but_not_drawn():
    table = distances_table(np.array([1.5, 1e-8, 9e-9, 0.0]))
    assert table["step"].tolist() == [1, 2, 3, 4]
    assert table["distance"].tolist() == [1.5, 1e-8, 9e-9, 0.0]
    assert table["drawn"].isna().tolist() == [False, False, True, True]


def test_the_axis_is_logarithmic_and_holds_the_largest_distance_there_can_be():
    layers = distances_chart(100, 0.01).to_dict()["layer"]
    (scale,) = [
        layer["encoding"]["y"]["scale"]
        for layer in layers
        if "x2" not in layer["encoding"]
        if "scale" in layer["encoding"]["y"]
    ]
    assert scale["type"] == "log"
    assert scale["domain"][1] >= 2  # tanh lies between -1 and 1


def test_the_line_of_what_counts_as_visible_is_where_it_is_said_to_be():
    spec = distances_chart(100, 0.03).to_dict()
    rows = [row for rows in spec["datasets"].values() for row in rows]
    assert rows == [{"limit": 0.03}]
    texts = [layer["encoding"].get("text", {}).get("value") for layer in spec["layer"]]
    assert "visible: 0.03 or more" in texts
