"""Your review: the same words padded in five ways, through the same weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from rnnlab.charts import padding as charts
from rnnlab.knobs import Knob
from rnnlab.sentiment.model import SentimentModel, shipped, shipped_names
from rnnlab.sentiment.padded_reading import (
    ALONE,
    BEHIND,
    IN_FRONT,
    MASKED_IN_FRONT,
    MOST_WORDS,
    WAYS,
    PaddedReading,
    Way,
    read_padded,
)
from rnnlab.ui import beside, drawing
from rnnlab.ui.choices import choose_option
from rnnlab.ui.departures import PROMISE
from rnnlab.ui.knobs import widget

TITLE = "Your review"
ICON = ":material/rate_review:"
WORDS = (
    "embedding",
    "gradient",
    "layer",
    "logit",
    "mask",
    "padding",
    "state",
    "time step",
    "unit",
    "weight",
)

TEXT = "pad_text"
FIRST_TEXT = "I loved this film, but the ending is a little boring."
MOST_CHARACTERS = 500
READERS = ("simple_rnn", "lstm", "gru", "article")
ONE, BOTH = "from the start", "in both directions"
ZEROS = Knob(
    20,
    "Zeros",
    "How many zeros are put around your words. Keras: `pad_sequences(…, maxlen=…)`.",
    "data",
    low=0,
    high=60,
    step=1,
)
UNITS_SHOWN = 12
SAME = 5e-4
"""Two probabilities nearer than this are shown as the same."""


def draw() -> None:
    """The box and the knobs, the verdicts, the state step by step, and the gradient by word."""
    cause, effect, more = beside.places()
    with cause:
        text = _review()
        st.markdown("**Move the slider and watch the verdict.**")
        verdict = st.container()
        zeros = int(widget("pad_zeros", ZEROS))
    with more:
        model, readings, both = _read(text, zeros)
    by_way = {reading.way: reading for reading in readings}
    verdict.markdown(_verdicts(by_way))
    with effect:
        st.dataframe(_table(readings), hide_index=True)
        if by_way[IN_FRONT].first_word:
            st.markdown(_what_happens(by_way[IN_FRONT], both=both))
        st.caption(
            "Look at the column “positive”: both ways with a mask say what the text says alone. "
            f"{model.title} read this with its own weights; nothing was trained for this page."
        )
    _states(readings, both=both)
    if not both:
        _so_far(readings)
    _gradients(by_way, readings)


def _review() -> str:
    text = st.text_input(
        "Your review",
        value=FIRST_TEXT,
        key=TEXT,
        max_chars=MOST_CHARACTERS,
        persist_state="session",
        placeholder="What did you think of the film?",
        help=f"The last {MOST_WORDS} words are read. {PROMISE}",
    )
    return text or ""


def _read(text: str, zeros: int) -> tuple[SentimentModel, tuple[PaddedReading, ...], bool]:
    names = [name for name in READERS if name in shipped_names()]
    titles = {shipped(name).title: name for name in names}
    chosen = choose_option("Who reads it", list(titles), "pad_reader")
    both = choose_option("It reads", (ONE, BOTH), "pad_directions") == BOTH
    model = shipped(titles[chosen])
    st.caption(
        "Before the first word stands the id 1, “start”, as in Keras’ film reviews. Zeros are "
        "the id 0, and it has a row of the embedding like any word."
        + (
            " In both directions: the same weights read from the end, too, and the verdict is the "
            "mean of both."
            if both
            else ""
        )
    )
    return model, read_padded(model, text, zeros, both=both), both


def _verdicts(by_way: Mapping[Way, PaddedReading]) -> str:
    """What each way of padding makes of this text, in the words of the table."""
    alone, front, behind, masked = (
        f"**{by_way[way].probability:.0%} positive**"
        for way in (ALONE, IN_FRONT, BEHIND, MASKED_IN_FRONT)
    )
    n = by_way[IN_FRONT].first_word
    if not n:
        return f"There is no zero yet, so all five say the same: {alone}. Add some."
    return (
        f"Alone, your text is {alone}. With {n} zeros in front it is {front}, with {n} behind "
        f"{behind}. With a mask it is {masked}."
    )


def _what_happens(in_front: PaddedReading, *, both: bool) -> str:
    """Why padding does that, with the numbers of this text."""
    late = "" if both else "Behind, the words come first, and then the zeros write over them. "
    return (
        f"In front: before your first word its outputs already stand "
        f"{in_front.size_at_first_word:.2f} away from zero, for it has “read” the zeros. {late}"
        "With a mask a step is not done at all, and the state waits."
    )


def _table(readings: Sequence[PaddedReading]) -> pd.DataFrame:
    rows = [
        {
            "padding": reading.way.title,
            "positive": f"{reading.probability:.1%}",
            "steps": len(reading.words),
            "steps done": int(reading.is_read.sum()),
            "away from zero at the first word": f"{reading.size_at_first_word:.3f}",
            "gradient on zeros": f"{reading.gradient_on_zeros:.0%}",
        }
        for reading in readings
    ]
    return pd.DataFrame(rows)


def _states(readings: Sequence[PaddedReading], *, both: bool) -> None:
    st.header("Does the state move over zeros?")
    titles = {reading.way.title: reading for reading in readings}
    chosen = titles[choose_option("Padding", [way.title for way in WAYS[1:]], "pad_way")]
    lanes = _lanes(chosen.outputs.shape[1], both=both)
    drawing.draw(
        drawing.own_spec(charts.padded_states_chart, chosen.words, tuple(lanes)),
        charts.padded_states_table(chosen, lanes),
        key="pad_states",
        alt=f"The outputs of {len(lanes)} units at each of {len(chosen.words)} steps, padded "
        f"{chosen.way.title}. Before the first word they stand {chosen.size_at_first_word:.2f} "
        "from zero.",
    )
    st.caption(_what_to_see(chosen, both=both))


def _lanes(n_outputs: int, *, both: bool) -> dict[str, int]:
    """The units to show, by name: of each direction the first ones."""
    if not both:
        return {f"unit {k + 1}": k for k in range(min(UNITS_SHOWN, n_outputs))}
    half = n_outputs // 2
    shown = range(min(UNITS_SHOWN // 2, half))
    on = {f"on, unit {k + 1}": k for k in shown}
    return on | {f"back, unit {k + 1}": half + k for k in shown}


def _what_to_see(reading: PaddedReading, *, both: bool) -> str:
    if not reading.way.masked:
        where = "left of the first line" if reading.way.in_front else "right of the last line"
        return (
            f"Look at the columns {where}, over the zeros: whatever has a colour there moved "
            "although no word was read."
        )
    if both:
        return (
            "Look at the zeros: both directions show 0 there. The states wait all the same; it is "
            "Bidirectional that writes zeros over what it hands on."
        )
    if reading.way.in_front:
        return (
            "Look at the columns left of the line: nothing has happened there, so the first word "
            "meets a state of zero."
        )
    return (
        "Look at the columns right of the line: all are equal, for the last word’s output is "
        "repeated under the mask. So the last step still holds the answer."
    )


def _so_far(readings: Sequence[PaddedReading]) -> None:
    st.header("Where does the verdict move?")
    n_steps = max(len(reading.words) for reading in readings)
    drawing.draw(
        drawing.spec(charts.padded_verdicts_chart, n_steps),
        charts.padded_verdicts_table(readings),
        key="pad_verdicts",
        alt="The verdict if the text ended at each step. At the end: "
        + "; ".join(f"{r.way.title} {r.probability:.0%} positive" for r in readings),
    )
    st.caption(
        "Look where a line moves while only zeros come by, and where it is flat: flat means that "
        "nothing is read."
    )


def _gradients(by_way: dict[Way, PaddedReading], readings: Sequence[PaddedReading]) -> None:
    st.header("Which words still count?")
    table = charts.word_gradients_table(readings)
    words = charts.words_of(readings[0])
    highest = max(1.05 * float(table["gradient"].max()), 1e-6)
    drawing.draw(
        drawing.own_spec(charts.word_gradients_chart, words, highest),
        table,
        key="pad_gradients",
        alt="How much the verdict hangs on each word. Of the whole gradient lies on zeros: "
        + "; ".join(f"{r.way.title} {r.gradient_on_zeros:.0%}" for r in readings),
    )
    alone, behind = by_way[ALONE], by_way[BEHIND]
    if len(behind.words) == len(words):
        st.caption("Look which word has the highest point: the verdict hangs on it most.")
        return
    left = behind.gradient_on_words / max(alone.gradient_on_words, 1e-30)
    st.caption(
        "Compare the points of “behind” and “no padding”: behind, your words together have "
        f"{left:.2f} times the gradient that they have alone, and {behind.gradient_on_zeros:.0%} "
        "of all of it lies on zeros. Training would teach the zeros that much. Under a mask "
        "no gradient lies on them."
    )
