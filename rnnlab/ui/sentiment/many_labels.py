"""Verdicts held against labels: accuracy, the two kinds of mistakes, the worst, and calibration."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rnnlab.charts import many_texts as charts
from rnnlab.sentiment.evaluation import (
    ConfusionMatrix,
    accuracy_sentence,
    calibration,
    calibration_sentence,
    confidence_in_words,
    confusion_sentence,
    mistakes,
    mistakes_sentence,
)
from rnnlab.sentiment.verdicts import KINDS, Verdict
from rnnlab.ui import drawing

AT_FIRST = 3
"""Mistakes that are not folded away."""

SHOWN = 400
"""Characters of a mistaken text; the table has all of them."""


def draw(verdicts: Sequence[Verdict]) -> None:
    """How good the verdicts are, or how to find out."""
    confusion = ConfusionMatrix.of(verdicts)
    if not confusion.n:
        st.caption(
            "With a column label (a table instead of lines) you also see how many verdicts are "
            "right, which mistakes are the worst, and whether the probabilities can be trusted."
        )
        return
    st.header("Against the labels")
    if confusion.n < len(verdicts):
        st.caption(
            f"Only the {confusion.n:,} of {len(verdicts):,} texts that have a label count here."
        )
    _accuracy(confusion)
    with st.grid(2, min_column_width=320):
        with st.container():
            _confusions(confusion)
        with st.container():
            _reliability(verdicts)
    _mistakes(verdicts)


def _accuracy(confusion: ConfusionMatrix) -> None:
    low, high = confusion.interval
    with st.grid(3, min_column_width=150):
        st.metric("Accuracy", f"{confusion.accuracy:.1%}", help="The share of right verdicts.")
        st.metric("19 times in 20 within", f"{low:.0%} to {high:.0%}", help=BAR)
        st.metric("Always the same", f"{confusion.majority_accuracy:.1%}", help=CONSTANT)
    st.markdown(accuracy_sentence(confusion))
    st.caption(
        "The models that come with the lab have learnt from most of the 25,000 training "
        "reviews of IMDB. On those reviews they look better than they are."
    )


BAR = (
    "Wilson's interval: it holds every accuracy from which your share of right verdicts is at "
    "most 1.96 standard errors away. Four times as many texts make it half as wide."
)
CONSTANT = "The share you get right if you give every text the label that most of them have."


def _confusions(confusion: ConfusionMatrix) -> None:
    st.markdown("**Which mistakes**")
    drawing.draw(
        drawing.spec(charts.confusion_chart),
        charts.confusion_table(confusion),
        key="many_confusion",
        alt=charts.confusion_alt(confusion),
    )
    st.caption(confusion_sentence(confusion))
    st.dataframe(charts.confusion_numbers(confusion), hide_index=True)


def _reliability(verdicts: Sequence[Verdict]) -> None:
    pairs = [(item.probability, item.label) for item in verdicts if item.label is not None]
    reliability = calibration([probability for probability, _ in pairs], [y for _, y in pairs])
    st.markdown("**Can you trust its probabilities?**")
    drawing.draw(
        drawing.spec(charts.reliability_chart),
        charts.reliability_table(reliability),
        key="many_reliability",
        alt=charts.reliability_alt(reliability),
    )
    st.caption(calibration_sentence(reliability))


def _mistakes(verdicts: Sequence[Verdict]) -> None:
    worst = mistakes(verdicts)
    st.markdown("**The worst mistakes**")
    st.caption(mistakes_sentence(worst))
    for verdict in worst[:AT_FIRST]:
        _mistake(verdict)
    if worst[AT_FIRST:]:
        with st.expander(f"{len(worst) - AT_FIRST} more", icon=":material/expand_more:"):
            for verdict in worst[AT_FIRST:]:
                _mistake(verdict)


def _mistake(verdict: Verdict) -> None:
    with st.container(border=True, gap="small"):
        st.markdown(
            f"✗ said **{KINDS[verdict.predicted]}, {confidence_in_words(verdict)}**; the label is "
            f"**{KINDS[1 - verdict.predicted]}**"
        )
        text = verdict.text.replace("<br />", " ")
        st.text(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")
