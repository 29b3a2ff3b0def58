"""A run's points as a table, and what is read off it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnlab.charts.loss_curve import COLUMNS, epoch_means, run_table, seconds_left, speed
from rnnlab.progress import LastWindow, TrainingProgress

GLIMPSE = LastWindow(*(np.zeros((1, 1), np.float32) for _ in range(4)))


def point(step: int, loss: float, accuracy: float, seconds: float) -> TrainingProgress:
    return TrainingProgress(
        step=step,
        steps=100,
        seconds=seconds,
        epochs=2,
        loss=loss,
        max_loss=2 * loss,
        accuracy=accuracy,
        learning_rate=0.01,
    )


# Two epochs of 50 updates; the chunks of the second have 10, 10 and 30.
RUN = [
    point(20, 0.7, 0.5, 3.0),
    point(50, 0.6, 0.6, 3.5),
    point(60, 0.5, 0.7, 4.0),
    point(70, 0.4, 0.8, 4.5),
    point(100, 0.2, 0.9, 5.0),
]


def test_the_table_has_a_row_for_each_point():
    table = run_table(RUN)
    assert list(table["update"]) == [20, 50, 60, 70, 100]
    assert list(table["epoch"]) == [1, 1, 2, 2, 2]
    assert list(table["accuracy"]) == [0.5, 0.6, 0.7, 0.8, 0.9]
    assert list(table["rate"]) == [0.01] * 5


def test_the_band_of_one_network_reaches_from_the_mean_to_the_worst_update():
    table = run_table(RUN)
    assert list(table["loss"]) == list(table["low"]) == [0.7, 0.6, 0.5, 0.4, 0.2]
    assert list(table["high"]) == [1.4, 1.2, 1.0, 0.8, 0.4]


def test_the_band_of_several_networks_reaches_from_the_best_to_the_worst_about_their_median():
    # One of three is far behind: it must not pull the curve up, and nor does its worst update.
    progress = [replace(RUN[0], loss=0.4, losses=(0.1, 0.9, 0.2))]
    (row,) = run_table(progress).to_dict("records")
    assert (row["low"], row["loss"], row["high"]) == (0.1, 0.2, 0.9)
    progress = [replace(RUN[0], loss=0.3, losses=(0.2, 0.4))]
    assert run_table(progress)["loss"].item() == pytest.approx(0.3)


def test_the_loss_of_a_single_network_is_that_of_its_chunk():
    one = [replace(RUN[0], losses=(0.7,))]
    (row,) = run_table(one).to_dict("records")
    assert (row["low"], row["loss"], row["high"]) == (0.7, 0.7, 1.4)


def test_a_turned_rate_is_marked_where_it_first_holds_and_nowhere_else():
    rates = [0.01, 0.01, 0.3, 0.3, 0.01]
    turned = [replace(one, learning_rate=rate) for one, rate in zip(RUN, rates, strict=True)]
    table = run_table(turned)
    assert list(table["rate"]) == rates
    marked = table[table["new_rate"].notna()]
    assert list(zip(marked["update"], marked["new_rate"], strict=True)) == [(60, 0.3), (100, 0.01)]
    assert run_table(RUN)["new_rate"].isna().all()


def test_a_run_on_numbers_has_an_empty_column_of_accuracies():
    table = run_table([replace(one, accuracy=None) for one in RUN])
    assert table["accuracy"].isna().all()


def test_the_columns_have_the_same_types_whatever_is_in_them():
    full = run_table(RUN)
    for progress in ([], RUN[:1], [replace(RUN[0], accuracy=None)]):
        table = run_table(progress)
        assert list(table.columns) == list(full.columns) == COLUMNS
        assert table["accuracy"].dtype == table["new_rate"].dtype == np.float64
    assert len(run_table([])) == 0


def test_what_was_reached_weighs_the_chunks_of_the_epoch_by_their_updates():
    # (10 * 0.5 + 10 * 0.4 + 30 * 0.2) / 50 = 0.3; (7 + 8 + 27) / 50 = 0.84.
    assert epoch_means(RUN)[:2] == pytest.approx((0.3, 0.84))
    # (20 * 0.7 + 30 * 0.6) / 50 = 0.64; (10 + 18) / 50 = 0.56.
    assert epoch_means(RUN[:2])[:2] == pytest.approx((0.64, 0.56))
    assert epoch_means(RUN[:1])[:2] == pytest.approx((0.7, 0.5))


def test_what_was_reached_is_told_for_each_network():
    losses = [(1.0, 0.0), (1.0, 0.0), (0.9, 0.1), (0.9, 0.1), (0.4, 0.1)]
    several = [replace(one, losses=two) for one, two in zip(RUN, losses, strict=True)]
    # (20 * 0.9 + 30 * 0.4) / 50 = 0.6 and 0.1, on average 0.35.
    now = epoch_means(several)
    assert now.losses == pytest.approx((0.6, 0.1))
    assert now.loss == pytest.approx(0.35)
    assert epoch_means(RUN).losses == pytest.approx((0.3,))


def test_numbers_reach_no_accuracy():
    now = epoch_means([replace(one, accuracy=None) for one in RUN])
    assert now.accuracy is None
    assert now.loss == pytest.approx(0.3)


def test_the_speed_counts_from_the_first_point_on():
    # From update 20 to 60 in 1 s, so the 40 that are left take another second.
    assert speed(RUN[:3]) == pytest.approx(40)
    assert seconds_left(RUN[:3]) == pytest.approx(1)
    assert seconds_left(RUN) == 0


def test_one_point_has_no_speed_yet():
    assert speed([]) is speed(RUN[:1]) is None
    assert seconds_left([]) is seconds_left(RUN[:1]) is None
