"""500 words: what padding does to the article's own network."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from rnnlab.lengths.article import MEASURED, Measured
from rnnlab.lengths.settings import BEHIND, IN_FRONT, MASKED
from rnnlab.sentiment.model import shipped, shipped_names

TITLE = "500 words"
ICON = ":material/menu_book:"
WORDS = (
    "epoch",
    "gradient",
    "held out",
    "mask",
    "padding",
    "state",
    "weight",
)


def draw() -> None:
    """What was measured, way by way, and what it means."""
    st.header("Do zeros harm the article’s network?")
    st.markdown(
        "The article fills every review up to 500 words, with zeros in front. Half of all reviews "
        "have fewer than 180 words, so most of what its network reads is zeros. Here is what "
        "becomes of 5,000 held-out reviews, if they are padded in another way."
    )
    best = {measured.way: _trained(measured) for measured in MEASURED}
    rows = [
        {
            "padding": measured.way,
            "the article's network": f"{measured.as_trained:.1%}",
            "trained in this way": f"{max(best[measured.way]):.1%}",
            "by epoch": ", ".join(f"{share:.1%}" for share in best[measured.way]),
        }
        for measured in MEASURED
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)
    as_trained = {measured.way: measured.as_trained for measured in MEASURED}
    st.markdown(
        f"**In front, zeros do no harm.** The state moves over them to one fixed place, and "
        f"training takes that place for the start: {as_trained[IN_FRONT]:.1%}. Cut them off by a "
        f"mask, and the same weights begin at another place: {as_trained[MASKED]:.1%}. "
        f"**Behind, they are the end of it.** The words come first, and then hundreds of zeros "
        f"write over them: {as_trained[BEHIND]:.1%}, a coin. Training does not help, for over that "
        f"many steps no gradient comes back: {max(best[BEHIND]):.1%}. **With a mask** it learns as "
        f"well as with zeros in front, {max(best[MASKED]):.1%}, and it does not matter any more "
        "where they are. Look at the row “behind”: that is the most common mistake with padding."
    )
    st.markdown(
        "Measured once, not live: `python -m rnnlab.makers padding_record` does it again. With "
        "zeros in front you can train it yourself, on the page Sentiment."
    )


def _trained(measured: Measured) -> tuple[float, ...]:
    """By epoch; with zeros in front that is the training of the network that travels along."""
    if measured.by_epoch or "article" not in shipped_names():
        return measured.by_epoch or (measured.as_trained,)
    return tuple(shipped("article").history["val_accuracy"])
