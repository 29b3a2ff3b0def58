"""How long a run will take: more of anything that costs time takes longer."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.presets import PRESETS
from rnnlab.rules import RULES
from rnnlab.settings import Settings, limits

BASE = {"rows": 50, "length": 1000, "window": 10, "units": 8, "layers": 1, "epochs": 5}


@pytest.mark.parametrize(
    "more",
    [
        {"rows": 51},
        {"length": 1100},
        {"units": 9},
        {"layers": 2},
        {"epochs": 6},
        {"networks": 2},
        {"cell": "lstm"},
        {"cell": "gru"},
        {"window": 5},  # twice the updates, each of half the steps
    ],
    ids=str,
)
@pytest.mark.parametrize("rule", ["pair", "lags"])
def test_more_of_anything_that_costs_takes_longer(rule, more):
    before = Settings.of(BASE | {"rule": rule})
    assert limits.seconds(replace(before, **more)) > limits.seconds(before)


@pytest.mark.parametrize(
    "more", [{"units": 31}, {"layers": 3}, {"epochs": 33}, {"networks": 2}, {"window": 20}], ids=str
)
def test_more_of_anything_that_costs_takes_longer_on_numbers_too(more):
    before = PRESETS["sine"].settings
    assert limits.seconds(replace(before, **more)) > limits.seconds(before)


def test_what_comes_in_at_once_is_faster_than_step_by_step():
    sine, printed = PRESETS["sine"].settings, PRESETS["sine-as-printed"].settings
    assert limits.seconds(printed) < limits.seconds(sine) / 2


@pytest.mark.parametrize(
    "same",
    [
        {"seed": 9},
        {"learning_rate": 1.0},
        {"carry_state": False},
        {"clip": 1.0},
        {"activation": "relu"},
    ],
    ids=str,
)
def test_what_costs_nothing_changes_nothing(same):
    before = Settings.of(BASE)
    assert limits.seconds(replace(before, **same)) == limits.seconds(before)


def test_twice_the_epochs_take_twice_the_time_but_for_the_compiler():
    once, twice = (limits.seconds(Settings.of(BASE | {"epochs": n})) for n in (50, 100))
    assert twice - limits.SECONDS_TO_START == pytest.approx(2 * (once - limits.SECONDS_TO_START))


@given(
    st.sampled_from([name for name in RULES if name != "series"]),
    st.sampled_from(Settings.all_knobs()["cell"].choices),
    st.integers(1, 500),
    st.integers(1, 100),
    st.integers(1, 64),
    st.integers(1, 3),
    st.integers(1, 16),
    st.integers(1, 5000),
)
def test_every_run_takes_a_finite_time(rule, cell, rows, window, units, layers, networks, epochs):
    values = {"rule": rule, "cell": cell, "rows": rows, "window": window, "units": units}
    values |= {"layers": layers, "networks": networks, "epochs": epochs, "length": 100}
    try:
        settings = Settings.of(values)
    except SettingError:
        return
    seconds = limits.seconds(settings)
    assert math.isfinite(seconds)
    assert seconds > limits.SECONDS_TO_START


def test_the_largest_run_takes_minutes_and_no_preset_more_than_one():
    assert 120 < limits.MAX_PRODUCTS * limits.SECONDS_PER_PRODUCT < 1200
    for preset in PRESETS.values():
        assert limits.seconds(preset.settings) < 60, preset.name


def test_a_step_costs_time_however_little_there_is_to_compute():
    # One row and one unit: 8 products a step, some nanoseconds; the loop itself takes longer.
    tiny = Settings(rows=1, units=1, window=100, length=20_000, epochs=100)
    update = (limits.seconds(tiny) - limits.SECONDS_TO_START) / tiny.updates
    assert update > tiny.work_per_update * limits.SECONDS_PER_PRODUCT + 10e-6
