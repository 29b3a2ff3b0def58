"""One prediction from end to end: number, one-hot, embedding, state, softmax, cross-entropy."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import streamlit as st

from rnnlab.charts.inside_words import (
    numbers_chart,
    numbers_table,
    one_hot_chart,
    one_hot_table,
    word_states_chart,
    word_states_table,
)
from rnnlab.language.dictionary import END
from rnnlab.language.model import Model
from rnnlab.language.reading import Reading
from rnnlab.ui import drawing
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.next_word import nobody, sentence
from rnnlab.ui.next_word.runs import Shown
from rnnlab.ui.next_word.suggest import position

TITLE = "Inside one prediction"
ICON = ":material/schema:"

MOST_UNITS = 64
MOST_WORDS = 20
MOST_LOGITS = 6


def draw(shown: Shown) -> None:
    """Every station on the way from a word to what is expected after it."""
    reading = sentence.ask(shown)
    if shown.model is None:
        nobody.says(shown)
        return
    at = position(reading, shown)
    ids = (END, *reading.ids)
    words = shown.corpus.dictionary.said(ids)
    _number(shown, ids, words, at)
    _one_hot(shown, words[at], ids[at])
    _embedding(shown.model, words[at], ids[at])
    trace = shown.model.read(reading.ids)
    states = trace.layers[-1].outputs[0]
    _state(states, words, at)
    _softmax(shown, trace.said[0, at], trace.predicted[0, at], words[at])
    _cross_entropy(shown, reading, trace.predicted[0], at)


def _number(shown: Shown, ids: tuple[int, ...], words: list[str], at: int) -> None:
    st.subheader("1. A word is a number")
    st.markdown(
        " → ".join(
            f"**{escape_markdown(word)}** {number}"
            if k == at
            else f"{escape_markdown(word)} {number}"
            for k, (word, number) in enumerate(zip(words, ids, strict=True))
        )
    )
    st.markdown(
        f"The dictionary has {shown.corpus.dictionary.size:,} numbers; “⏎”, number 0, stands for "
        f"the end of a sentence, and so also before its first word. You look at the word in bold, "
        f"**{escape_markdown(words[at])}**, number {ids[at]}. The number says "
        "nothing about the word: 8 is not twice 4 here."
    )
    with st.expander("The whole dictionary", icon=":material/menu_book:"):
        size = shown.corpus.dictionary.size
        counts = np.bincount(shown.corpus.learn, minlength=size)
        table = {"number": range(size), "word": shown.corpus.dictionary.said(range(size))}
        st.dataframe(pd.DataFrame(table | {"times read": counts}), hide_index=True, height=260)


def _one_hot(shown: Shown, word: str, number: int) -> None:
    st.subheader("2. One-hot: no word is nearer than another")
    size = shown.corpus.dictionary.size
    drawing.draw(
        drawing.spec(one_hot_chart, size, word, number),
        one_hot_table(size, number),
        key="next_one_hot",
        alt=f"{size} numbers, all 0 but number {number}, which is 1: {word}.",
    )
    st.markdown(
        f"Look for the one cell that is lit: it is all that the network gets to see of "
        f"**{escape_markdown(word)}**. Any two words are equally far apart here."
    )


def _embedding(model: Model, word: str, number: int) -> None:
    rows = model.weights["embedding"]
    st.subheader("3. The embedding: a row of numbers that was learnt")
    limit = float(np.ceil(np.abs(rows).max() * 10) / 10)
    n = rows.shape[1]
    drawing.draw(
        drawing.spec(numbers_chart, n, limit, f"The {n} numbers that stand for {word}"),
        numbers_table(rows[number]),
        key="next_embedding",
        alt=f"The {n} numbers of the embedding that stand for {word}, as bars.",
    )
    st.markdown(
        f"Each bar is one number. One-hot times a matrix of {rows.shape[0]:,} × {n} leaves row "
        f"{number} of it: the embedding looks **{escape_markdown(word)}** up. It begins with "
        f"{', '.join(f'{one:.2f}' for one in rows[number][:4])} … Words that are used alike got "
        "rows alike; “Map of the words” shows them."
    )


def _state(states: np.ndarray, words: list[str], at: int) -> None:
    st.subheader("4. The recurrent layer: what it has read so far")
    first = max(0, min(at - MOST_WORDS // 2, len(words) - MOST_WORDS))
    part = slice(first, first + MOST_WORDS)
    n_units = min(states.shape[1], MOST_UNITS)
    drawing.draw(
        drawing.spec(word_states_chart, tuple(words[part]), n_units),
        word_states_table(words[part], states[part, :n_units], at - first),
        key="next_states",
        alt=f"The state of {n_units} units after each word, orange above zero and blue below.",
    )
    text = f"Line by line: the state after each word, {states.shape[1]} numbers between -1 and 1"
    if at:
        change = np.abs(states[at] - states[at - 1])
        unit = int(change.argmax())
        text += (
            f". Reading **{escape_markdown(words[at])}** changed unit {unit + 1} most, from "
            f"{states[at - 1, unit]:.2f} to {states[at, unit]:.2f}"
        )
    st.markdown(f"{text}. A column that keeps its colour for many words remembers something.")


def _softmax(shown: Shown, logits: np.ndarray, chances: np.ndarray, word: str) -> None:
    st.subheader("5. Softmax: a number for every word becomes a chance")
    order = np.argsort(-chances, kind="stable")[:MOST_LOGITS]
    total = float(np.exp(logits.astype(float)).sum())
    table = pd.DataFrame(
        {
            "next word": shown.corpus.dictionary.said(order.tolist()),
            "z, from the dense layer": [f"{logits[k]:.3f}" for k in order],
            "exp(z)": [f"{math.exp(logits[k]):,.3f}" for k in order],
            "chance": [f"{chances[k]:.2%}" for k in order],
        }
    )
    st.table(table.set_index("next word"))
    first = int(order[0])
    st.markdown(
        f"The dense layer says one number z for each of the {len(chances):,} words. All exp(z) "
        f"together are {total:,.1f}, so after **{escape_markdown(word)}** the chance of "
        f"**{escape_markdown(shown.corpus.dictionary.word(first))}** is "
        f"{math.exp(logits[first]):,.1f} / {total:,.1f} = {chances[first]:.2%}."
    )


def _cross_entropy(shown: Shown, reading: Reading, chances: np.ndarray, at: int) -> None:
    st.subheader("6. Cross-entropy: what the word that came has cost")
    if at == len(reading.ids):
        best = int(chances[at].argmax())
        word, number = shown.corpus.dictionary.word(best), best
        begin = f"Nothing follows yet. If **{escape_markdown(word)}** came next, it would cost"
    else:
        word, number = reading.words[at], reading.ids[at]
        begin = f"**{escape_markdown(word)}** came next, and cost"
    chance = float(chances[at, number])
    st.markdown(f"{begin} −ln({chance:.4f}) = **{-math.log(max(chance, 1e-30)):.4f} nats**.")
    if reading.ids:
        given = chances[np.arange(len(reading.ids)), list(reading.ids)]
        costs = -np.log(np.maximum(given, 1e-30))
        listed = " + ".join(f"{one:.2f}" for one in costs)
        mean = float(costs.mean())
        st.markdown(
            f"Over your sentence: ({listed}) / {len(costs)} = {mean:.3f} nats a word. Its "
            f"perplexity is e to that, {math.exp(mean):.2f}: as if the network had chosen among "
            "so many equally likely words each time. Training makes this mean small."
        )
