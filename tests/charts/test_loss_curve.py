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

from rnnlab.bounds import Bounds, epoch_means, meanings
from rnnlab.charts import roles
from rnnlab.charts.loss_curve import (
    COLUMNS,
    MOST_POINTS_OF_EARLIER,
    earlier_curve,
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

EVERY_KIND = pytest.mark.parametrize("bounds", [ECHO, LAGS, SINE], ids=["echo", "lags", "sine"])
BOTH_SCALES = pytest.mark.parametrize("log", [False, True], ids=["linear", "log"])


@cache
def picture_of(
    bounds: Bounds = PAIR, epochs: int = 2, *, log: bool = False, even: bool = False
) -> dict:
    return loss_curve(bounds, updates_per_epoch=400, epochs=epochs, log=log, even=even)


def labels_of(bounds: Bounds, *, log: bool = False) -> list[str]:
    return [line["label"] for line in picture_of(bounds, log=log)["lines"]]


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
    assert (x["low"], x["high"], x["log"]) == (1, 800, True)
    assert y["low"] < bounds.baseline < y["high"]
    assert (y["low"] > 0) == log
    assert "400" in x["title"]
    assert f"({'nats a prediction' if bounds.bits else 'mean squared error'})" in y["title"]


def test_a_logarithmic_axis_goes_down_to_where_a_curve_has_long_learnt_all():
    assert 1e-5 < picture_of(ECHO, log=True)["y"]["low"] < 3e-4, "the echo ends at 0.0003"
    assert picture_of(SINE, log=True)["y"]["low"] < 5e-6, "as printed it ends below 0.00001"


@given(st.integers(1, 400), st.integers(1, 5000))
def test_updates_stand_tenfold_from_number_to_number_and_the_marks_between_are_true(
    per_epoch, epochs
):
    high = per_epoch * epochs
    x = loss_curve(TOY, per_epoch, epochs)["x"]
    assert x["log"] == (high >= 10)
    if not x["log"]:
        return
    updates = [update for update, _ in x["ticks"]]
    assert updates == sorted(set(updates))
    assert (updates[0], updates[-1]) == (x["low"], x["high"]) == (1, high)
    numbers = [(update, int(text.replace(",", ""))) for update, text in x["ticks"] if text]
    assert all(update == number for update, number in numbers)
    decades = [update for update, _ in numbers if update != high]
    assert decades == [10**power for power in range(len(decades))]
    assert 10 ** len(decades) >= high, "none is left out"
    shares = [math.log(after / before) for (before, _), (after, _) in pairwise(numbers)]
    assert all(share > math.log(2.4) for share in shares), "no two numbers stand on each other"


def test_the_fall_has_a_third_of_the_axis_where_it_had_a_thirtieth():
    # lags: 3,000 updates, of which the first 100, a thirtieth, see the loss fall.
    x = loss_curve(LAGS, 100, 30)["x"]
    assert math.log(100 / x["low"]) / math.log(x["high"] / x["low"]) > 1 / 2
    even = loss_curve(LAGS, 100, 30, even=True)["x"]
    assert (even["low"], even["high"], even["log"]) == (0, 3000, False)


@pytest.mark.parametrize("epochs", [2, 20, 21, 5000])
def test_the_marks_of_the_epochs_are_few_and_within_the_run(epochs):
    x = picture_of(epochs=epochs, even=True)["x"]
    assert x["high"] == 400 * epochs
    assert 2 < len(x["ticks"]) <= 21
    assert all(0 <= update <= x["high"] for update, _ in x["ticks"])
    assert [400 * int(label) for _, label in x["ticks"]] == [update for update, _ in x["ticks"]]


@pytest.mark.parametrize(("per_epoch", "epochs"), [(400, 1), (1, 2000), (1, 1), (3, 1)])
def test_where_there_is_one_epoch_or_one_update_in_each_updates_are_counted(per_epoch, epochs):
    x = loss_curve(TOY, per_epoch, epochs, even=True)["x"]
    assert (x["low"], x["high"], x["title"]) == (0, per_epoch * epochs, "Update")
    labels = [float(label.replace(",", "")) for _, label in x["ticks"]]
    assert labels == [update for update, _ in x["ticks"]]


@given(st.floats(1e-6, 1e4), st.floats(0, 0.99), st.booleans(), st.booleans())
def test_the_marks_of_the_losses_are_few_and_say_where_they_are(top, share, of_bits, log):
    lines = (("nothing", top), ("best", share * top))
    y = loss_curve(Bounds(of_bits, top, 0.0, 0.0, top, lines), 400, 2, log=log)["y"]
    marks = [loss for loss, _ in y["ticks"]]
    assert 2 < len(marks) <= 12
    assert marks == sorted(set(marks))
    assert all(y["low"] * 0.999 <= loss <= y["high"] * 1.001 for loss in marks)
    assert [float(label) for _, label in y["ticks"]] == pytest.approx(marks)
    if not log:
        assert np.diff(marks) == pytest.approx(marks[1] - marks[0])


@pytest.mark.parametrize("rule", ["lags", "self-pair", "pair"])
def test_on_a_logarithmic_axis_the_lines_of_a_rule_with_chance_have_their_room(rule):
    bounds = Bounds.of(Settings.of({"rule": rule, "window": 20 if rule == "lags" else 5}))
    low, high = (picture_of(bounds, log=True)["y"][end] for end in ("low", "high"))
    (_, above), *_, (_, best) = bounds.lines
    assert math.log(above / best) / math.log(high / low) > 0.25
    assert low < best / 1.5, "what is learnt by heart has room, too"


@EVERY_KIND
@BOTH_SCALES
def test_every_bound_is_a_line_with_its_own_label_and_true_number(bounds, log):
    lines = picture_of(bounds, log=log)["lines"]
    low = picture_of(bounds, log=log)["y"]["low"]
    assert [line["loss"] for line in lines] == [max(loss, low) for _, loss in bounds.lines]
    labels = [label.rsplit(": ", 1) for label in labels_of(bounds, log=log)]
    assert [label for label, _ in labels] == [label for label, _ in bounds.lines]
    for (_, digits), (_, loss) in zip(labels, bounds.lines, strict=True):
        assert float(digits) == pytest.approx(loss, rel=5e-3, abs=5e-5)


def test_losses_of_bits_have_four_digits_after_the_point_and_squared_errors_three_in_all():
    assert re.findall(r": (\S+)", " ".join(labels_of(LAGS))) == [
        "0.6616", "0.6277", "0.5192", "0.5017", "0.4545"
    ]  # fmt: skip
    assert re.findall(r": (\S+)", " ".join(labels_of(SINE)))[:2] == ["0.478", "5.23e-05"]


def test_each_line_explains_itself_where_meanings_are_given():
    settings = Settings(rule="lags", window=20)
    told = meanings(LAGS, settings)
    lines = loss_curve(LAGS, 100, 30, meanings=told)["lines"]
    assert [(x["meaning"], x["crossed"], x["reach"]) for x in lines] == told
    assert all("meaning" not in line for line in picture_of(LAGS)["lines"])


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


def test_an_earlier_curve_is_thinned_to_what_an_eye_can_see_and_keeps_its_ends():
    few = earlier_curve("units 6 → 2", RUN)
    assert few == ("units 6 → 2", ((20, 0.7), (50, 0.6), (60, 0.5), (70, 0.4), (100, 0.2)))
    many = [point(step, 1 / step, 0.5, step) for step in range(1, 3001)]
    points = earlier_curve("long", many).points
    assert 40 < len(points) <= MOST_POINTS_OF_EARLIER + 1
    assert [update for update, _ in points] == sorted({update for update, _ in points})
    assert points[0] == (1, 1.0)
    assert points[-1][0] == 3000
    assert sum(update <= 100 for update, _ in points) > 20, "by tens: the first ones have most"
    (drawn,) = loss_curve(PAIR, 400, 2, earlier=[few])["earlier"]
    assert drawn == {"label": few.label, "points": few.points}
    assert earlier_curve("one", RUN[:1]).points == ((20, 0.7),)
