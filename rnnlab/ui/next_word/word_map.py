"""The map of the words: those that behave alike lie together."""

from __future__ import annotations

import numpy as np
import streamlit as st

from rnnlab.charts.word_map import word_map_chart, word_map_table
from rnnlab.language.dictionary import END, UNKNOWN
from rnnlab.language.embedding import neighbours, word_map
from rnnlab.ui import drawing
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.next_word import nobody
from rnnlab.ui.next_word.runs import Shown

TITLE = "Map of the words"
ICON = ":material/map:"

MOST_WORDS = 160
NEIGHBOURS = 5
WORD = "next_map_word"
FIRST = {"english": "dog", "chinese": "狗"}


def draw(shown: Shown) -> None:
    """The embedding in two dimensions, and the nearest words of one of them."""
    if shown.model is None:
        nobody.says(shown)
        return
    size = shown.corpus.dictionary.size
    counts = np.bincount(shown.corpus.learn, minlength=size)
    often = [int(one) for one in np.argsort(-counts, kind="stable")]
    numbers = [one for one in often if one not in (END, UNKNOWN) and counts[one]][:MOST_WORDS]
    words = shown.corpus.dictionary.said(numbers)
    chosen = _choose(shown, words)
    rows = shown.model.weights["embedding"][numbers]
    near = neighbours(rows, words.index(chosen), NEIGHBOURS)
    places, share = word_map(rows)
    beside = [numbers[one] for one, _ in near]
    own = numbers[words.index(chosen)]
    drawing.draw(
        drawing.spec(word_map_chart, (round(share[0], 2), round(share[1], 2))),
        word_map_table(words, numbers, counts[numbers].tolist(), places, own, beside),
        key="next_map",
        alt=f"{len(words)} words in two dimensions. Nearest to {chosen}: "
        + ", ".join(words[one] for one, _ in near),
    )
    listed = ", ".join(f"**{escape_markdown(words[one])}** ({cosine:.2f})" for one, cosine in near)
    st.markdown(
        f"Nearest to **{escape_markdown(chosen)}**, by the angle between their "
        f"{rows.shape[1]} numbers (1: the same direction): {listed}. Nobody told the network what "
        "the words mean: those lie together after which, and before which, the same words came."
    )
    st.caption(
        f"The two directions in which the rows differ most (principal components); they show "
        f"{sum(share):.0%} of the differences, so some that look near here are not."
        + (f" The {MOST_WORDS} most frequent words." if size > MOST_WORDS + 2 else "")
    )


def _choose(shown: Shown, words: list[str]) -> str:
    """The word that is looked for on the map."""
    first = FIRST.get(shown.settings.corpus, words[0])
    listed = sorted(words)
    index = listed.index(first) if first in words else 0
    key = f"{WORD}_{shown.settings.corpus}"
    if st.session_state.get(key) not in (None, *words):
        del st.session_state[key]
    return str(st.selectbox("A word", listed, index=index, key=key, width=260))
