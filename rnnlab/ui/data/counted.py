"""The probability of a 1 after each pattern of inputs: counted in these data, and exact."""

from __future__ import annotations

import streamlit as st

from rnnlab.charts.rule_data import counted_chart, counted_table, pattern_title, patterns_of
from rnnlab.exploration.pattern_counts import (
    MOST_LAGS,
    PatternCounts,
    count_patterns,
    selectable_lags,
)
from rnnlab.exploration.series import series_of
from rnnlab.knobs import Value
from rnnlab.rules import BitRule
from rnnlab.rules.base import enumeration
from rnnlab.rules.expression import name_of
from rnnlab.settings import Settings
from rnnlab.ui import drawing

AMOUNTS = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 500_000)
FIRST = 1_000
"""So few that the intervals are wide enough to be seen."""

FAIR = 1e-9


def draw(settings: Settings) -> None:
    """The knobs, the chart, what it says, and its table."""
    rule = settings.bit_rule
    lags, n_bits = _choose_lags(rule), _choose_amount()
    counts = _counted(tuple(settings.values.items()), lags, n_bits)
    message = sentence(counts, rule.lags)
    drawing.draw(
        drawing.spec(counted_chart, patterns_of(counts), pattern_title(counts)),
        counted_table(counts),
        key="look_counted",
        alt=f"The chance of a 1 after each pattern of {len(counts.rows)}, exact and as counted. "
        + message,
    )
    st.caption(message)
    with st.expander("In numbers", icon=":material/table:"):
        st.dataframe(counted_table(counts), hide_index=True)
        st.caption(
            "share = ones / n. The bar is Wilson's interval: all chances from which the share is "
            "at most 1.96 standard errors away. It misses one time in twenty."
        )


def sentence(counts: PatternCounts, rule_lags: tuple[int, ...]) -> str:
    """How well counted and exact agree, how wide the intervals are, and what the lags tell."""
    rows = counts.observed
    if not rows:
        return "So few bits hold no whole pattern: count more of them."
    agree = sum(row.agrees for row in rows)
    widest = max((high - low) / 2 for low, high in (row.interval for row in rows))
    sentences = [
        f"Look at the bars: {agree} of the {len(rows)} hold the exact chance; about 95 % should."
        if len(rows) > 1
        else f"Look at the bar: it {'holds' if agree else 'misses'} the exact chance; "
        "19 times in 20 it should hold it.",
        f"The widest reaches {widest:.2g} to each side with {counts.n:,} steps counted, and about "
        f"{widest / 2:.2g} with four times as many.",
        _information(counts, rule_lags),
    ]
    impossible = sum(row.frequency == 0 for row in counts.rows)
    if impossible:
        sentences.append(f"{impossible} of the {len(counts.rows)} patterns can never come.")
    if set(rule_lags) - set(counts.lags):
        sentences.append(
            "Neighbours here share hidden causes, so a bar may miss a little more often."
        )
    return " ".join(filter(None, sentences))


def _information(counts: PatternCounts, rule_lags: tuple[int, ...]) -> str:
    """Whether knowing these inputs tells anything of the target."""
    names = enumeration(map(name_of, counts.lags)) if counts.lags else "nothing"
    exact = [row.exact for row in counts.rows if row.frequency > 0]
    if max(exact) - min(exact) > FAIR:
        return ""
    if not counts.lags:
        return f"Who knows nothing says {exact[0]:.4g}, always."
    if not rule_lags:
        return "This rule looks at no input at all."
    alone = "" if set(rule_lags) & set(counts.lags) else ": the rule does not look there"
    return (
        f"Knowing {names} tells you nothing: the chance is {exact[0]:.4g} everywhere{alone}."
        if alone or len(counts.lags) == 1
        else f"Knowing {names}, and no more, tells you nothing: {exact[0]:.4g} everywhere."
    )


def _choose_lags(rule: BitRule) -> tuple[int, ...]:
    """The inputs to look at: at first all that matter. Each rule's choice has its own name."""
    lags = st.multiselect(
        "Inputs to look at",
        selectable_lags(rule),
        default=list(rule.lags),
        format_func=name_of,
        max_selections=MOST_LAGS,
        key="_".join(["look_lags", *map(str, rule.lags)]),
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
def _counted(
    values: tuple[tuple[str, Value], ...], lags: tuple[int, ...], n_bits: int
) -> PatternCounts:
    settings = Settings.of(dict(values))
    return count_patterns(settings.bit_rule, series_of(settings), lags, n_bits)
