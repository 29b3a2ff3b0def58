"""What it knows: its probabilities beside the true ones."""

from __future__ import annotations

import streamlit as st

from rnnlab.charts.predictions import probabilities_chart, probabilities_table
from rnnlab.insight.probabilities import predicted_probabilities, probabilities_sentence
from rnnlab.rules import BitRule
from rnnlab.rules.expression import name_of
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.training.run import Moment

TITLE = "What it knows"
ICON = ":material/percent:"
ORDER = 60


def fits(settings: Settings) -> bool:
    """Only where there are probabilities to know."""
    return isinstance(settings.data, BitRule)


def draw(moment: Moment) -> None:
    """A point for each context that the rule tells apart."""
    probabilities = predicted_probabilities(moment.settings, moment.weights)
    drawing.draw(
        drawing.spec(probabilities_chart, len(probabilities.contexts)),
        probabilities_table(probabilities),
        key="probabilities",
        alt="The network's probability of a 1 for each true chance of a 1.",
    )
    st.caption(probabilities_sentence(probabilities))
    if probabilities.lags:
        names = " ".join(map(name_of, probabilities.lags))
        st.caption(f"The bits at a point are what came before it: {names}.")
    with st.expander("In numbers", icon=":material/table:"):
        st.dataframe(probabilities_table(probabilities).drop(columns="shown"), hide_index=True)
