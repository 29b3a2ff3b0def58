"""Where memory ends: on which past the answer depends."""

from __future__ import annotations

import streamlit as st

from rnnlab.charts.memory import flips_chart, memory_chart, memory_table
from rnnlab.insight.fresh_data import causes_of
from rnnlab.insight.memory import flips_sentence, memory, memory_sentence, n_lags
from rnnlab.rules import BitRule
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.choices import choose_option
from rnnlab.ui.training.run import Moment

TITLE = "Where memory ends"
ICON = ":material/history:"
ORDER = 70
FLIP, GRADIENT = "One input turned around", "Gradient of the loss"


def fits(settings: Settings) -> bool:
    """Where there is a past to ask about."""
    return settings.shape[0] > 1


def draw(moment: Moment) -> None:
    """Two bars for each step back: with the first weights, and with these."""
    s = moment.settings
    bits = isinstance(s.data, BitRule)
    kind = choose_option("Asked by", (FLIP, GRADIENT) if bits else (GRADIENT,), "memory_kind")
    first, now = memory(s, moment.first), memory(s, moment.weights)
    chart = memory_chart if kind == GRADIENT else flips_chart
    drawing.draw(
        drawing.spec(chart, n_lags(s), s.shape[0], causes_of(s)),
        memory_table(first, now),
        key=f"memory_{kind}",
        alt=f"{kind}, by how many steps back, before training and now.",
    )
    st.caption(memory_sentence(s, now) if kind == GRADIENT else flips_sentence(now))
