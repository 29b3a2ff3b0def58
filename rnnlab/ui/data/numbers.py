"""Rules on numbers: the series, its samples as tensors and in batches, and simpler predictors."""

from __future__ import annotations

import math

import streamlit as st

from rnnlab.charts.rule_data import losses_chart, losses_domain, losses_table
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
from rnnlab.exploration.samples import (
    Recurrence,
    batch_order,
    batches_sentence,
    other_sine,
    recurrence,
    sample_context,
    series_split,
)
from rnnlab.rules.adding import AddingRule
from rnnlab.rules.series import SeriesRule
from rnnlab.rules.sine import SineRule
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.choices import choose_position
from rnnlab.ui.data.marked import draw_marked

MOST_POINTS = 1500
CONTEXT = 15
N_LANES = 6
N_NUMBERS = 6

ERROR_TITLE = "Mean squared error"


def series(settings: Settings) -> None:
    """The values, and one sample of them as the network receives it."""
    if isinstance(settings.data, SeriesRule):
        _curve(settings)
    elif isinstance(settings.data, AddingRule):
        _marked(settings)
    else:
        _all_samples(settings)


def cut(settings: Settings) -> None:
    """How samples overlap, and how they become batches."""
    st.markdown(batches_sentence(settings))
    first = batch_order(settings)[0]
    numbers = ", ".join(f"{number:,}" for number in first[:N_NUMBERS])
    more = f" and {len(first) - N_NUMBERS} more" if len(first) > N_NUMBERS else ""
    st.markdown(f"Your first update reads the samples {numbers}{more}, counted from 0.")
    if not isinstance(settings.data, SeriesRule):
        every = first.size == _n_samples(settings)
        all_of_them = ", and every update sees all of them" if every else ""
        st.caption(f"Nothing is cut here: the sequences are as they are{all_of_them}.")
        return
    lanes = min(N_LANES, _n_samples(settings))
    drawing.draw(
        drawing.spec(overlap_chart, lanes, settings.window),
        overlap_table(lanes, settings.window),
        key="look_overlap",
        alt=f"The first {lanes} samples, each one value later than the one before.",
    )
    st.caption(
        f"Each sample is {_values(settings.window)} (blue) and the one that follows (orange), "
        f"and begins one value after the sample above it. So the state is never carried: what "
        "lies before a sample's first value, no update can see."
    )


def _curve(settings: Settings) -> None:
    picture = st.container()
    sample = _choose_sample(settings, "Sample i begins with value i, counted from 0.")
    with picture:
        _draw_curve(settings, sample)
    _tensors(settings, sample)


def _choose_sample(settings: Settings, help_text: str) -> int:
    last = _n_samples(settings) - 1
    return choose_position("look_sample", "Sample", 0, last, default=100, help_text=help_text)


def _draw_curve(settings: Settings, sample: int) -> None:
    """The whole series, and the sample of it that is looked at."""
    split = series_split(settings, MOST_POINTS)
    drawing.draw(
        drawing.spec(split_chart, split.n_train, split.n_test),
        split_table(split, sample),
        key="look_split",
        alt=f"The whole series: {split.n_train:,} values for training, {split.n_test:,} for test.",
    )
    st.caption(
        f"The first {split.n_train:,} values are for training, the last {split.n_test:,} (green, "
        "dashed) for the test: no update sees them. The orange line is your sample."
    )
    drawing.draw(
        drawing.spec(sample_chart, settings.window),
        sample_table(sample_context(settings, sample, CONTEXT)),
        key="look_sample_points",
        alt=f"Sample {sample}: {settings.window} inputs and the target that follows.",
    )
    st.caption(
        f"{_values(settings.window).capitalize()} from number {sample:,} on come in (blue). The "
        f"network must say number {sample + settings.window:,} (orange)."
    )


def _tensors(settings: Settings, sample: int) -> None:
    """The sample as a tensor; for the sine as printed beside as meant."""
    other = other_sine(settings)
    if other is None:
        _tensor(settings, sample, _title(settings), "look_tensor")
        return
    pair = sorted((settings, other), key=lambda each: each.shape[0], reverse=True)
    for column, each in zip(st.columns(2, gap="medium"), pair, strict=True):
        with column:
            yours = " (yours)" if each is settings else ""
            _tensor(each, sample, f"{_title(each)}{yours}", f"look_tensor_{each.shape[0]}")


def _marked(settings: Settings) -> None:
    """One sequence with its marks, as numbers in time and as the tensor that comes in."""
    picture = st.container()
    sample = _choose_sample(settings, "Which sequence, counted from 0.")
    with picture:
        draw_marked(settings, sample, "look_marked")
    _tensor(settings, sample, _title(settings), "look_tensor")


def _all_samples(settings: Settings) -> None:
    n_samples = _n_samples(settings)
    for sample, column in enumerate(st.columns(n_samples, gap="medium")):
        with column:
            _tensor(settings, sample, f"Sample {sample}", f"look_tensor_{sample}")
    steps, features = settings.shape
    st.caption(
        f"Together one tensor of shape ({n_samples}, {steps}, {features}): {n_samples} samples of "
        f"{steps} time steps with {features} features. The test is on the same {n_samples}."
    )


def _tensor(settings: Settings, sample: int, title: str, key: str) -> None:
    samples = settings.sample_rule.samples(settings.window)
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
        f"There is only one time step: all {features} values come in at once. No arrow leads "
        "from one state to a next one, so the network has no use for its memory."
        if steps == 1
        else (
            f"Follow the arrows: the state h is handed on {_times(steps - 1)}, and after step "
            f"{steps} the network must say the target."
        )
    )


def baselines(settings: Settings) -> None:
    """The mean squared errors of simpler predictors, and where these numbers come from."""
    st.header("What do simpler ways reach?")
    errors = settings.sample_rule.baselines(settings.window)
    domain = losses_domain(errors, log=True)
    drawing.draw(
        drawing.spec(losses_chart, tuple(errors), ERROR_TITLE, domain, log=True),
        losses_table(errors, None, domain, log=True),
        key="look_simpler",
        alt=f"{ERROR_TITLE}: "
        + "; ".join(f"{label} {error:.3g}" for label, error in errors.items()),
    )
    st.caption(_baselines_sentence(errors))
    st.caption(
        "Nothing here is left to chance, so there are no chances to count, and the best "
        "possible loss is 0. A network is good if it does better than these."
    )
    if settings.sample_rule.derivation:
        st.latex(settings.sample_rule.derivation, width="content")
    fitted = recurrence(settings)
    if fitted is not None and fitted.is_sine:
        _sine(fitted)
    elif fitted is not None:
        _fitted(fitted, settings.window)


def _baselines_sentence(errors: dict[str, float]) -> str:
    """The best of the simpler predictors, as a typical error."""
    label, best = list(errors.items())[-1]
    return (
        f"Look at the shortest bar: “{label}” has a mean squared error of {best:.2g}, so it is "
        f"usually wrong by {math.sqrt(best):.2g}. The axis is logarithmic."
    )


def _sine(fitted: Recurrence) -> None:
    st.markdown("**Why two values are enough.** For every angle w of a step")
    st.latex(r"\sin(t+w) + \sin(t-w) = 2 \cos(w) \sin(t)", width="content")
    st.latex(r"x_{t+1} = 2 \cos(w) \, x_t - x_{t-1}", width="content")
    st.latex(
        rf"""\begin{{aligned}}
w &= \tfrac{{100}}{{9999}} = {fitted.angle:.6f} \\
2 \cos(w) &= {fitted.exact_a:.8f} \\
\text{{fitted}}&: \; x_{{t+1}} = {fitted.a:.8f} \, x_t \\
&\phantom{{: \; x_{{t+1}} =}} {fitted.b:+.8f} \, x_{{t-1}}
\end{{aligned}}""",
        width="content",
    )
    st.caption(
        f"“Same as last value” is wrong by about w cos(t): squared, on average "
        f"w²/2 = {fitted.last_value_error:.2g} on the test, whose steps are "
        f"w = {fitted.test_angle:.6f}. That they are a little longer than those for training, "
        "and that the values are rounded to single precision, is what is left of the "
        "recurrence's error."
    )


def _fitted(fitted: Recurrence, window: int) -> None:
    st.markdown("**The two-term recurrence**, fitted to your values for training:")
    st.latex(rf"x_{{t+1}} = {fitted.a:.6f} \, x_t {fitted.b:+.6f} \, x_{{t-1}}", width="content")
    short = " Your windows of one step hold only one value, too few for it." if window < 2 else ""
    st.caption(
        "A sine would have b = -1 and a between -2 and 2. All errors are squared, in units of "
        f"the standard deviation of the values for training.{short}"
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
