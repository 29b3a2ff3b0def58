"""Exercises: a bench drawn from a level and a seed, and its blanks."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np

from rnnlab.errors import SettingError
from rnnlab.handcheck.bench import Bench, matrix_shapes
from rnnlab.handcheck.calculation import OUTPUT_GRADIENT, WEIGHT_GRADIENTS, Entry, all_entries
from rnnlab.handcheck.equations import equations
from rnnlab.handcheck.forward import cell_steps
from rnnlab.handcheck.levels import Level, level_called
from rnnlab.handcheck.matrices import Rows

WEIGHT_VALUES = (-1.0, 0.0, 1.0, 2.0)
"""What weights are drawn from."""

ERRORS = (-2.0, -1.0, 1.0, 2.0)
"""How far the last output may be from the target in exercises with gradients."""

LARGEST_SEED = 999_999
LARGEST_ANSWER = 99
LARGEST_TANH = 0.98
GATE_LIMITS = (0.05, 0.95)
"""Beyond these a tanh, or a gate, is as good as shut or open, and there is little to see."""


@dataclass(frozen=True)
class Blank:
    """One number that a student fills in, and the right answer."""

    entry: Entry
    answer: float

    @property
    def key(self) -> str:
        """What answers are stored by."""
        return self.entry.key


@dataclass(frozen=True)
class Exercise:
    """A bench and its blanks, in the order in which they are calculated."""

    level: Level
    seed: int
    bench: Bench

    @cached_property
    def numbers(self) -> Mapping[Entry, float]:
        """Every number of the calculation, also the given ones and those without a blank."""
        return all_entries(self.bench, gradients=self.level.backward)

    @cached_property
    def blanks(self) -> tuple[Blank, ...]:
        """What is to be filled in, in the order of the calculation."""
        return tuple(Blank(entry, self.numbers[entry]) for entry in _blank_entries(self.level))

    def vector(self, symbol: str, step: int) -> tuple[float, ...]:
        """The numbers of a vector at a step, one for each unit."""
        units = range(1, self.bench.units + 1)
        return tuple(self.numbers[Entry(symbol, step, unit)] for unit in units)


@lru_cache(maxsize=1000)
def exercise(level_name: str, seed: int) -> Exercise:
    """The exercise of a level and a seed (0 to 999,999): always the same one.

    Benches are drawn until one `is_good`. A `SettingError` names an unknown level or seed.
    """
    level = level_called(level_name)
    if not 0 <= seed <= LARGEST_SEED:
        raise SettingError(
            f"The exercise number must be between 0 and {LARGEST_SEED:,}, but it is {seed}."
        )
    return next(candidate for candidate in _candidates(level, seed) if is_good(candidate))


def is_good(candidate: Exercise) -> bool:
    """Whether an exercise is worth a student's time.

    No column of W or U is all zeros. No answer is beyond ±99, and at most half of them are 0.
    No step has only zero outputs, nor has a unit; no two steps, and no two units, are equal.
    Without the recurrent kernel the last step would differ. A ReLU cuts off some sum, but never a
    whole step. No tanh and no gate is saturated. With gradients, those of every step and of the
    recurrent kernel are not zero.
    """
    bench = candidate.bench
    matrices = (bench.kernel, bench.recurrent_kernel)
    return (
        all(any(column) for matrix in matrices for column in zip(*matrix, strict=True))
        and _has_telling_outputs(candidate)
        and (bench.activation != "relu" or min(blank.answer for blank in candidate.blanks) < 0)
        and not _is_saturated(candidate)
        and (not candidate.level.backward or _has_gradients(candidate))
    )


def _blank_entries(level: Level) -> Iterator[Entry]:
    units = range(1, level.units + 1)
    steps = range(1, level.timesteps + 1)
    for step in steps:
        for symbol in equations(level.cell, level.activation):
            yield from (Entry(symbol, step, unit) for unit in units)
    if level.backward:
        for step in reversed(steps):
            yield from (Entry(OUTPUT_GRADIENT, step, unit) for unit in units)
        for symbol, rows in zip(WEIGHT_GRADIENTS, (level.features, level.units, 0), strict=True):
            for row in range(1, rows + 1) or (0,):
                yield from (Entry(symbol, 0, unit, row) for unit in units)


def _candidates(level: Level, seed: int) -> Iterator[Exercise]:
    """Exercises one after another, good or not."""
    rng = np.random.default_rng([seed, zlib.crc32(level.name.encode())])
    shapes = matrix_shapes(level.cell, level.features, level.units, level.timesteps)
    sources = dict.fromkeys(shapes, WEIGHT_VALUES) | {
        "inputs": level.inputs,
        "state": (0.0,),
        "target": ERRORS,
    }
    while True:
        matrices = {name: _drawn(rng, shape, sources[name]) for name, shape in shapes.items()}
        bench = Bench(level.cell, level.activation, **matrices)
        yield Exercise(level, seed, _with_error(bench) if level.backward else bench)


def _drawn(rng: np.random.Generator, shape: tuple[int, int], numbers: tuple[float, ...]) -> Rows:
    # Raw numbers: NumPy keeps the stream of PCG64 for ever, but not what `choice` makes of it.
    raw = rng.bit_generator.random_raw(shape)
    return tuple(tuple(numbers[int(value) % len(numbers)] for value in row) for row in raw)


def _with_error(bench: Bench) -> Bench:
    """The bench with a target that is off the last output by what was drawn as target."""
    *_, (_, _, last) = cell_steps(bench)
    target = tuple(float(value) for value in last["h"][0] - bench.target_vector)
    return replace(bench, target=(target,))


def _has_telling_outputs(candidate: Exercise) -> bool:
    bench = candidate.bench
    answers = [blank.answer for blank in candidate.blanks]
    outputs = [candidate.vector("h", step) for step in range(1, bench.timesteps + 1)]
    carried_over = np.array(outputs[-2]) @ np.array(bench.recurrent_kernel)
    return (
        max(map(abs, answers)) <= LARGEST_ANSWER
        and 2 * answers.count(0) <= len(answers)
        and _distinct(outputs)
        and _distinct(list(zip(*outputs, strict=True)))
        and bool(carried_over.any())
    )


def _distinct(vectors: list[tuple[float, ...]]) -> bool:
    return all(any(vector) for vector in vectors) and len(set(vectors)) == len(vectors)


def _is_saturated(candidate: Exercise) -> bool:
    parsed = equations(candidate.bench.cell, candidate.bench.activation)
    activations = {symbol: equation.activation for symbol, equation in parsed.items()}
    low, high = GATE_LIMITS
    return any(
        not low <= blank.answer <= high
        if activations.get(blank.entry.symbol) == "sigmoid"
        else activations.get(blank.entry.symbol) == "tanh" and abs(blank.answer) > LARGEST_TANH
        for blank in candidate.blanks
    )


def _has_gradients(candidate: Exercise) -> bool:
    steps = range(1, candidate.bench.timesteps + 1)
    of_recurrent = [b.answer for b in candidate.blanks if b.entry.symbol == "dU"]
    return any(of_recurrent) and all(any(candidate.vector(OUTPUT_GRADIENT, t)) for t in steps)
