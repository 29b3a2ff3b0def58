"""Its gradient: what is left of it step by step back, and how long it is while it learns."""

from __future__ import annotations

import streamlit as st

from rnnlab.charts.gradient import (
    gradient_back_chart,
    gradient_back_table,
    gradient_length_chart,
    gradient_length_table,
    highest,
    length_domain,
)
from rnnlab.insight.gradient import (
    gradient_back,
    gradient_back_sentence,
    gradient_lengths,
    gradient_lengths_sentence,
)
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.choices import choose_option
from rnnlab.ui.training.run import Moment

TITLE = "Its gradient"
ICON = ":material/trending_down:"
ORDER = 71
BACK, LENGTH = "By steps back", "While it learns"


def fits(_settings: Settings) -> bool:
    """Whatever learns has a gradient."""
    return True


def draw(moment: Moment) -> None:
    """Two lines by steps back, with the first weights and with these; or one by updates."""
    s = moment.settings
    has_past = s.shape[0] > 1 and not s.bidirectional
    looks = (BACK, LENGTH) if has_past else (LENGTH,)
    if choose_option("Look at it", looks, "gradient_look") == BACK:
        _by_steps_back(moment)
    else:
        _while_it_learns(moment)


def _by_steps_back(moment: Moment) -> None:
    s = moment.settings
    first, now = (gradient_back(s, weights) for weights in (moment.first, moment.weights))
    gain = s.gain if s.cell == "simple_rnn" else None
    drawing.draw(
        drawing.spec(gradient_back_chart, len(now.left), highest(first, now), gain),
        gradient_back_table(first, now),
        key="gradient_back",
        alt="The share of the gradient that is left, by steps back, before training and now.",
    )
    st.caption(gradient_back_sentence(s, first, now))
    st.caption(
        "It is the gradient of the last answer's loss by the state of the topmost layer, and the "
        "mean of its length over 100 windows. (Pascanu, Mikolov & Bengio 2013)"
    )


def _while_it_learns(moment: Moment) -> None:
    s = moment.settings
    lengths = gradient_lengths(s, moment.path)
    unit = "nats" if s.network.classes else "mean squared error"
    drawing.draw(
        drawing.spec(
            gradient_length_chart, length_domain(lengths, s.clip), s.updates, unit, s.clip
        ),
        gradient_length_table(lengths),
        key="gradient_length",
        alt="The length of the whole gradient by the number of updates.",
    )
    st.caption(gradient_lengths_sentence(s, lengths))
