"""The visitor's own network judges the text that was typed on the page."""

from __future__ import annotations

import streamlit as st

from rnnlab.sentiment.examples import EXAMPLES
from rnnlab.sentiment.model import SentimentModel
from rnnlab.sentiment.stored import shipped, shipped_names
from rnnlab.sentiment.verdicts import in_words, probabilities
from rnnlab.ui.sentiment import review_run, text_box
from rnnlab.ui.sentiment.review_run import ReviewSnapshot


def show() -> None:
    """What the trained network, and others, say of a text; nothing before there is one."""
    own, run = review_run.trained(), review_run.SLOT.on_show()
    if own is None:
        if run is not None and _is_stopped(run.snapshot()):
            st.caption(
                "Waiting for what it has learnt so far. If it does not come, others go on with "
                "this very training: press Train to join them."
            )
        return
    st.subheader("Now let it judge")
    text = st.text_area(
        "A review of yours",
        value=EXAMPLES[1].text,
        height=130,
        key=text_box.KEY,
        persist_state="session",
        help="The text that you typed under “Your review”; change it here or there.",
    )
    if not (text or "").strip():
        st.caption("Write a sentence about a film.")
        return
    with st.grid(3, min_column_width=140):
        for model in (own, *_others()):
            _verdict(model, text or "")
    st.caption(f"{own.title}: {own.sentence}")


def _is_stopped(snapshot: ReviewSnapshot) -> bool:
    return snapshot.state == "stopped" and bool(snapshot.progress)


def _others() -> list[SentimentModel]:
    """The article's network, and the strongest that there is."""
    there = shipped_names()
    return [shipped(name) for name in dict.fromkeys(("article", *there[:1])) if name in there]


def _verdict(model: SentimentModel, text: str) -> None:
    chance = float(probabilities(model, [text])[0])
    st.metric(f"{model.title} says", f"{chance:.0%} positive", in_words(chance),
              delta_color="off", delta_arrow="off")  # fmt: skip
