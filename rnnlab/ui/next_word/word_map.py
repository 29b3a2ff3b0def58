"""The map of the words: those that behave alike lie together."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from rnnlab.charts.word_vectors import word_map_chart, word_map_table
from rnnlab.language.embedding import cosine_by_chance, neighbours, word_map
from rnnlab.language.tokenizer import END, UNKNOWN
from rnnlab.ui import address, drawing
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.next_word import sentence
from rnnlab.ui.next_word.run import NextWordView
from rnnlab.ui.parameters import of_one

TITLE = "Map of the words"
ICON = ":material/map:"
WORDS = (
    "chance",
    "embedding",
    "unit",
)

MAX_WORDS = 160
NEIGHBOURS = 5
WORD = "next_map_word"
FIRST = {"english": "dog", "chinese": "狗"}


def draw(view: NextWordView) -> None:
    """The embedding in two dimensions, and the nearest words of one of them."""
    if view.model is None:
        sentence.no_network_yet(view)
        return
    size = view.corpus.dictionary.size
    counts = np.bincount(view.corpus.training, minlength=size)
    numbers = _most_frequent(counts)
    words = view.corpus.dictionary.words_of(numbers)
    chosen = _choose(view, words)
    rows = view.model.weights["embedding"][numbers]
    nearest = neighbours(rows, words.index(chosen), NEIGHBOURS)
    coordinates, explained = word_map(rows)
    drawing.draw(
        drawing.own_spec(word_map_chart, (round(explained[0], 2), round(explained[1], 2))),
        word_map_table(
            words,
            numbers,
            counts[numbers].tolist(),
            coordinates,
            numbers[words.index(chosen)],
            [numbers[row] for row, _ in nearest],
        ),
        key="next_map",
        alt=f"{len(words)} words in two dimensions. Nearest to {chosen}: "
        + ", ".join(words[row] for row, _ in nearest),
    )
    listed = ", ".join(
        f"**{escape_markdown(words[row])}** ({cosine:.2f})" for row, cosine in nearest
    )
    st.markdown(_nearest_in_words(escape_markdown(chosen), nearest, rows.shape, listed))
    st.caption(
        "The picture shows the two directions in which the rows differ most (principal "
        f"components): {sum(explained):.0%} of the differences. So some words that look near "
        "each other are not."
        + (f" The {MAX_WORDS} most frequent words." if size > MAX_WORDS + 2 else "")
    )


def _nearest_in_words(
    chosen: str, nearest: list[tuple[int, float]], shape: tuple[int, int], listed: str
) -> str:
    """What lies nearest, and what that says if they lie nearer than any words must."""
    n_words, n_numbers = shape
    by_chance = cosine_by_chance(n_words - 1, n_numbers)
    sentence = (
        f"Nearest to **{chosen}**, by the angle between their {n_numbers} numbers (1: the same "
        f"direction): {listed}."
    )
    if nearest[0][1] <= by_chance:
        return (
            f"{sentence} With random numbers the nearest of {n_words - 1:,} words would be as near "
            f"as {by_chance:.2f}. So this says nothing about the words yet: train longer, or on "
            "more text."
        )
    return (
        f"{sentence} Nobody told the network what the words mean. Words lie close together if the "
        "same words come before and after them."
    )


def _most_frequent(counts: NDArray[np.int64]) -> list[int]:
    """The numbers of the words that are read most often, of those that are read at all."""
    by_count = [int(number) for number in np.argsort(-counts, kind="stable") if counts[number]]
    return [number for number in by_count if number not in (END, UNKNOWN)][:MAX_WORDS]


def _choose(view: NextWordView, words: list[str]) -> str:
    """The word that is looked for on the map."""
    first = FIRST.get(view.settings.corpus, words[0])
    options = sorted(words)
    index = options.index(first) if first in words else 0
    key = f"{WORD}_{view.settings.corpus}"
    if st.session_state.get(key) not in (None, *words):
        del st.session_state[key]
    if view.settings.text is None:
        address.link_as(key, of_one("A word", {word: word for word in options}, options[index]))
    box = st.selectbox("A word", options, index=index, key=key, width=260, persist_state="session")
    return str(box)
