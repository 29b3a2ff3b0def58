"""How long one update takes, and how long a whole run: `python -m tests.benchmarks.training`.

Read the last column first. It is the median, over rounds in which all libraries take turns, of a
library's time divided by the engine's in the same round: what else the computer does touches both.
The microseconds are medians over the rounds and depend on the machine. "compile" is all that has to
be waited for before the first update is done: building, tracing, compiling. The libraries are
imported, and their compilers were used once, before anything is measured.

The second part is the echo preset from its first to its last update, as the app runs it: curve,
glimpses and all. For the other libraries it is extrapolated from the table, which is said there.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median

import numpy as np

from rnnlab.presets import PRESETS
from rnnlab.rules import rule
from rnnlab.rules.layout import into_rows, into_windows
from rnnlab.settings import Settings
from rnnlab.training import train, warm_up
from tests.benchmarks.contenders import CONTENDERS, Epoch, Windows

ROUNDS = 7
SECONDS_A_TURN = 0.4
BASE = "engine"

ECHO = PRESETS["echo"].settings
JOBS = {
    "echo": ECHO,
    "pair": PRESETS["pair"].settings,
    "middle": Settings(rows=32, window=12, units=16, length=4800),
}


@dataclass(frozen=True)
class Timing:
    """One library at one job: seconds to compile; microseconds an update, one for each round."""

    compile: float
    rounds: list[float]

    @property
    def update(self) -> float:
        """The median round."""
        return median(self.rounds)

    def times(self, base: Timing) -> float:
        """How many times as long as `base` it takes, as the median of the rounds' ratios."""
        pairs = zip(self.rounds, base.rounds, strict=True)
        return median(mine / other for mine, other in pairs)


def one_epoch(settings: Settings) -> tuple[Windows, Windows]:
    """Inputs and targets of one epoch, in windows."""
    rng, n_bits = np.random.default_rng(settings.seed), settings.rows * settings.length
    series = rule(settings.rule).generate(rng, n_bits, **dict(settings.parameters))
    inputs, targets = (
        into_windows(into_rows(bits, settings.rows), settings.window)
        for bits in (series.inputs, series.targets)
    )
    return inputs, targets


def pace(epoch: Epoch, n_updates: int) -> float:
    """Microseconds an update, over as many whole epochs as fill a turn."""
    started, done = time.perf_counter(), 0
    while (spent := time.perf_counter() - started) < SECONDS_A_TURN:
        epoch()
        done += n_updates
    return 1e6 * spent / done


def measure(settings: Settings) -> dict[str, Timing]:
    """Every library at one job, taking turns."""
    windows = one_epoch(settings)
    compiling: dict[str, float] = {}
    epochs: dict[str, Epoch] = {}
    for name, contender in CONTENDERS.items():
        started = time.perf_counter()
        epochs[name] = contender.prepare(settings, *windows)
        compiling[name] = time.perf_counter() - started
    rounds: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    for _ in range(ROUNDS):
        for name, epoch in epochs.items():
            rounds[name].append(pace(epoch, settings.updates_per_epoch))
    return {name: Timing(compiling[name], rounds[name]) for name in CONTENDERS}


def print_jobs(measured: dict[str, dict[str, Timing]]) -> None:
    """The table: a line for each library at each job."""
    print(f"One training update ({ROUNDS} rounds, libraries taking turns)\n")
    print(f"{'job (rows x steps, units)':<26}{'library':<18}{'us':>8}{'compile s':>11}{'times':>8}")
    for job, timings in measured.items():
        s = JOBS[job]
        what = f"{job} ({s.rows} x {s.window}, {s.units})"
        for name, timing in timings.items():
            print(
                f"{what:<26}{CONTENDERS[name].TITLE:<18}{timing.update:>8.0f}"
                f"{timing.compile:>11.2f}{timing.times(timings[BASE]):>8.1f}"
            )


def print_run(parts: dict[str, float], seconds: float, timings: dict[str, Timing]) -> None:
    """The parts of the whole echo preset, in seconds."""
    print(f"\nThe whole echo preset, {ECHO.updates:,} updates: seconds\n")
    print(f"{'library':<18}{'compile':>9}{'data':>8}{'updates':>9}{'total':>8}")
    line = "{:<18}{:>9.2f}{:>8.2f}{:>9.2f}{:>8.2f}  {}"
    split = parts["compile"], parts["data"], parts["updates"]
    print(line.format(CONTENDERS[BASE].TITLE, *split, seconds, "measured, as the app runs it"))
    for name, timing in timings.items():
        if name != BASE:
            split = timing.compile, parts["data"], ECHO.updates * timing.update / 1e6
            how = f"extrapolated from {timing.update:.0f} us an update"
            print(line.format(CONTENDERS[name].TITLE, *split, sum(split), how))


def main() -> None:
    """Measure and print."""
    warm_up()
    for contender in CONTENDERS.values():
        contender.prepare(ECHO, *one_epoch(ECHO))()
    *_, last = train(ECHO)
    measured = {job: measure(settings) for job, settings in JOBS.items()}
    print_jobs(measured)
    print_run(last.parts or {}, last.seconds, measured["echo"])


if __name__ == "__main__":
    main()
