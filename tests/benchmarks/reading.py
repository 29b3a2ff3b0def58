"""How long the shipped models take to read a typed text, in milliseconds.

    python -m tests.benchmarks.reading

For texts of several lengths: the verdict alone; the verdict so far at every word; and which words
matter, by leaving each out. The best of several rounds, wall time and processor time: on a busy
machine only the second says something. What the page does for one text is the sum of the last two.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from rnnlab.sentiment.examples import with_plot
from rnnlab.sentiment.model import shipped, shipped_names
from rnnlab.sentiment.reading import leave_one_out, read
from rnnlab.sentiment.verdicts import probabilities

N_WORDS = (10, 100, 250, 500)
ROUNDS = 5


def best_of(work: Callable[[], object]) -> str:
    """Wall and processor time of the quickest round of each."""
    walls, cores = [], []
    for _ in range(ROUNDS):
        wall, core = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        cores.append(time.process_time() - core)
    return f"{1000 * min(walls):7.1f} ({1000 * min(cores):.1f})"


def main() -> None:
    print("model       words      verdict     word by word    leaving out    wall (processor), ms")
    for name in shipped_names():
        model = shipped(name)
        words = with_plot("loved", at_the_end=True, n_words=max(N_WORDS)).split()
        for n in N_WORDS:
            text = " ".join(words[-n:])
            reading = read(model, text)
            times = [
                best_of(partial(probabilities, model, [text])),
                best_of(partial(read, model, text)),
                best_of(partial(leave_one_out, model, reading)),
            ]
            print(f"{name:12}{n:4}  " + "  ".join(times))


if __name__ == "__main__":
    main()
