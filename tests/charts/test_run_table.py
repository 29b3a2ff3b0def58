"""A run's points as a table, and what is read off it."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.charts import reached, run_table, seconds_left, speed
from rnnlab.progress import Glimpse, Progress

GLIMPSE = Glimpse(*(np.zeros((1, 1), np.float32) for _ in range(4)))


def point(step: int, epoch: int, loss: float, accuracy: float, seconds: float) -> Progress:
    return Progress(step, 100, epoch, loss, 2 * loss, accuracy, seconds, GLIMPSE)


# Two epochs of 50 updates; the chunks of the second have 10, 10 and 30.
RUN = [
    point(20, 1, 0.7, 0.5, 3.0),
    point(50, 1, 0.6, 0.6, 3.5),
    point(60, 2, 0.5, 0.7, 4.0),
    point(70, 2, 0.4, 0.8, 4.5),
    point(100, 2, 0.2, 0.9, 5.0),
]


def test_the_table_has_a_row_for_each_point():
    table = run_table(RUN)
    assert list(table["update"]) == [20, 50, 60, 70, 100]
    assert list(table["epoch"]) == [1, 1, 2, 2, 2]
    assert list(table["peak"]) == [1.4, 1.2, 1.0, 0.8, 0.4]
    assert list(table.columns) == list(run_table([]).columns)


def test_what_was_reached_weighs_the_chunks_of_the_epoch_by_their_updates():
    # (10 * 0.5 + 10 * 0.4 + 30 * 0.2) / 50 = 0.3; (7 + 8 + 27) / 50 = 0.84.
    assert reached(run_table(RUN)) == pytest.approx((0.3, 0.84))
    # (20 * 0.7 + 30 * 0.6) / 50 = 0.64; (10 + 18) / 50 = 0.56.
    assert reached(run_table(RUN[:2])) == pytest.approx((0.64, 0.56))
    assert reached(run_table(RUN[:1])) == pytest.approx((0.7, 0.5))


def test_the_speed_counts_from_the_first_point_on():
    # From update 20 to 60 in 1 s, so the 40 that are left take another second.
    assert speed(RUN[:3]) == pytest.approx(40)
    assert seconds_left(RUN[:3]) == pytest.approx(1)
    assert seconds_left(RUN) == 0


def test_one_point_has_no_speed_yet():
    assert speed([]) is speed(RUN[:1]) is None
    assert seconds_left([]) is seconds_left(RUN[:1]) is None
