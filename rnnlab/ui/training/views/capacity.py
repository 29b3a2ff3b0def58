"""Memory capacity: how many of the inputs it has read can be read back off its units."""

from __future__ import annotations

import streamlit as st

from rnnlab.charts.capacity import capacity_chart, capacity_table
from rnnlab.insight.capacity import capacity, capacity_sentence, n_lags, rank_of
from rnnlab.insight.fresh_data import causes_of
from rnnlab.rules import SymbolRule
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.choices import choose_option
from rnnlab.ui.training.run import Moment

TITLE = "Memory capacity"
ICON = ":material/inventory_2:"
ORDER = 72

HOW = (
    "How it is measured: the network reads inputs that have nothing to do with each other. For "
    "each number of steps back, a weighted sum of its units is fitted to what the input was, and "
    "judged on rows held out: 1 is exact, 0 no better than one answer for all. (Jaeger 2001)"
)


def fits(settings: Settings) -> bool:
    """Where there is a past, and the state has read nothing else; letters are no numbers to add."""
    if isinstance(settings.data, SymbolRule):
        return False
    return settings.shape[0] > 1 and not settings.bidirectional


def draw(moment: Moment) -> None:
    """Two bars for each step back: with the first weights, and with these."""
    s = moment.settings
    layer = choose_option("Layer", range(1, s.layers + 1), "capacity_layer")
    first, now = (capacity(s, weights, layer) for weights in (moment.first, moment.weights))
    drawing.draw(
        drawing.spec(capacity_chart, n_lags(s), float(s.shape[1]), s.shape[0], causes_of(s)),
        capacity_table(first, now),
        key="capacity",
        alt=f"How well the units of layer {layer} hold the input of each of {n_lags(s)} steps "
        "back, before training and now.",
    )
    st.caption(capacity_sentence(now, rank_of(s, moment.weights)))
    st.caption(HOW)
