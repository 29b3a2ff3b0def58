"""A training run: what it tells while it goes on, what it ends in, and that it can be repeated."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings
from tests.training.runs import anew, assert_same_run, from_scratch, plan_of


@pytest.fixture(scope="module")
def small() -> list[TrainingProgress]:
    return anew(plan_of())


def test_steps_rise_to_the_end_and_epochs_change_where_they_should(small):
    steps = [event.step for event in small]
    assert all(before < after for before, after in pairwise([0, *steps]))
    assert {event.steps for event in small} == {steps[-1]} == {600}
    assert len(steps) < 500, "several updates make a point"
    assert [event.epoch for event in small] == [math.ceil(step / 200) for step in steps]
    assert {200, 400} < set(steps), "no chunk reaches over the end of an epoch"


def test_the_points_are_the_means_of_the_history(small):
    history = small[-1].history
    assert [values.shape for values in history.values()] == [(600, 1), (600, 1)]
    start = 0
    for event in small:
        losses = history["loss"][start : event.step]
        assert event.loss == pytest.approx(losses.mean(), rel=1e-6)
        assert event.losses == (pytest.approx(losses.mean(), rel=1e-6),)
        assert event.max_loss == losses.max()
        assert event.accuracy == pytest.approx(history["accuracy"][start : event.step].mean())
        assert event.learning_rate == 0.01
        start = event.step


def test_the_last_window_is_that_of_its_chunk(small):
    history = small[-1].history
    for event in small:  # all four rows are shown
        predicted, targets = event.last_window.probabilities, event.last_window.targets
        losses = -np.log(np.where(targets == 1, predicted, 1 - predicted))
        assert losses.mean() == pytest.approx(history["loss"][event.step - 1, 0], abs=1e-4)


def test_only_the_last_event_tells_the_whole_story(small):
    assert all(event.history is None and event.parts is None for event in small[:-1])
    parts = small[-1].parts
    assert list(parts) == ["data", "compile", "updates"]
    assert 0 < sum(parts.values()) <= small[-1].seconds
    assert all(before.seconds < after.seconds for before, after in pairwise(small))


@pytest.mark.parametrize(
    ("name", "network"),
    [
        ("simple_rnn", {"layers": 2, "activation": "relu"}),
        ("lstm", {"networks": 2}),
        ("gru", {"layers": 2, "networks": 2}),
    ],
    ids=str,
)
def test_the_weights_are_those_after_the_chunk_and_an_epoch_begins_without_a_state(name, network):
    # An epoch is one window, and the same in every epoch: what is said in the second is what
    # NumPy says to it, from a state of zero, with the weights after the first.
    one_window = {"rows": 4, "length": 100, "window": 100, "epochs": 2, "units": 6}
    plan = plan_of(cell=name, **one_window, **network)
    first, second = anew(plan)
    shown = second.last_window
    trace = reference.forward(plan.settings.network, first.weights, shown.inputs[..., None])
    expected = reference.loss(plan.settings.network, trace, shown.targets)
    assert second.losses[0] == pytest.approx(expected, abs=1e-5)
    np.testing.assert_allclose(shown.probabilities, trace.predicted[..., 1], atol=1e-5)
    for key, value in second.weights.items():
        assert not np.array_equal(first.weights[key], value), key


def test_the_state_is_carried_from_the_second_window_on_if_asked_for():
    carried, reset = (
        anew(plan_of(carry_state=carry, epochs=1))[-1].history["loss"] for carry in (True, False)
    )
    assert carried[0] == reset[0]
    assert carried[1] != reset[1]


def test_the_same_settings_give_the_same_run_to_the_last_bit(small):
    assert_same_run(anew(plan_of()), small)


def test_another_seed_gives_another_run(small):
    other = anew(plan_of(seed=2))
    assert not np.array_equal(other[-1].history["loss"], small[-1].history["loss"])
    assert not np.array_equal(other[0].last_window.inputs, small[0].last_window.inputs)
    assert not np.array_equal(other[-1].weights["rnn1_kernel"], small[-1].weights["rnn1_kernel"])


@pytest.mark.parametrize(
    "values",
    [
        {"length": 303, "layers": 2, "dropout": 0.3, "fresh_data": True, "optimizer": "momentum"},
        {"rule": "sine", "rows": 300, "window": 5},
    ],
    ids=["bits", "numbers"],
)
def test_several_networks_are_the_single_runs_of_the_seeds_that_follow(values):
    values = values | {"epochs": 2}
    together = anew(plan_of(**values, networks=3, seed=5))
    history = together[-1].history["loss"]
    assert history.shape == (together[-1].steps, 3)
    assert all(event.loss == pytest.approx(np.mean(event.losses)) for event in together)
    for number in range(3):
        alone = from_scratch(plan_of(**values, seed=5 + number))
        np.testing.assert_allclose(
            history[:100, number], alone[-1].history["loss"][:100, 0], atol=1e-4
        )
        assert together[0].losses[number] == pytest.approx(alone[0].losses[0], abs=1e-5)
    first = from_scratch(plan_of(**values, seed=5))
    for event, other in zip(together[:5], first[:5], strict=True):
        np.testing.assert_allclose(
            event.weights["dense_kernel"], other.weights["dense_kernel"], atol=1e-4
        )


@pytest.mark.parametrize("values", [{"rule": "toy"}, {"rule": "sine", "rows": 300}], ids=str)
def test_a_run_on_numbers_has_no_accuracy_and_no_glimpse(values):
    events = anew(plan_of(**values))
    for event in events:
        assert event.accuracy is None
        assert event.last_window is None
        assert event.loss > 0
    assert list(events[-1].history) == ["loss"]


def test_the_toy_is_learnt_and_its_loss_is_the_squared_error_of_the_article():
    settings = Settings(rule="toy", units=4, optimizer="adam", learning_rate=0.05, epochs=1500)
    events = anew(Plan(settings))
    x = np.array(
        [[[1, 2], [2, 3], [3, 4]], [[5, 6], [6, 7], [7, 8]], [[9, 10], [10, 11], [11, 12]]]
    )
    y = np.array([[10.0], [20.0], [30.0]])
    trace = reference.forward(settings.network, settings.first_weights(), x)
    assert events[0].loss == pytest.approx(np.mean((trace.predicted[:, :, 0] - y) ** 2), rel=1e-4)
    assert events[-1].loss < events[0].loss / 10
