"""The loss while a network trains: the curve, the lines of theory, and what is read off a run."""

import json
import math
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.bounds import Bounds, epoch_means
from rnnlab.charts import roles
from rnnlab.charts.loss_curve import (
    COLUMNS,
    loss_curve,
    row,
    run_table,
    seconds_left,
    speed,
)
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Settings


def bits(*lines: tuple[str, float]) -> Bounds:
    """Bounds of bits with these lines, from the top."""
    losses = [loss for _, loss in lines]
    return Bounds(True, losses[0], losses[-1], losses[-1], 1.15 * losses[0], lines)


def three(window: float, best: float) -> Bounds:
    """The lines that every rule on bits has."""
    return bits(("nothing", math.log(2)), ("window", window), ("best", best))


PAIR = three(0.459, 0.34657)
ECHO = Bounds.of(Settings.of({"rule": "echo", "rows": 5, "window": 15}))
LAGS = Bounds.of(Settings(rule="lags", window=20))
SINE = Bounds.of(Settings(rule="sine", rows=32, window=10))
TOY = Bounds.of(Settings(rule="toy"))

HEIGHT = 280
"""Pixels of the picture between its axes."""

EVERY_KIND = pytest.mark.parametrize("bounds", [ECHO, LAGS, SINE], ids=["echo", "lags", "sine"])
BOTH_SCALES = pytest.mark.parametrize("log", [False, True], ids=["linear", "log"])


@cache
def picture_of(bounds: Bounds = PAIR, epochs: int = 2, *, log: bool = False) -> dict:
    return loss_curve(bounds, updates_per_epoch=400, epochs=epochs, log=log)


def labels_of(bounds: Bounds, *, log: bool = False) -> list[str]:
    return [line["label"] for line in picture_of(bounds, log=log)["lines"] if line["label"]]


@EVERY_KIND
@BOTH_SCALES
def test_it_can_be_sent_and_its_colours_come_from_roles(bounds, log):
    picture = picture_of(bounds, log=log)
    assert json.loads(json.dumps(picture)).keys() == picture.keys()
    colors = {"curve": roles.TRAINING, "held_out": roles.VALIDATION, "bound": roles.BOUND}
    assert picture["colors"] == colors
    assert (picture["log"], picture["per_epoch"]) == (log, 400)


@EVERY_KIND
@BOTH_SCALES
def test_the_axes_hold_the_run_and_the_losses_of_theory(bounds, log):
    x, y = (picture_of(bounds, log=log)[axis] for axis in "xy")
    assert (x["low"], x["high"]) == (0, 800)
    assert y["low"] < bounds.baseline < y["high"]
    assert (y["low"] > 0) == log
    assert x["title"] == "Epoch (of 400 updates)"
    assert y["title"] == f"Loss ({'nats a prediction' if bounds.bits else 'mean squared error'})"


def test_a_logarithmic_axis_goes_down_to_where_a_curve_has_long_learnt_all():
    assert 1e-5 < picture_of(ECHO, log=True)["y"]["low"] < 3e-4, "the echo ends at 0.0003"
    assert picture_of(SINE, log=True)["y"]["low"] < 5e-6, "as printed it ends below 0.00001"


@pytest.mark.parametrize("epochs", [2, 20, 21, 5000])
def test_the_marks_of_the_epochs_are_few_and_within_the_run(epochs):
    x = picture_of(epochs=epochs)["x"]
    assert x["high"] == 400 * epochs
    assert 2 < len(x["ticks"]) <= 21
    assert all(0 <= update <= x["high"] for update, _ in x["ticks"])
    assert [400 * int(label) for _, label in x["ticks"]] == [update for update, _ in x["ticks"]]


@pytest.mark.parametrize(("per_epoch", "epochs"), [(400, 1), (1, 2000), (1, 1), (3, 1)])
def test_where_there_is_one_epoch_or_one_update_in_each_updates_are_counted(per_epoch, epochs):
    x = loss_curve(TOY, per_epoch, epochs)["x"]
    assert (x["low"], x["high"], x["title"]) == (0, per_epoch * epochs, "Update")
    assert [float(label) for _, label in x["ticks"]] == [update for update, _ in x["ticks"]]


@given(st.floats(1e-6, 1e4), st.booleans(), st.booleans())
def test_the_marks_of_the_losses_are_few_even_and_say_where_they_are(top, of_bits, log):
    y = loss_curve(Bounds(of_bits, top, 0.0, 0.0, top, (("nothing", top),)), 400, 2, log=log)["y"]
    marks = [loss for loss, _ in y["ticks"]]
    assert 2 < len(marks) <= 10
    assert all(y["low"] * 0.999 <= loss <= y["high"] * 1.001 for loss in marks)
    assert [float(label) for _, label in y["ticks"]] == pytest.approx(marks)
    steps = np.diff(np.log10(marks) if log else marks)
    assert steps == pytest.approx(steps[0])


@EVERY_KIND
def test_every_bound_is_a_line_with_its_label_and_number(bounds):
    lines = picture_of(bounds)["lines"]
    assert [line["loss"] for line in lines] == [loss for _, loss in bounds.lines]
    labels = [label.rsplit(": ", 1) for label in " · ".join(labels_of(bounds)).split(" · ")]
    assert [label for label, _ in labels] == [label for label, _ in bounds.lines]
    for (_, digits), (_, loss) in zip(labels, bounds.lines, strict=True):
        assert float(digits) == pytest.approx(loss, rel=5e-3, abs=5e-5)


def test_losses_of_bits_have_four_digits_after_the_point_and_squared_errors_three_in_all():
    assert re.findall(r": (\S+)", " ".join(labels_of(LAGS))) == [
        "0.6616", "0.6277", "0.5192", "0.5017", "0.4545"
    ]  # fmt: skip
    assert re.findall(r": (\S+)", " ".join(labels_of(SINE)))[:2] == ["0.478", "5.23e-05"]


@EVERY_KIND
def test_a_line_below_a_logarithmic_axis_is_drawn_at_its_lower_end_with_its_true_number(bounds):
    picture = picture_of(bounds, log=True)
    losses = [line["loss"] for line in picture["lines"]]
    assert losses == [max(loss, picture["y"]["low"]) for _, loss in bounds.lines]
    assert " ".join(labels_of(bounds, log=True)).count(":") == len(bounds.lines)


@pytest.mark.parametrize(
    ("window", "best", "n_labels"),
    [(0.6931, 0.3466, 2), (0.44, 0.4, 3), (0.68, 0.66, 1)],
)
def test_lines_that_nearly_coincide_share_one_label(window, best, n_labels):
    labels = labels_of(three(window, best))
    assert len(labels) == n_labels
    assert all(f"{value:.4f}" in " ".join(labels) for value in (math.log(2), window, best))


def test_a_shared_label_stands_at_the_highest_of_its_lines_and_names_them_from_the_top():
    lines = picture_of(three(0.36, 0.35))["lines"]
    assert [line["label"] for line in lines] == [
        "nothing: 0.6931",
        "window: 0.3600 · best: 0.3500",
        "",
    ]


def test_lines_are_as_near_as_they_look():
    # A thousandth and two thousandths: the same on a linear axis, apart on a logarithmic one. And
    # 0.40 and 0.36: a twentieth of a linear axis from each other, and nothing of a logarithmic one.
    low = bits(("nothing", math.log(2)), ("some", 0.002), ("more", 0.001))
    assert len(labels_of(low)) == 2
    assert len(labels_of(low, log=True)) == 3
    high = bits(("nothing", math.log(2)), ("some", 0.40), ("more", 0.36))
    assert len(labels_of(high)) == 3
    assert len(labels_of(high, log=True)) == 2


@EVERY_KIND
@BOTH_SCALES
def test_no_two_labels_stand_on_each_other(bounds, log):
    picture = picture_of(bounds, log=log)
    low, high = picture["y"]["low"], picture["y"]["high"]

    def place(loss: float) -> float:
        return math.log(loss / low) / math.log(high / low) if log else loss / high

    places = [HEIGHT * place(line["loss"]) for line in picture["lines"] if line["label"]]
    assert all(above - below > 12 for above, below in pairwise(places)), "the size of the letters"


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


def test_a_point_travels_as_update_loss_lowest_highest_accuracy_and_rate():
    assert row(RUN[0]) == (20, 0.7, 0.7, 1.4, 0.5, 0.01)
    assert row(replace(RUN[0], losses=(0.1, 0.9, 0.2))) == (20, 0.2, 0.1, 0.9, 0.5, 0.01)
    assert row(replace(RUN[0], accuracy=None))[4] is None


def test_what_is_known_of_held_out_data_travels_with_its_point_and_costs_the_others_nothing():
    looked = replace(RUN[0], held_out=(0.123456789, 0.9, 0.2))
    assert row(looked) == (*row(RUN[0]), 0.2), "the median, as of the losses"
    assert row(replace(looked, held_out=(0.123456789,)))[6] == 0.12346
    assert len(row(RUN[0])) == 6
    assert len(json.dumps(row(looked))) < len(json.dumps(row(RUN[0]))) + 12


@pytest.mark.parametrize(
    ("bounds", "names"),
    [
        (PAIR, ["bits it learns from", "fresh bits"]),
        (SINE, ["values it learns from", "values held out"]),
        (TOY, ["sequences it learns from", None]),
    ],
)
def test_the_picture_names_the_data_of_the_curve_and_those_of_the_dots_and_lines(bounds, names):
    assert picture_of(bounds)["names"] == names


@given(st.floats(1e-12, 1e9), st.integers(1, 10**7))
def test_the_numbers_of_a_point_travel_with_five_digits_and_its_update_with_all(loss, step):
    update, *numbers = row(replace(RUN[0], step=step, loss=loss, max_loss=2 * loss))
    assert update == step
    assert numbers[:3] == pytest.approx([loss, loss, 2 * loss], rel=1e-4)
    assert all(x == float(f"{x:.4e}") for x in numbers)


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
    assert run_table([replace(RUN[0], losses=(0.7,))]).equals(table[:1])


def test_the_band_of_several_networks_reaches_from_the_best_to_the_worst_about_their_median():
    # One of three is far behind: it must not pull the curve up, and nor does its worst update.
    progress = [replace(RUN[0], loss=0.4, losses=(0.1, 0.9, 0.2))]
    (line,) = run_table(progress).to_dict("records")
    assert (line["low"], line["loss"], line["high"]) == (0.1, 0.2, 0.9)
    progress = [replace(RUN[0], loss=0.3, losses=(0.2, 0.4))]
    assert run_table(progress)["loss"].item() == pytest.approx(0.3)


def test_a_turned_rate_is_marked_where_it_first_holds_and_nowhere_else():
    rates = [0.01, 0.01, 0.3, 0.3, 0.01]
    turned = [replace(x, learning_rate=rate) for x, rate in zip(RUN, rates, strict=True)]
    table = run_table(turned)
    assert list(table["rate"]) == rates
    marked = table[table["new_rate"].notna()]
    assert list(zip(marked["update"], marked["new_rate"], strict=True)) == [(60, 0.3), (100, 0.01)]
    assert run_table(RUN)["new_rate"].isna().all()


def test_the_columns_have_the_same_types_whatever_is_in_them():
    full = run_table(RUN)
    for progress in ([], RUN[:1], [replace(RUN[0], accuracy=None)]):
        table = run_table(progress)
        assert list(table.columns) == list(full.columns) == COLUMNS
        assert table["accuracy"].dtype == table["new_rate"].dtype == np.float64
    assert len(run_table([])) == 0


def test_means_over_an_epoch_weigh_its_chunks_by_their_updates():
    # (10 * 0.5 + 10 * 0.4 + 30 * 0.2) / 50 = 0.3; (7 + 8 + 27) / 50 = 0.84.
    assert epoch_means(RUN)[:2] == pytest.approx((0.3, 0.84))
    # (20 * 0.7 + 30 * 0.6) / 50 = 0.64; (10 + 18) / 50 = 0.56.
    assert epoch_means(RUN[:2])[:2] == pytest.approx((0.64, 0.56))
    assert epoch_means(RUN[:1])[:2] == pytest.approx((0.7, 0.5))


def test_means_over_an_epoch_are_there_for_each_network():
    losses = [(1.0, 0.0), (1.0, 0.0), (0.9, 0.1), (0.9, 0.1), (0.4, 0.1)]
    several = [replace(x, losses=two) for x, two in zip(RUN, losses, strict=True)]
    # (20 * 0.9 + 30 * 0.4) / 50 = 0.6 and 0.1, on average 0.35.
    now = epoch_means(several)
    assert now.losses == pytest.approx((0.6, 0.1))
    assert now.loss == pytest.approx(0.35)
    assert epoch_means(RUN).losses == pytest.approx((0.3,))


def test_a_run_on_numbers_has_no_accuracy():
    now = epoch_means([replace(x, accuracy=None) for x in RUN])
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
