"""How long one update takes, and how long a whole run: `python -m tests.benchmarks.training`.

Read the last column first. It is the median, over rounds in which all libraries take turns, of a
library's time divided by the engine's in the same round: what else the computer does touches both.
The microseconds are medians over the rounds and depend on the machine. "compile" is all that has to
be waited for before the first update is done: building, tracing, compiling. The libraries are
imported, and their compilers were used once, before anything is measured.

The second part is the echo preset from its first to its last update, as the app runs it: curve,
glimpses and all. For the other libraries it is extrapolated from the table, which is said there.

What was tried, and what each gave, in microseconds an update (echo / pair / middle / sine; one
core of an AMD EPYC, quiet; JAX there: 49 / 141 / 62 / 829):

- Keras model and optimizer inside one compiled loop over updates: 73 (echo).
- Backward pass by hand, rolled time steps, feature-major, products as sums that fuse: 18 / 117,
  then, with one flat vector for the optimizer and hand-kept slots, 6 / 77 / 102 / 4800.
- Real matrix products for wide kernels: middle 57, sine 790. Unrolled time steps instead: no faster
  (sine 840), and 8 s to compile. Batch-major: sine 724. Both gates' functions by one tanh: no gain.
- The kernels turned around before the time steps, not within; no axis for the networks where there
  is one (its reshapes made the compiler do the gates' gradients twice): sine 650, LSTM on pair 298
  to 215.
- Sums over the batch as products with a column of ones (the compiler vectorizes these, but not a
  sum, whose order it must keep), after sums over time: pair 82 to 39, middle 38, (250 x 10, 8) 196
  to 98. By far the greatest gain; it also moved the width at which matrix products pay from 64
  weights to 600.
- Loss and accuracy likewise, softmax with one exponential: pair 34, echo 5.5.
- LSTM: all that does not wait for a later step done for all steps at once: LSTM on pair 146 to 133.
- XLA_FLAGS: fast math, wider vectors, other schedulers, other code splits: nothing.
  `--xla_backend_optimization_level=2`: sine 620 to 460, but echo 5.5 to 7.7 and pair 34 to 38; left
  alone, since a class mostly trains small networks.

A plain C loop over the same updates takes 2.6 / 21 / 28.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median

from rnnlab.engine import Batches
from rnnlab.plan import Plan
from rnnlab.presets import PRESETS
from rnnlab.settings import Settings
from rnnlab.training import train, warm_up
from rnnlab.training.data import Data
from tests.benchmarks.contenders import CONTENDERS, Turn

ROUNDS = 7
SECONDS_A_TURN = 0.4
BASE = "engine"

UPDATES = 400
ECHO = PRESETS["echo"].settings
JOBS = {
    "echo": ECHO,
    "pair": PRESETS["pair"].settings,
    "middle": Settings(rows=32, window=12, units=16, length=4800),
    "toy": PRESETS["toy"].settings,
    "sine": PRESETS["sine"].settings,
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


def data(settings: Settings) -> Batches:
    """The first batches of a run."""
    return Data(settings).batches(0, min(UPDATES, settings.updates))


def pace(turn: Turn, n_updates: int) -> float:
    """Microseconds an update, over as many rounds through the batches as fill a turn."""
    started, done = time.perf_counter(), 0
    while (spent := time.perf_counter() - started) < SECONDS_A_TURN:
        turn()
        done += n_updates
    return 1e6 * spent / done


def measure(settings: Settings) -> dict[str, Timing]:
    """Every library at one job, taking turns."""
    batches = data(settings)
    compiling: dict[str, float] = {}
    turns: dict[str, Turn] = {}
    for name, contender in CONTENDERS.items():
        started = time.perf_counter()
        turns[name] = contender.prepare(settings, batches)
        compiling[name] = time.perf_counter() - started
    rounds: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    for _ in range(ROUNDS):
        for name, turn in turns.items():
            rounds[name].append(pace(turn, len(batches.keep)))
    return {name: Timing(compiling[name], rounds[name]) for name in CONTENDERS}


def print_jobs(measured: dict[str, dict[str, Timing]]) -> None:
    """The table: a line for each library at each job."""
    print(f"One training update ({ROUNDS} rounds, libraries taking turns)\n")
    print(f"{'job (rows x steps, units)':<28}{'library':<18}{'us':>8}{'compile s':>11}{'times':>8}")
    for job, timings in measured.items():
        s = JOBS[job]
        what = f"{job} ({s.rows} x {s.shape[0]}, {s.layers} x {s.units})"
        for name, timing in timings.items():
            print(
                f"{what:<28}{CONTENDERS[name].TITLE:<18}{timing.update:>8.1f}"
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
        contender.prepare(ECHO, data(ECHO))()
    *_, last = train(Plan(ECHO))
    measured = {job: measure(settings) for job, settings in JOBS.items()}
    print_jobs(measured)
    print_run(last.parts or {}, last.seconds, measured["echo"])


if __name__ == "__main__":
    main()
