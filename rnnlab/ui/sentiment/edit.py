"""What an edit of the text changed: the old verdict beside the new one, and the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

import streamlit as st

from rnnlab.sentiment.model import SentimentModel
from rnnlab.sentiment.reading import RunningVerdict
from rnnlab.sentiment.verdicts import in_percent, in_words
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.sentiment import models, text_box

MOST_COMPARED = 400
"""Words of a text that are compared one by one; beyond, a change is one block."""
AROUND = 4
"""Words that are shown on either side of a change."""
ALIKE = 1 / 3
"""Of two texts with a smaller share of words in common it does not help to know which."""
MOST_SHOWN = 40
"""Words of one segment."""


class Segment(NamedTuple):
    """Words that follow each other: in both texts, only in the old or only in the new one."""

    source: Literal["both", "old", "new"]
    words: tuple[str, ...]


def show(model: SentimentModel, new: RunningVerdict) -> None:
    """The verdict on the text before, if there was one, and what was changed since."""
    text = st.session_state.get(text_box.PREVIOUS, "")
    if not text.strip() or not new.spans or text == new.text:
        return
    old = models.reading_of(model, text)
    if not old.spans:
        return
    with st.container(border=True):
        points = round(100 * new.probability) - round(100 * old.probability)
        way = "positive" if points > 0 else "negative"
        moved = f"{abs(points)} points more {way}" if points else "no change"
        st.markdown(
            f"Before your change: {in_words(old.probability)}, **{in_percent(old.probability)}**. "
            f"Now: {in_words(new.probability)}, **{in_percent(new.probability)}** ({moved})."
        )
        st.markdown(words_changed(old, new))


def words_changed(old: RunningVerdict, new: RunningVerdict) -> str:
    """The change as Markdown: what went is struck out, what came is bold."""
    old_words = [span.word for span in old.spans]
    new_words = [span.word for span in new.spans]
    if old_words == new_words:
        return "The words are the same: punctuation, capitals and spaces change nothing."
    segments = changed(old_words, new_words)
    n_same = sum(len(segment.words) for segment in segments if segment.source == "both")
    if n_same < ALIKE * max(len(old_words), len(new_words)):
        return "It is another text."
    last = len(segments) - 1
    return " ".join(
        _in_markdown(segment, first=k == 0, last=k == last) for k, segment in enumerate(segments)
    )


def changed(old: Sequence[str], new: Sequence[str]) -> tuple[Segment, ...]:
    """The words of two texts in one row: what went stands before what came in its place."""
    start = _n_equal(old, new)
    end = _n_equal(old[start:][::-1], new[start:][::-1])
    between = _between(old[start : len(old) - end], new[start : len(new) - end])
    tail = Segment("both", tuple(new[len(new) - end :]))
    segments = [Segment("both", tuple(new[:start])), *between, tail]
    return tuple(segment for segment in segments if segment.words)


def _n_equal(old: Sequence[str], new: Sequence[str]) -> int:
    """With how many equal words both begin."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (before, after) in pairs if before != after), min(len(old), len(new)))


def _between(old: Sequence[str], new: Sequence[str]) -> Iterator[Segment]:
    if max(len(old), len(new)) > MOST_COMPARED:
        yield from (Segment("old", tuple(old)), Segment("new", tuple(new)))
        return
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Segment("both", tuple(new[c:d]))
        else:
            yield from (Segment("old", tuple(old[a:b])), Segment("new", tuple(new[c:d])))


def _in_markdown(segment: Segment, *, first: bool, last: bool) -> str:
    words = segment.words
    if segment.source != "both":
        sign = "~~" if segment.source == "old" else "**"
        more = " …" if len(words) > MOST_SHOWN else ""
        return f"{sign}{_joined(words[:MOST_SHOWN])}{sign}{more}"
    head = () if first else words[:AROUND]
    tail = () if last else words[max(len(head), len(words) - AROUND) :]
    between = "" if len(head) + len(tail) == len(words) else "…"
    return " ".join(part for part in (_joined(head), between, _joined(tail)) if part)


def _joined(words: tuple[str, ...]) -> str:
    return escape_markdown(" ".join(word[:60] for word in words))
