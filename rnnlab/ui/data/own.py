"""The editor of a rule of one's own: a line of text that the address holds, and two ways to it."""

from __future__ import annotations

import streamlit as st

from rnnlab.bounds import Bounds
from rnnlab.knobs import Knob
from rnnlab.rules import BitRule
from rnnlab.rules.expression import parse
from rnnlab.rules.expression_tokens import ExpressionError, pointed_at
from rnnlab.settings import Settings
from rnnlab.ui import controls
from rnnlab.ui.data import own_table
from rnnlab.ui.markdown import escape_markdown

RULE = "own"
KNOB = "expression"

EXPRESSION, TABLE = WAYS = ("As an expression", "As a table")

EXAMPLES = {
    "Copy": "x[t-1]",
    "Exactly one of two": "x[t-1] xor x[t-2]",
    "Two of three": "x[t-1] + x[t-2] + x[t-3] >= 2",
    "Push": "0.5 + 0.3 * x[t-2]",
    "Coin flip": "0.5",
}

GOOD = "look_good_rule"
"""Where the session keeps the last text that meant something."""


def write(name: str, knob: Knob) -> str:
    """Draw the editor of this knob; what is typed, or the last that meant something."""
    text = str(controls.widget(name, knob))
    good = _good(text, str(knob.default))
    way = st.segmented_control(
        "How to say it",
        WAYS,
        default=EXPRESSION,
        required=True,
        label_visibility="collapsed",
        key="look_own",
        bind="query-params",
    )
    if way == TABLE:
        own_table.draw(name, good)
    else:
        _examples(name)
    return good


def worth(settings: Settings) -> None:
    """What a rule of one's own is worth: its exact best losses, in a line."""
    rule = settings.data
    if settings.rule != RULE or not isinstance(rule, BitRule):
        return
    bounds = Bounds.of(settings)
    lags = rule.lags
    steps = "1 step" if settings.window == 1 else f"{settings.window} steps"
    with st.grid(3, min_column_width=150):
        st.metric("Knows nothing", f"{bounds.nothing:.4f}", help=NOTHING)
        st.metric("Inside this window", f"{bounds.window:.4f}", help=f"{INSIDE} {steps}.")
        st.metric("Best possible", f"{rule.best_loss():.4f}")
    st.caption(f"Nats a target, exactly. {_how_far(lags, settings.window, steps)}")


NOTHING = "The loss of who knows how often a 1 comes, and nothing else."
INSIDE = "The least loss of who sees the inputs since the window began, here at most"


def _how_far(lags: tuple[int, ...], window: int, steps: str) -> str:
    """Whether the causes fit into the window."""
    if not lags:
        return "Your rule looks at no input, so there is nothing to learn from them."
    furthest = f"Your rule looks {lags[-1]} step{'s' * (lags[-1] != 1)} back"
    if lags[-1] == 0:
        furthest = "Your rule looks at the input just read"
    if lags[-1] < window:
        return f"{furthest}, and the window holds {steps}."
    return f"{furthest}, further than a window of {steps} reaches."


def _good(text: str, default: str) -> str:
    """The text if it means something; else what is wrong with it, and the last one that did."""
    try:
        parse(text)
    except ExpressionError as error:
        good = str(st.session_state.get(GOOD, default))
        st.warning(
            f"{escape_markdown(str(error))} Until that is mended, the page goes on with `{good}`.",
            icon=":material/edit:",
        )
        st.code(pointed_at(text, error.position), language=None)
        return good
    st.session_state[GOOD] = text
    return text


def _examples(name: str) -> None:
    """Rules to begin with, each a click."""
    with st.container(horizontal=True, gap="small"):
        for label, text in EXAMPLES.items():
            st.button(label, key=f"look_{label}", help=text, on_click=_put, args=(name, text))


def _put(name: str, text: str) -> None:
    st.session_state[name] = text
