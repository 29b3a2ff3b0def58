"""The settings of a run: one value for one run, however it was given."""

from __future__ import annotations

import dataclasses
import math
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.cells import CELLS
from rnnlab.errors import SettingError
from rnnlab.limits import MOST_BITS, MOST_UPDATES
from rnnlab.network import Network
from rnnlab.presets import PRESETS
from rnnlab.rules import RULES, BitRule
from rnnlab.settings import CLIPS, KNOBS, LEARNING_RATES, Settings, knobs_for
from tests.rules.found import TYPED, wobble

ECHO = {"rule": "echo", "delay": 7, "rows": 5, "window": 15, "carry_state": False}


WITHOUT_OWN_NUMBERS = [name for name in RULES if name != "series"]
SAMPLES = [name for name, each in RULES.items() if not isinstance(each, BitRule)]


@st.composite
def valid_settings(draw: st.DrawFn) -> Settings:
    """Settings with some knobs turned, small enough to be allowed in any combination."""
    rule = draw(st.sampled_from(WITHOUT_OWN_NUMBERS))
    small = {"rows": 3, "epochs": 1, "length": 100}
    values = {"rule": rule} | {name: small[name] for name in small if name in knobs_for(rule)}
    for name, knob in knobs_for(rule).items():
        if name in values or draw(st.booleans()):
            continue
        if knob.choices or isinstance(knob.default, bool):
            values[name] = draw(st.sampled_from(knob.choices or (True, False)))
        elif isinstance(knob.default, str):
            values[name] = draw(st.sampled_from(TYPED[name]))
        elif isinstance(knob.default, float):
            values[name] = draw(st.sampled_from([knob.low, knob.step, 0.3, knob.high]))
        else:
            values[name] = draw(st.integers(int(knob.low), int(knob.high)))
    return Settings.of(values)


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


@given(valid_settings())
def test_settings_survive_a_journey_to_another_process(settings):
    back = pickle.loads(pickle.dumps(settings))
    assert back == settings
    assert hash(back) == hash(settings)


@given(valid_settings())
def test_values_make_the_same_settings_again(settings):
    assert Settings.of(settings.values) == settings
    assert list(settings.values) == list(knobs_for(settings.rule))


@given(valid_settings())
def test_the_link_leads_back_to_the_run(settings):
    query = settings.to_query()
    assert all(isinstance(text, str) for text in query.values())
    knobs = knobs_for(query.get("rule", KNOBS["rule"].default))
    values = {}
    for name, text in query.items():
        kind = type(knobs[name].default)
        values[name] = text == "true" if kind is bool else kind(text)
        assert values[name] != knobs[name].default, "a link holds no defaults"
    assert Settings.of(values) == settings


def test_typed_text_is_part_of_the_run_and_of_its_link():
    typed = {"rule": "own", "expression": "x[t-1] xor x[t-2]", "noise": 0.05}
    settings = Settings.of(typed)
    assert settings.parameters == (("expression", "x[t-1] xor x[t-2]"),)
    assert settings.to_query() == typed | {"noise": "0.05"}
    with pytest.raises(SettingError, match=r"Your rule must be a word, but it is 3\.5"):
        Settings.of(typed | {"expression": 3.5})


@pytest.mark.parametrize("rule", SAMPLES)
def test_knobs_that_a_rule_settles_take_its_value_whatever_is_given(rule):
    given = {"length": 5000, "fresh_data": True, "noise": 0.2, "carry_state": True}
    own = wobble() if rule == "series" else None
    plain, turned = (Settings(rule=rule, own=own, rows=3, **values) for values in ({}, given))
    assert turned == plain
    assert (turned.length, turned.fresh_data, turned.carry_state) == (2000, False, False)
    assert turned.noise == 0
    assert not given.keys() & turned.values.keys()
    assert not given.keys() & turned.to_query().keys()


def test_the_toy_also_settles_the_rows_and_the_window():
    toy = Settings(rule="toy", rows=77, window=9)
    assert (toy.rows, toy.window) == (3, 3)
    assert toy.to_query() == {"rule": "toy"}
    open_knobs = set(KNOBS) - {"length", "fresh_data", "noise", "carry_state", "rows", "window"}
    assert set(toy.values) == open_knobs


def test_a_settled_knob_is_still_checked():
    with pytest.raises(SettingError, match="Window must be between 1 and 100, but it is 101"):
        Settings(rule="toy", window=101)


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
    assert "flipped with probability 0.2" in Settings(noise=0.2).bit_rule.sentence


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


def test_the_link_holds_only_what_differs_from_the_defaults():
    assert Settings().to_query() == {}
    assert Settings.of(ECHO | {"delay": 3}).to_query() == {
        "rule": "echo",
        "rows": "5",
        "window": "15",
        "carry_state": "false",
    }
    assert Settings.of(ECHO).to_query()["delay"] == "7"
    assert Settings(learning_rate=0.0001).to_query() == {"learning_rate": "0.0001"}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"noise": 0.51}, "Noise must be between 0.0 and 0.5, but it is 0.51."),
        ({"rows": 0}, "Rows must be between 1 and 500, but it is 0."),
        ({"rows": 501}, "Rows must be between 1 and 500, but it is 501."),
        ({"rows": math.nan}, "Rows must be between 1 and 500, but it is nan."),
        ({"rows": math.inf}, "Rows must be between 1 and 500, but it is inf."),
        ({"length": 99}, "Bits a row must be between 100 and 20000, but it is 99."),
        ({"window": 101}, "Window must be between 1 and 100, but it is 101."),
        ({"units": 2.5}, "Units must be a whole number, but it is 2.5."),
        ({"epochs": 10**30}, f"Epochs must be between 1 and 5000, but it is {10**30}."),
        ({"layers": 4}, "Layers must be between 1 and 3, but it is 4."),
        ({"dropout": 0.9}, "Dropout must be between 0.0 and 0.8, but it is 0.9."),
        ({"networks": 17}, "Networks must be between 1 and 16, but it is 17."),
        (
            {"clip": 0.2},
            "Clip gradients at must be one of 0.0, 0.1, 0.3, 1.0, 3.0, 10.0, but it is 0.2.",
        ),
        ({"seed": -1}, "Seed must be between 0 and 9999, but it is -1."),
        ({"lag": 0}, "Lag must be between 1 and 20, but it is 0."),
        ({"delay": 3}, "The rule 'pair' has no parameter called 'delay'; it has lag."),
        ({"colour": 3}, "The rule 'pair' has no parameter called 'colour'; it has lag."),
        ({"fresh_data": "yes"}, "New data every epoch must be yes or no, but it is 'yes'."),
    ],
)
def test_bad_values_are_refused_in_a_sentence(values, sentence):
    with pytest.raises(SettingError) as refusal:
        Settings.of(values)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("name", ["rule", "cell", "activation", "optimizer", "learning_rate"])
def test_a_choice_that_there_is_not_is_refused_with_the_ones_there_are(name):
    with pytest.raises(SettingError) as refusal:
        Settings.of({name: "maroon"})
    said = str(refusal.value)
    assert said.startswith(f"{KNOBS[name].label} must be one of ")
    assert said.endswith("but it is 'maroon'.")
    assert all(str(choice) in said for choice in KNOBS[name].choices)


def test_the_learning_rates_rise_by_equal_looking_steps():
    assert LEARNING_RATES[:6] == (0.0001, 0.0002, 0.0003, 0.0005, 0.001, 0.002)
    assert LEARNING_RATES[-4:] == (1.0, 2.0, 3.0, 5.0)
    assert {0.3, 0.01} < set(LEARNING_RATES), "the articles' own"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"rows": 500, "length": 20_000, "networks": 2},
            "at most 10,000,000, but it is 20,000,000",
        ),
        (
            {"rows": 250, "length": 20_000, "networks": 3},
            "at most 10,000,000, but it is 15,000,000",
        ),
        (
            {"rows": 1, "length": 20_000, "window": 1, "epochs": 26, "units": 1},
            "at most 500,000 updates, but these settings ask for 520,000: take",
        ),
        (
            {"rows": 500, "length": 10_000, "window": 100, "epochs": 200, "units": 64},
            "ask for 7.9 times the work",
        ),
        (
            {"rows": 50, "length": 10_000, "window": 100, "epochs": 200, "units": 64}
            | {"networks": 10},
            "ask for 7.9 times the work",
        ),
        (
            {"rows": 500, "length": 10_000, "window": 100, "epochs": 20, "units": 64, "layers": 3}
            | {"cell": "lstm"},
            "ask for 14.0 times the work",
        ),
    ],
)
def test_runs_that_are_too_large_are_refused_with_the_size(values, words):
    # A SimpleRNN of 64 units and its read-out have 64 + 64^2 + 64 + 130 = 4,354 weights, and 6 * 64
    # products more a step: 500 rows x 10,000 steps x 200 epochs x 4,738 = 7.90 times 6e11.
    # Three LSTM layers have 256 * (66 + 2 * 129) + 130 = 83,074, and 6 * 64 * 3 products
    # more: 14.04 times.
    with pytest.raises(SettingError) as refusal:
        Settings.of(values)
    assert words in str(refusal.value)


def test_runs_as_large_as_can_be_are_allowed():
    most = Settings(rows=250, length=20_000, window=100, epochs=1, units=1, networks=2)
    assert most.rows * most.length * most.networks == MOST_BITS
    most = Settings(rows=1, length=20_000, window=1, epochs=25, units=1)
    assert most.updates == MOST_UPDATES


def test_data_that_fill_no_batch_are_refused_in_words_that_fit_the_rule():
    with pytest.raises(SettingError, match="fewer samples than the 260 rows that one update takes"):
        Settings(rule="series", own=wobble(280), rows=260)


@pytest.mark.parametrize("rule", ["sine", "toy"])
def test_updates_of_numbers_are_whole_batches_times_epochs(rule):
    settings = Settings(rule=rule, rows=250, window=10, epochs=4)
    per_epoch = {"sine": 39, "toy": 1}[rule]  # 9,990 samples; 39 * 250 = 9,750
    assert settings.updates_per_epoch == per_epoch
    assert settings.updates == 4 * per_epoch


def test_rows_of_numbers_are_not_counted_in_bits():
    settings = Settings(rule="sine", rows=500, networks=16, epochs=1)
    assert settings.rows * settings.length * settings.networks > MOST_BITS
    assert settings.updates == 19


def test_clips_are_norms_and_zero():
    assert CLIPS[0] == KNOBS["clip"].default == 0
    assert list(CLIPS) == sorted(CLIPS)


def test_updates_are_whole_windows_times_epochs():
    settings = Settings(length=2000, window=15, epochs=4)
    assert settings.updates_per_epoch == 133  # 133 * 15 = 1995
    assert settings.updates == 532


@pytest.mark.parametrize("rule", RULES)
def test_every_knob_has_words_and_a_default_that_fits(rule):
    for name, knob in knobs_for(rule).items():
        assert knob.label[0].isupper(), name
        assert len(knob.label) <= 25, name
        assert knob.help.endswith("."), name
        assert knob.topic in {"data", "network", "training"}
        assert knob.check(knob.default) == knob.default
        if not knob.choices and not isinstance(knob.default, bool | str):
            assert knob.low <= knob.default <= knob.high


@pytest.mark.parametrize("rule", RULES)
def test_the_knobs_of_a_rule_come_right_after_the_choice_of_it(rule):
    names = list(knobs_for(rule))
    own = list(RULES[rule].knobs)
    assert names[: 1 + len(own)] == ["rule", *own]
    assert set(names) == set(own) | set(KNOBS) - set(RULES[rule].settled)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))
def test_the_settings_of_a_preset_are_valid_and_its_link_leads_to_them(preset):
    assert Settings.of(preset.settings.values) == preset.settings
    assert preset.settings.updates > 0
