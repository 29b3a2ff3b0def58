"""Samples of numbers: grids of cells with the state on its way, and samples in their series."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.charts.samples import (
    grid_table,
    overlap_table,
    sample_table,
    shown_of,
    split_table,
    three_digits,
)
from rnnlab.exploration.samples import sample_context, series_split
from rnnlab.settings import Settings

SINE = Settings(rule="sine", window=10, rows=32)


def test_as_meant_the_state_is_handed_on_and_as_printed_it_is_not():
    values = np.arange(10, dtype=np.float32)
    meant = grid_table(values.reshape(10, 1), 10.0)
    printed = grid_table(values.reshape(1, 10), 10.0)
    for table, steps in ((meant, 10), (printed, 1)):
        assert sorted(table.query("kind == 'cell'")["value"]) == values.tolist()
        assert len(table.query("kind == 'state'")) == steps
        arrows = table.query("kind == 'arrow'")
        assert len(arrows) == steps  # to the next state, and from the last one to the target
        assert table.query("kind == 'target'")["x"].tolist() == [steps]
    assert set(meant.query("kind == 'cell'")["y"]) == {1}
    assert set(printed.query("kind == 'cell'")["x"]) == {0}


def test_the_toy_is_a_grid_of_steps_and_features():
    samples = Settings(rule="toy").sample_rule.samples(3)
    cells = grid_table(samples.inputs[1], 20.0).query("kind == 'cell'")
    grid = cells.pivot_table(index="y", columns="x", values="value").to_numpy()
    assert grid.tolist() == [[5, 6, 7], [6, 7, 8]]  # columns are time steps


@pytest.mark.parametrize(
    ("size", "shown"),
    [(3, [0, 1, 2]), (12, list(range(12))), (20, [0, 1, 2, 3, 4, 5, None, 15, 16, 17, 18, 19])],
)
def test_of_many_the_first_and_last_are_shown(size, shown):
    assert shown_of(size) == shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.8414, ".841"),
        (-0.54, "-.54"),
        (12.0, "12"),
        (0.0, "0"),
        (-0.0001, "0"),
        (1.25e6, "1.25e+06"),
    ],
)
def test_numbers_have_three_digits_at_most(value, text):
    assert three_digits(value) == text


def test_a_sample_stands_out_from_the_values_around_it():
    table = sample_table(sample_context(SINE, 100, margin=3))
    assert table["role"].tolist() == ["around"] * 3 + ["input"] * 10 + ["target"] + ["around"] * 3
    assert table.query("role == 'target'")["place"].tolist() == [110]


def test_the_split_tells_training_from_test():
    table = split_table(series_split(SINE, 1500), 42)
    assert table.query("role == 'training'")["place"].max() < 10_000
    assert table.query("role == 'test'")["place"].min() >= 10_000
    assert table.query("role == 'sample'")["place"].tolist() == [42]
    assert len(table) <= 1501


def test_each_sample_begins_one_value_later():
    table = overlap_table(4, 10)
    assert table.groupby("lane")["place"].min().tolist() == [0, 1, 2, 3]
    targets = table.query("role == 'target'")
    assert targets["place"].tolist() == [10, 11, 12, 13]
