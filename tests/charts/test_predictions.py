"""Predictions beside what is true: of a series, of single samples, of probabilities."""

from __future__ import annotations

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
from rnnlab.insight.predictions import Answers, Forecast, OneStepAhead
from rnnlab.insight.probabilities import Context, PredictedProbabilities

REAL, PREDICTED = np.array([1.0, 2, 3]), np.array([1.5, 2, 0])


def test_the_table_has_a_row_for_each_point_of_both_lines():
    table = series_table(OneStepAhead(REAL, PREDICTED, 1.0, {}))
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
    table = errors_table(OneStepAhead(REAL, PREDICTED, 0.5, {"last value": 1.0, "recurrence": 0.1}))
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
