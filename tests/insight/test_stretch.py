"""A stretch of steps: it is what the network does, with a state that is warm or begins anew."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.insight.stretch import steps_shown, stretch
from rnnlab.reference import forward
from rnnlab.settings import Settings
from tests.insight.networks import echo_settings, random, shift_register

EVERY_CELL = pytest.mark.parametrize("cell", CELLS)


def test_a_shift_register_holds_the_inputs_that_the_picture_shows():
    settings = echo_settings()
    shown = stretch(settings, shift_register(settings, reads=3))
    assert shown.inputs.shape == (40, 1)
    for lag in range(1, 5):
        np.testing.assert_array_equal(
            shown.layers[0]["h"][lag:, lag], shown.inputs[: 40 - lag, 0], strict=False
        )
    np.testing.assert_allclose(shown.predicted, shown.targets, atol=1e-4)
    np.testing.assert_array_equal(shown.truth, shown.targets)


def test_a_state_that_is_carried_is_warm_from_the_first_step_on():
    settings = echo_settings()
    shown = stretch(settings, shift_register(settings, reads=3))
    assert shown.predicted[:3] == pytest.approx(shown.targets[:3], abs=1e-4)
    assert shown.targets[:3].any(), "there is something to remember from before"
    assert shown.resets == ()


@EVERY_CELL
def test_a_state_that_is_not_carried_begins_anew_in_every_window(cell):
    settings = Settings.of({"rule": "pair", "cell": cell, "carry_state": False, "window": 7})
    weights = random(settings)
    shown = stretch(settings, weights)
    assert shown.resets == (0, 7, 14, 21, 28, 35)
    for start in shown.resets:
        alone = forward(settings.network, weights, shown.inputs[None, start : start + 7])
        np.testing.assert_allclose(
            shown.predicted[start : start + 7], alone.predicted[0, :, 1], rtol=1e-12
        )


@EVERY_CELL
def test_every_quantity_of_the_cell_is_there_for_every_layer_step_and_unit(cell):
    settings = Settings.of({"rule": "pair", "cell": cell, "layers": 2, "units": 3})
    shown = stretch(settings, random(settings))
    assert len(shown.layers) == 2
    for layer in shown.layers:
        assert list(layer) == list(CELLS[cell].equations)
        assert {values.shape for values in layer.values()} == {(40, 3)}


@pytest.mark.parametrize("units", [1, 6, 64])
def test_there_are_never_more_cells_than_can_be_drawn(units):
    settings = Settings.of({"rule": "pair", "units": units})
    assert 20 <= steps_shown(settings) <= 40
    assert steps_shown(settings) * (units + 4) <= 2000
    assert stretch(settings, random(settings)).n_steps == steps_shown(settings)


def test_another_seed_shows_other_bits_and_the_same_seed_the_same():
    settings = echo_settings()
    weights = shift_register(settings, reads=3)
    first, again, other = (stretch(settings, weights, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.inputs, again.inputs)
    assert (first.inputs != other.inputs).any()


def test_a_sample_is_told_and_answered_at_its_last_step_only():
    settings = Settings.of({"rule": "toy", "units": 4})
    weights = random(settings)
    shown = stretch(settings, weights, sample=1)
    assert shown.inputs.tolist() == [[5, 6], [6, 7], [7, 8]]
    assert shown.targets[-1] == 20
    assert shown.predicted[-1] == forward(settings.network, weights, shown.inputs[None]).predicted
    assert np.isnan(shown.targets[:-1]).all()
    assert np.isnan(shown.predicted[:-1]).all()
    assert shown.truth is None
