"""Verdicts held against labels: accuracy, the two kinds of mistakes, the worst, and calibration."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rnnlab.charts.many_texts import (
    confusion_alt,
    confusion_chart,
    confusion_numbers,
    confusion_table,
    reliability_alt,
    reliability_chart,
    reliability_table,
)
from rnnlab.sentiment.calibration import calibration, calibration_sentence
from rnnlab.sentiment.many import Judged
from rnnlab.sentiment.score import (
    Score,
    accuracy_sentence,
    confusion_sentence,
    how_sure,
    mistakes,
    mistakes_sentence,
)
from rnnlab.ui import drawing

AT_FIRST = 3
"""Mistakes that are not folded away."""

SHOWN = 400
"""Characters of a mistaken text; the table has all of them."""


def draw(judged: Sequence[Judged]) -> None:
    """How good the verdicts are, or how to find out."""
    score = Score.of(judged)
    if not score.n:
        st.caption(
            "With a column label (a table instead of lines) you also see how many verdicts are "
            "right, which mistakes are the worst, and whether the probabilities keep their word."
        )
        return
    st.subheader("Against the labels")
    if score.n < len(judged):
        st.caption(f"Only the {score.n:,} of {len(judged):,} texts that have a label count here.")
    _accuracy(score)
    with st.grid(2, min_column_width=320):
        with st.container():
            _confusions(score)
        with st.container():
            _reliability(judged)
    _mistakes(judged)


def _accuracy(score: Score) -> None:
    low, high = score.bar
    with st.grid(3, min_column_width=150):
        st.metric("Accuracy", f"{score.accuracy:.1%}", help="The share of right verdicts.")
        st.metric("19 times in 20 within", f"{low:.0%} to {high:.0%}", help=BAR)
        st.metric("Always the same", f"{score.constant:.1%}", help=CONSTANT)
    st.markdown(accuracy_sentence(score))
    st.caption(
        "The models that come with the lab have learnt from most of the 25,000 training reviews of "
        "IMDB: on those they look better than they are."
    )


BAR = (
    "Wilson's interval: every accuracy from which your share of right ones is at most 1.96 "
    "standard errors away. Four times as many texts make it half as wide."
)
CONSTANT = "Who says of every text what most labels say."


def _confusions(score: Score) -> None:
    st.markdown("**Which mistakes**")
    drawing.draw(
        drawing.spec(confusion_chart),
        confusion_table(score),
        key="many_confusion",
        alt=confusion_alt(score),
    )
    st.caption(confusion_sentence(score))
    st.dataframe(confusion_numbers(score), hide_index=True)


def _reliability(judged: Sequence[Judged]) -> None:
    known = [(one.probability, one.label) for one in judged if one.label is not None]
    found = calibration([said for said, _ in known], [label for _, label in known])
    st.markdown("**Do its probabilities keep their word?**")
    drawing.draw(
        drawing.spec(reliability_chart),
        reliability_table(found),
        key="many_reliability",
        alt=reliability_alt(found),
    )
    st.caption(calibration_sentence(found))


def _mistakes(judged: Sequence[Judged]) -> None:
    worst = mistakes(judged)
    st.markdown("**The worst mistakes**")
    st.caption(mistakes_sentence(worst))
    for one in worst[:AT_FIRST]:
        _mistake(one)
    if worst[AT_FIRST:]:
        with st.expander(f"{len(worst) - AT_FIRST} more", icon=":material/expand_more:"):
            for one in worst[AT_FIRST:]:
                _mistake(one)


def _mistake(one: Judged) -> None:
    kinds = ("negative", "positive")
    with st.container(border=True, gap="small"):
        st.markdown(
            f"✗ said **{kinds[one.verdict]}, {how_sure(one)}**; the label is "
            f"**{kinds[1 - one.verdict]}**"
        )
        text = one.text.replace("<br />", " ")
        st.text(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")
