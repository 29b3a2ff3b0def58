"""How large a run may be: up to the limit, and not one bit, update or product further."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from rnnlab.errors import SettingError
from rnnlab.limits import MOST_BITS, MOST_UPDATES, MOST_WORK, check_size
from rnnlab.rules import Rule, rule

PAIR, TOY = rule("pair"), rule("toy")


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
        {"rows": 100, "length": MOST_BITS // 100},
        {"rows": 100, "length": MOST_BITS // 1000, "networks": 10},
        {"updates": MOST_UPDATES, "work_per_update": 1},
        {"updates": 1, "work_per_update": int(MOST_WORK)},
        {"updates": 1000, "work_per_update": int(MOST_WORK) // 1000},
    ],
    ids=str,
)
def test_a_run_as_large_as_can_be_is_allowed(most):
    check_size(Run(**most))


def test_one_bit_too_many_is_refused_with_the_number_of_them():
    assert refusal(rows=1, length=MOST_BITS + 1) == (
        "Rows times bits a row times networks may be at most 10,000,000, but it is 10,000,001."
    )


def test_every_network_has_bits_of_its_own():
    assert "it is 10,000,010." in refusal(rows=1, length=MOST_BITS // 10 + 1, networks=10)


def test_one_update_too_many_is_refused_with_the_number_of_them():
    said = refusal(updates=MOST_UPDATES + 1, work_per_update=1)
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
