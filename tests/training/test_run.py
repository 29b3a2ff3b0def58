"""A training run: what it tells, which updates it does, where it ends; and it can be repeated."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.engine import Hyperparameters, program
from rnnlab.presets import PRESETS
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings
from rnnlab.training import architecture
from rnnlab.training.data import Data
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


def by_hand(settings: Settings, rates: Sequence[float], size: int = 1) -> np.ndarray:
    """The losses (updates, networks) of calls of `size` updates, each call at a rate of its own."""
    compiled, data = program(architecture(settings)), Data(settings)
    carry = compiled.begin([settings.first_weights(k) for k in range(settings.networks)])
    losses = []
    for call, rate in enumerate(rates):
        batches = data.batches(call * size, (call + 1) * size)
        carry, chunk = compiled.run(carry, batches, Hyperparameters(rate))
        losses.append(chunk.losses)
    return np.concatenate(losses)


@pytest.mark.parametrize(
    "turns",
    [{57: 1.0}, {0: 0.5, 20: 1.0, 50: 0.01, 51: 2.0, 200: 1.0, 599: 0.3}],
    ids=["once", "again and again"],
)
def test_a_turned_rate_is_that_of_every_later_update_and_marked_in_the_points(turns):
    plan = original = plan_of(optimizer="sgd", learning_rate=0.1)
    rates = np.full(600, 0.1)
    for step, rate in turns.items():
        plan = plan.turned(step, rate)
        rates[step:] = rate
    events = anew(plan)
    assert [event.learning_rate for event in events] == [rates[event.step - 1] for event in events]
    assert {*turns} <= {0, *(event.step for event in events)}, "no chunk has two rates"
    losses = by_hand(plan.settings, rates)
    np.testing.assert_array_equal(events[-1].history["loss"], losses)
    turned, unturned = min(turns), from_scratch(original)[-1].history["loss"]
    np.testing.assert_array_equal(losses[: turned + 1], unturned[: turned + 1])
    assert not np.array_equal(losses[turned + 1], unturned[turned + 1])


@pytest.mark.parametrize("values", [{"fresh_data": True}, {"carry_state": False}], ids=str)
def test_more_epochs_than_points_make_chunks_of_several_epochs_with_the_same_updates(values):
    plan = plan_of(length=100, window=20, epochs=300, **values)  # five updates an epoch
    events = anew(plan)
    assert events[-1].step == 1500
    assert len(events) < 350
    assert max(after.step - before.step for before, after in pairwise(events)) > 5
    assert [event.epoch for event in events] == [math.ceil(event.step / 5) for event in events]
    losses = by_hand(plan.settings, [0.01] * 300, size=5)
    np.testing.assert_array_equal(events[-1].history["loss"], losses)


def last_epoch(settings: Settings) -> dict[str, float]:
    """Mean loss and accuracy over the updates of the last epoch."""
    history = anew(Plan(settings))[-1].history
    n = settings.updates_per_epoch
    return {name: float(values[-n:].mean()) for name, values in history.items()}


@pytest.mark.parametrize(
    ("values", "loss", "accuracy"),
    [
        ({"rule": "pair"}, 0.34657, 0.75),
        ({"rule": "pair", "carry_state": False}, 0.4590, None),
        ({"rule": "pair", "lag": 6, "carry_state": False}, 0.69315, 0.5),
        ({"rule": "echo", "units": 8}, 0.0, 1.0),
        ({"rule": "echo", "units": 8, "carry_state": False}, 0.41589, 0.7),
        ({"rule": "echo", "units": 8, "noise": 0.1}, 0.32508, 0.9),
        ({"rule": "own", "expression": "x[t-1] x[t-2]: 0.1 0.5 0.7 1"}, 0.40727, 0.775),
    ],
)
def test_short_runs_end_at_the_floors_of_the_articles(values, loss, accuracy):
    # H(0.1) = 0.3251, ln 2, H(0.7) = 0.6109 and 0 in equal parts; right 0.9, 0.5, 0.7 and 1.
    # Echo, reset, windows of 5: the first 3 are guessed, 2 are known: 0.3 / 1 + 0.4 = 0.7 right.
    settings = Settings.of({"rows": 250, "length": 2000, "window": 5, "epochs": 6} | values)
    reached = last_epoch(settings)
    assert reached["loss"] == pytest.approx(loss, abs=0.012)
    if accuracy is not None:
        assert reached["accuracy"] == pytest.approx(accuracy, abs=0.012)


def test_the_echo_has_spikes_where_its_epochs_begin():
    # Rows 2 to 5 begin with 3 bits that nobody can know: (4/5)(3/15) ln 2 = 0.1109 for the best
    # guesser, some more for a network that is sure of them.
    settings = replace(PRESETS["echo"].settings, epochs=40)
    by_epoch = anew(Plan(settings))[-1].history["loss"].reshape(40, 666)[20:]
    assert by_epoch[:, 0].mean() > 0.1
    assert by_epoch[:, 1:].mean() < 0.002
