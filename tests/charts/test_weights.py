"""Weights as a table that adds up, and as matrices before and after."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.charts.weights import matrix_chart, matrix_table, weights_table
from rnnlab.insight.weights import WeightMatrix
from rnnlab.settings import Settings

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


@pytest.mark.parametrize(
    ("rows", "columns", "printed"), [(8, 8, True), (9, 2, False), (1, 30, False)]
)
def test_small_matrices_carry_their_numbers(rows, columns, printed):
    marks = [layer["mark"]["type"] for layer in matrix_chart(rows, columns, 1).to_dict()["layer"]]
    assert ("text" in marks) is printed
