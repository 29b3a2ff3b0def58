"""The lines of theory in the picture of the loss, and their labels."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest

from tests.charts.loss_curves import (
    BOTH_SCALES,
    ECHO,
    EVERY_KIND,
    LAGS,
    SINE,
    bits,
    labels_of,
    layer_with,
    lines_of,
    spec_of,
    three,
)


@EVERY_KIND
def test_every_bound_is_a_dashed_line_with_its_label_and_number(bounds):
    assert layer_with(spec_of(bounds), "rule", "lines")["mark"]["strokeDash"]
    assert [row["loss"] for row in lines_of(bounds)] == [loss for _, loss in bounds.lines]
    said = " · ".join(labels_of(bounds))
    told = [part.rsplit(": ", 1) for part in said.split(" · ")]
    assert [label for label, _ in told] == [label for label, _ in bounds.lines]
    for (_, digits), (_, loss) in zip(told, bounds.lines, strict=True):
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


def test_the_best_possible_of_the_echo_is_seen_on_a_logarithmic_axis_too():
    lowest = lines_of(ECHO, log=True)[-1]
    assert lowest["loss"] > 0
    assert lowest["label"] == "best possible: 0.0000"


@pytest.mark.parametrize(
    ("window", "best", "n_labels"),
    [(0.6931, 0.3466, 2), (0.36, 0.35, 2), (0.6931, 0.6931, 1), (0.44, 0.4, 3), (0.68, 0.66, 1)],
)
def test_lines_that_nearly_coincide_share_one_label(window, best, n_labels):
    labels = labels_of(three(window, best))
    assert len(labels) == n_labels
    said = " ".join(labels)
    assert all(f"{value:.4f}" in said for value in (math.log(2), window, best))


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
