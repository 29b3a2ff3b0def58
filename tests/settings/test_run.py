"""The settings of a run: one value for one run, however it was given; and what follows."""

from __future__ import annotations

import dataclasses
import pickle

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.errors import SettingError
from rnnlab.network import Network
from rnnlab.rules import RULES, BitRule
from rnnlab.settings import Settings
from tests.rules.cases import wobble

SAMPLES = [name for name, each in RULES.items() if not isinstance(each, BitRule)]


def test_the_parameters_of_the_rule_are_filled_in():
    assert Settings().parameters == (("lag", 1),)
    assert Settings(rule="echo").parameters == (("delay", 3),)
    assert Settings(rule="echo", parameters={"delay": 7}).parameters == (("delay", 7),)


@pytest.mark.parametrize(
    "same",
    [
        Settings(rule="echo"),
        Settings(rule="echo", parameters={"delay": 3}),
        Settings(rule="echo", parameters=[("delay", 3.0)]),
        Settings.of({"delay": 3, "rule": "echo"}),
        Settings.of({"rule": "echo", "rows": 250.0, "epochs": 15}),
        dataclasses.replace(Settings(rule="echo", rows=3), rows=250),
    ],
)
def test_equal_runs_are_equal_settings_however_they_were_given(same):
    expected = Settings(rule="echo", parameters=(("delay", 3),))
    assert same == expected
    assert hash(same) == hash(expected)
    assert repr(same) == repr(expected)
    assert {same: "found"}[expected] == "found"


def test_a_whole_learning_rate_is_kept_as_a_rate():
    assert repr(Settings(learning_rate=1)) == repr(Settings(learning_rate=1.0))


def test_another_value_is_another_run():
    turned = [Settings(), Settings(seed=2), Settings(rule="echo"), Settings.of({"lag": 2})]
    assert len(set(turned)) == len(turned)


def test_settings_cannot_be_changed():
    settings = Settings()
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.rows = 3


def test_a_user_s_own_numbers_are_part_of_the_run():
    one, same, other = (Settings(rule="series", own=wobble(n), rows=10) for n in (300, 300, 310))
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert pickle.loads(pickle.dumps(one)) == one
    # Nine tenths of the 300 values are for training, and the first 5 have no window before them.
    assert one.updates_per_epoch == (270 - 5) // 10


@pytest.mark.parametrize("name", RULES)
def test_the_rule_of_a_run_is_asked_for_as_one_on_bits_or_as_one_on_numbers(name):
    settings = Settings(rule=name, own=wobble() if name == "series" else None, rows=10)
    mine, other = ("sample_rule", "bit_rule") if name in SAMPLES else ("bit_rule", "sample_rule")
    assert getattr(settings, mine).name == name
    with pytest.raises(SettingError, match=f"The rule '{name}' is about "):
        getattr(settings, other)


def test_the_rule_on_bits_has_the_noise_of_the_run():
    assert "flipped with probability 0.2" in Settings(noise=0.2).bit_rule.description


def test_the_rule_of_own_numbers_asks_for_them():
    with pytest.raises(SettingError, match="Upload a CSV file with one numeric column first"):
        Settings(rule="series")


@pytest.mark.parametrize("cell", CELLS)
def test_the_network_of_bits_tells_two_chances_at_every_step(cell):
    settings = Settings(cell=cell, units=7, layers=3, dropout=0.4, activation="relu")
    assert settings.network == Network(
        cell=cell,
        units=7,
        features=1,
        outputs=2,
        layers=3,
        activation="relu",
        last_step=False,
        classes=True,
        dropout=0.4,
    )
    assert settings.shape == (5, 1)


def test_the_network_of_numbers_says_one_number_at_the_end():
    assert Settings(rule="toy", units=4).network == Network(
        units=4, features=2, outputs=1, last_step=True, classes=False
    )
    printed = Settings(rule="sine", window=10, parameters={"as_printed": True})
    assert (printed.shape, printed.network.features) == ((1, 10), 10)
    assert Settings(rule="sine", window=10).shape == (10, 1)


def test_a_single_layer_has_no_dropout_since_nothing_is_above_it():
    assert Settings(dropout=0.5).network.dropout == 0
    assert Settings(dropout=0.5, layers=2).network.dropout == 0.5


def test_several_networks_start_from_the_weights_of_the_seeds_that_follow():
    third = Settings(networks=3, seed=5).first_weights(2)
    for name, value in Settings(seed=7).first_weights().items():
        np.testing.assert_array_equal(third[name], value)
    assert not np.array_equal(third["rnn1_kernel"], Settings(seed=5).first_weights()["rnn1_kernel"])


@pytest.mark.parametrize("rule", ["sine", "toy"])
def test_updates_of_numbers_are_whole_batches_times_epochs(rule):
    settings = Settings(rule=rule, rows=250, window=10, epochs=4)
    per_epoch = {"sine": 39, "toy": 1}[rule]  # 9,990 samples; 39 * 250 = 9,750
    assert settings.updates_per_epoch == per_epoch
    assert settings.updates == 4 * per_epoch


def test_updates_are_whole_windows_times_epochs():
    settings = Settings(length=2000, window=15, epochs=4)
    assert settings.updates_per_epoch == 133  # 133 * 15 = 1995
    assert settings.updates == 532
