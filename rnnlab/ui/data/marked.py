"""A sequence of numbers of which two are marked, drawn."""

from __future__ import annotations

import numpy as np
import streamlit as st

from rnnlab.charts.marked import marked_chart, marked_table
from rnnlab.rules.adding import AddingRule
from rnnlab.settings import Settings
from rnnlab.ui import drawing


def draw_marked(settings: Settings, sample: int, key: str) -> None:
    """Its values and marks, and what they add up to, if the rule is about such sequences."""
    rule = settings.data
    if not isinstance(rule, AddingRule):
        return
    samples = rule.samples(settings.window)
    inputs, target = samples.inputs[sample], float(samples.targets[sample])
    first, second = np.flatnonzero(inputs[:, 1])
    sentence = (
        f"Look at the two marked numbers, at steps {first + 1} and {second + 1}: "
        f"{inputs[first, 0]:.3f} + {inputs[second, 0]:.3f} = {target:.3f}. That is what the "
        f"network must say after step {len(inputs)}."
    )
    st.markdown(sentence)
    drawing.draw(
        drawing.spec(marked_chart),
        marked_table(inputs),
        key=key,
        alt=f"{len(inputs)} numbers between 0 and 1, two of them marked. {sentence}",
    )
