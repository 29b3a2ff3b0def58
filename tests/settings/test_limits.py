"""How large a run may be: up to the limit, and not one bit, update or product further."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from rnnlab.errors import SettingError
from rnnlab.rules import RULES, Rule
from rnnlab.settings import Settings
from rnnlab.settings.limits import MAX_BITS, MAX_PRODUCTS, MAX_UPDATES, check_size
from tests.rules.cases import wobble

PAIR, TOY = RULES["pair"], RULES["toy"]


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


def test_a_small_run_is_allowed():
    check_size(Run())


@pytest.mark.parametrize(
    "most",
    [
        {"rows": 100, "length": MAX_BITS // 100},
        {"rows": 100, "length": MAX_BITS // 1000, "networks": 10},
        {"updates": MAX_UPDATES, "work_per_update": 1},
        {"updates": 1, "work_per_update": int(MAX_PRODUCTS)},
        {"updates": 1000, "work_per_update": int(MAX_PRODUCTS) // 1000},
    ],
    ids=str,
)
def test_a_run_as_large_as_can_be_is_allowed(most):
    check_size(Run(**most))


def test_one_bit_too_many_is_refused_with_the_number_of_them():
    assert refusal(rows=1, length=MAX_BITS + 1) == (
        "Rows times bits a row times networks may be at most 10,000,000, but it is 10,000,001."
    )


def test_every_network_has_bits_of_its_own():
    assert "it is 10,000,010." in refusal(rows=1, length=MAX_BITS // 10 + 1, networks=10)


def test_one_update_too_many_is_refused_with_the_number_of_them():
    said = refusal(updates=MAX_UPDATES + 1, work_per_update=1)
    assert "at most 500,000 updates" in said
    assert "ask for 500,001: take fewer epochs or a longer window." in said


def test_too_much_work_is_refused_with_how_much_it_is():
    assert "ask for 2.5 times the work" in refusal(updates=1000, work_per_update=int(1.5e9))


def test_a_run_that_does_nothing_is_refused_and_told_why():
    assert refusal(updates=0, window=101) == (
        "A window of 101 steps does not fit into rows of 100 bits."
    )
    said = refusal(updates=0, rows=40, data=TOY)
    assert said == "There are fewer samples than the 40 rows that one update takes."


def test_samples_are_not_counted_as_bits():
    check_size(Run(rows=500, length=20_000, networks=16, data=TOY))


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
    assert most.rows * most.length * most.networks == MAX_BITS
    most = Settings(rows=1, length=20_000, window=1, epochs=25, units=1)
    assert most.updates == MAX_UPDATES


def test_data_that_fill_no_batch_are_refused_in_words_that_fit_the_rule():
    with pytest.raises(SettingError, match="fewer samples than the 260 rows that one update takes"):
        Settings(rule="series", own=wobble(280), rows=260)


def test_rows_of_numbers_are_not_counted_in_bits():
    settings = Settings(rule="sine", rows=500, networks=16, epochs=1)
    assert settings.rows * settings.length * settings.networks > MAX_BITS
    assert settings.updates == 19
