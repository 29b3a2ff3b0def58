"""What simpler ways than a network reach on numbers, and the recurrence that a sine obeys."""

from __future__ import annotations

import math

import streamlit as st

from rnnlab.charts.rule_data import losses_chart, losses_domain, losses_table
from rnnlab.settings import Settings
from rnnlab.survey.recurrence import Recurrence, recurrence
from rnnlab.ui import drawing

TITLE = "Mean squared error on the test"


def draw(settings: Settings) -> None:
    """The staircase of mean squared errors, and where its numbers come from."""
    st.subheader("What do simpler ways reach?")
    errors = settings.sample_rule.baselines(settings.window)
    domain = losses_domain(errors, log=True)
    drawing.draw(
        drawing.spec(losses_chart, tuple(errors), TITLE, domain, log=True),
        losses_table(errors, None, domain, log=True),
        key="look_simpler",
        alt=f"{TITLE}: " + "; ".join(f"{who} {error:.3g}" for who, error in errors.items()),
    )
    st.caption(_sentence(errors))
    st.caption(
        "Nothing here is left to chance, so there are no chances to count and no best loss but 0: "
        "a network is good if it beats these."
    )
    found = recurrence(settings)
    if found is None:
        st.latex(r"\frac{(10-20)^2 + (20-20)^2 + (30-20)^2}{3} = 66.67", width="content")
    elif found.known:
        _sine(found)
    else:
        _fitted(found, settings.window)


def _sentence(errors: dict[str, float]) -> str:
    """The best of the simpler ways, as a usual error."""
    label, best = list(errors.items())[-1]
    return (
        f"Look at the shortest bar: “{label}” has a mean squared error of {best:.2g}, so it is "
        f"usually wrong by {math.sqrt(best):.2g}. The axis is logarithmic."
    )


def _sine(found: Recurrence) -> None:
    st.markdown("**Why two values are enough.** For every angle w of a step")
    st.latex(r"\sin(t+w) + \sin(t-w) = 2 \cos(w) \sin(t)", width="content")
    st.latex(r"x_{t+1} = 2 \cos(w) \, x_t - x_{t-1}", width="content")
    st.latex(
        rf"""\begin{{aligned}}
w &= \tfrac{{100}}{{9999}} = {found.angle:.6f} \\
2 \cos(w) &= {found.exact:.8f} \\
\text{{fitted}}&: \; x_{{t+1}} = {found.a:.8f} \, x_t \\
&\phantom{{: \; x_{{t+1}} =}} {found.b:+.8f} \, x_{{t-1}}
\end{{aligned}}""",
        width="content",
    )
    st.caption(
        f"“Same as last value” is wrong by about w cos(t): squared, on average "
        f"w²/2 = {found.standstill:.2g} on the test, whose steps are w = {found.test_angle:.6f}. "
        "That they are a little longer than those for training, and that the values are rounded to "
        "single precision, is what is left of the recurrence's error."
    )


def _fitted(found: Recurrence, window: int) -> None:
    st.markdown("**The two-term recurrence**, fitted to your values for training:")
    st.latex(rf"x_{{t+1}} = {found.a:.6f} \, x_t {found.b:+.6f} \, x_{{t-1}}", width="content")
    short = " Your windows of one step hold only one value, too few for it." if window < 2 else ""
    st.caption(
        "A sine would have b = -1 and a between -2 and 2. All errors are in units of the standard "
        f"deviation of the values for training, squared.{short}"
    )
