"""A teacher's own lesson at a glance, before its link is given out: all that a class will find."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from rnnlab.knobs import Knob
from rnnlab.lessons import HIDEABLE, PAGES, Step
from rnnlab.ui.markdown import escape_markdown

MOST_OF_A_TEXT = 60
"""Characters that are shown of what a page opens with."""
A_RUN = "run"
"""What an address calls the run with which a page opens."""
OWN_GUESS = "the training page's own, which need not be said"


def show(step: Step, knobs: Mapping[str, Knob]) -> None:
    """What is asked, what can be turned, what stays and is not shown; `knobs` are the page's."""
    st.header("What your class will find")
    rows = [(name, words) for name, words in _rows(step, knobs) if words]
    st.markdown("\n".join(f"- **{name}:** {words}" for name, words in rows))


def _rows(step: Step, knobs: Mapping[str, Knob]) -> list[tuple[str, str]]:
    turned = {key: knob for key, knob in knobs.items() if key in step.turn}
    kept = {key: knob for key, knob in knobs.items() if key not in step.turn}
    others = {key: text for key, text in step.opens.items() if key not in {*knobs, A_RUN}}
    open_parts = [name for key, name in HIDEABLE.items() if key not in step.hides]
    hidden = [HIDEABLE[key] for key in step.hides]
    return [
        ("Page", f"{PAGES[step.page]}, about {step.minutes} min"),
        ("Question", escape_markdown(step.question)),
        ("To do", escape_markdown(step.task) or "nothing is said: write it above"),
        ("Guess", _guess(step)),
        ("Knobs they can turn", _values(turned, step) or "nothing"),
        ("Knobs that stay, and are not shown", _values(kept, step)),
        ("It opens with", "; ".join(_of_page(key, text) for key, text in others.items())),
        ("Trained already", "the run that you see here" if A_RUN in step.opens else ""),
        ("Below the curve", ", ".join(open_parts) if step.page == "training" else ""),
        ("Hidden", ", ".join(["the menu of pages", *hidden])),
    ]


def _guess(step: Step) -> str:
    """What can be guessed, and what is right."""
    if not step.options:
        return OWN_GUESS if step.page == "training" else "none"
    options = ", ".join(f"“{escape_markdown(option)}”" for option in step.options)
    right = f"“{escape_markdown(step.right)}”, covered until they ask" if step.right else "not said"
    return f"{options}. Right: {right}"


def _values(knobs: Mapping[str, Knob], step: Step) -> str:
    """Each knob with the value that it has when the lesson opens."""
    return ", ".join(
        escape_markdown(f"{knob.label} {_value(step.opens.get(key, knob.text(knob.default)))}")
        for key, knob in knobs.items()
    )


def _value(text: str) -> str:
    """A value as people say it."""
    return {"true": "on", "false": "off"}.get(text, _short(text))


def _of_page(key: str, text: str) -> str:
    return escape_markdown(f"{key.replace('_', ' ')} “{_short(text)}”")


def _short(text: str) -> str:
    return text if len(text) <= MOST_OF_A_TEXT else f"{text[:MOST_OF_A_TEXT]}…"
