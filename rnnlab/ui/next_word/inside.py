"""One prediction from end to end: number, one-hot, embedding, state, softmax, cross-entropy."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import streamlit as st

from rnnlab.charts import word_vectors as charts
from rnnlab.language.generation import Prompt
from rnnlab.language.model import LanguageModel
from rnnlab.language.tokenizer import END
from rnnlab.ui import drawing
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.next_word import sentence
from rnnlab.ui.next_word.run import NextWordView
from rnnlab.ui.next_word.suggest import position

TITLE = "Inside one prediction"
ICON = ":material/schema:"
WORDS = (
    "chance",
    "cross-entropy",
    "dense layer",
    "embedding",
    "layer",
    "nat",
    "one-hot",
    "perplexity",
    "softmax",
    "state",
    "unit",
)

MAX_UNITS = 64
MAX_WORDS = 20
MAX_LOGITS = 6


def draw(view: NextWordView) -> None:
    """Every station on the way from a word to what is expected after it."""
    prompt = sentence.ask(view)
    if view.model is None:
        sentence.no_network_yet(view)
        return
    index = position(prompt, view)
    ids = (END, *prompt.ids)
    words = view.corpus.dictionary.words_of(ids)
    _number(view, ids, words, index)
    _one_hot(view, words[index], ids[index])
    _embedding(view.model, words[index], ids[index])
    trace = view.model.forward(prompt.ids)
    states = trace.layers[-1].outputs[0]
    _state(states, words, index)
    _softmax(view, trace.outputs[0, index], trace.predicted[0, index], words[index])
    _cross_entropy(view, prompt, trace.predicted[0], index)


def _number(view: NextWordView, ids: tuple[int, ...], words: list[str], index: int) -> None:
    st.header("1. A word is a number")
    st.markdown(
        " → ".join(
            f"**{escape_markdown(word)}** {number}"
            if k == index
            else f"{escape_markdown(word)} {number}"
            for k, (word, number) in enumerate(zip(words, ids, strict=True))
        )
    )
    st.markdown(
        f"The dictionary has {view.corpus.dictionary.size:,} numbers; “⏎”, number 0, stands for "
        f"the end of a sentence, and so also before its first word. You look at the word in bold, "
        f"**{escape_markdown(words[index])}**, number {ids[index]}. The number says "
        "nothing about the word: 8 is not twice 4 here."
    )
    with st.expander("The whole dictionary", icon=":material/menu_book:"):
        size = view.corpus.dictionary.size
        counts = np.bincount(view.corpus.training, minlength=size)
        table = {"number": range(size), "word": view.corpus.dictionary.words_of(range(size))}
        st.dataframe(pd.DataFrame(table | {"times read": counts}), hide_index=True, height=260)


def _one_hot(view: NextWordView, word: str, number: int) -> None:
    st.header("2. One-hot: no word is nearer than another")
    size = view.corpus.dictionary.size
    drawing.draw(
        drawing.own_spec(charts.one_hot_chart, size, word, number),
        charts.one_hot_table(size, number),
        key="next_one_hot",
        alt=f"{size} numbers, all 0 but number {number}, which is 1: {word}.",
    )
    st.markdown(
        "Look for the one coloured cell: this is all that the network is told about "
        f"**{escape_markdown(word)}**. Any two words are equally far apart here."
    )


def _embedding(model: LanguageModel, word: str, number: int) -> None:
    rows = model.weights["embedding"]
    st.header("3. The embedding: a row of numbers that was learnt")
    limit = float(np.ceil(np.abs(rows).max() * 10) / 10)
    n = rows.shape[1]
    drawing.draw(
        drawing.own_spec(
            charts.embedding_chart, n, limit, f"The {n} numbers that stand for {word}"
        ),
        charts.embedding_table(rows[number]),
        key="next_embedding",
        alt=f"The {n} numbers of the embedding that stand for {word}, as bars.",
    )
    st.markdown(
        f"Each bar is one number. One-hot times a matrix of {rows.shape[0]:,} × {n} leaves row "
        f"{number} of it, so the embedding simply looks **{escape_markdown(word)}** up. It "
        f"begins with {', '.join(f'{weight:.2f}' for weight in rows[number][:4])} … Words that "
        "are used alike have learnt similar rows; “Map of the words” shows them."
    )


def _state(states: np.ndarray, words: list[str], index: int) -> None:
    st.header("4. The recurrent layer: what it has read so far")
    first = max(0, min(index - MAX_WORDS // 2, len(words) - MAX_WORDS))
    part = slice(first, first + MAX_WORDS)
    n_units = min(states.shape[1], MAX_UNITS)
    drawing.draw(
        drawing.own_spec(charts.word_states_chart, tuple(words[part]), n_units),
        charts.word_states_table(words[part], states[part, :n_units], index - first),
        key="next_states",
        alt=f"The state of {n_units} units after each word, orange above zero and blue below.",
    )
    text = f"Each line is the state after a word: {states.shape[1]} numbers between -1 and 1"
    if index:
        change = np.abs(states[index] - states[index - 1])
        unit = int(change.argmax())
        text += (
            f". Reading **{escape_markdown(words[index])}** changed unit {unit + 1} most, from "
            f"{states[index - 1, unit]:.2f} to {states[index, unit]:.2f}"
        )
    st.markdown(f"{text}. A column that keeps its colour for many words remembers something.")


def _softmax(view: NextWordView, logits: np.ndarray, probabilities: np.ndarray, word: str) -> None:
    st.header("5. Softmax: a number for every word becomes a chance")
    order = np.argsort(-probabilities, kind="stable")[:MAX_LOGITS]
    total = float(np.exp(logits.astype(float)).sum())
    table = pd.DataFrame(
        {
            "next word": view.corpus.dictionary.words_of(order.tolist()),
            "z, from the dense layer": [f"{logits[k]:.3f}" for k in order],
            "exp(z)": [f"{math.exp(logits[k]):,.3f}" for k in order],
            "chance": [f"{probabilities[k]:.2%}" for k in order],
        }
    )
    st.table(table.set_index("next word"))
    first = int(order[0])
    st.markdown(
        f"The dense layer says one number z for each of the {len(probabilities):,} words. All "
        f"exp(z) together are {total:,.1f}, so after **{escape_markdown(word)}** the chance of "
        f"**{escape_markdown(view.corpus.dictionary.word(first))}** is "
        f"{math.exp(logits[first]):,.1f} / {total:,.1f} = {probabilities[first]:.2%}."
    )


def _cross_entropy(
    view: NextWordView, prompt: Prompt, probabilities: np.ndarray, index: int
) -> None:
    st.header("6. Cross-entropy: what the next word has cost")
    if index == len(prompt.ids):
        best = int(probabilities[index].argmax())
        word, number = view.corpus.dictionary.word(best), best
        beginning = f"Nothing follows yet. If **{escape_markdown(word)}** came next, it would cost"
    else:
        word, number = prompt.words[index], prompt.ids[index]
        beginning = f"**{escape_markdown(word)}** came next, and cost"
    probability = float(probabilities[index, number])
    loss = -math.log(max(probability, 1e-30))
    st.markdown(f"{beginning} −ln({probability:.4f}) = **{loss:.4f} nats**.")
    if prompt.ids:
        given = probabilities[np.arange(len(prompt.ids)), list(prompt.ids)]
        losses = -np.log(np.maximum(given, 1e-30))
        listed = " + ".join(f"{loss:.2f}" for loss in losses)
        mean = float(losses.mean())
        st.markdown(
            f"Over your sentence: ({listed}) / {len(losses)} = {mean:.3f} nats a word. Its "
            f"perplexity is e to the power of that, {math.exp(mean):.2f}: as if the network had "
            "chosen each time among this many equally likely words. Training makes this mean "
            "small."
        )
