"""Where a run is: both losses at the same moment, and whether the held-out one has risen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.bounds import Bounds, epoch_means, reached, verdict
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Settings
from tests.rules.cases import wobble

SETTINGS = Settings(rule="series", own=wobble(), rows=8)


def run(losses: list[float], held_out: list[float | None]) -> list[TrainingProgress]:
    """A run of epochs of ten updates, with a report after each."""
    return [
        TrainingProgress(
            step=10 * (k + 1), steps=10 * len(losses), epochs=len(losses), seconds=k, loss=loss,
            max_loss=loss, accuracy=None, learning_rate=0.1, losses=(loss,),
            held_out=() if fresh is None else (fresh,),
        )
        for k, (loss, fresh) in enumerate(zip(losses, held_out, strict=True))
    ]  # fmt: skip


optional = st.none() | st.floats(1e-3, 9)


@given(st.lists(st.tuples(st.floats(1e-3, 9), optional), min_size=1, max_size=12))
def test_both_losses_are_of_the_latest_moment_at_which_both_are_known(points):
    progress = run(*map(list, zip(*points, strict=True)))
    now = reached(progress)
    known = [report for report in progress if report.held_out]
    report = known[-1] if known else progress[-1]
    assert (now.step, now.held_out) == (report.step, report.held_out)
    assert now.loss == pytest.approx(epoch_means(progress[: progress.index(report) + 1]).loss)
    assert now.latest == (report is progress[-1])
    assert now.evaluated_loss == pytest.approx(report.held_out[0] if known else report.loss)
    if now.overfit is not None:
        held_out = [report.held_out[0] for report in known]
        assert now.overfit.best == min(held_out) < min(held_out[-3:])
        at_best = next(r for r in progress if r.step == now.overfit.step)
        assert at_best.held_out == (min(held_out),)
        assert now.loss < at_best.loss


@given(st.lists(st.tuples(st.floats(1e-3, 9), st.floats(1e-3, 9)), min_size=1, max_size=12))
def test_what_only_falls_is_no_overfitting(points):
    losses, held_out = map(list, zip(*points, strict=True))
    assert reached(run(losses, np.minimum.accumulate(held_out).tolist())).overfit is None


def test_it_overfits_where_the_held_out_loss_rises_while_the_other_falls():
    losses = [0.9, 0.5, 0.3, 0.2, 0.15, 0.1]
    now = reached(run(losses, [0.9, 0.4, 0.36, 0.5, 0.7, 0.81]))
    assert (now.overfit.step, now.overfit.best) == (30, 0.36)
    sentence = verdict(Bounds.of(SETTINGS), SETTINGS, now)
    assert "It overfits: after update 30 that error was 0.6. Since then it has grown to 0.9" in (
        sentence
    )


@pytest.mark.parametrize(
    "held_out",
    [
        [0.9, 0.4, 0.36, 0.5, 0.7, 0.37],  # the latest is as good
        [0.9, 0.4, 0.36, 0.37, 0.38, 0.39],  # hardly worse
        [0.9, 0.4, 0.36, 0.34, 0.33, 0.8],  # a single one
        [0.9, None, None, None, None, None],
    ],
)
def test_chance_is_no_overfitting(held_out):
    assert reached(run([0.9, 0.5, 0.3, 0.2, 0.15, 0.1], held_out)).overfit is None


def test_the_luckiest_of_many_looks_is_no_turning_point():
    rng = np.random.default_rng(1)
    for _ in range(50):
        falling = np.geomspace(1, 0.1, 50)
        held_out = 0.3 * np.exp(0.3 * rng.normal(size=50))
        assert reached(run(falling.tolist(), held_out.tolist())).overfit is None
    rising = np.concatenate([np.geomspace(1, 0.3, 20), np.geomspace(0.3, 0.8, 30)])
    noisy = rising * np.exp(0.1 * rng.normal(size=50))
    assert reached(run(falling.tolist(), noisy.tolist())).overfit is not None


def test_a_loss_that_rises_everywhere_is_no_overfitting():
    worse = reached(run([0.3, 0.2, 0.3, 0.4, 0.5, 0.6], [0.9, 0.4, 0.5, 0.6, 0.7, 0.8]))
    assert worse.overfit is None


def test_what_is_known_of_an_earlier_moment_is_told_as_that():
    progress = run([0.9, 0.5, 0.3], [0.8, 0.6, None])
    sentence = verdict(Bounds.of(SETTINGS), SETTINGS, reached(progress))
    assert sentence.startswith("After update 20: On the values held out the loss is 0.6,")


def test_a_dip_is_the_least_point_of_the_first_epoch_with_the_updates_it_is_of():
    two_an_epoch = [replace(r, steps=40, epochs=2) for r in run([0.9, 0.5, 0.3], [None] * 3)]
    assert reached(two_an_epoch).dip == (0.5, 20, 10)
    assert reached(run([0.9, 0.5], [None, 0.4])).dip == (0.9, 10, 10)
