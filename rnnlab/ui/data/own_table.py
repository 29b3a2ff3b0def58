"""A rule of one's own as a table: which inputs count, and how likely a 1 is after each pattern."""

from __future__ import annotations

from itertools import product

import streamlit as st

from rnnlab.rules.expression import DECIMALS, MOST_LAGS, name_of, parse, table_text
from rnnlab.rules.expression_table import over_lags, with_chance
from rnnlab.rules.expression_tokens import FURTHEST
from rnnlab.rules.lagged import Causes

LAGS = "look_own_lags"
CHANCE = "look_chance_"


def draw(name: str, rule: str) -> None:
    """The table of a rule that can be read; what is edited here is typed into the knob `name`."""
    causes = parse(rule)
    causes = over_lags(causes, causes.lags)
    st.session_state[LAGS] = list(causes.lags)
    st.multiselect(
        "Inputs that count",
        range(FURTHEST + 1),
        format_func=name_of,
        max_selections=MOST_LAGS,
        key=LAGS,
        help=f"At most {MOST_LAGS}. A new one makes no difference until you change a chance; of "
        "one that goes, the chances after 0 and after 1 are averaged.",
        on_change=_choose,
        args=(name, causes),
    )
    if causes.lags:
        st.markdown(f"How likely is a 1, after {' '.join(map(name_of, causes.lags))} =")
    else:
        st.markdown("How likely is a 1?")
    with st.grid(4, min_column_width=130):
        for row, bits in enumerate(product("01", repeat=len(causes.lags))):
            _chance(name, causes, row, " ".join(bits))


def _chance(name: str, causes: Causes, row: int, pattern: str) -> None:
    key = f"{CHANCE}{row}"
    st.session_state[key] = round(float(causes.table.flat[row]), DECIMALS)
    st.number_input(
        pattern or "always",
        0.0,
        1.0,
        step=0.05,
        format="%.4g",
        key=key,
        on_change=_fill,
        args=(name, causes, row),
    )


def _choose(name: str, causes: Causes) -> None:
    """Type the table over the inputs that are chosen now."""
    _type(name, over_lags(causes, tuple(st.session_state[LAGS])))


def _fill(name: str, causes: Causes, row: int) -> None:
    """Type the table with the chance that was just changed."""
    _type(name, with_chance(causes, row, float(st.session_state[f"{CHANCE}{row}"])))


def _type(name: str, causes: Causes) -> None:
    st.session_state[name] = table_text(causes.lags, causes.table)
