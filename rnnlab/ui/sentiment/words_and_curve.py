"""A text with its words coloured by how each moved the verdict, and the verdict so far below it.

A small component, because in Streamlit's own text and charts a word and its point cannot light
each other up.
"""

from __future__ import annotations

from typing import Any

from rnnlab.charts import roles
from rnnlab.sentiment.reading import Reading
from rnnlab.ui.component import component

_COMPONENT = component(__file__, "reading")

LONGEST_WORD = 60
LONGEST_GAP = 200
UNREAD_SHOWN = 300
"""Characters that are shown; of what was not read, the last ones."""


def words_and_curve(reading: Reading, alt: str, key: str) -> None:
    """Draw a reading; `alt` says in words what its curve shows."""
    _COMPONENT(key=key, data=as_data(reading) | {"alt": alt})


def as_data(reading: Reading) -> dict[str, Any]:
    """A reading as the browser is told: all that was read, and no more of a long text."""
    text, end = reading.text, reading.begins
    words = []
    for place, (token, known) in enumerate(zip(reading.tokens, reading.known, strict=True)):
        words.append(
            {
                "gap": _short(text[end : token.start], LONGEST_GAP),
                "word": _short(text[token.start : token.stop], LONGEST_WORD),
                "from": round(float(reading.running[place]), 4),
                "to": round(float(reading.running[place + 1]), 4),
                "known": bool(known),
            }
        )
        end = token.stop
    return {
        "words": words,
        "tail": _short(text[end:], LONGEST_GAP),
        "unread": _unread(text, reading.begins),
        "verdict": round(reading.probability, 4),
        "up": roles.POSITIVE,
        "down": roles.NEGATIVE,
        "label": "Your text, word by word",
        "hint": "Point at a word or at the curve, or walk through the words with the arrow keys.",
    }


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _unread(text: str, begins: int) -> str:
    """The end of what was not read; "" if everything was."""
    if begins <= UNREAD_SHOWN:
        return text[:begins]
    left_out = begins - UNREAD_SHOWN
    return f"[{left_out:,} characters more] … {text[left_out:begins]}"
