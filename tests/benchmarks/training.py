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

Reviews (imdb: words through an embedding, 128 x 500), in milliseconds, two cores, least of many:

- Forward 6 and back 15, if each part is timed alone on one core: the scans 4.6 and 4.4 (batch-major
  7.0 and 6.9), of which the products are 2.3, tanh 1.5 and moving memory 2.
- The words' rows times the kernel by a table of all words, and rows of the table for the places,
  instead of 64,000 products: 0.4 + 1.3 for 3.0 to 4.6. The way back likewise.
- The embedding's gradient by a segment sum: 0.6 to 1.7 in the compiled loop, 5 to 6 outside it; two
  sums 2.4, one of twice the width 4.1. What costs is to turn the places around for it: 2.9.
- Keras on TensorFlow squares what each place of a word says before it sums; to do the same costs a
  product of all places and a second sum, some 5.
- The recurrent kernel's gradient by one product afterwards 2.5 to 3.9, and 1.5 for the states
  before; with the places turned around for it 8.7; summed step by step 2.2. In windows that the
  cache holds this was no better.
- No zeros as gradients of the steps that are not read: 1.5.
- Half of the rows on each core, as two compiled parts of one update: 26 to 33 down to 16 to 18.
  Both halves in one compiled program: no gain. One thread within operators: 21.
- RMSprop on all 322,113 weights: 0.5, so there is nothing to gain by touching only words that came.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median

import numpy as np

from rnnlab.engine import Batches
from rnnlab.network import Network
from rnnlab.presets import PRESETS
from rnnlab.settings import Plan, Settings
from rnnlab.training import train, warm_up
from rnnlab.training.data import Data
from tests.benchmarks.contenders import CONTENDERS, Job, Turn

ROUNDS = 7
SECONDS_A_TURN = 0.4
BASE = "engine"

UPDATES = 400
ECHO = PRESETS["echo"].settings
REVIEWS = Job(
    Settings(rows=128, optimizer="rmsprop", learning_rate=0.001),
    Network(units=32, features=32, outputs=1, last_step=True, vocabulary=10_000),
    timesteps=500,
    carry_state=False,
    updates_per_epoch=20_000 // 128,
)
"""The article's: Embedding(10000, 32), SimpleRNN(32), Dense(1, sigmoid)."""
UPDATES_OF_REVIEWS = 12

JOBS = {
    "echo": Job.of(ECHO),
    "pair": Job.of(PRESETS["pair"].settings),
    "middle": Job.of(Settings(rows=32, window=12, units=16, length=4800)),
    "toy": Job.of(PRESETS["toy"].settings),
    "sine": Job.of(PRESETS["sine"].settings),
    "imdb": REVIEWS,
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


def data(job: Job) -> Batches:
    """The first batches of a run, or reviews drawn by chance."""
    if job.network.vocabulary:
        return reviews(job)
    return Data(job.settings).batches(0, min(UPDATES, job.settings.updates))


def reviews(job: Job) -> Batches:
    """Words about as frequent as in film reviews, zeros before short ones, verdicts by a coin."""
    rng, n = np.random.default_rng(1), UPDATES_OF_REVIEWS
    shape = (n, 1, job.settings.rows)
    lengths = np.exp(rng.normal(5.2, 0.65, shape))  # half of them below 181 words
    words = rng.zipf(1.25, (*shape, job.timesteps)) + 3
    words[words >= job.network.vocabulary] = 2
    words[np.arange(job.timesteps, 0, -1) > lengths[..., None]] = 0
    return Batches(words, rng.integers(2, size=(*shape, 1)), np.zeros(n))


def pace(turn: Turn, n_updates: int) -> float:
    """Microseconds an update, over as many rounds through the batches as fill a turn."""
    started, done = time.perf_counter(), 0
    while (spent := time.perf_counter() - started) < SECONDS_A_TURN:
        turn()
        done += n_updates
    return 1e6 * spent / done


def measure(job: Job) -> dict[str, Timing]:
    """Every library at one job, taking turns."""
    batches = data(job)
    compiling: dict[str, float] = {}
    turns: dict[str, Turn] = {}
    for name, contender in CONTENDERS.items():
        started = time.perf_counter()
        turns[name] = contender.prepare(job, batches)
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
        one = JOBS[job]
        layers = f"{one.network.layers} x {one.network.units}"
        what = f"{job} ({one.settings.rows} x {one.timesteps}, {layers})"
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
        contender.prepare(JOBS["echo"], data(JOBS["echo"]))()
    *_, last = train(Plan(ECHO))
    measured = {name: measure(job) for name, job in JOBS.items()}
    print_jobs(measured)
    print_run(last.parts or {}, last.seconds, measured["echo"])


if __name__ == "__main__":
    main()
