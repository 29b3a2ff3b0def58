"""Samples of numbers, and predictions beside what is true."""

import numpy as np
import pytest

from rnnlab.charts.predictions import (
    answers_table,
    errors_table,
    probabilities_chart,
    probabilities_table,
    series_table,
    value_domain,
)
from rnnlab.charts.samples import (
    grid_table,
    overlap_table,
    sample_table,
    shown_of,
    split_table,
    three_digits,
)
from rnnlab.exploration.samples import sample_context, series_split
from rnnlab.insight.predictions import Answers, Forecast, OneStepAhead
from rnnlab.insight.probabilities import Context, PredictedProbabilities
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


REAL, PREDICTED = np.array([1.0, 2, 3]), np.array([1.5, 2, 0])


def test_the_table_has_a_row_for_each_point_of_both_lines():
    table = series_table(OneStepAhead(REAL, PREDICTED, 1.0, {}, len(REAL)))
    assert list(table["value"]) == [1, 2, 3, 1.5, 2, 0]
    assert list(table["error"]) == [0.5, 0, -3] * 2
    assert list(table["point"]) == [1, 2, 3] * 2
    assert not table["lost"].any()


def test_the_step_at_which_the_network_is_lost_is_marked_once():
    table = series_table(Forecast(REAL, PREDICTED, 1.0, 1.0, lost=3))
    assert list(table["lost"]) == [False] * 5 + [True]


def test_the_axis_holds_the_series_with_a_little_room():
    low, high = value_domain(np.array([-1.0, 0.2, 1.0]))
    assert -1.3 < low < -1
    assert 1 < high < 1.3
    low, high = value_domain(np.array([5.0, 5.0]))
    assert low < 5 < high
    low, high = value_domain(np.array([1000.0, 1001.0]))
    assert low < 1000 < 1001 < high < 1002


def test_the_errors_are_sorted_from_the_worst():
    table = errors_table(
        OneStepAhead(REAL, PREDICTED, 0.5, {"last value": 1.0, "recurrence": 0.1}, 9)
    )
    assert list(table["who"]) == ["last value", "your network", "recurrence"]


def test_answers_stand_beside_their_states():
    answers = Answers(
        targets=np.array([10.0, 30]),
        predicted=np.array([10.5, 29.5]),
        last=np.array([[0.0, 1.0], [-0.98, 0.5]]),
        low=0.0,
        high=29.6,
        bounded=True,
    )
    table = answers_table(answers)
    assert list(table["error"]) == [0.5, -0.5]
    assert list(table["full"]) == pytest.approx([0.5, 0.74])
    assert list(table["saturated"]) == [0.5, 0.5]
    assert list(table["h2"]) == [1.0, 0.5]


def test_contexts_with_one_probability_stand_beside_each_other_around_it():
    true = {(1, 1): 0.0, (0, 1): 0.5, (1, 0): 0.5, (0, 0): 1.0}
    contexts = tuple(
        Context(past, p, abs(p - 0.01), 0.0, 1.0, 1000, 0.01) for past, p in true.items()
    )
    table = probabilities_table(
        PredictedProbabilities((2, 1), contexts, excess=0.01, best_loss=0.3466, hidden=0.0)
    )
    assert list(table["past"]) == ["1 1", "0 1", "1 0", "0 0"]
    assert list(table["truth"]) == [0.0, 0.5, 0.5, 1.0]
    assert list(table["predicted"]) == pytest.approx([0.01, 0.49, 0.49, 0.99])
    shown = table["shown"]
    assert shown[1] < 0.5 < shown[2]
    assert shown[1] + shown[2] == pytest.approx(1)
    assert (shown[0], shown[3]) == (0, 1)


@pytest.mark.parametrize(("contexts", "named"), [(4, True), (32, False)])
def test_contexts_are_named_as_long_as_there_are_few(contexts, named):
    layers = probabilities_chart(contexts).to_dict()["layer"]
    assert ("text" in {layer["mark"]["type"] for layer in layers}) is named
