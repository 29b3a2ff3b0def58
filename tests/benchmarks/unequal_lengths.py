"""What sorting by length gains under a mask: `python -m tests.benchmarks.unequal_lengths`.

The article's network learns from made-up reviews that are as long as IMDB's (log-normal: a median
of 174 words, a standard deviation of 0.64 of the logarithm; at most 500 are read). The same batches
of like length, as `rnnlab.makers.padding_record` has them, are learnt from in the window of 500
steps, which nearly every batch needs that is left as it is drawn, and in the shortest of a few
windows. Both take turns in the same process, everything compiled before; the ratio is the median
over rounds of one pool each; on a busy machine the processor's time says more than the wall's.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from rnnlab.engine import Hyperparameters, program
from rnnlab.lengths.settings import MASKED
from rnnlab.makers.padding_record import WINDOWS, architecture, learnt_from
from rnnlab.sentiment.review_training import ARTICLE
from rnnlab.training import by_length
from rnnlab.training.by_length import POOL, Batch
from rnnlab.training.review_corpus import ReviewCorpus

MEDIAN, DEVIATION = 174, 0.644
ROUNDS = 12


def reviews(number: int, rng: np.random.Generator) -> ReviewCorpus:
    """Random words, in reviews as long as people write them."""
    sizes = np.exp(np.log(MEDIAN) + DEVIATION * rng.standard_normal(number)).astype(int) + 1
    ids = [rng.integers(4, ARTICLE.words, size).astype(np.int16) for size in sizes]
    return ReviewCorpus(ids, rng.integers(2, size=number).astype(np.int8), "made up")


def main() -> None:
    rng = np.random.default_rng(1)
    corpus = reviews(POOL * ARTICLE.batch, rng)
    steps = np.array([min(len(ids) + 1, ARTICLE.length) for ids in corpus.ids])
    programs = {window: program(architecture(ARTICLE.batch, window)) for window in WINDOWS}
    rate = Hyperparameters(ARTICLE.learning_rate)

    def seconds(windows: Sequence[int], pool: Sequence[Batch]) -> tuple[float, float]:
        state = programs[ARTICLE.length].begin([ARTICLE.first_weights])
        wall, core = time.perf_counter(), time.process_time()
        for batch, window in zip(pool, windows, strict=True):
            own = learnt_from(corpus, MASKED, batch._replace(window=window))
            state, _ = programs[window].run(state, own, rate)
        return time.perf_counter() - wall, time.process_time() - core

    for window in WINDOWS:
        began = time.perf_counter()
        programs[window].compile()
        print(f"{window} steps compiled in {time.perf_counter() - began:.1f} s")
    times = []
    for _ in range(ROUNDS):
        pool = [*by_length.batches(steps, ARTICLE.batch, WINDOWS, rng)]
        windows = [batch.window for batch in pool]
        whole = seconds([ARTICLE.length] * len(pool), pool)
        times.append((whole, seconds(windows, pool)))
    seconds_each = np.array(times)  # (rounds, long or short windows, wall or processor)
    print(f"steps of an update: {ARTICLE.length}, {np.mean(windows):.0f}")
    for clock, (long, short) in zip(("wall", "processor"), seconds_each.T, strict=True):
        ratios = long / short
        print(
            f"{clock}: {1000 * np.median(long) / len(pool):.1f} and "
            f"{1000 * np.median(short) / len(pool):.1f} ms, {np.median(ratios):.2f} times as fast "
            f"({ratios.min():.2f} to {ratios.max():.2f})"
        )


if __name__ == "__main__":
    main()
