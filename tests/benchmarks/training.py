"""How long one update takes, and how long a whole run: `python -m tests.benchmarks.training`.

With names of jobs behind it, only these: `… echo "pair, LSTM"`. Read the last column first. It is
the median, over rounds in which all libraries take turns, of a library's time divided by the
engine's in the same round: what else the computer does touches both. The microseconds are medians
over the rounds and depend on the machine. "compile" is all that has to be waited for before the
first update is done: building, tracing, compiling. Each library is in a process of its own, where
it is imported, and its compiler was used once, before anything is measured. Plain C is the floor:
`contenders/plain.c`, which does the same updates (`tests/engine/test_against_plain_c.py`).

`XLA_FLAGS=--xla_cpu_max_isa=AVX2` before the command has all of them compile for another machine.

The second part holds 16 networks side by side against 16 times one. The third is the echo preset
from its first to its last update, as the app runs it: curve, glimpses and all. For the other
libraries it is extrapolated from the table, which is said there.

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
- XLA_FLAGS: fast math, wider vectors, other schedulers, other code splits: nothing. (What did help
  is below.)
  `--xla_backend_optimization_level=2`: sine 620 to 460, but echo 5.5 to 7.7 and pair 34 to 38; left
  alone, since a class mostly trains small networks.
- To compile faster (pair, seconds of a core; another machine, where pair is 20 and echo 3.1): 0.89,
  of which the compiler's back end is three fifths and tracing 0.1. Level 1 0.69, but pair 24 and
  echo 4.1; level 0 0.42, but pair 611; cheaper passes, no fusion emitters, other splits: nothing.
  So networks of nearby widths share a program (`rnnlab.padding`).

To count: sine is 10.4 million multiply-adds an update, which one core with 16 a cycle does in some
200 microseconds, and 96,000 tanh and sigmoids, some 60. The compiled program had 23 calls a time
step and layer and some 60 around them; so calls were next (`rnnlab.engine.compiler`). Seconds of a
processor, on a machine busy with other work, paired with the program before; the losses stay the
same in all seven digits (sine 344, LSTM on pair 226 in plain C, pair 19, middle 19, echo 1.5):

- A loop with all that is in it as one function: pair 0.59 to 0.82, echo 0.71 to 0.78, middle 0.56
  to 0.82. Without the next line it makes wide products naive loops: sine 4.6, LSTM on pair 4.1.
- Products compiled as tiles, not called: in one function sine 0.66 to 0.70, LSTM on pair 0.53 to
  0.59, GRU 32 both ways 0.72, 2 x 32 LSTM on lags 0.98. As pieces: sine 0.86, LSTM on pair 0.99,
  3 x 64 LSTM 1.26: as large a product is left to the library. The library on one thread: sine 0.78.
- Tiles of other sizes: no faster, and wrong sums.
- Level 2 of the compiler on top: compiles in five sixths of the time, sine 0.88, but middle 1.9.
- To compile takes 1.1 to 1.7 times as long, wide networks most.
- 16 side by side: echo 0.53, sine 1.08, pair 1.09 of what they took before. They were one more axis
  of every array then, so that only the single network gained: of 16 times one they took 0.65 (echo)
  to 1.38 (pair). Now each is a call of the single network's program, on whatever cores are free.
- Half of the rows on each core, as with reviews below: LSTM 2 x 32 on lags 0.68, GRU 2 x 32 0.75,
  but GRU 32 both ways on pair 1.28, sine 2.1: only the first two are large enough.
- Reviews: 1.9 times as long as before, until what a step adds to the kernel's gradient was given to
  the compiler as a product without a transposed factor: then 0.87.

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

import sys
from dataclasses import dataclass, replace
from statistics import median

from rnnlab.settings import Plan
from rnnlab.training import train, warm_up
from tests.benchmarks import contenders
from tests.benchmarks.contenders import Job, LeftOutError
from tests.benchmarks.jobs import ECHO, JOBS, NETWORKS, SIDE_BY_SIDE
from tests.benchmarks.sides import Side

ROUNDS = 7
BASE = "engine"


@dataclass(frozen=True)
class Timing:
    """One library at one job: seconds to compile; microseconds an update, one for each round."""

    title: str
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


def sides() -> list[Side]:
    """The engine, then whoever is installed."""
    found = []
    for name in sorted(contenders.names(), key=lambda name: name != BASE):
        try:
            found.append(Side(name))
        except LeftOutError as why:
            print(f"Left out: {name} ({why}).")
    return found


def measure(label: str, job: Job, sides: list[Side]) -> dict[str, Timing]:
    """Every library at one job, taking turns."""
    timings: dict[str, Timing] = {}
    able = []
    for side in sides:
        try:
            seconds = side.prepare(label, job)
        except LeftOutError as why:
            print(f"Left out: {side.name} from {label} ({why}).")
        else:
            timings[side.name] = Timing(side.title, seconds, [])
            able.append(side)
    for _ in range(ROUNDS):
        for side in able:
            timings[side.name].rounds.append(side.pace(label))
    return timings


def print_head() -> None:
    """What the columns of the table are."""
    print(f"\nOne training update ({ROUNDS} rounds, libraries taking turns)\n")
    print(f"{'job (rows x steps, units)':<40}{'library':<18}{'us':>8}{'compile s':>11}{'times':>8}")


def print_job(label: str, timings: dict[str, Timing]) -> None:
    """A line for each library at this job."""
    one = JOBS[label]
    layers = f"{one.network.layers} x {one.network.units}"
    what = f"{label} ({one.settings.rows} x {one.timesteps}, {layers})"
    for timing in timings.values():
        print(
            f"{what:<40}{timing.title:<18}{timing.update:>8.1f}"
            f"{timing.compile:>11.2f}{timing.times(timings[BASE]):>8.2f}",
            flush=True,
        )


def print_side_by_side() -> None:
    """What an update of several networks takes, beside that of one."""
    print(f"\n{NETWORKS} networks side by side, against {NETWORKS} times one\n")
    one, many = Side(BASE), Side(BASE)
    for label in SIDE_BY_SIDE:
        job = JOBS[label]
        one.prepare(label, job)
        many.prepare(label, replace(job, networks=NETWORKS))
        rounds = [(many.pace(label), one.pace(label)) for _ in range(ROUNDS)]
        share = median(all_of_them / (NETWORKS * alone) for all_of_them, alone in rounds)
        print(f"{label:<40}{share:>8.2f}")


def print_run(parts: dict[str, float], seconds: float, timings: dict[str, Timing]) -> None:
    """The parts of the whole echo preset, in seconds."""
    print(f"\nThe whole echo preset, {ECHO.updates:,} updates: seconds\n")
    print(f"{'library':<18}{'compile':>9}{'data':>8}{'updates':>9}{'total':>8}")
    line = "{:<18}{:>9.2f}{:>8.2f}{:>9.2f}{:>8.2f}  {}"
    split = parts["compile"], parts["data"], parts["updates"]
    print(line.format(timings[BASE].title, *split, seconds, "measured, as the app runs it"))
    for name, timing in timings.items():
        if name != BASE:
            split = timing.compile, parts["data"], ECHO.updates * timing.update / 1e6
            how = f"extrapolated from {timing.update:.0f} us an update"
            print(line.format(timing.title, *split, sum(split), how))


def main(labels: list[str]) -> None:
    """Measure and print: all, or the table of these jobs."""
    all_sides, measured = sides(), {}
    print_head()
    for label in labels or JOBS:
        measured[label] = measure(label, JOBS[label], all_sides)
        print_job(label, measured[label])
    if not labels:
        print_side_by_side()
        warm_up()
        *_, last = train(Plan(ECHO))
        print_run(last.parts or {}, last.seconds, measured["echo"])


if __name__ == "__main__":
    main(sys.argv[1:])
