"""A training run: what it tells while it goes on, what it ends in, and that it can be repeated."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise, zip_longest

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.engine import Dials, program
from rnnlab.errors import TrainingError
from rnnlab.plan import Plan
from rnnlab.progress import Progress
from rnnlab.rules import RULES
from rnnlab.settings import OPTIMIZERS, Settings
from rnnlab.training import architecture, train
from rnnlab.training.data import Data
from tests.rules.found import wobble
from tests.training.runs import SMALL, anew, assert_same_run, plan_of


@pytest.fixture(scope="module")
def small() -> list[Progress]:
    return anew(plan_of())


def by_hand(settings: Settings, rates: list[float]) -> np.ndarray:
    """The losses of one update after the other, (updates, networks), each at its own rate."""
    compiled, data = program(architecture(settings)), Data(settings)
    carry = compiled.begin([settings.first_weights(k) for k in range(settings.networks)])
    losses = []
    for step, rate in enumerate(rates):
        carry, chunk = compiled.run(carry, data.batches(step, step + 1), Dials(rate))
        losses.append(chunk.losses[0])
    return np.array(losses)


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
        assert event.peak == losses.max()
        assert event.accuracy == pytest.approx(history["accuracy"][start : event.step].mean())
        assert event.learning_rate == 0.01
        start = event.step


def test_a_glimpse_is_of_the_last_window_of_its_chunk(small):
    history = small[-1].history
    for event in small:  # all four rows are shown
        said, came = event.glimpse.predicted, event.glimpse.targets
        losses = -np.log(np.where(came == 1, said, 1 - said))
        assert losses.mean() == pytest.approx(history["loss"][event.step - 1, 0], abs=1e-4)


def test_only_the_last_event_tells_the_whole_story(small):
    assert all(event.history is None and event.parts is None for event in small[:-1])
    parts = small[-1].parts
    assert list(parts) == ["data", "compile", "updates"]
    assert 0 < sum(parts.values()) <= small[-1].seconds
    assert all(before.seconds < after.seconds for before, after in pairwise(small))


@pytest.mark.parametrize(
    "network", [{"layers": 2, "activation": "relu"}, {"networks": 2}], ids=["layers", "networks"]
)
@pytest.mark.parametrize("name", CELLS)
def test_the_weights_are_those_after_the_chunk_and_an_epoch_begins_without_a_state(name, network):
    # An epoch is one window, and the same in every epoch: what is said in the second is what
    # NumPy says to it, from a state of zero, with the weights after the first.
    one_window = {"rows": 4, "length": 100, "window": 100, "epochs": 2, "units": 6}
    plan = plan_of(cell=name, **one_window, **network)
    first, second = anew(plan)
    shown = second.glimpse
    trace = reference.forward(plan.settings.network, first.weights, shown.inputs[..., None])
    expected = reference.loss(plan.settings.network, trace, shown.targets)
    assert second.losses[0] == pytest.approx(expected, abs=1e-5)
    np.testing.assert_allclose(shown.predicted, trace.predicted[..., 1], atol=1e-5)
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
    assert not np.array_equal(other[0].glimpse.inputs, small[0].glimpse.inputs)
    assert not np.array_equal(other[-1].weights["rnn1_kernel"], small[-1].weights["rnn1_kernel"])


def test_a_stopped_run_disturbs_no_other(small):
    stopped = train(plan_of())
    next(stopped)
    stopped.close()
    assert_same_run(anew(plan_of()), small)


def test_two_runs_side_by_side_do_not_mix(small):
    together = zip_longest(train(plan_of()), train(plan_of(seed=2)))
    first, second = zip(*together, strict=True)
    assert_same_run(list(first), small)
    assert_same_run(list(second), anew(plan_of(seed=2)))


@pytest.mark.parametrize(
    "values",
    [
        {"units": 3, "layers": 2, "dropout": 0.3, "clip": 0.1, "optimizer": "momentum"},
        {"units": 24, "rows": 20, "length": 500, "fresh_data": True},
        {"rule": "sine", "rows": 100, "window": 5, "epochs": 2},
    ],
    ids=["dropout", "wide", "numbers"],
)
def test_several_networks_are_the_single_runs_of_the_seeds_that_follow(values):
    together = anew(plan_of(**{"epochs": 1} | values, networks=3, seed=5))
    history = together[-1].history["loss"]
    assert history.shape == (together[-1].steps, 3)
    assert all(event.loss == pytest.approx(np.mean(event.losses)) for event in together)
    for number in range(3):
        alone = anew(plan_of(**{"epochs": 1} | values, seed=5 + number))
        np.testing.assert_allclose(
            history[:100, number], alone[-1].history["loss"][:100, 0], atol=1e-4
        )
        assert together[0].losses[number] == pytest.approx(alone[0].losses[0], abs=1e-5)
    first = anew(plan_of(**{"epochs": 1} | values, seed=5))
    for event, other in zip(together[:5], first[:5], strict=True):
        np.testing.assert_allclose(
            event.weights["dense_kernel"], other.weights["dense_kernel"], atol=1e-4
        )


def test_dropout_needs_a_layer_above():
    plain, hidden = (anew(plan_of(dropout=dropout)) for dropout in (0.0, 0.5))
    assert_same_run(hidden, plain)
    plain, hidden = (anew(plan_of(dropout=dropout, layers=2)) for dropout in (0.0, 0.5))
    assert hidden[-1].history["loss"][0, 0] != plain[-1].history["loss"][0, 0]


def test_clipping_at_a_huge_norm_changes_nothing_and_at_a_small_one_it_does():
    free, loose, tight = (
        anew(plan_of(clip=clip, optimizer="sgd", learning_rate=1))[-1].history["loss"]
        for clip in (0, 10, 0.1)
    )
    np.testing.assert_allclose(loose, free, atol=1e-4)
    assert np.abs(tight - free).max() > 0.01


@pytest.mark.parametrize("step", [0, 57, 200, 599])
def test_a_turned_rate_is_that_of_every_later_update_and_marked_in_the_points(step):
    plan = plan_of(optimizer="sgd", learning_rate=0.1)
    events = anew(plan.turned(step, 1.0))
    assert [event.learning_rate for event in events] == [
        0.1 if event.step <= step else 1.0 for event in events
    ]
    assert step in [0, *(event.step for event in events)], "no chunk has two rates"
    losses = by_hand(plan.settings, [0.1] * step + [1.0] * (600 - step))
    np.testing.assert_array_equal(events[-1].history["loss"], losses)
    unturned = anew(plan)[-1].history["loss"]
    np.testing.assert_array_equal(losses[: step + 1], unturned[: step + 1])
    assert step == 599 or not np.array_equal(losses[step + 1], unturned[step + 1])


def test_a_rate_can_be_turned_again_and_again():
    plan = plan_of(optimizer="sgd", learning_rate=0.1)
    for step, rate in [(20, 1.0), (50, 0.01), (51, 2.0)]:
        plan = plan.turned(step, rate)
    rates = [0.1] * 20 + [1.0] * 30 + [0.01] + [2.0] * 549
    np.testing.assert_array_equal(anew(plan)[-1].history["loss"], by_hand(plan.settings, rates))


@pytest.mark.parametrize("values", [{"fresh_data": True}, {"carry_state": False}, {}], ids=str)
def test_more_epochs_than_points_make_chunks_of_several_epochs_with_the_same_updates(values):
    plan = plan_of(length=100, window=20, epochs=300, **values)  # five updates an epoch
    events = anew(plan)
    assert events[-1].step == 1500
    assert len(events) < 350
    assert max(after.step - before.step for before, after in pairwise(events)) > 5
    assert [event.epoch for event in events] == [math.ceil(event.step / 5) for event in events]
    losses = by_hand(plan.settings, [0.01] * 1500)
    np.testing.assert_array_equal(events[-1].history["loss"], losses)


@pytest.mark.parametrize("values", [{"rule": "toy"}, {"rule": "sine", "rows": 300}], ids=str)
def test_a_run_on_numbers_has_no_accuracy_and_no_glimpse(values):
    events = anew(plan_of(**values))
    for event in events:
        assert event.accuracy is None
        assert event.glimpse is None
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


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_whose_loss_is_no_number_ends_in_a_sentence_that_names_the_update(optimizer):
    settings = Settings(activation="linear", learning_rate=5, rows=5, optimizer=optimizer)
    seen = []
    with pytest.raises(TrainingError) as trouble:
        seen.extend(train(Plan(settings)))
    said = str(trouble.value)
    update = int(said.removeprefix("At update ").split()[0].replace(",", ""))
    assert said == (
        f"At update {update:,} the loss stopped being a number: the weights ran away. "
        "Try a learning rate below 5, clip the gradients, or take the activation tanh."
    )
    assert (seen[-1].step if seen else 0) < update <= settings.updates
    with pytest.raises(TrainingError):  # of what this process has done, nothing is wrong
        list(train(Plan(settings)))
    with pytest.raises(TrainingError, match=f"At update {update:,} "):
        anew(Plan(settings, until=update))
    if update > 2:  # the weights may have run away in the update before
        assert np.isfinite(anew(Plan(settings, until=update - 2))[-1].history["loss"]).all()


def test_the_sentence_names_the_rate_at_which_it_happened():
    settings = Settings(activation="linear", learning_rate=0.0001, rows=5, optimizer="momentum")
    with pytest.raises(TrainingError, match=r"At update 1[0-9]{2} .* below 5, clip"):
        list(train(Plan(settings).turned(100, 5)))


@pytest.mark.parametrize(
    "extreme",
    [
        {"rows": 1, "units": 1, "window": 1, "length": 100},
        {"rows": 1, "units": 1, "window": 100, "length": 100, "networks": 16},
        {"rows": 500, "units": 64, "window": 1, "length": 100},
        {"rows": 3, "units": 64, "window": 100, "length": 100, "layers": 3, "dropout": 0.8},
        {"rows": 3, "units": 2, "window": 100, "length": 199, "epochs": 5000},
        {"rule": "toy", "units": 1, "layers": 3, "networks": 16},
        {"rule": "sine", "rows": 500, "window": 100, "as_printed": True},
    ],
    ids=str,
)
def test_extreme_settings_run_to_their_end(extreme):
    plan = Plan(Settings.of({"epochs": 2} | extreme))
    events = anew(plan)
    assert events[-1].step == plan.settings.updates == len(events[-1].history["loss"])
    assert np.isfinite(events[-1].history["loss"]).all()


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_can_be_put_to_every_cell(rule):
    for name in CELLS:
        own = wobble() if rule == "series" else None
        settings = Settings(rule=rule, cell=name, own=own, **SMALL | {"epochs": 1})
        events = anew(Plan(settings))
        assert events[-1].step == settings.updates > 0
        assert {key: value.shape for key, value in events[-1].weights.items()} == (
            settings.network.shapes
        )


def test_settings_that_differ_in_dials_share_a_program():
    base = Settings(layers=2, dropout=0.2, clip=1.0, **SMALL)
    for other in (
        replace(base, learning_rate=1.0),
        replace(base, dropout=0.5),
        replace(base, clip=0.1),
        replace(base, seed=9),
        replace(base, epochs=7),
        replace(base, rule="echo", parameters=()),
        replace(base, carry_state=False),
    ):
        assert program(architecture(other)) is program(architecture(base))
    for other in (replace(base, clip=0.0), replace(base, dropout=0.0), replace(base, networks=2)):
        assert program(architecture(other)) is not program(architecture(base))
