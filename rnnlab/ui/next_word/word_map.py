"""The map of the words: those that behave alike lie together."""

from __future__ import annotations

import numpy as np
import streamlit as st

from rnnlab import charts
from rnnlab.ui import drawing
from rnnlab.ui.next_word import nobody
from rnnlab.ui.next_word.runs import Shown
from rnnlab.ui.words import plain
from rnnlab.words.dictionary import END, UNKNOWN
from rnnlab.words.embedding import neighbours, word_map

TITLE = "Map of the words"
ICON = ":material/map:"

MOST_WORDS = 160
NEIGHBOURS = 5
WORD = "next_map_word"
FIRST = {"english": "school", "chinese": "狗"}


def draw(shown: Shown) -> None:
    """The embedding in two dimensions, and the nearest words of one of them."""
    if shown.model is None:
        nobody.says(shown)
        return
    dictionary = shown.corpus.dictionary
    counts = np.bincount(shown.corpus.learn, minlength=dictionary.size)
    often = [int(one) for one in np.argsort(-counts, kind="stable")]
    numbers = [one for one in often if one not in (END, UNKNOWN) and counts[one]][:MOST_WORDS]
    words = dictionary.said(numbers)
    first = FIRST.get(shown.settings.corpus, words[0])
    chosen = st.selectbox(
        "A word",
        sorted(words),
        index=sorted(words).index(first) if first in words else 0,
        key=f"{WORD}_{shown.settings.corpus}",
        width=260,
    )
    rows = shown.model.weights["embedding"][numbers]
    place = words.index(chosen)
    near = neighbours(rows, place, NEIGHBOURS)
    found = word_map(rows)
    share = (round(found.share[0], 2), round(found.share[1], 2))
    drawing.draw(
        drawing.spec(charts.word_map_chart, share),
        charts.word_map_table(
            words,
            numbers,
            counts[numbers].tolist(),
            found.places,
            numbers[place],
            [numbers[one] for one, _ in near],
        ),
        key="next_map",
        alt=f"{len(words)} words in two dimensions. Nearest to {chosen}: "
        + ", ".join(words[one] for one, _ in near),
    )
    listed = ", ".join(f"**{plain(words[one])}** ({cosine:.2f})" for one, cosine in near)
    st.markdown(
        f"Nearest to **{plain(chosen)}**, by the angle between their "
        f"{rows.shape[1]} numbers (1: the same direction): {listed}. Nobody told the network what "
        "the words mean: those lie together after which, and before which, the same words came."
    )
    st.caption(
        f"The two directions in which the rows differ most (principal components); they show "
        f"{sum(found.share):.0%} of the differences, so some that look near here are not."
        + (f" The {MOST_WORDS} most frequent words." if len(often) > MOST_WORDS + 2 else "")
    )
