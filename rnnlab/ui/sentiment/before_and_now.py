"""What a change of the text changed: the old verdict beside the new one, and the words."""

from __future__ import annotations

import streamlit as st

from rnnlab.sentiment.changes import Stretch, changed
from rnnlab.sentiment.judging import in_words
from rnnlab.sentiment.model import SentimentModel
from rnnlab.sentiment.reading import Reading
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.sentiment import readings, text_box

AROUND = 4
"""Words that are shown on either side of a change."""
ALIKE = 1 / 3
"""Of two texts with a smaller share of words in common it does not help to know which."""
MOST_SHOWN = 40
"""Words of one stretch."""


def show(model: SentimentModel, now: Reading) -> None:
    """The verdict on the text before, if there was one, and what was changed since."""
    text = st.session_state.get(text_box.BEFORE, "")
    if not text.strip() or not now.tokens or text == now.text:
        return
    before = readings.reading_of(model, text)
    if not before.tokens:
        return
    with st.container(border=True):
        points = round(100 * now.probability) - round(100 * before.probability)
        st.markdown(
            f"Before your change: {in_words(before.probability)}, "
            f"**{before.probability:.0%}**. Now: {in_words(now.probability)}, "
            f"**{now.probability:.0%}** ({points:+d} points)."
        )
        st.markdown(words_changed(before, now))


def words_changed(before: Reading, now: Reading) -> str:
    """The change as Markdown: what went is struck out, what came is bold."""
    old = [token.word for token in before.tokens]
    new = [token.word for token in now.tokens]
    if old == new:
        return "The words are the same: other signs, capitals or spaces change nothing."
    rows = changed(old, new)
    same = sum(len(row.words) for row in rows if row.where == "both")
    if same < ALIKE * max(len(old), len(new)):
        return "It is another text."
    last = len(rows) - 1
    return " ".join(_shown(row, first=k == 0, last=k == last) for k, row in enumerate(rows))


def _shown(row: Stretch, *, first: bool, last: bool) -> str:
    words = row.words
    if row.where != "both":
        sign = "~~" if row.where == "old" else "**"
        more = " …" if len(words) > MOST_SHOWN else ""
        return f"{sign}{_joined(words[:MOST_SHOWN])}{sign}{more}"
    head = () if first else words[:AROUND]
    tail = () if last else words[max(len(head), len(words) - AROUND) :]
    between = "" if len(head) + len(tail) == len(words) else "…"
    return " ".join(part for part in (_joined(head), between, _joined(tail)) if part)


def _joined(words: tuple[str, ...]) -> str:
    return escape_markdown(" ".join(word[:60] for word in words))
