"""Exercises: the same ones for ever, worth a student's time, with the answers of plain Python."""

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


def answers(drawn: Exercise) -> dict[str, float]:
    return {blank.key: blank.answer for blank in drawn.blanks}


def product(vector: Sequence[float], rows: Sequence[Sequence[float]], column: int) -> float:
    return sum(number * row[column] for number, row in zip(vector, rows, strict=True))


def sigmoid(s: float) -> float:
    return 1 / (1 + math.exp(-s))


def simple_rnn(drawn: Exercise) -> dict[str, float]:
    bench, numbers = drawn.bench, {}
    squash = {"linear": lambda a: a, "relu": lambda a: max(0.0, a), "tanh": math.tanh}
    h = list(bench.state[0])
    for t, x in enumerate(bench.inputs, 1):
        a = [
            product(x, bench.kernel, j) + product(h, bench.recurrent_kernel, j) + bench.bias[0][j]
            for j in range(len(h))
        ]
        h = [squash[bench.activation](each) for each in a]
        for j in range(len(h)):
            numbers |= {f"a_{t}_{j + 1}": a[j], f"h_{t}_{j + 1}": h[j]}
    return numbers


def lstm(drawn: Exercise) -> dict[str, float]:
    (w,), (u,), (b,) = drawn.bench.kernel, drawn.bench.recurrent_kernel, drawn.bench.bias
    numbers, h, c = {}, 0.0, 0.0
    for t, (x,) in enumerate(drawn.bench.inputs, 1):
        i, f, g, o = (x * w[k] + h * u[k] + b[k] for k in range(4))
        i, f, g, o = sigmoid(i), sigmoid(f), math.tanh(g), sigmoid(o)
        c = f * c + i * g
        h = o * math.tanh(c)
        values = {"i": i, "f": f, "g": g, "o": o, "c": c, "h": h}
        numbers |= {f"{symbol}_{t}_1": value for symbol, value in values.items()}
    return numbers


def gru(drawn: Exercise) -> dict[str, float]:
    (w,), (u,), (b, d) = drawn.bench.kernel, drawn.bench.recurrent_kernel, drawn.bench.bias
    numbers, h = {}, 0.0
    for t, (x,) in enumerate(drawn.bench.inputs, 1):
        z = sigmoid(x * w[0] + b[0] + h * u[0] + d[0])
        r = sigmoid(x * w[1] + b[1] + h * u[1] + d[1])
        p = h * u[2] + d[2]
        n = math.tanh(x * w[2] + b[2] + r * p)
        h = z * h + (1 - z) * n
        values = {"z": z, "r": r, "p": p, "n": n, "h": h}
        numbers |= {f"{symbol}_{t}_1": value for symbol, value in values.items()}
    return numbers


def loss_of(drawn: Exercise, kernel: list, recurrent: list, bias: list) -> float:
    h = [0.0] * drawn.bench.units
    for x in drawn.bench.inputs:
        h = [product(x, kernel, j) + product(h, recurrent, j) + bias[j] for j in range(len(h))]
    return sum((h[j] - drawn.bench.target[0][j]) ** 2 for j in range(len(h))) / 2


def slopes(drawn: Exercise) -> dict[str, float]:
    """The gradients by trying: the loss is a polynomial of low degree, so this is near exact."""
    kernel = [list(row) for row in drawn.bench.kernel]
    recurrent = [list(row) for row in drawn.bench.recurrent_kernel]
    bias = list(drawn.bench.bias[0])
    result, shift = {}, 1e-4
    rows = [("dW", i + 1, row) for i, row in enumerate(kernel)]
    rows += [("dU", i + 1, row) for i, row in enumerate(recurrent)] + [("db", 0, bias)]
    for symbol, number, row in rows:
        for j, value in enumerate(list(row)):
            row[j] = value + shift
            more = loss_of(drawn, kernel, recurrent, bias)
            row[j] = value - shift
            less = loss_of(drawn, kernel, recurrent, bias)
            row[j] = value
            key = f"{symbol}_0_{number}_{j + 1}" if number else f"{symbol}_0_{j + 1}"
            result[key] = (more - less) / (2 * shift)
    return result


PLAIN = {"simple_rnn": simple_rnn, "lstm": lstm, "gru": gru}


@EVERY_LEVEL
def test_every_answer_is_that_of_a_plain_loop(name):
    for drawn in all_of(name)[:12]:
        plain = PLAIN[drawn.level.cell](drawn)
        forward = {k: v for k, v in answers(drawn).items() if not k.startswith("d")}
        assert forward == pytest.approx({k: plain[k] for k in forward}, abs=1e-12)
        assert {b.entry.symbol for b in drawn.blanks} >= set(
            equations(drawn.level.cell, drawn.level.activation)
        )


@pytest.mark.parametrize("name", [name for name, each in LEVELS.items() if each.backward])
def test_the_gradients_are_those_found_by_trying(name):
    for drawn in all_of(name)[:12]:
        tried = slopes(drawn)
        own = answers(drawn)
        assert {key: own[key] for key in tried} == pytest.approx(tried, abs=1e-4)
        last = drawn.level.timesteps
        for unit in range(1, drawn.level.units + 1):
            # dL/dh_1 = dL/dh_2 times the transposed U, and dL/dh_2 = h_2 - y.
            wrong = own[f"h_{last}_{unit}"] - drawn.bench.target[0][unit - 1]
            assert own[f"dh_{last}_{unit}"] == wrong
            row = drawn.bench.recurrent_kernel[unit - 1]
            above = [own[f"dh_{last}_{other + 1}"] for other in range(len(row))]
            total = sum(a * b for a, b in zip(above, row, strict=True))
            assert own[f"dh_{last - 1}_{unit}"] == total


def test_first_steps_with_seed_7_by_hand():
    drawn = exercise("first_steps", 7)
    assert drawn.bench.kernel == ((-1, -1),)
    assert drawn.bench.recurrent_kernel == ((-1, 1), (2, -1))
    assert drawn.bench.bias == ((0, 1),)
    assert drawn.bench.inputs == ((1,), (2,))
    # h_1 = [1·-1 + 0, 1·-1 + 1] = [-1, 0]
    # h_2 = [2·-1 + (-1·-1 + 0·2) + 0, 2·-1 + (-1·1 + 0·-1) + 1] = [-1, -2]
    assert answers(drawn) == {"h_1_1": -1, "h_1_2": 0, "h_2_1": -1, "h_2_2": -2}


def test_the_way_back_with_seed_7_by_hand():
    drawn = exercise("back", 7)
    assert drawn.bench.kernel == ((1,), (-1,))
    assert drawn.bench.recurrent_kernel == ((1,),)
    assert drawn.bench.bias == ((1,),)
    assert drawn.bench.inputs == ((2, 2), (2, 1))
    assert drawn.bench.target == ((1,),)
    assert answers(drawn) == {
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
def test_exercises_differ_from_seed_to_seed_and_draw_every_small_number(name):
    benches = [drawn.bench for drawn in all_of(name)]
    assert len(set(benches)) == len(SEEDS)
    weights = {(bench.kernel, bench.recurrent_kernel, bench.bias) for bench in benches}
    # One unit with two inputs has 4·4·4·4 = 256 different weights, less those that say nothing.
    assert len(weights) >= (100 if name == "back" else 195)
    numbers = {value for matrices in weights for rows in matrices for row in rows for value in row}
    assert numbers == {-1, 0, 1, 2}


@EVERY_LEVEL
def test_an_exercise_is_worth_doing(name):
    for drawn in all_of(name):
        numbers = list(answers(drawn).values())
        assert max(map(abs, numbers)) < 100
        assert sum(number == 0 for number in numbers) <= len(numbers) / 2
        plain = PLAIN[drawn.level.cell](drawn)
        for t in range(1, drawn.level.timesteps + 1):
            assert any(plain[f"h_{t}_{unit}"] for unit in range(1, drawn.level.units + 1))
        if name in IN_THE_HEAD:
            assert all(number == int(number) for number in numbers)
        if name == "relu":
            sums = [b.answer for b in drawn.blanks if b.entry.symbol == "a"]
            assert min(sums) < 0 < max(sums)
        if name in ("gru", "lstm"):
            gates = [b.answer for b in drawn.blanks if b.entry.symbol in "zrifo"]
            assert 0.05 <= min(gates) <= max(gates) <= 0.95


@EVERY_LEVEL
def test_each_answer_follows_from_the_ones_before_it(name):
    for drawn in all_of(name)[:20]:
        given = {e: n for e, n in drawn.numbers.items() if e.symbol == "x" or e.step == 0}
        known = {e: n for e, n in given.items() if e.symbol in ("x", "h", "c")}
        for blank in drawn.blanks:
            value = calculation(drawn.bench, blank.entry, known.__getitem__).value
            assert value == pytest.approx(blank.answer, abs=1e-12)
            known[blank.entry] = value
        assert len({blank.key for blank in drawn.blanks}) == len(drawn.blanks)


def test_a_key_says_step_row_and_unit():
    assert Entry("h", 2, 1).key == "h_2_1"
    assert Entry("dU", 0, 2, row=1).key == "dU_0_1_2"


@pytest.mark.parametrize(
    ("name", "seed", "limit"),
    [("nowhere", 1, "first_steps"), ("tanh", -1, "-1"), ("tanh", 1_000_000, "999,999")],
)
def test_an_unknown_level_or_seed_is_refused(name, seed, limit):
    with pytest.raises(SettingError, match=limit):
        exercise(name, seed)
