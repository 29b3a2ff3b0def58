"""The chance of a 1 after each pattern of inputs: counted in these data, and exactly."""

from __future__ import annotations

import streamlit as st

from rnnlab.charts.rule_data import counted_chart, counted_table, pattern_title, patterns_of
from rnnlab.knobs import Value
from rnnlab.rules.base import enumeration
from rnnlab.rules.expression import name_of
from rnnlab.settings import Settings
from rnnlab.survey.counts import MOST_LAGS, Counted, count, lags_to_look_at
from rnnlab.survey.strip import series_of
from rnnlab.ui import drawing

AMOUNTS = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 500_000)
FIRST = 1_000
"""So few that the bars can be seen."""

FAIR = 1e-9


def draw(settings: Settings) -> None:
    """The knobs, the chart, what it says, and its table."""
    matter = settings.bit_rule.lags
    lags, n_bits = _choose_lags(settings, matter), _choose_amount()
    found = _counted(tuple(settings.values.items()), lags, n_bits)
    drawing.draw(
        drawing.spec(counted_chart, patterns_of(found), pattern_title(found)),
        counted_table(found),
        key="look_counted",
        alt=f"The chance of a 1 after each pattern of {len(found.rows)}, exact and as counted. "
        + sentence(found, matter),
    )
    st.caption(sentence(found, matter))
    with st.expander("In numbers", icon=":material/table:"):
        st.dataframe(counted_table(found), hide_index=True)
        st.caption(
            "share = ones / n. The bar is Wilson's interval: all chances from which the share is "
            "at most 1.96 standard errors away. It misses one time in twenty."
        )


def sentence(found: Counted, matter: tuple[int, ...]) -> str:
    """How well counted and exact agree, how wide the bars are, and what the lags tell."""
    rows = found.found
    if not rows:
        return "So few bits hold no whole pattern: count more of them."
    agree = sum(row.agrees for row in rows)
    widest = max((high - low) / 2 for low, high in (row.bar for row in rows))
    said = [
        f"Look at the bars: {agree} of the {len(rows)} hold the exact chance; about 95 % should."
        if len(rows) > 1
        else f"Look at the bar: it {'holds' if agree else 'misses'} the exact chance; "
        "19 times in 20 it should hold it.",
        f"The widest reaches {widest:.2g} to each side with {found.n:,} steps counted, and about "
        f"{widest / 2:.2g} with four times as many.",
        _what_they_tell(found, matter),
    ]
    never = len(found.rows) - sum(row.often > 0 for row in found.rows)
    if never:
        said.append(f"{never} of the {len(found.rows)} patterns can never come.")
    if set(matter) - set(found.lags):
        said.append("Neighbours here share hidden causes, so a bar may miss a little more often.")
    return " ".join(one for one in said if one)


def _what_they_tell(found: Counted, matter: tuple[int, ...]) -> str:
    """Whether knowing these inputs tells anything of the target."""
    names = enumeration(map(name_of, found.lags)) if found.lags else "nothing"
    chances = [row.exact for row in found.rows if row.often > 0]
    if max(chances) - min(chances) > FAIR:
        return ""
    if not found.lags:
        return f"Who knows nothing says {chances[0]:.4g}, always."
    if set(matter) <= set(found.lags) and not matter:
        return "This rule looks at no input at all."
    alone = "" if set(matter) & set(found.lags) else ": the rule does not look there"
    return (
        f"Knowing {names} tells you nothing: the chance is {chances[0]:.4g} everywhere{alone}."
        if alone or len(found.lags) == 1
        else f"Knowing {names}, and no more, tells you nothing: {chances[0]:.4g} everywhere."
    )


def _choose_lags(settings: Settings, matter: tuple[int, ...]) -> tuple[int, ...]:
    """The inputs to look at: at first all that matter. Each rule's choice has its own name."""
    options = lags_to_look_at(settings.bit_rule)
    lags = st.multiselect(
        "Inputs to look at",
        options,
        default=list(matter),
        format_func=name_of,
        max_selections=MOST_LAGS,
        key="_".join(["look_lags", *map(str, matter)]),
        bind="query-params",
        help="The target at time t is counted by what these inputs were. At first: all that the "
        "rule looks at. Take one away, or add one that does not matter.",
    )
    return tuple(lags)


def _choose_amount() -> int:
    return st.select_slider(
        "Bits to count",
        AMOUNTS,
        value=FIRST,
        format_func=lambda amount: f"{amount:,}",
        key="look_bits",
        bind="query-params",
        help="How many of your data's bits are counted, from the start, or all if there are fewer.",
    )


@st.cache_data(max_entries=200, show_spinner=False)
def _counted(values: tuple[tuple[str, Value], ...], lags: tuple[int, ...], n_bits: int) -> Counted:
    settings = Settings.of(dict(values))
    return count(settings.bit_rule, series_of(settings), lags, n_bits)
