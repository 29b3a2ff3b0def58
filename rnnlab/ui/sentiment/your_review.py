"""Your review: the verdict on the typed text, word by word, and which words mattered."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rnnlab.charts.verdicts import WORDS_SHOWN, left_out_chart, left_out_limit, left_out_table
from rnnlab.sentiment.model import SentimentModel
from rnnlab.sentiment.reading import Importance, RunningVerdict, caveats
from rnnlab.sentiment.verdicts import NEITHER, in_percent, in_words
from rnnlab.ui import beside, drawing
from rnnlab.ui.departures import PROMISE
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.sentiment import edit, models, text_box, typing
from rnnlab.ui.sentiment.words_and_curve import words_and_curve

TITLE = "Your review"
ICON = ":material/rate_review:"
WORDS = (
    "layer",
    "state",
    "unit",
)

MOVES_NOTHING = 0.01
"""A change of a probability that is not worth a word."""


def draw() -> None:
    """The box, the verdict, the coloured text with its curve, and the words that mattered."""
    cause, effect, more = beside.places()
    with cause:
        text = text_box.show()
    with more:
        text_box.examples()
        model = models.choose_model()
        text_box.link(text)
        typing.follow(text_box.KEY, text)
    if model is None:
        return
    with effect, typing.verdict():
        reading = models.reading_of(model, text)
        _verdict(model, reading)
        edit.show(model, reading)
        words_and_curve(reading, _curve_in_words(reading), key="typed_words")
        st.markdown(_what_to_see(reading))
        _how_it_was_read(model, reading)
    if reading.spans:
        _mattered(models.importance_of(model, text), reading)
    limits()


def limits() -> None:
    """What not to expect of a verdict."""
    st.caption(
        "**What they cannot do.** The networks of the lab have learnt from English texts about "
        "films, written up to 2011, and all but the article's from short phrases made for "
        "them; the best one has learnt some sayings as well. They take irony literally, they know "
        "no film, no actor and no fact, and about other subjects or in other languages they only "
        f"guess.{_trouble_with_not()} What you type is in no link "
        f"unless you ask for one. {PROMISE}"
    )


def _trouble_with_not() -> str:
    """Which models misread which of the twelve phrases under “Compare”; "" if none does."""
    misread = {model.title: models.misread(model) for model in models.models().values()}
    wrong = [
        f"{title} {len(phrases)}, among them “{escape_markdown(_turned(phrases))}”"
        if len(phrases) > 1
        else f"{title} “{escape_markdown(phrases[0])}”"
        for title, phrases in misread.items()
        if phrases
    ]
    if not wrong:
        return ""
    return (
        " A “not” or a “but” is hard for them. Of the twelve short phrases under “Compare”, these "
        f"are misread: {'; '.join(wrong)}. Type one, and see which word misleads them."
    )


def _turned(phrases: Sequence[str]) -> str:
    """One of these with a “not” or a “but”, if there is one."""
    return next((text for text in phrases if {"not", "but"} & {*text.split()}), phrases[0])


def _verdict(model: SentimentModel, reading: RunningVerdict) -> None:
    if reading.spans:
        st.markdown(
            f"## {in_words(reading.probability).capitalize()}\n"
            f"It takes this text for **{in_percent(reading.probability)}**."
        )
        if NEITHER[0] <= round(reading.probability, 2) < NEITHER[1]:
            st.caption(_neither(model))
    for sentence in caveats(reading):
        st.info(sentence, icon=":material/info:")


def _neither(model: SentimentModel) -> str:
    """When “neither” is said, and how often that is right, as it was measured of this model."""
    low, high = (f"{bound:.0%}" for bound in NEITHER)
    sentence = f"From {low} to below {high} positive, the lab says “neither”: no praise, no blame."
    figures = model.figures
    if "neutral called neither" not in figures:
        return sentence
    return (
        f"{sentence} Of phrases and sentences that people call neutral, and that it has not learnt "
        f"from, it finds {figures['neutral called neither']:.0%} so; of those that praise or blame "
        f"{figures['others called neither']:.0%}."
    )


def _what_to_see(reading: RunningVerdict) -> str:
    """One sentence on what to look at, with the numbers of this text."""
    shift = reading.largest_shift
    if not shift:
        return ""
    start, end = reading.probabilities[shift.start], reading.probabilities[shift.stop]
    if abs(end - start) < MOVES_NOTHING:
        return "No word moved the verdict by even one point: see how flat the curve is."
    words = escape_markdown(
        " … ".join(dict.fromkeys(reading.words[k][:60] for k in (shift[0], shift[-1])))
    )
    places = (
        f"word {shift.start + 1}" if len(shift) == 1 else f"words {shift.start + 1} to {shift.stop}"
    )
    return (
        f"Look at “{words}” ({places}): there the verdict moved most, from "
        f"{in_percent(start)} to {in_percent(end)}."
    )


def _curve_in_words(reading: RunningVerdict) -> str:
    lowest, highest = reading.probabilities.min(), reading.probabilities.max()
    return (
        f"The running verdict: {in_percent(reading.probabilities[0])} before the first word, "
        f"between {in_percent(lowest)} and {in_percent(highest)} on the way, "
        f"{in_percent(reading.probability)} after {len(reading.spans)} words."
    )


def _how_it_was_read(model: SentimentModel, reading: RunningVerdict) -> None:
    """How there can be a verdict at each word, where it is not plain."""
    if model.causal or not reading.spans:
        return
    often = "after every word"
    if reading.stride > 1:
        often = f"after every {reading.stride} words, for this text is long (between, a line)"
    st.caption(
        f"{model.title} reads in both directions at once, so it was asked {often}, as if the "
        "text ended there."
    )


def _mattered(importance: Importance, reading: RunningVerdict) -> None:
    """The words that mattered most, and what that means."""
    st.header("Which words mattered?")
    table = left_out_table(importance)
    st.markdown(_without(importance))
    drawing.draw(
        drawing.spec(left_out_chart, len(table), left_out_limit(table)),
        table,
        key="typed_left_out",
        alt="What each word adds, in percentage points: "
        + "; ".join(f"{row.label} {row.points:+.1f}" for row in table.itertuples()),
    )
    st.caption(
        "Each word was left out once, and the rest was read again. The number in brackets is "
        "its place in the text. The colours above answer another question: how the verdict "
        "moved when the word came, before anything after it was known."
        + _which_were_tried(importance, reading)
    )


def _without(importance: Importance) -> str:
    first = importance.words[0]
    word, probability = escape_markdown(first.word[:60]), importance.probability
    alone = importance.n_words == 1
    if abs(probability - first.probability) < MOVES_NOTHING:
        if alone:
            return f"Without “{word}” there is nothing to read, and the verdict is the same."
        return (
            "No single word decides: whichever you leave out, the verdict stays within one point."
        )
    sentence = (
        f"Without “{word}” it would say {in_percent(first.probability)} instead of "
        f"{in_percent(probability)}."
    )
    if alone:
        return sentence
    return (
        f"{sentence} Here are the {min(WORDS_SHOWN, len(importance.words))} words that matter most."
    )


def _which_were_tried(importance: Importance, reading: RunningVerdict) -> str:
    if len(importance.words) == len(reading.spans):
        return ""
    return (
        f" Of the {importance.n_words:,} words, the {len(importance.words):,} were tried that "
        "moved the verdict most."
    )
