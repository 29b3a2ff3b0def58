"""Exercises: a bench drawn from a level and a seed, and the blanks that a student fills in."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from rnnlab.errors import SettingError
from rnnlab.handcheck.backward import backward
from rnnlab.handcheck.bench import Bench, wanted_shapes
from rnnlab.handcheck.equations import equations
from rnnlab.handcheck.formulas import state_symbols
from rnnlab.handcheck.forward import passed
from rnnlab.handcheck.levels import Level, level
from rnnlab.handcheck.matrices import Matrix
from rnnlab.handcheck.working import GRADIENTS, OF_THE_STATE, Place

NUMBERS = (-1.0, 0.0, 1.0, 2.0)
"""What weights are drawn from."""

ERRORS = (-2.0, -1.0, 1.0, 2.0)
"""How far the last output may be from the target on the way back."""

LARGEST_SEED = 999_999
LARGEST_ANSWER = 99
MOST_TANH = 0.98
GATES = (0.05, 0.95)
"""Beyond these a tanh, or a gate, is as good as shut or open, and there is little to see."""


@dataclass(frozen=True)
class Blank:
    """One number to fill in: its time step (0 for all of them together), quantity and unit.

    Steps, units and rows are counted from 1; `row` is 0 unless the number stands in a matrix.
    """

    step: int
    symbol: str
    unit: int
    answer: float
    row: int = 0

    @property
    def place(self) -> Place:
        """Where the number stands."""
        return Place(self.symbol, self.step, self.unit, self.row)

    @property
    def key(self) -> str:
        """What answers are stored by: "h_2_1", and "dU_0_1_2" for row 1, unit 2."""
        return key(self.place)


@dataclass(frozen=True)
class Exercise:
    """A bench and its blanks, in the order in which they are calculated."""

    level: Level
    seed: int
    bench: Bench

    @cached_property
    def truth(self) -> Mapping[Place, float]:
        """Every number of the calculation, the given ones and those not asked for too."""
        return truth(self.bench, way_back=self.level.way_back)

    @cached_property
    def blanks(self) -> tuple[Blank, ...]:
        """What is to be filled in, in the order of the calculation."""
        return tuple(
            Blank(place.step, place.symbol, place.unit, self.truth[place], place.row)
            for place in _asked(self.level)
        )


def key(place: Place) -> str:
    """The key of the blank at a place."""
    numbers = (place.step, place.row, place.unit) if place.row else (place.step, place.unit)
    return "_".join([place.symbol, *map(str, numbers)])


@lru_cache(maxsize=1000)
def exercise(level_name: str, seed: int) -> Exercise:
    """The exercise of a level and a seed (0 to 999,999): the same one for ever.

    Benches are drawn until one `is_good`. A `SettingError` names an unknown level or seed.
    """
    of = level(level_name)
    if not 0 <= seed <= LARGEST_SEED:
        raise SettingError(
            f"The exercise number must be between 0 and {LARGEST_SEED:,}, but it is {seed}."
        )
    return next(each for each in _drawn(of, seed) if is_good(each))


def is_good(drawn: Exercise) -> bool:
    """Whether an exercise is worth a student's time.

    No column of W or U is all zeros. No answer is beyond ±99, and at most half of them are 0.
    No step says only zeros, nor does a unit; no two steps, and no two units, say the same. Without
    the recurrent kernel the last step would be another. A ReLU cuts off some sum, but never a whole
    step. No tanh and no gate is saturated. On the way back every step has a gradient, and so has
    the recurrent kernel.
    """
    bench = drawn.bench
    matrices = (bench.kernel, bench.recurrent_kernel)
    return (
        all(any(column) for matrix in matrices for column in zip(*matrix, strict=True))
        and _says_something(drawn)
        and (bench.activation != "relu" or min(blank.answer for blank in drawn.blanks) < 0)
        and not _saturated(drawn)
        and (not drawn.level.way_back or _goes_back(drawn))
    )


def _says_something(drawn: Exercise) -> bool:
    bench = drawn.bench
    answers = [blank.answer for blank in drawn.blanks]
    outputs = [_vector(drawn, "h", step) for step in range(1, bench.timesteps + 1)]
    carried_over = np.array(outputs[-2]) @ np.array(bench.recurrent_kernel)
    return (
        max(map(abs, answers)) <= LARGEST_ANSWER
        and 2 * answers.count(0) <= len(answers)
        and _tells_apart(outputs)
        and _tells_apart(list(zip(*outputs, strict=True)))
        and bool(carried_over.any())
    )


def truth(bench: Bench, *, way_back: bool = False) -> dict[Place, float]:
    """Every number of a bench by its place: inputs, states, what each step computes, gradients."""
    found: dict[Place, float] = {}
    for symbol, row in zip(state_symbols(bench.kind), bench.state, strict=True):
        found |= _row(symbol, 0, row)
    for step, (inputs, _, values) in enumerate(passed(bench), 1):
        found |= _row("x", step, inputs[0])
        for symbol, numbers in values.items():
            found |= _row(symbol, step, numbers[0])
    return found | _gradients(bench) if way_back else found


def _gradients(bench: Bench) -> dict[Place, float]:
    back = backward(bench)
    found: dict[Place, float] = {}
    for step in back.steps:
        found |= _row(OF_THE_STATE, step.t, step.arrives["h"])
    for symbol, name in {"dW": "kernel", "dU": "recurrent_kernel"}.items():
        for number, row in enumerate(back.total[name], 1):
            found |= _row(symbol, 0, row, number)
    return found | _row("db", 0, back.total["bias"][0])


def _row(symbol: str, step: int, values: Iterable[float], row: int = 0) -> dict[Place, float]:
    return {
        Place(symbol, step, unit, row): float(value) + 0.0  # -0.0 reads 0
        for unit, value in enumerate(values, 1)
    }


def _asked(of: Level) -> Iterator[Place]:
    units = range(1, of.units + 1)
    steps = range(1, of.timesteps + 1)
    for step in steps:
        for symbol in equations(of.cell, of.activation):
            yield from (Place(symbol, step, unit) for unit in units)
    if of.way_back:
        for step in reversed(steps):
            yield from (Place(OF_THE_STATE, step, unit) for unit in units)
        for symbol, rows in zip(GRADIENTS, (of.features, of.units, 0), strict=True):
            for row in range(1, rows + 1) or (0,):
                yield from (Place(symbol, 0, unit, row) for unit in units)


def _drawn(of: Level, seed: int) -> Iterator[Exercise]:
    """Exercises one after another, good or not."""
    rng = np.random.default_rng([seed, zlib.crc32(of.name.encode())])
    shapes = wanted_shapes(of.cell, of.features, of.units, of.timesteps)
    sources = dict.fromkeys(shapes, NUMBERS) | {"inputs": of.inputs, "target": ERRORS}
    while True:
        drawn = {
            name: _filled(rng, shape, (0.0,) if name == "state" else sources[name])
            for name, shape in shapes.items()
        }
        yield _aimed(Exercise(of, seed, Bench(of.cell, of.activation, **drawn)))


def _aimed(drawn: Exercise) -> Exercise:
    """The exercise with a target as far from the last output as the one that was drawn says."""
    if not drawn.level.way_back:
        return drawn
    bench = drawn.bench
    *_, (_, _, last) = passed(bench)
    target = tuple(float(value) for value in last["h"][0] - bench.wanted)
    return replace(drawn, bench=replace(bench, target=(target,)))


def _filled(rng: np.random.Generator, shape: tuple[int, int], numbers: tuple[float, ...]) -> Matrix:
    # Raw numbers: NumPy keeps the stream of PCG64 for ever, but not what `choice` makes of it.
    raw = rng.bit_generator.random_raw(shape)
    return tuple(tuple(numbers[int(value) % len(numbers)] for value in row) for row in raw)


def _vector(drawn: Exercise, symbol: str, step: int) -> tuple[float, ...]:
    return tuple(drawn.truth[Place(symbol, step, unit)] for unit in range(1, drawn.bench.units + 1))


def _tells_apart(vectors: list[tuple[float, ...]]) -> bool:
    return all(any(vector) for vector in vectors) and len(set(vectors)) == len(vectors)


def _saturated(drawn: Exercise) -> bool:
    finishes = {
        symbol: equation.finish
        for symbol, equation in equations(drawn.bench.cell, drawn.bench.activation).items()
    }
    return any(
        not GATES[0] <= blank.answer <= GATES[1]
        if finishes.get(blank.symbol) == "sigmoid"
        else finishes.get(blank.symbol) == "tanh" and abs(blank.answer) > MOST_TANH
        for blank in drawn.blanks
    )


def _goes_back(drawn: Exercise) -> bool:
    steps = range(1, drawn.bench.timesteps + 1)
    on_u = [blank.answer for blank in drawn.blanks if blank.symbol == "dU"]
    return any(on_u) and all(any(_vector(drawn, OF_THE_STATE, step)) for step in steps)
