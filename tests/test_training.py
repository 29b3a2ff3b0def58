"""A training run: what it tells while it goes on, what it ends in, and that it can be repeated."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise, zip_longest

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS, cell
from rnnlab.engine.activations import ACTIVATIONS
from rnnlab.errors import TrainingError
from rnnlab.presets import PRESETS
from rnnlab.progress import Progress
from rnnlab.rules import RULES
from rnnlab.settings import OPTIMIZERS, Settings
from rnnlab.training import train

SMALL = {"rows": 4, "length": 4003, "window": 5, "units": 4, "epochs": 3}
ECHO = {"rule": "echo", "delay": 3, "rows": 7, "length": 1000, "window": 10, "epochs": 2}


def run(**values: object) -> list[Progress]:
    return list(train(Settings.of(values)))


def last_epoch(events: list[Progress], settings: Settings) -> dict[str, float]:
    """Mean loss and accuracy over the updates of the last epoch."""
    history = events[-1].history
    return {name: float(history[name][-settings.updates_per_epoch :].mean()) for name in history}


def assert_same_run(events: list[Progress], expected: list[Progress]) -> None:
    """The same to the last bit, but for the seconds."""
    for name, values in expected[-1].history.items():
        np.testing.assert_array_equal(events[-1].history[name], values)
    for one, other in zip(events, expected, strict=True):
        assert (one.step, one.epoch, one.loss) == (other.step, other.epoch, other.loss)
        np.testing.assert_array_equal(one.glimpse.predicted, other.glimpse.predicted)
        for name, value in other.weights.items():
            np.testing.assert_array_equal(one.weights[name], value)


@pytest.fixture(scope="module")
def small() -> list[Progress]:
    return run(**SMALL)


def test_steps_rise_to_the_end_and_epochs_change_where_they_should(small):
    steps = [event.step for event in small]
    assert all(before < after for before, after in pairwise([0, *steps]))
    # 4003 bits hold 800 windows of 5 and 3 bits that are left out.
    assert {event.steps for event in small} == {steps[-1]} == {2400}
    assert len(steps) < 800, "several updates make a point"
    assert [event.epoch for event in small] == [math.ceil(step / 800) for step in steps]
    assert {800, 1600} < set(steps), "no chunk reaches over the end of an epoch"


def test_the_points_are_the_means_of_the_history(small):
    history = small[-1].history
    assert [values.shape for values in history.values()] == [(2400,), (2400,)]
    start = 0
    for event in small:
        losses = history["loss"][start : event.step]
        assert event.loss == pytest.approx(losses.mean(), rel=1e-6)
        assert event.peak == losses.max()
        assert event.accuracy == pytest.approx(history["accuracy"][start : event.step].mean())
        start = event.step


def test_a_glimpse_is_of_the_last_window_of_its_chunk(small):
    history = small[-1].history
    for event in small:  # all four rows are shown
        said, came = event.glimpse.predicted, event.glimpse.targets
        losses = -np.log(np.where(came == 1, said, 1 - said))
        assert losses.mean() == pytest.approx(history["loss"][event.step - 1], abs=1e-4)


def test_only_the_last_event_tells_the_whole_story(small):
    assert all(event.history is None and event.parts is None for event in small[:-1])
    parts = small[-1].parts
    assert list(parts) == ["data", "compile", "updates"]
    assert 0 < sum(parts.values()) <= small[-1].seconds
    assert all(before.seconds < after.seconds for before, after in pairwise(small))


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("name", CELLS)
def test_the_weights_are_those_after_the_chunk(name, activation):
    # An epoch is one window, and the same in every epoch: what is said in the second is what
    # NumPy says to it with the weights after the first.
    one_window = {"rows": 4, "length": 100, "window": 100, "epochs": 2, "units": 3}
    first, second = run(cell=name, activation=activation, **one_window)
    shown = second.glimpse
    trace = reference.forward(cell(name), first.weights, shown.inputs[..., None], activation)
    assert second.loss == pytest.approx(reference.loss(trace, shown.targets), abs=1e-5)
    np.testing.assert_allclose(shown.predicted, trace.probabilities[..., 1], atol=1e-5)
    assert not np.array_equal(first.weights["kernel"], second.weights["kernel"])


def test_the_same_settings_give_the_same_run_to_the_last_bit(small):
    assert_same_run(run(**SMALL), small)


def test_another_seed_gives_another_run(small):
    other = run(**SMALL, seed=2)
    assert not np.array_equal(other[-1].history["loss"], small[-1].history["loss"])
    assert not np.array_equal(other[0].glimpse.inputs, small[0].glimpse.inputs)
    assert not np.array_equal(other[-1].weights["kernel"], small[-1].weights["kernel"])


def test_a_stopped_run_disturbs_no_other(small):
    stopped = train(Settings.of(SMALL))
    next(stopped)
    stopped.close()
    assert_same_run(run(**SMALL), small)


def test_two_runs_side_by_side_do_not_mix(small):
    together = zip_longest(train(Settings.of(SMALL)), train(Settings.of(SMALL | {"seed": 2})))
    first, second = zip(*together, strict=True)
    assert_same_run(list(first), small)
    assert_same_run(list(second), run(**SMALL, seed=2))


@pytest.mark.parametrize(("rows", "shown"), [(7, 5), (2, 2)])
def test_a_glimpse_shows_the_first_rows_of_one_window(rows, shown):
    for event in run(**ECHO | {"rows": rows}):
        glimpse = event.glimpse
        for values in (glimpse.inputs, glimpse.targets, glimpse.predicted, glimpse.truth):
            assert values.shape == (shown, 10)
            assert values.dtype == np.float32
            assert np.all((values >= 0) & (values <= 1))


def test_the_truth_of_an_echo_is_its_target_and_the_target_the_input_before():
    for event in run(**ECHO):
        glimpse = event.glimpse
        np.testing.assert_array_equal(glimpse.targets[:, 3:], glimpse.inputs[:, :-3])
        np.testing.assert_array_equal(glimpse.truth[:, 3:], glimpse.targets[:, 3:])
        if event.step % 100 != 1:  # the first window of an epoch holds the starts of the rows
            np.testing.assert_array_equal(glimpse.truth, glimpse.targets)


def test_the_truth_of_a_pair_is_sure_half_of_the_time_and_then_right():
    events = run(rule="pair", rows=5, length=2000, window=20, epochs=1)
    truth = np.concatenate([event.glimpse.truth[:, 2:] for event in events])
    targets = np.concatenate([event.glimpse.targets[:, 2:] for event in events])
    sure = truth != 0.5
    assert sure.mean() == pytest.approx(0.5, abs=0.1)
    np.testing.assert_array_equal(truth[sure], targets[sure])


def test_fresh_data_are_fresh_in_every_epoch_and_others_come_again():
    def inputs_at_ends(fresh: bool) -> list[np.ndarray]:
        ends = [event for event in run(**ECHO, fresh_data=fresh) if event.step % 100 == 0]
        return [event.glimpse.inputs for event in ends]

    first, second = inputs_at_ends(fresh=False)
    np.testing.assert_array_equal(first, second)
    first, second = inputs_at_ends(fresh=True)
    assert not np.array_equal(first, second)


def test_carrying_the_state_matters_from_the_second_window_on():
    carried = run(**SMALL, carry_state=True)[-1].history["loss"]
    reset = run(**SMALL, carry_state=False)[-1].history["loss"]
    assert carried[0] == reset[0]
    assert carried[1] != reset[1]


@pytest.mark.parametrize(
    ("values", "loss", "accuracy"),
    [
        ({"rule": "pair"}, 0.34657, 0.75),
        ({"rule": "pair", "carry_state": False}, 0.4590, None),
        ({"rule": "pair", "lag": 6}, 0.69315, 0.5),
        ({"rule": "echo", "units": 8}, 0.0, 1.0),
        ({"rule": "echo", "units": 8, "carry_state": False}, 0.41589, 0.7),
    ],
)
def test_short_runs_end_at_the_floors_of_the_articles(values, loss, accuracy):
    # Echo, reset, windows of 5: the first 3 are guessed, 2 are known: 0.3 / 1 + 0.4 = 0.7 right.
    settings = Settings.of({"rows": 250, "length": 2000, "window": 5, "epochs": 6} | values)
    reached = last_epoch(list(train(settings)), settings)
    assert reached["loss"] == pytest.approx(loss, abs=0.012)
    if accuracy is not None:
        assert reached["accuracy"] == pytest.approx(accuracy, abs=0.012)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_a_preset_ends_where_it_says(preset):
    reached = last_epoch(list(train(preset.settings)), preset.settings)
    assert preset.loss[0] <= reached["loss"] <= preset.loss[1]
    assert preset.accuracy[0] <= reached["accuracy"] <= preset.accuracy[1]
    assert reached["loss"] == pytest.approx(preset.measured, abs=0.002)


def test_the_echo_has_spikes_where_its_epochs_begin():
    # Rows 2 to 5 begin with 3 bits that nobody can know: (4/5)(3/15) ln 2 = 0.1109 for the best
    # guesser, some more for a network that is sure of them.
    settings = replace(PRESETS["echo"].settings, epochs=40)
    *_, last = train(settings)
    by_epoch = last.history["loss"].reshape(40, 666)[20:]
    assert by_epoch[:, 0].mean() > 0.1
    assert by_epoch[:, 1:].mean() < 0.002


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_run_whose_loss_is_no_number_ends_in_a_sentence(optimizer):
    settings = Settings(activation="linear", learning_rate=5, rows=5, optimizer=optimizer)
    seen = []
    with pytest.raises(TrainingError) as trouble:
        seen.extend(train(settings))
    said = str(trouble.value)
    update = int(said.removeprefix("At update ").split()[0].replace(",", ""))
    assert said == (
        f"At update {update} the loss stopped being a number: the weights ran away. "
        "Try a learning rate below 5, or the activation tanh."
    )
    assert (seen[-1].step if seen else 0) < update <= settings.updates


@pytest.mark.parametrize(
    "extreme",
    [
        {"rows": 1, "units": 1, "window": 1, "length": 100},
        {"rows": 1, "units": 1, "window": 100, "length": 100},
        {"rows": 500, "units": 64, "window": 1, "length": 100},
        {"rows": 3, "units": 64, "window": 100, "length": 100},
        {"rows": 3, "units": 2, "window": 100, "length": 199},
    ],
    ids=str,
)
def test_extreme_settings_run_to_their_end(extreme):
    settings = Settings.of({"epochs": 2} | extreme)
    events = list(train(settings))
    assert events[-1].step == settings.updates == len(events[-1].history["loss"])
    assert np.isfinite(events[-1].history["loss"]).all()


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("name", CELLS)
def test_every_rule_can_be_put_to_every_cell(rule, name):
    events = run(rule=rule, cell=name, **SMALL)
    assert events[-1].step == 2400
    assert set(events[-1].weights) == set(reference.weight_shapes(cell(name), 1, 4))
