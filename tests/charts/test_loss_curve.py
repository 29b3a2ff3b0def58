"""The loss while a network trains: the curve, the lines of theory, and what is read off a run."""

import math
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from rnnlab.bounds import Bounds
from rnnlab.charts.elements import TABLE
from rnnlab.charts.loss_curve import (
    COLUMNS,
    epoch_means,
    loss_curve,
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
def spec_of(bounds: Bounds = PAIR, epochs: int = 2, *, log: bool = False) -> dict:
    return loss_curve(bounds, updates_per_epoch=400, epochs=epochs, log=log).to_dict()


def layer_with(spec: dict, mark: str, data: str = TABLE) -> dict:
    """The layer drawn with this mark: from the run's table, or from another with the lines."""
    layers = [layer for layer in spec["layer"] if layer["mark"]["type"] == mark]
    (layer,) = [x for x in layers if (x["data"]["name"] == TABLE) == (data == TABLE)]
    return layer


def lines_of(bounds: Bounds, *, log: bool = False) -> list[dict]:
    """The lines of theory: the loss and the label of each."""
    spec = spec_of(bounds, log=log)
    return spec["datasets"][layer_with(spec, "rule", "lines")["data"]["name"]]


def labels_of(bounds: Bounds, *, log: bool = False) -> list[str]:
    return [row["label"] for row in lines_of(bounds, log=log) if row["label"]]


def calculated(layer: dict) -> dict[str, str]:
    """The columns that a layer adds to its table, with their formulas."""
    steps = layer.get("transform", [])
    return {step["as"]: step["calculate"] for step in steps if "calculate" in step}


def drawn(layer: dict, channel: str, row: dict) -> float:
    """Where a channel of the layer puts a row of the table."""
    field = layer["encoding"][channel]["field"]
    formula = calculated(layer)[field]
    column, bottom = re.fullmatch(r"max\(datum\.(\w+), ([-+.\de]+)\)", formula).groups()
    return max(row[column], float(bottom))


@pytest.mark.parametrize(
    ("mark", "channel", "loss"), [("line", "y", 0.5), ("area", "y", 0.1), ("area", "y2", 0.9)]
)
def test_the_curve_is_the_loss_and_the_area_reaches_from_lowest_to_highest(mark, channel, loss):
    layer = layer_with(spec_of(), mark)
    assert layer["encoding"]["x"]["field"] == "update"
    assert drawn(layer, channel, {"loss": 0.5, "low": 0.1, "high": 0.9}) == loss


@EVERY_KIND
def test_a_loss_below_a_logarithmic_axis_is_drawn_at_its_lower_end(bounds):
    spec = spec_of(bounds, log=True)
    bottom, top = layer_with(spec, "line")["encoding"]["y"]["scale"]["domain"]
    assert 0 < bottom < top
    perfect = {"loss": 0.0, "low": 0.0, "high": bottom / 2}
    for mark, channel in (("line", "y"), ("area", "y"), ("area", "y2"), ("point", "y")):
        layer = layer_with(spec, mark)
        assert drawn(layer, channel, perfect) == bottom
        within = {"loss": 2 * bottom, "low": 2 * bottom, "high": 2 * bottom}
        assert drawn(layer, channel, within) == 2 * bottom


@BOTH_SCALES
def test_the_tooltip_has_every_number_of_a_point_as_it_is(log):
    layer = layer_with(spec_of(log=log), "line")
    fields = {line["field"] for line in layer["encoding"]["tooltip"]}
    assert fields == set(COLUMNS) - {"new_rate"}
    assert not fields & calculated(layer).keys(), "and not as it is drawn"


@EVERY_KIND
@BOTH_SCALES
def test_the_axes_hold_the_run_and_the_losses_of_theory(bounds, log):
    encoding = layer_with(spec_of(bounds, log=log), "line")["encoding"]
    assert encoding["x"]["scale"]["domain"] == [0, 800]
    low, high = encoding["y"]["scale"]["domain"]
    assert low < bounds.baseline < high
    assert (low > 0) == (encoding["y"]["scale"].get("type") == "log") == log


def test_a_logarithmic_axis_goes_down_to_where_a_curve_has_long_learnt_all():
    low, _ = layer_with(spec_of(ECHO, log=True), "line")["encoding"]["y"]["scale"]["domain"]
    assert 1e-5 < low < 3e-4, "the echo ends at 0.0003"
    low, _ = layer_with(spec_of(SINE, log=True), "line")["encoding"]["y"]["scale"]["domain"]
    assert low < 5e-6, "the sine as printed ends below 0.00001"


@BOTH_SCALES
def test_a_turned_rate_is_a_line_from_top_to_bottom_with_its_number(log):
    spec = spec_of(log=log)
    line, label = layer_with(spec, "rule"), layer_with(spec, "text")
    for layer in (line, label):
        assert {"filter": "isValid(datum.new_rate)"} in layer["transform"]
        assert layer["encoding"]["x"]["field"] == "update"
    assert "y" not in line["encoding"]
    assert label["encoding"]["y"] == {"value": 2}
    formula = calculated(label)[label["encoding"]["text"]["field"]]
    assert formula == "'rate ' + format(datum.new_rate, '~g')"


def test_the_newest_point_is_marked():
    point = layer_with(spec_of(), "point")
    assert {"filter": "datum.update == datum.newest"} in point["transform"]
    (newest,) = [step["joinaggregate"] for step in point["transform"] if "joinaggregate" in step]
    assert newest == [{"op": "max", "field": "update", "as": "newest"}]


@pytest.mark.parametrize("epochs", [2, 20, 21, 5000])
def test_the_marks_of_the_axis_are_few_and_end_with_the_run(epochs):
    x = layer_with(spec_of(epochs=epochs), "line")["encoding"]["x"]
    assert x["scale"]["domain"] == [0, 400 * epochs]
    marks = x["axis"].get("values", [])
    assert len(marks) <= 21
    assert all(mark % 400 == 0 for mark in marks)
    assert all(mark <= 400 * epochs for mark in marks)


@pytest.mark.parametrize(("per_epoch", "epochs"), [(400, 1), (1, 2000)])
def test_where_there_is_one_epoch_or_one_update_in_each_updates_are_counted(per_epoch, epochs):
    line = layer_with(loss_curve(TOY, per_epoch, epochs).to_dict(), "line")
    x = line["encoding"]["x"]
    assert x["title"] == "Update"
    assert x["scale"]["domain"] == [0, per_epoch * epochs]
    assert "values" not in x["axis"]
    assert line["mark"]["clip"], "later points stay outside"


@EVERY_KIND
def test_every_bound_is_a_dashed_line_with_its_label_and_number(bounds):
    assert layer_with(spec_of(bounds), "rule", "lines")["mark"]["strokeDash"]
    assert [row["loss"] for row in lines_of(bounds)] == [loss for _, loss in bounds.lines]
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
    spec = spec_of(bounds, log=True)
    bottom, _ = layer_with(spec, "line")["encoding"]["y"]["scale"]["domain"]
    rows = lines_of(bounds, log=True)
    assert [row["loss"] for row in rows] == [max(loss, bottom) for _, loss in bounds.lines]
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
    rows = lines_of(three(0.36, 0.35))
    assert [row["label"] for row in rows] == [
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
    low, high = layer_with(spec_of(bounds, log=log), "line")["encoding"]["y"]["scale"]["domain"]

    def place(loss: float) -> float:
        return math.log(loss / low) / math.log(high / low) if log else loss / high

    height = spec_of(bounds)["height"]
    places = [height * place(row["loss"]) for row in lines_of(bounds, log=log) if row["label"]]
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
    (row,) = run_table(progress).to_dict("records")
    assert (row["low"], row["loss"], row["high"]) == (0.1, 0.2, 0.9)
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
