"""A text with its words coloured by how each moved the verdict, and the verdict so far below it.

A small component, because in Streamlit's own text and charts a word and its point cannot light
each other up.
"""

from __future__ import annotations

from typing import Any

from rnnlab.charts import roles
from rnnlab.sentiment.reading import RunningVerdict
from rnnlab.ui.drawing import component

_COMPONENT = component(__file__, "reading")

LONGEST_WORD = 60
LONGEST_GAP = 200
UNREAD_SHOWN = 300
"""Characters that are shown; of what was not read, the last ones."""


def words_and_curve(reading: RunningVerdict, alt: str, key: str) -> None:
    """Draw a text and its running verdict; `alt` says in words what its curve shows."""
    _COMPONENT(key=key, data=as_data(reading) | {"alt": alt})


def as_data(reading: RunningVerdict) -> dict[str, Any]:
    """What the browser gets: all that was read, and no more of a long text."""
    text, end = reading.text, reading.start
    words = []
    for index, (span, known) in enumerate(zip(reading.spans, reading.known, strict=True)):
        words.append(
            {
                "gap": _short(text[end : span.start], LONGEST_GAP),
                "word": _short(text[span.start : span.stop], LONGEST_WORD),
                "from": round(float(reading.probabilities[index]), 4),
                "to": round(float(reading.probabilities[index + 1]), 4),
                "known": bool(known),
            }
        )
        end = span.stop
    return {
        "words": words,
        "tail": _short(text[end:], LONGEST_GAP),
        "unread": _unread(text, reading.start),
        "verdict": round(reading.probability, 4),
        "up": roles.POSITIVE,
        "down": roles.NEGATIVE,
        "label": "Your text, word by word",
        "hint": "Point at a word or at the curve, or walk through the words with the arrow keys.",
    }


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _unread(text: str, start: int) -> str:
    """The end of what was not read; "" if everything was."""
    if start <= UNREAD_SHOWN:
        return text[:start]
    left_out = start - UNREAD_SHOWN
    return f"[{left_out:,} characters more] … {text[left_out:start]}"
