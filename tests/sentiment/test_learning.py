"""What a training tells, and its curves: the best epoch, and where validation turned."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.sentiment.files.sources import Loading
from rnnlab.sentiment.review_training import Curves, Metrics, ReviewProgress


def told(step: int, validation: Metrics | None = None) -> ReviewProgress:
    """Of four epochs of five updates."""
    return ReviewProgress(
        step=step,
        steps=20,
        seconds=0.1,
        epochs=4,
        weights={"dense_bias": np.zeros(1, np.float32)},
        training=Metrics(1 / step, 0.5),
        validation=validation,
    )


def test_only_epochs_that_were_judged_are_in_the_curves():
    ends = [told(5, Metrics(0.6, 0.7)), told(10, Metrics(0.5, 0.8))]
    curves = Curves.of([Loading("Reading."), told(3), ends[0], told(8), ends[1], told(12)])
    assert curves == Curves((0.2, 0.1), (0.5, 0.5), (0.6, 0.5), (0.7, 0.8))
    assert len(curves) == 2
    assert (len(Curves.of([told(3)])), Curves.of([]).turning_point) == (0, None)


def test_the_best_epoch_is_the_first_of_equals():
    assert Curves((1,) * 3, (1,) * 3, (3, 2, 1), (0.7, 0.8, 0.8)).best == 2


@pytest.mark.parametrize(
    ("losses", "turn"),
    [((0.6, 0.5, 0.4), None), ((0.6, 0.4, 0.5), (2, 0.4)), ((0.3, 0.4, 0.35), (1, 0.3))],
)
def test_validation_turned_where_its_loss_was_least_and_rose_again(losses, turn):
    assert Curves(losses, losses, losses, losses).turning_point == turn


def test_weights_do_not_travel_on_the_way():
    brief = told(5, Metrics(0.6, 0.7)).brief()
    assert (brief.weights, brief.validation) == (None, Metrics(0.6, 0.7))
