"""The echo against the numbers of its article and a hand-written series."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.rules.echo import EchoRule


@pytest.mark.parametrize(
    ("window", "loss"),
    [
        (None, 0.0),
        (3, 0.69315),  # no window holds a bit and its echo
        (5, 0.41589),  # 3 of 5 echoes come from before the window: 0.6 * 0.69315
        (15, 0.13863),  # 3 of 15: 0.2 * 0.69315
    ],
)
def test_the_best_losses_of_the_table(window, loss):
    assert EchoRule(3).best_loss(window) == pytest.approx(loss, abs=5e-6)


@pytest.mark.parametrize("delay", [1, 3, 20])
def test_the_targets_are_the_inputs_shifted_to_the_right(delay):
    drawn = EchoRule(delay).generate(np.random.default_rng(1), 500)
    assert drawn.targets[:delay].tolist() == [0] * delay
    assert drawn.targets[delay:].tolist() == drawn.inputs[:-delay].tolist()


def test_the_truth_of_a_short_series_by_hand():
    inputs = np.array([1, 1, 0, 1, 0], dtype=np.uint8)
    assert EchoRule(2).target_probabilities(inputs).tolist() == [0.0, 0.0, 1.0, 1.0, 0.0]


def test_nobody_is_ever_surprised_by_an_echo():
    drawn = EchoRule().generate(np.random.default_rng(2), 1_000)
    np.testing.assert_array_equal(EchoRule().target_probabilities(drawn.inputs), drawn.targets)


def test_the_first_window_of_an_epoch_has_the_spike_of_the_article():
    # Rows 2 to 5 begin with 3 echoes of what their state has never seen: 4/5 of the rows, 3/15 of
    # the steps, a coin each. Row 1 begins with silence.
    floor = EchoRule().first_window_loss(rows=5, window=15)
    assert floor == pytest.approx(4 / 5 * 3 / 15 * math.log(2), abs=1e-12)
    assert floor == pytest.approx(0.1109, abs=5e-5)


def test_a_single_row_has_no_spike():
    assert EchoRule().first_window_loss(rows=1, window=15) == 0
