"""The ready example: the sentence that decides, moved away from the end of a long text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, cast

import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from rnnlab.charts.verdicts import forgetting_chart, forgetting_table
from rnnlab.sentiment.examples import DECIDING, with_plot
from rnnlab.sentiment.judging import probabilities
from rnnlab.sentiment.model import SentimentModel
from rnnlab.ui import drawing
from rnnlab.ui.sentiment import readings

N_WORDS = (0, 10, 25, 50, 100, 150, 200, 300, 400)
"""How much plot lies between the sentence and the end; about, for sentences stay whole."""
SHOWN = N_WORDS.index(200)
"""Which of them the table shows."""

FORGOTTEN = 0.1
"""If the verdicts on both texts are nearer than this, nothing is left of the sentence."""


def draw(models: Sequence[SentimentModel]) -> None:
    """The verdicts of every model on four texts, and how long it can tell two of them apart."""
    st.subheader("Which one forgets the beginning?")
    st.markdown(
        f"Two texts tell the same plot. One says, at its end or at its start, “{DECIDING['loved']}”"
        f" The other says there, “{DECIDING['hated']}” Nothing else differs, and the plot judges "
        "nothing: who does not tell the two apart has forgotten that sentence."
    )
    said = {one.title: readings.kept("forgetting", one, "", partial(_said, one)) for one in models}
    st.markdown(_in_words(said))
    st.dataframe(_table(said), hide_index=True, column_config=COLUMNS)
    apart = {title: one[1, 0] - one[1, 1] for title, one in said.items()}
    drawing.draw(
        drawing.spec(forgetting_chart, tuple(apart), N_WORDS[-1]),
        forgetting_table(N_WORDS, apart),
        key="compare_forgetting",
        alt="How far apart the verdicts on both texts are, from no words of plot after the "
        f"sentence to {N_WORDS[-1]}: "
        + "; ".join(f"{title} {one[0]:.0%} to {one[-1]:.0%}" for title, one in apart.items()),
    )
    st.caption(
        "Both texts begin with their sentence, and more and more plot follows. Look where a line "
        "falls to zero: from there on that network says the same of both. “Your review” has the "
        "text of the one who hated it, told both ways, as two of its examples."
    )


def _said(model: SentimentModel) -> NDArray[Any]:
    """Probabilities: (at the end or at the start, loved or hated, words of plot)."""
    texts = [
        with_plot(kind, at_the_end=end, n_words=n)
        for end in (True, False)
        for kind in DECIDING
        for n in N_WORDS
    ]
    said = probabilities(model, texts).reshape(2, len(DECIDING), len(N_WORDS))
    return cast("NDArray[Any]", said)


PLACES = ("at the end", "at the start")
COLUMNS = {
    f"{kind}, {place}": st.column_config.NumberColumn(f"{kind}, {place}", format="%.0f%%")
    for place in PLACES
    for kind in DECIDING
}


def _table(said: dict[str, NDArray[Any]]) -> pd.DataFrame:
    """One row a model: its verdicts on the four texts, in percent."""
    rows = [
        {"model": title}
        | dict(zip(COLUMNS, (100 * one[:, :, SHOWN]).ravel().tolist(), strict=True))
        for title, one in said.items()
    ]
    return pd.DataFrame(rows)


def _in_words(said: dict[str, NDArray[Any]]) -> str:
    """Who forgot most, and who remembers most."""
    apart = {title: float(one[1, 0, SHOWN] - one[1, 1, SHOWN]) for title, one in said.items()}
    least, most = min(apart, key=apart.__getitem__), max(apart, key=apart.__getitem__)
    told = f"With the sentence at the start and {N_WORDS[SHOWN]} words of plot after it, "
    loved, hated = said[least][1, :, SHOWN]
    if apart[least] < FORGOTTEN:
        told += (
            f"**{least}** says {loved:.0%} if the film was loved and {hated:.0%} if it was hated: "
            "it has forgotten."
        )
    else:
        told += f"none of them has forgotten: even **{least}** says {loved:.0%} and {hated:.0%}."
    if most != least:
        loved, hated = said[most][1, :, SHOWN]
        told += f" **{most}** says {loved:.0%} and {hated:.0%}."
    return told
