"""Exercises: the same ones for ever, worth a student's time, with the answers of plain Python."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import pytest

from rnnlab.errors import SettingError
from rnnlab.handcheck.calculation import Entry, calculation
from rnnlab.handcheck.equations import equations
from rnnlab.handcheck.exercises import Exercise, exercise
from rnnlab.handcheck.levels import LEVELS

SEEDS = range(200)
EVERY_LEVEL = pytest.mark.parametrize("name", LEVELS)
IN_THE_HEAD = [name for name, each in LEVELS.items() if "calculator" not in each.sentence]


@cache
def all_of(name: str) -> list[Exercise]:
    return [exercise(name, seed) for seed in SEEDS]


def answers(one: Exercise) -> dict[str, float]:
    return {blank.key: blank.answer for blank in one.blanks}


def product(vector: Sequence[float], rows: Sequence[Sequence[float]], column: int) -> float:
    return sum(number * row[column] for number, row in zip(vector, rows, strict=True))


def sigmoid(s: float) -> float:
    return 1 / (1 + math.exp(-s))


def simple_rnn(one: Exercise) -> dict[str, float]:
    bench, found = one.bench, {}
    squash = {"linear": lambda a: a, "relu": lambda a: max(0.0, a), "tanh": math.tanh}
    h = list(bench.state[0])
    for t, x in enumerate(bench.inputs, 1):
        a = [
            product(x, bench.kernel, j) + product(h, bench.recurrent_kernel, j) + bench.bias[0][j]
            for j in range(len(h))
        ]
        h = [squash[bench.activation](each) for each in a]
        for j in range(len(h)):
            found |= {f"a_{t}_{j + 1}": a[j], f"h_{t}_{j + 1}": h[j]}
    return found


def lstm(one: Exercise) -> dict[str, float]:
    (w,), (u,), (b,) = one.bench.kernel, one.bench.recurrent_kernel, one.bench.bias
    found, h, c = {}, 0.0, 0.0
    for t, (x,) in enumerate(one.bench.inputs, 1):
        i, f, g, o = (x * w[k] + h * u[k] + b[k] for k in range(4))
        i, f, g, o = sigmoid(i), sigmoid(f), math.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * math.tanh(c)
        values = {"i": i, "f": f, "g": g, "o": o, "c": c, "h": h}
        found |= {f"{symbol}_{t}_1": value for symbol, value in values.items()}
    return found


def gru(one: Exercise) -> dict[str, float]:
    (w,), (u,), (b, d) = one.bench.kernel, one.bench.recurrent_kernel, one.bench.bias
    found, h = {}, 0.0
    for t, (x,) in enumerate(one.bench.inputs, 1):
        z = sigmoid(x * w[0] + b[0] + h * u[0] + d[0])
        r = sigmoid(x * w[1] + b[1] + h * u[1] + d[1])
        p = h * u[2] + d[2]
        n = math.tanh(x * w[2] + b[2] + r * p)
        h = z * h + (1 - z) * n
        values = {"z": z, "r": r, "p": p, "n": n, "h": h}
        found |= {f"{symbol}_{t}_1": value for symbol, value in values.items()}
    return found


def loss_of(one: Exercise, kernel: list, recurrent: list, bias: list) -> float:
    h = [0.0] * one.bench.units
    for x in one.bench.inputs:
        h = [product(x, kernel, j) + product(h, recurrent, j) + bias[j] for j in range(len(h))]
    return sum((h[j] - one.bench.target[0][j]) ** 2 for j in range(len(h))) / 2


def slopes(one: Exercise) -> dict[str, float]:
    """The gradients by trying: the loss is a polynomial of low degree, so this is near exact."""
    kernel = [list(row) for row in one.bench.kernel]
    recurrent = [list(row) for row in one.bench.recurrent_kernel]
    bias = list(one.bench.bias[0])
    found, little = {}, 1e-4
    rows = [("dW", i + 1, row) for i, row in enumerate(kernel)]
    rows += [("dU", i + 1, row) for i, row in enumerate(recurrent)] + [("db", 0, bias)]
    for symbol, number, row in rows:
        for j, before in enumerate(list(row)):
            row[j] = before + little
            more = loss_of(one, kernel, recurrent, bias)
            row[j] = before - little
            less = loss_of(one, kernel, recurrent, bias)
            row[j] = before
            place = f"{symbol}_0_{number}_{j + 1}" if number else f"{symbol}_0_{j + 1}"
            found[place] = (more - less) / (2 * little)
    return found


PLAIN = {"simple_rnn": simple_rnn, "lstm": lstm, "gru": gru}


@EVERY_LEVEL
def test_every_answer_is_that_of_a_plain_loop(name):
    for one in all_of(name)[:40]:
        plain = PLAIN[one.level.cell](one)
        forward = {k: v for k, v in answers(one).items() if not k.startswith("d")}
        assert forward == pytest.approx({k: plain[k] for k in forward}, abs=1e-12)
        assert {b.entry.symbol for b in one.blanks} >= set(
            equations(one.level.cell, one.level.activation)
        )


@pytest.mark.parametrize("name", [name for name, each in LEVELS.items() if each.backward])
def test_the_gradients_are_those_found_by_trying(name):
    for one in all_of(name)[:40]:
        tried = slopes(one)
        asked = answers(one)
        assert {key: asked[key] for key in tried} == pytest.approx(tried, abs=1e-4)
        last = one.level.timesteps
        for unit in range(1, one.level.units + 1):
            # dL/dh_1 = dL/dh_2 times the transposed U, and dL/dh_2 = h_2 - y.
            wrong = asked[f"h_{last}_{unit}"] - one.bench.target[0][unit - 1]
            assert asked[f"dh_{last}_{unit}"] == wrong
            row = one.bench.recurrent_kernel[unit - 1]
            above = [asked[f"dh_{last}_{other + 1}"] for other in range(len(row))]
            total = sum(a * b for a, b in zip(above, row, strict=True))
            assert asked[f"dh_{last - 1}_{unit}"] == total


def test_first_steps_with_seed_7_by_hand():
    one = exercise("first_steps", 7)
    assert one.bench.kernel == ((-1, -1),)
    assert one.bench.recurrent_kernel == ((-1, 1), (2, -1))
    assert one.bench.bias == ((0, 1),)
    assert one.bench.inputs == ((1,), (2,))
    # h_1 = [1·-1 + 0, 1·-1 + 1] = [-1, 0]
    # h_2 = [2·-1 + (-1·-1 + 0·2) + 0, 2·-1 + (-1·1 + 0·-1) + 1] = [-1, -2]
    assert answers(one) == {"h_1_1": -1, "h_1_2": 0, "h_2_1": -1, "h_2_2": -2}


def test_the_way_back_with_seed_7_by_hand():
    one = exercise("back", 7)
    assert one.bench.kernel == ((1,), (-1,))
    assert one.bench.recurrent_kernel == ((1,),)
    assert one.bench.bias == ((1,),)
    assert one.bench.inputs == ((2, 2), (2, 1))
    assert one.bench.target == ((1,),)
    assert answers(one) == {
        "h_1_1": 1,  # 2·1 + 2·-1 + 0·1 + 1
        "h_2_1": 3,  # 2·1 + 1·-1 + 1·1 + 1
        "dh_2_1": 2,  # 3 - 1
        "dh_1_1": 2,  # 2·1
        "dW_0_1_1": 8,  # 2·2 + 2·2
        "dW_0_2_1": 6,  # 2·2 + 1·2
        "dU_0_1_1": 2,  # 0·2 + 1·2
        "db_0_1": 4,  # 2 + 2
    }


@EVERY_LEVEL
def test_exercises_differ_from_seed_to_seed(name):
    drawn = [one.bench for one in all_of(name)]
    assert len(set(drawn)) == len(SEEDS)
    weights = {(one.kernel, one.recurrent_kernel, one.bias) for one in drawn}
    # One unit with two inputs has 4·4·4·4 = 256 different weights, less those that say nothing.
    assert len(weights) >= (100 if name == "back" else 195)


@EVERY_LEVEL
def test_weights_are_small_whole_numbers_and_every_one_of_them_comes_up(name):
    drawn = [one.bench for one in all_of(name)]
    weights = {
        value
        for one in drawn
        for matrix in (one.kernel, one.recurrent_kernel, one.bias)
        for row in matrix
        for value in row
    }
    assert weights == {-1, 0, 1, 2}


@EVERY_LEVEL
def test_an_exercise_is_worth_doing(name):
    for one in all_of(name):
        numbers = list(answers(one).values())
        assert max(map(abs, numbers)) < 100
        assert sum(number == 0 for number in numbers) <= len(numbers) / 2
        plain = PLAIN[one.level.cell](one)
        for t in range(1, one.level.timesteps + 1):
            assert any(plain[f"h_{t}_{unit}"] for unit in range(1, one.level.units + 1))


@pytest.mark.parametrize("name", IN_THE_HEAD)
def test_what_is_calculated_in_the_head_stays_whole(name):
    for one in all_of(name):
        assert all(number == int(number) for number in answers(one).values())


def test_relu_cuts_off_and_lets_through():
    for one in all_of("relu"):
        sums = {key: value for key, value in answers(one).items() if key.startswith("a")}
        assert min(sums.values()) < 0 < max(sums.values())


@pytest.mark.parametrize("name", ["gru", "lstm"])
def test_no_gate_is_as_good_as_shut_or_open(name):
    for one in all_of(name):
        gates = [blank for blank in one.blanks if blank.entry.symbol in "zrifo"]
        assert all(0.05 <= blank.answer <= 0.95 for blank in gates)


@EVERY_LEVEL
def test_each_answer_follows_from_the_ones_before_it(name):
    for one in all_of(name)[:20]:
        known = {place: number for place, number in one.numbers.items() if place.symbol == "x"}
        known |= {place: number for place, number in one.numbers.items() if place.step == 0}
        known = {place: n for place, n in known.items() if place.symbol in ("x", "h", "c")}
        for blank in one.blanks:
            found = calculation(one.bench, blank.entry, known.__getitem__).value
            assert found == pytest.approx(blank.answer, abs=1e-12)
            known[blank.entry] = found


@EVERY_LEVEL
def test_keys_name_each_blank_once(name):
    one = exercise(name, 3)
    assert len({blank.key for blank in one.blanks}) == len(one.blanks)


def test_a_key_says_step_row_and_unit():
    assert Entry("h", 2, 1).key == "h_2_1"
    assert Entry("dU", 0, 2, row=1).key == "dU_0_1_2"


@pytest.mark.parametrize(
    ("name", "seed", "says"),
    [("nowhere", 1, "first_steps"), ("tanh", -1, "-1"), ("tanh", 1_000_000, "999,999")],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(name, seed, says):
    with pytest.raises(SettingError, match=says):
        exercise(name, seed)
