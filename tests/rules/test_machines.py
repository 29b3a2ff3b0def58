"""Rules that are state machines: floors against enumeration, closed forms, and loops."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.rules import beliefs, filtering
from rnnlab.rules.counting import CountingRule
from rnnlab.rules.latch import LatchRule
from rnnlab.rules.state_machine import Machine, MachineState
from rnnlab.rules.xor_in_time import XorInTimeRule
from rnnlab.theory import binary_entropy
from tests.rules.cases import EVERY_MACHINE_SETTING

LN2 = math.log(2)
LONGEST = 7

COIN = Machine.of(MachineState("only", "only", "only", output=0.25))
EVEN_ODD = Machine.of(
    MachineState("even", "even", "odd", output=0.0), MachineState("odd", "odd", "even", output=1.0)
)


def enumerated(machine: Machine, start: np.ndarray, window: int) -> list[float]:
    """The best loss at each step, by every first state and every string of bits, one by one."""
    ones: list[dict[tuple[int, ...], float]] = [{} for _ in range(window)]
    come: list[dict[tuple[int, ...], float]] = [{} for _ in range(window)]
    for first, bits in product(range(len(start)), product((0, 1), repeat=window)):
        state, chance = first, start[first] / 2**window
        for step, bit in enumerate(bits):
            chance *= 2 * (machine.ones[state] if bit else 1 - machine.ones[state])
            state = machine.after[bit][state]
            # Each beginning of a string is met once for every way in which it can go on.
            seen = bits[: step + 1]
            come[step][seen] = come[step].get(seen, 0.0) + chance
            ones[step][seen] = ones[step].get(seen, 0.0) + chance * machine.outputs[state]
    return [
        sum(
            weight * binary_entropy(min(1.0, ones[step][seen] / weight))
            for seen, weight in come[step].items()
            if weight > 0
        )
        for step in range(window)
    ]


@EVERY_MACHINE_SETTING
def test_the_floors_are_those_of_every_string_one_by_one(rule):
    machine = rule.machine()
    for start in (machine.start, rule.before):
        by_step = beliefs.in_window(machine, start, LONGEST).losses_by_step
        assert by_step == pytest.approx(enumerated(machine, start, LONGEST), abs=1e-9)


@pytest.mark.parametrize("window", [1, 2, 5, 10, 20, 50])
def test_the_latch_in_windows_by_hand(window):
    # Step k is undecided if k bits go up and down: 2^(1-k). Then it is what the first bit says two
    # times in three: 1/2 + 1/8 + 1/32 + ...
    by_hand = binary_entropy(1 / 3) * (2 - 2.0 ** (1 - window)) / window
    assert LatchRule().best_loss(window) == pytest.approx(by_hand, abs=1e-12)


@pytest.mark.parametrize("most", [2, 10, 20])
def test_counting_by_hand(most):
    # A block has ln(most) nats to tell and most + 1 bits on average. Who does not count the ones
    # is asked again by the zeros. Who sees the last bit knows that a run ends once in (most + 1)/2.
    rule = CountingRule(most)
    assert rule.best_loss() == pytest.approx(math.log(most) / (most + 1), abs=1e-9)
    parts = [part.loss for part in rule.partial_predictors().values()]
    by_hand = [binary_entropy(2 / (most + 1)), 2 * math.log(most) / (most + 1)]
    assert parts == pytest.approx(by_hand, abs=1e-9)


def phases_one_by_one(window: int) -> float:
    """The best loss at the last step, by three phases and every string, with no machine."""
    come: dict[tuple[int, ...], float] = {}
    ones: dict[tuple[int, ...], float] = {}
    for phase, coins in product(range(3), product((0, 1), repeat=window + 3)):
        bits: list[int] = []
        for place, coin in enumerate(coins):
            bits.append(bits[-2] ^ bits[-1] if place % 3 == 2 else coin)
        seen, following = tuple(bits[phase : phase + window]), bits[phase + window]
        come[seen] = come.get(seen, 0) + 1
        ones[seen] = ones.get(seen, 0) + following
    total = sum(come.values())
    return sum(n / total * binary_entropy(ones[seen] / n) for seen, n in come.items())


def test_exclusive_or_in_time_without_the_phase():
    steps = [phases_one_by_one(window) for window in range(1, 11)]
    assert XorInTimeRule().best_loss(10) == pytest.approx(np.mean(steps), abs=1e-9)
    assert XorInTimeRule().best_loss() == pytest.approx(2 / 3 * LN2)


@pytest.mark.parametrize(
    ("rule", "window", "loss"),
    [
        (LatchRule(), 5, 0.247),
        (LatchRule(), 10, 0.127),
        (LatchRule(), 20, 0.064),
        (CountingRule(), None, 0.2093),
        (XorInTimeRule(), None, 0.4621),
        (XorInTimeRule(), 10, 0.5782),
    ],
)
def test_the_best_losses_of_the_table(rule, window, loss):
    digits = len(f"{loss}".split(".")[1])
    assert rule.best_loss(window) == pytest.approx(loss, abs=0.51 * 10**-digits)


def test_the_latch_is_what_a_loop_over_pairs_says():
    drawn = LatchRule().generate(np.random.default_rng(1), 5_000)
    on = None
    for t in range(1, 5_000):
        if drawn.inputs[t] == drawn.inputs[t - 1]:
            on = drawn.inputs[t]
        assert on is None or drawn.targets[t] == on


def test_every_block_has_as_many_zeros_as_ones_and_all_numbers_come():
    s = "".join(map(str, CountingRule(4).generate(np.random.default_rng(2), 20_000).inputs))
    blocks = s[s.index("01") + 1 : s.rindex("01") + 1].replace("01", "0 1").split()
    sizes = [block.count("1") for block in blocks]
    assert all(block == "1" * n + "0" * n for block, n in zip(blocks, sizes, strict=True))
    shares = np.bincount(sizes, minlength=5)[1:] / len(sizes)
    np.testing.assert_allclose(shares, 1 / 4, atol=4 * 0.5 / math.sqrt(len(sizes)))


def test_every_third_bit_says_whether_the_two_before_it_differ():
    s = XorInTimeRule().generate(np.random.default_rng(3), 3_000).inputs
    obeyed = [
        all(s[t] == s[t - 1] ^ s[t - 2] for t in range(phase + 2, 3_000, 3)) for phase in range(3)
    ]
    assert sum(obeyed) == 1


def test_a_series_begins_in_any_phase():
    begins = [
        XorInTimeRule().generate(np.random.default_rng(seed), 300).inputs for seed in range(600)
    ]
    phases = [
        next(p for p in range(3) if all(s[t] == s[t - 1] ^ s[t - 2] for t in range(p + 2, 300, 3)))
        for s in begins
    ]
    np.testing.assert_allclose(np.bincount(phases) / 600, 1 / 3, atol=4 * 0.5 / math.sqrt(600))


@EVERY_MACHINE_SETTING
@pytest.mark.parametrize("string", [None, 7])
def test_the_series_is_that_of_a_loop(rule, string):
    machine, luck = rule.machine(), np.random.default_rng(4).random(1_000)
    bits, states = machine.run(luck, string)
    state = 0
    for t, number in enumerate(luck):
        state = 0 if string and t % string == 0 else state
        assert bits[t] == (number < machine.ones[state])
        state = machine.after[bits[t]][state]
        assert states[t] == state


def test_a_parity_is_known_from_its_beginning_and_never_else():
    assert beliefs.whole_past(EVEN_ODD).loss == pytest.approx(LN2)
    assert beliefs.in_window(EVEN_ODD, EVEN_ODD.stationary, 9).loss == pytest.approx(LN2)
    assert beliefs.in_window(EVEN_ODD, EVEN_ODD.start, 9).loss == 0


def test_states_that_merge_are_told_apart_though_they_make_the_same_bits():
    # Two equal bits lead to the same state from anywhere, as in the latch.
    assert beliefs.whole_past(LatchRule().machine()).loss == 0


def test_states_that_only_the_limit_tells_apart():
    # The chances of a 1 are 0.4 and 0.6 for ever: no string tells which, and all of them do.
    slow = Machine.of(
        MachineState("a", on_0="b", on_1="b", ones=0.4, output=0.0),
        MachineState("b", on_0="a", on_1="a", ones=0.6, output=1.0),
    )
    floors = [beliefs.in_window(slow, slow.stationary, window).losses_by_step[-1]
              for window in (1, 20, 60)]  # fmt: skip
    assert floors[0] > floors[1] > floors[2] > 0
    assert beliefs.whole_past(slow).loss == 0


def test_a_part_that_is_left_for_ever_is_never_met_again():
    started = Machine.of(
        MachineState("start", "low", "high", output=0.5),
        MachineState("low", "high", "low", output=0.0),
        MachineState("high", "low", "high", output=1.0),
    )
    assert started.stationary == pytest.approx([0, 0.5, 0.5])


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        ((), "at least one state"),
        ((MachineState("a", "a", "b"),), "leads to “b”, and there is no such state"),
        ((MachineState("a", "a", "a"), MachineState("a", "a", "a")), "Two states are called “a”"),
        ((MachineState("a", "a", "a", ones=1.5),), "between 0 and 1, but in “a” it is 1.5"),
        (
            (MachineState("a", "a", "b"), MachineState("b", "a", "a", output=1.0)),
            "all must, or none",
        ),
    ],
)
def test_what_is_no_machine_is_refused_with_the_reason(states, sentence):
    with pytest.raises(SettingError, match=sentence):
        Machine(states)


def test_two_parts_without_a_way_back_have_no_long_run():
    split = Machine.of(
        MachineState("start", "left", "right", output=0.5),
        MachineState("left", "left", "left", output=0.0),
        MachineState("right", "right", "right", output=1.0),
    )
    with pytest.raises(SettingError, match="two parts that it never leaves"):
        _ = split.stationary


def random_machine(rng: np.random.Generator, n: int) -> Machine:
    names = [str(number) for number in range(n)]
    return Machine(
        tuple(
            MachineState(name, *rng.choice(names, 2), rng.choice([0.25, 0.5, 0.75]), rng.random())
            for name in names
        )
    )


@given(st.integers(0, 10**6), st.integers(1, 4))
def test_any_machine_has_the_floors_of_every_string(seed, n):
    machine = random_machine(np.random.default_rng(seed), n)
    by_step = beliefs.in_window(machine, machine.start, 5).losses_by_step
    assert by_step == pytest.approx(enumerated(machine, machine.start, 5), abs=1e-9)


def test_in_the_long_run_who_filters_reaches_the_floor_of_the_whole_past():
    rng = np.random.default_rng(6)
    tried = 0
    while tried < 8:
        machine = random_machine(rng, 3)
        if (machine.stationary > 0).sum() < 3:
            continue
        tried += 1
        bits, states = machine.run(rng.random(60_000))
        targets = rng.random(60_000) < machine.outputs[states]
        chances = filtering.target_probabilities(machine, machine.start, bits)[1_000:]
        lost = -np.log(np.where(targets[1_000:], chances, 1 - chances))
        error = 4 * lost.std() / math.sqrt(lost.size)
        assert abs(lost.mean() - beliefs.whole_past(machine).loss) <= 1.5 * error


def test_an_unrolled_machine_begins_again_with_each_string():
    endless = EVEN_ODD.unrolled(3)
    bits, states = endless.run(np.random.default_rng(7).random(300))
    # It begins before its first bit with one bit of the string gone by.
    bits, states = bits[2:], states[2:]
    for begin in range(0, 297, 3):
        string = bits[begin : begin + 3]
        said = [endless.outputs[state] for state in states[begin : begin + 3]]
        assert said == [string[: k + 1].sum() % 2 for k in range(3)]


def test_a_coin_says_the_same_whatever_came():
    assert beliefs.whole_past(COIN).loss == pytest.approx(binary_entropy(0.25))
    exact, come = beliefs.last_bits(COIN, (2, 0))
    assert (exact.ravel().tolist(), come.ravel().tolist()) == ([0.25] * 4, [0.25] * 4)


def test_noise_is_added_to_what_is_said():
    noisy = replace(LatchRule(), noise=0.1)
    assert noisy.best_loss() == pytest.approx(binary_entropy(0.1))
