"""Letter by letter: the chance it gives each answer, beside the true one."""

from __future__ import annotations

import streamlit as st

from rnnlab.charts.letters import answers_chart, answers_table, kinds_table
from rnnlab.insight.letters import letter_answers, letters_sentence
from rnnlab.rules import SymbolRule
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.training.run import Moment

TITLE = "Letter by letter"
ICON = ":material/abc:"
ORDER = 15


def fits(settings: Settings) -> bool:
    """Where letters come in."""
    return isinstance(settings.data, SymbolRule)


def draw(moment: Moment) -> None:
    """Some steps with all answers, and what each kind of step costs."""
    shown = letter_answers(moment.settings, moment.weights)
    drawing.draw(
        drawing.spec(answers_chart, len(shown.letters), shown.answers),
        answers_table(shown),
        key="letter_answers",
        alt=f"The network's chance for each of {len(shown.answers)} answers at "
        f"{len(shown.letters)} steps, beside the true chance.",
    )
    st.caption(
        "Look for rings in pale cells: there the network holds an answer for unlikely that may "
        "well come. A large ring is a chance of 1; two small ones share it."
    )
    st.dataframe(kinds_table(shown), hide_index=True)
    st.caption(letters_sentence(shown))
