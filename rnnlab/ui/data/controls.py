"""The knobs of the data, which the training page has too: what is chosen here is trained there.

A rule of one's own has an editor: a line of text that the address holds, or a table.
"""

from __future__ import annotations

from contextlib import nullcontext
from itertools import product

import streamlit as st

from rnnlab.bounds import Bounds
from rnnlab.knobs import Knob, Value
from rnnlab.rules import BitRule, make_rule
from rnnlab.rules.expression import (
    DECIMALS,
    MOST_LAGS,
    name_of,
    over_lags,
    parse,
    pointed_at,
    table_text,
    with_probability,
)
from rnnlab.rules.expression_parser import FURTHEST, ExpressionError
from rnnlab.rules.lagged import Causes
from rnnlab.rules.machine import MachineRule
from rnnlab.settings import Settings
from rnnlab.ui import address
from rnnlab.ui.choices import choose_option
from rnnlab.ui.knobs import set_value, widget
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.training.controls import choose_rule, make, own_series

SHARED = ("window", "rows", "length", "carry_state", "noise", "seed")
"""The knobs of every run that change what can be seen of its data."""

OWN_RULE, EXPRESSION = "own", "expression"
"""The rule that is typed, and its knob."""

OWN_RULES = (OWN_RULE, "own-machine")

EDITORS = AS_EXPRESSION, AS_TABLE = ("As an expression", "As a table")

EXAMPLES = {
    "Copy": "x[t-1]",
    "Exactly one of two": "x[t-1] xor x[t-2]",
    "Two of three": "x[t-1] + x[t-2] + x[t-3] >= 2",
    "Push": "0.5 + 0.3 * x[t-2]",
    "Coin flip": "0.5",
}

GOOD = "look_good_rule"
"""Where the session keeps the last text that is a rule."""

LAGS = "look_own_lags"
PROBABILITY = "look_chance_"


def chosen() -> Settings | None:
    """Draw the knobs; the settings of a run on these data, or None and a sentence if none fits.

    Knobs that have no widget here keep what the training page made them.
    """
    name = choose_rule()
    series = own_series(name)
    values: dict[str, Value] = {"rule": name}
    values |= {
        key: (edit_rule if (name, key) == (OWN_RULE, EXPRESSION) else widget)(key, knob)
        for key, knob in make_rule(name).all_knobs().items()
    }
    can_turn = any(map(address.can_turn, SHARED))
    fold = st.expander("More about the data", icon=":material/casino:") if can_turn else None
    with fold or nullcontext():
        knobs = Settings.knobs(values)
        values |= {key: widget(key, knobs[key]) for key in SHARED if key in knobs}
    kept = {
        key: st.session_state[key]
        for key in knobs
        if key in Settings.all_knobs() and key not in values and key in st.session_state
    }
    return make({**kept, **values}, series)


def edit_rule(name: str, knob: Knob) -> str:
    """Draw the editor of this knob; what is typed, or the last text that was a rule."""
    text = str(widget(name, knob))
    good = _good(text, str(knob.default))
    if not address.can_turn(name):
        return good
    editor = choose_option("How to write it", EDITORS, "look_own", labelled=False)
    if editor == AS_TABLE:
        _table(name, good)
    else:
        _examples(name)
    return good


def own_rule_summary(settings: Settings) -> None:
    """The exact best losses of a rule or a machine of one's own, in a line."""
    rule = settings.data
    if settings.rule not in OWN_RULES or not isinstance(rule, BitRule):
        return
    bounds = Bounds.of(settings)
    steps = "1 step" if settings.window == 1 else f"{settings.window} steps"
    with st.grid(3, min_column_width=150):
        st.metric("Knows nothing", f"{bounds.baseline:.4f}", help=NOTHING)
        st.metric("Inside this window", f"{bounds.window:.4f}", help=f"{INSIDE} {steps}.")
        st.metric("Best possible", f"{rule.best_loss():.4f}")
    far = "" if isinstance(rule, MachineRule) else _how_far(rule.lags, settings.window, steps)
    st.caption(f"In nats a target, calculated exactly. {far}")


NOTHING = "The loss of someone who knows how often a 1 comes, and nothing else."
INSIDE = (
    "The lowest loss that is possible if only the inputs of this window are known, here at most"
)


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
    """The text if it is a rule; else say what is wrong with it, and give the last one that was."""
    try:
        parse(text)
    except ExpressionError as error:
        good = str(st.session_state.get(GOOD, default))
        st.warning(
            f"{escape_markdown(str(error))} Until you correct it, the page goes on with `{good}`.",
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
            st.button(label, key=f"look_{label}", help=text, on_click=set_value, args=(name, text))


def _table(name: str, rule: str) -> None:
    """The rule as a table; what is edited here is written into the knob `name`."""
    causes = parse(rule)
    causes = over_lags(causes, causes.lags)
    st.session_state[LAGS] = list(causes.lags)
    st.multiselect(
        "Inputs that count",
        range(FURTHEST + 1),
        format_func=name_of,
        max_selections=MOST_LAGS,
        key=LAGS,
        help=(
            f"At most {MOST_LAGS}. If you add one, nothing changes until you change a chance. "
            "If you take one away, the chances after its 0 and its 1 are averaged."
        ),
        on_change=_choose_lags,
        args=(name, causes),
    )
    if causes.lags:
        st.markdown(f"How likely is a 1, after {' '.join(map(name_of, causes.lags))} =")
    else:
        st.markdown("How likely is a 1?")
    with st.grid(4, min_column_width=130):
        for row, bits in enumerate(product("01", repeat=len(causes.lags))):
            _probability(name, causes, row, " ".join(bits))


def _probability(name: str, causes: Causes, row: int, pattern: str) -> None:
    key = f"{PROBABILITY}{row}"
    st.session_state[key] = round(float(causes.table.flat[row]), DECIMALS)
    st.number_input(
        pattern or "always",
        0.0,
        1.0,
        step=0.05,
        format="%.4g",
        key=key,
        on_change=_set_probability,
        args=(name, causes, row),
    )


def _choose_lags(name: str, causes: Causes) -> None:
    """Write the table over the inputs that were just chosen."""
    _put_table(name, over_lags(causes, tuple(st.session_state[LAGS])))


def _set_probability(name: str, causes: Causes, row: int) -> None:
    """Write the table with the probability that was just changed."""
    _put_table(name, with_probability(causes, row, float(st.session_state[f"{PROBABILITY}{row}"])))


def _put_table(name: str, causes: Causes) -> None:
    st.session_state[name] = table_text(causes.lags, causes.table)
