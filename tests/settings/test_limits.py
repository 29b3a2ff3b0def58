"""How large a run may be, to the last bit, update and product; and how long it will take."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from rnnlab.errors import SettingError
from rnnlab.presets import PRESETS
from rnnlab.rules import RULES, Rule
from rnnlab.settings import Settings, limits
from rnnlab.settings.limits import MAX_BITS, MAX_PRODUCTS, MAX_UPDATES, check_size
from tests.rules.cases import wobble

PAIR, TOY = RULES["pair"], RULES["toy"]
BASE = {"rows": 50, "length": 1000, "window": 10, "units": 8, "layers": 1, "epochs": 5}


@dataclass
class Run:
    """As much of settings as a limit looks at."""

    rows: int = 10
    length: int = 100
    window: int = 5
    networks: int = 1
    data: Rule = PAIR
    updates: int = 20
    work_per_update: int = 1000


def refusal(**values: object) -> str:
    with pytest.raises(SettingError) as refused:
        check_size(Run(**values))
    return str(refused.value)


@pytest.mark.parametrize(
    "largest",
    [
        {"rows": 100, "length": MAX_BITS // 100},
        {"rows": 100, "length": MAX_BITS // 1000, "networks": 10},
        {"updates": MAX_UPDATES, "work_per_update": 1},
        {"updates": 1, "work_per_update": int(MAX_PRODUCTS)},
    ],
    ids=str,
)
def test_a_run_as_large_as_can_be_is_allowed(largest):
    check_size(Run(**largest))


def test_one_bit_too_many_is_refused_with_the_number_of_them():
    assert refusal(rows=1, length=MAX_BITS + 1) == (
        "Rows times bits a row times networks may be at most 10,000,000, but it is 10,000,001."
    )


def test_one_update_too_many_is_refused_with_the_number_of_them():
    said = refusal(updates=MAX_UPDATES + 1, work_per_update=1)
    assert "at most 500,000 updates" in said
    assert "ask for 500,001: take fewer epochs or a longer window." in said


def test_a_run_that_does_nothing_is_refused_and_told_why():
    assert refusal(updates=0, window=101) == (
        "A window of 101 steps does not fit into rows of 100 bits."
    )
    said = refusal(updates=0, rows=40, data=TOY)
    assert said == "There are fewer samples than the 40 rows that one update takes."


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"rows": 1, "length": 20_000, "window": 1, "epochs": 26, "units": 1},
            "at most 500,000 updates, but these settings ask for 520,000: take",
        ),
        (
            {"rows": 500, "length": 10_000, "window": 100, "epochs": 200, "units": 64},
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


def test_data_that_fill_no_batch_are_refused_in_words_that_fit_the_rule():
    with pytest.raises(SettingError, match="fewer samples than the 260 rows that one update takes"):
        Settings(rule="series", own=wobble(280), rows=260)


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


def test_twice_the_epochs_take_twice_the_time_but_for_the_compiler():
    once, twice = (limits.seconds(Settings.of(BASE | {"epochs": n})) for n in (50, 100))
    assert twice - limits.SECONDS_TO_START == pytest.approx(2 * (once - limits.SECONDS_TO_START))


def test_the_largest_run_takes_minutes_and_no_preset_more_than_one():
    assert 120 < limits.MAX_PRODUCTS * limits.SECONDS_PER_PRODUCT < 1200
    for preset in PRESETS.values():
        assert limits.seconds(preset.settings) < 60, preset.name


def test_a_step_costs_time_however_little_there_is_to_compute():
    # One row and one unit: 8 products a step, some nanoseconds; the loop itself takes longer.
    tiny = Settings(rows=1, units=1, window=100, length=20_000, epochs=100)
    update = (limits.seconds(tiny) - limits.SECONDS_TO_START) / tiny.updates
    assert update > tiny.work_per_update * limits.SECONDS_PER_PRODUCT + 10e-6
