"""A network that has learnt the pair rule, playing: bits come in, its units change, it answers.

Its steps are calculated once for all visitors, and the browser moves through them by itself.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import streamlit as st

from rnnlab.charts import roles
from rnnlab.insight.first_network import SETTINGS, weights
from rnnlab.insight.states import excerpt_of
from rnnlab.ui.drawing import component

STEPS = 38
HUNDREDTHS = 100
FAIR = 0.01
"""Nearer to one half than this the rule says nothing."""

ALT = (
    "A network of four units that has learnt the pair rule reads coin flips, one after the other: "
    "what comes in, what its units hold, how likely it says a 1 is, and the right answer."
)

_COMPONENT = component(__file__, "playing", height=300)


def draw() -> None:
    """The picture, and a sentence on what to look at."""
    _COMPONENT(key="playing", data=_played())
    st.caption(
        "Disc = above zero, ring = below, larger = further from zero. Dashed = chance.  \n"
        "This network of four units has learnt the rule. Look at its units after two equal flips: "
        "then it is sure, and right."
    )


@st.cache_data(show_spinner=False)
def _played() -> dict[str, Any]:
    """All that the browser plays: probabilities and states in whole hundredths.

    `before` are the two flips on which each target depends.
    """
    excerpt = excerpt_of(SETTINGS, weights(), n_steps=STEPS + 2)
    probabilities = excerpt.target_probabilities
    assert probabilities is not None  # it is a rule on bits  # noqa: S101
    inputs = excerpt.inputs.ravel().astype(int).tolist()
    return {
        "inputs": inputs[2:],
        "before": [*pairwise(inputs[:-1])],
        "states": np.rint(HUNDREDTHS * excerpt.layers[-1]["h"][2:]).astype(int).tolist(),
        "said": np.rint(HUNDREDTHS * excerpt.predicted[2:]).astype(int).tolist(),
        "targets": excerpt.targets[2:].astype(int).tolist(),
        "forced": (np.abs(probabilities[2:] - 0.5) > FAIR).tolist(),
        "alt": ALT,
        "colors": {
            "input": roles.INPUT,
            "target": roles.TARGET,
            "predicted": roles.PREDICTED,
            "positive": roles.POSITIVE,
            "negative": roles.NEGATIVE,
        },
    }
