"""The settings of a run: its knobs, one value for one run, and what follows from it."""

from __future__ import annotations

import dataclasses
import pickle
from itertools import product

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.errors import SettingError
from rnnlab.network import Network
from rnnlab.rules import RULES, BitRule, SampleRule, SymbolRule
from rnnlab.rules.lagged import LaggedRule
from rnnlab.rules.machine import MachineRule
from rnnlab.settings import LEARNING_RATES, Settings
from rnnlab.theory import binary_entropy
from tests.rules.cases import wobble

KNOBS = Settings.all_knobs()
KINDS = {"bit_rule": BitRule, "symbol_rule": SymbolRule, "sample_rule": SampleRule}
NUMBER_RULES = [name for name, rule in RULES.items() if isinstance(rule, SampleRule)]

BOTH = {"bidirectional": True}
WINDOW, BEFORE = 5, 3
"""Steps of a window, and as many steps before it as a lag of these tests goes back."""

FRESH, AGAIN = Settings(fresh_data=True, seed=6), Settings(seed=6)
SINE = Settings(rule="sine", seed=6)


def test_the_parameters_of_the_rule_are_filled_in():
    assert Settings().parameters == (("lag", 1),)
    assert Settings(rule="echo").parameters == (("delay", 3),)
    assert Settings(rule="echo", parameters={"delay": 7}).parameters == (("delay", 7),)


@pytest.mark.parametrize(
    "same",
    [
        Settings(rule="echo"),
        Settings(rule="echo", parameters={"delay": 3}),
        Settings(rule="echo", parameters=[("delay", 3.0)], learning_rate=0.01),
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


def test_another_value_is_another_run():
    turned = [Settings(), Settings(seed=2), Settings(rule="echo"), Settings.of({"lag": 2})]
    assert len(set(turned)) == len(turned)


def test_a_user_s_own_numbers_are_part_of_the_run():
    one, same, other = (Settings(rule="series", own=wobble(n), rows=10) for n in (300, 300, 310))
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert pickle.loads(pickle.dumps(one)) == one
    # Nine tenths of the 300 values are for training, and the first 5 have no window before them.
    assert one.updates_per_epoch == (270 - 5) // 10


@pytest.mark.parametrize("name", RULES)
def test_the_rule_of_a_run_is_asked_for_as_one_on_bits_letters_or_numbers(name):
    settings = Settings(rule=name, own=wobble() if name == "series" else None, rows=10)
    for kind, of_kind in KINDS.items():
        if isinstance(RULES[name], of_kind):
            assert getattr(settings, kind).name == name
        else:
            with pytest.raises(SettingError, match=f"The rule '{name}' is about "):
                getattr(settings, kind)


def test_the_rule_of_own_numbers_asks_for_them():
    with pytest.raises(SettingError, match="Upload a file of numbers first"):
        Settings(rule="series")


@pytest.mark.parametrize("cell", CELLS)
def test_the_network_of_bits_has_two_logits_at_every_step(cell):
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


def test_the_network_of_numbers_has_one_output_at_the_end():
    assert Settings(rule="toy", units=4).network == Network(
        units=4, features=2, outputs=1, last_step=True, classes=False
    )
    printed = Settings(rule="sine", window=10, parameters={"as_printed": True})
    assert (printed.shape, printed.network.features) == ((1, 10), 10)
    assert Settings(rule="sine", window=10).shape == (10, 1)


def test_a_single_layer_has_no_dropout_since_nothing_is_above_it():
    assert Settings(dropout=0.5).network.dropout == 0
    assert Settings(dropout=0.5, layers=2).network.dropout == 0.5


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("simple_rnn", (0.34285786747932434, -0.9393872618675232)),
        ("lstm", (0.20392484962940216, 0.0158980805426836)),
    ],
)
def test_links_from_before_there_was_a_gain_give_the_same_digits(cell, numbers):
    first = Settings(cell=cell, units=2).first_weights()
    assert tuple(map(float, first["rnn1_recurrent_kernel"].ravel()[:2])) == numbers


def test_the_first_weights_follow_their_knobs():
    plain, turned = (
        Settings(cell="lstm", layers=2, **chosen).first_weights()
        for chosen in ({}, {"gain": 0.5, "unit_forget_bias": False})
    )
    for name, value in plain.items():
        expected = 0.5 * value if "recurrent" in name else 0 * value if "bias" in name else value
        np.testing.assert_array_equal(turned[name], expected)


def test_several_networks_start_from_the_weights_of_the_seeds_that_follow():
    third = Settings(networks=3, seed=5).first_weights(2)
    for name, value in Settings(seed=7).first_weights().items():
        np.testing.assert_array_equal(third[name], value)
    assert not np.array_equal(third["rnn1_kernel"], Settings(seed=5).first_weights()["rnn1_kernel"])


@pytest.mark.parametrize(
    ("rule", "window", "per_epoch"),
    [("sine", 10, 39), ("toy", 10, 1), ("pair", 15, 133)],  # 39 * 250 of 9,990; 133 * 15 of 2,000
)
def test_updates_are_whole_batches_or_windows_times_epochs(rule, window, per_epoch):
    settings = Settings(rule=rule, window=window, epochs=4)
    assert settings.updates_per_epoch == per_epoch
    assert settings.updates == 4 * per_epoch


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"noise": 0.51}, "Noise must be between 0.0 and 0.5, but it is 0.51."),
        ({"epochs": 10**30}, f"Epochs must be between 1 and 5000, but it is {10**30}."),
        ({"lag": 0}, "Lag must be between 1 and 20, but it is 0."),
        ({"colour": 3}, "The rule 'pair' has no parameter called 'colour'; it has lag."),
        ({"fresh_data": "yes"}, "New data every epoch must be yes or no, but it is 'yes'."),
    ],
)
def test_bad_values_are_refused_in_a_sentence(values, sentence):
    with pytest.raises(SettingError) as refusal:
        Settings.of(values)
    assert str(refusal.value) == sentence


def test_the_learning_rates_rise_by_equal_looking_steps():
    assert LEARNING_RATES[:6] == (0.0001, 0.0002, 0.0003, 0.0005, 0.001, 0.002)
    assert LEARNING_RATES[-4:] == (1.0, 2.0, 3.0, 5.0)
    assert {0.3, 0.01} < set(LEARNING_RATES), "the articles' own"


@pytest.mark.parametrize("rule", RULES)
def test_every_knob_has_words_and_a_default_within_its_limits(rule):
    for name, knob in Settings.knobs({"rule": rule}).items():
        assert knob.label[0].isupper(), name
        assert len(knob.label) <= 25, name
        assert knob.help.endswith("."), name
        assert knob.topic in {"data", "network", "training"}
        assert knob.check(knob.default) == knob.default
        if not knob.choices and not isinstance(knob.default, bool | str):
            assert knob.low <= knob.default <= knob.high


@pytest.mark.parametrize("rule", RULES)
def test_the_knobs_of_a_rule_come_right_after_the_choice_of_it(rule):
    names = list(Settings.knobs({"rule": rule}))
    own = list(RULES[rule].all_knobs())
    assert names[: 1 + len(own)] == ["rule", *own]
    assert set(names) == set(own) | set(KNOBS) - set(RULES[rule].fixed_settings)


@pytest.mark.parametrize("rule", NUMBER_RULES)
def test_knobs_that_a_rule_fixes_take_its_value_whatever_is_given(rule):
    ignored = {"length": 5000, "fresh_data": True, "noise": 0.2, "carry_state": True}
    own = wobble() if rule == "series" else None
    plain, turned = (Settings(rule=rule, own=own, rows=3, **values) for values in ({}, ignored))
    assert turned == plain
    assert (turned.length, turned.fresh_data, turned.carry_state) == (2000, False, False)
    assert turned.noise == 0
    assert not ignored.keys() & (turned.values.keys() | turned.to_query().keys())


def test_the_toy_also_fixes_the_rows_and_the_window():
    toy = Settings(rule="toy", rows=77, window=9)
    assert (toy.rows, toy.window) == (3, 3)
    assert toy.to_query() == {"rule": "toy"}
    open_knobs = set(KNOBS) - {"length", "fresh_data", "noise", "carry_state", "rows", "window"}
    assert set(toy.values) == open_knobs


def test_both_directions_are_refused_where_they_would_cheat_or_have_no_past():
    with pytest.raises(SettingError, match="turn “Carry the state” off"):
        Settings(**BOTH)
    with pytest.raises(SettingError, match="has already read it: turn “Both directions” off"):
        Settings(rule="self-pair", noise=0.1, carry_state=False, **BOTH)
    assert Settings(carry_state=False, **BOTH).network.bidirectional


def test_two_directions_are_more_work_than_one():
    one, two = (
        Settings(rule="sine", bidirectional=both, units=16, layers=2) for both in (False, True)
    )
    # One way 16 x 18 + 16 x 33 + 17 weights; both ways the upper layers read 32 numbers, not 16.
    assert one.network.parameters == 288 + 528 + 17
    assert two.network.parameters == 2 * (288 + 528 + 16 * 16) + 33
    work = [each.network.parameters + 6 * 2 * width for each, width in ((one, 16), (two, 32))]
    assert two.work_per_update * work[0] == one.work_per_update * work[1]


def least_loss_with_the_whole_window(rule: LaggedRule) -> float:
    """By going through every series of `BEFORE` + `WINDOW` bits, of which the last are seen."""
    by_window: dict[tuple[int, ...], list[np.ndarray]] = {}
    for bits in product((0, 1), repeat=BEFORE + WINDOW):
        probabilities = rule.target_probabilities(np.array(bits, np.uint8))
        by_window.setdefault(bits[BEFORE:], []).append(probabilities[BEFORE:])
    means = [np.mean(probabilities, axis=0) for probabilities in by_window.values()]
    return float(np.mean([binary_entropy(mean) for mean in means]))


@pytest.mark.parametrize("name", ["pair", "echo", "parity", "own"])
def test_the_later_bits_of_a_window_say_nothing_more_of_a_target(name):
    rule = RULES[name]
    assert isinstance(rule, LaggedRule)
    assert max(rule.lags) <= BEFORE
    loss = least_loss_with_the_whole_window(rule)
    assert loss == pytest.approx(rule.best_loss(WINDOW))
    assert loss > rule.best_loss(None) + 0.01


def test_every_rule_but_the_autoregressive_ones_has_coin_flips_for_inputs():
    # This is why what comes later says nothing there.
    bit_rules = [rule for rule in RULES.values() if isinstance(rule, BitRule)]
    of_coins = [rule for rule in bit_rules if not rule.autoregressive]
    assert len(of_coins) > len(bit_rules) / 2
    for rule in of_coins:
        if isinstance(rule, MachineRule):
            assert rule.machine().reads_coins
        else:
            assert isinstance(rule, LaggedRule)


def drawn(settings: Settings, epoch: int, network: int = 0) -> int:
    return int(settings.data_generator(epoch, network).integers(2**62))


@pytest.mark.parametrize(
    ("settings", "epochs"), [(FRESH, [0, 1, 5]), (AGAIN, [0, 0, 0]), (SINE, [0, 1, 5])]
)
def test_bits_come_again_unless_they_are_fresh_and_samples_are_always_shuffled(settings, epochs):
    assert [settings.data_epoch(epoch) for epoch in (0, 1, 5)] == epochs
    assert len({drawn(settings, epoch) for epoch in (0, 1, 5)}) == len(set(epochs))


def test_the_generator_stays_what_it_was_so_that_links_keep_their_curves():
    assert drawn(FRESH, 4, network=2) == int(np.random.default_rng([8, 1, 4]).integers(2**62))


def test_networks_have_data_of_their_own_which_are_those_of_the_seeds_that_follow():
    assert drawn(FRESH, 3, network=1) == drawn(Settings(fresh_data=True, seed=7), 3)
    assert drawn(FRESH, 3, network=1) != drawn(FRESH, 3)
