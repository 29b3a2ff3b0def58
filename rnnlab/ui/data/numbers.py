"""Rules on numbers: the series, the tensors that are cut from it, and how these become batches."""

from __future__ import annotations

import streamlit as st

from rnnlab.charts.samples import (
    grid_chart,
    grid_table,
    overlap_chart,
    overlap_table,
    sample_chart,
    sample_table,
    split_chart,
    split_table,
)
from rnnlab.rules.series import SeriesRule
from rnnlab.rules.sine import SineRule
from rnnlab.settings import Settings
from rnnlab.survey import tensors
from rnnlab.ui import drawing
from rnnlab.ui.place import place

MOST_POINTS = 1500
AROUND = 15
LANES = 6
NUMBERED = 6


def series(settings: Settings) -> None:
    """The values, and one sample of them as the network receives it."""
    if isinstance(settings.data, SeriesRule):
        _curve(settings)
    else:
        _all_samples(settings)


def cut(settings: Settings) -> None:
    """How samples overlap, and how they become batches."""
    st.markdown(tensors.batches_sentence(settings))
    first = tensors.order_of(settings)[0]
    listed = ", ".join(f"{number:,}" for number in first[:NUMBERED])
    more = f" and {len(first) - NUMBERED} more" if len(first) > NUMBERED else ""
    st.markdown(f"Your first update reads the samples {listed}{more}, counted from 0.")
    if not isinstance(settings.data, SeriesRule):
        st.caption("Nothing is cut here: the sequences are as they are, and every update sees all.")
        return
    lanes = min(LANES, _n_samples(settings))
    drawing.draw(
        drawing.spec(overlap_chart, lanes, settings.window),
        overlap_table(lanes, settings.window),
        key="look_overlap",
        alt=f"The first {lanes} samples, each one value later than the one before.",
    )
    st.caption(
        f"Each sample is {_values(settings.window)} (blue) and the one that follows (vermilion), "
        f"and begins one value after the sample above it. So the state is never carried: what "
        "lies before a sample's first value, no update can see."
    )


def _curve(settings: Settings) -> None:
    sample = place(
        "look_sample",
        "Sample",
        0,
        _n_samples(settings) - 1,
        at_first=100,
        about="Sample i begins with value i, counted from 0.",
    )
    split = tensors.split_of(settings, MOST_POINTS)
    drawing.draw(
        drawing.spec(split_chart, split.n_train, split.n_test),
        split_table(split, sample),
        key="look_split",
        alt=f"The whole series: {split.n_train:,} values for training, {split.n_test:,} for test.",
    )
    st.caption(
        f"The first {split.n_train:,} values are for training, the last {split.n_test:,} (green, "
        "dashed) for the test: no update sees them. The vermilion line is your sample."
    )
    drawing.draw(
        drawing.spec(sample_chart, settings.window),
        sample_table(tensors.around(settings, sample, AROUND)),
        key="look_sample_points",
        alt=f"Sample {sample}: {settings.window} inputs and the target that follows.",
    )
    st.caption(
        f"{_values(settings.window).capitalize()} from number {sample:,} on come in (blue); number "
        f"{sample + settings.window:,} is to be said (vermilion)."
    )
    _readings(settings, sample)


def _readings(settings: Settings, sample: int) -> None:
    """The sample as a tensor; for the sine as printed beside as meant."""
    other = tensors.other_reading(settings)
    if other is None:
        _tensor(settings, sample, _title(settings), "look_tensor")
        return
    pair = sorted((settings, other), key=lambda one: one.shape[0], reverse=True)
    for column, one in zip(st.columns(2, gap="medium"), pair, strict=True):
        with column:
            chosen = " (yours)" if one is settings else ""
            _tensor(one, sample, f"{_title(one)}{chosen}", f"look_tensor_{one.shape[0]}")


def _all_samples(settings: Settings) -> None:
    n_samples = len(tensors.samples_of(settings).targets)
    for sample, column in enumerate(st.columns(n_samples, gap="medium")):
        with column:
            _tensor(settings, sample, f"Sample {sample}", f"look_tensor_{sample}")
    steps, features = settings.shape
    st.caption(
        f"Together one tensor of shape ({n_samples}, {steps}, {features}): {n_samples} samples of "
        f"{steps} time steps with {features} features. The test is on the same {n_samples}."
    )


def _tensor(settings: Settings, sample: int, title: str, key: str) -> None:
    samples = tensors.samples_of(settings)
    inputs, target = samples.inputs[sample], float(samples.targets[sample])
    steps, features = inputs.shape
    st.markdown(f"**{title}**")
    drawing.draw(
        drawing.spec(grid_chart, steps, features),
        grid_table(inputs, target),
        key=key,
        alt=f"A grid of {steps} time steps and {features} features, and the target {target:.6g}.",
    )
    st.caption(
        f"One time step only: all {features} values come in at once. No arrow leads from a state "
        "to a next one, so nothing recurs."
        if steps == 1
        else f"Follow the arrows: the state h is handed on {_times(steps - 1)}, and after step "
        f"{steps} the target is to be said."
    )


def _title(settings: Settings) -> str:
    steps, features = settings.shape
    rule, name = settings.data, "Your sample"
    if isinstance(rule, SineRule):
        name = "As printed" if rule.as_printed else "As meant"
    return f"{name}: shape ({_n_samples(settings):,}, {steps}, {features})"


def _n_samples(settings: Settings) -> int:
    return settings.sample_rule.n_samples(settings.window)


def _values(number: int) -> str:
    return "one value" if number == 1 else f"{number} values"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
