"""What can be known: probabilities counted and exact, and best losses with their derivations."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from rnnlab.charts.rule_data import (
    counted_chart,
    counted_table,
    losses_chart,
    losses_domain,
    losses_table,
    pattern_title,
    patterns_of,
)
from rnnlab.exploration.derivation import (
    ACCURACY,
    CRITERIA,
    MOST_TERMS,
    Criterion,
    Derivation,
    derivations,
)
from rnnlab.exploration.pattern_counts import (
    MOST_LAGS,
    PatternCounts,
    count_patterns,
    selectable_lags,
)
from rnnlab.exploration.series import PAIR_SHARES, series_of
from rnnlab.rules import BitRule, SymbolRule
from rnnlab.rules.base import enumeration
from rnnlab.rules.expression import name_of
from rnnlab.rules.machine import MachineRule
from rnnlab.settings import Settings
from rnnlab.ui import address, drawing
from rnnlab.ui.choices import choose_amount, choose_option
from rnnlab.ui.data import letters, numbers
from rnnlab.ui.data.series import draw_pair_versions
from rnnlab.ui.parameters import of_several

TITLE = "What can be known"
ICON = ":material/stairs:"
WORDS = (
    "baseline",
    "best possible",
    "bit",
    "chance",
    "input",
    "knowing nothing",
    "lag",
    "loss",
    "mean squared error",
    "nat",
    "seed",
    "state",
    "target",
    "window",
)

WIDTH = 350
"""Pixels for a derivation: as wide as a telephone, and several beside each other elsewhere."""

AMOUNTS = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 500_000)
FIRST = 1_000
"""So few that the intervals are wide enough to be seen."""

FAIR = 1e-9

LAST_FEW = (0, 1)
"""What one looks at first where no few inputs are all that matters."""


def draw(settings: Settings) -> None:
    """Probabilities and best losses for bits, best losses for letters, simpler ways for numbers."""
    if isinstance(settings.data, SymbolRule):
        letters.known(settings)
        return
    if not isinstance(settings.data, BitRule):
        numbers.baselines(settings)
        return
    st.header("How likely is a 1?")
    address.fragment(_patterns)(settings)
    st.header("How low can a loss go?")
    address.fragment(_losses)(settings)
    if settings.rule in PAIR_SHARES:
        st.header("One article, two rules")
        draw_pair_versions(settings)


def _patterns(settings: Settings) -> None:
    """How often a 1 follows each pattern of inputs: counted in these data, and exact."""
    rule = settings.bit_rule
    lags = _choose_lags(rule)
    n_bits = choose_amount(
        "look_bits",
        "Bits to count",
        AMOUNTS,
        FIRST,
        "How many of your bits are counted, from the first one on, or all if there are fewer.",
    )
    counts = _counted(settings, lags, n_bits)
    message = patterns_sentence(counts, rule)
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
            "share = ones / n. The bar is Wilson's interval: it holds every chance from which "
            "the share is at most 1.96 standard errors away. One time in twenty it misses the "
            "true chance."
        )


def patterns_sentence(counts: PatternCounts, rule: BitRule) -> str:
    """How well counted and exact agree, how wide the intervals are, and what the lags tell."""
    rows = counts.observed
    if not rows:
        return "There are too few bits for a whole pattern: count more of them."
    agree = sum(row.agrees for row in rows)
    widest = max((high - low) / 2 for low, high in (row.interval for row in rows))
    sentences = [
        f"Look at the bars: {agree} of the {len(rows)} hold the exact chance; about 95 % should."
        if len(rows) > 1
        else f"Look at the bar: it {'holds' if agree else 'misses'} the exact chance; "
        "19 times in 20 it should hold it.",
        f"The widest reaches {widest:.2g} to each side with {counts.n:,} steps counted, and about "
        f"{widest / 2:.2g} with four times as many.",
        _information(counts, rule),
    ]
    impossible = sum(row.frequency == 0 for row in counts.rows)
    if impossible:
        sentences.append(f"{impossible} of the {len(counts.rows)} patterns can never come.")
    if isinstance(rule, MachineRule):
        sentences.append(
            "The state may hold bits from any time ago, and no few inputs tell it: so neighbouring "
            "targets are alike, and a bar may miss more often."
        )
    if set(rule.lags) - set(counts.lags):
        sentences.append(
            "Neighbouring bits share hidden causes here, so a bar may miss a little more often."
        )
    return " ".join(filter(None, sentences))


def _information(counts: PatternCounts, rule: BitRule) -> str:
    """Whether knowing these inputs tells anything of the target."""
    names = enumeration(map(name_of, counts.lags)) if counts.lags else "nothing"
    exact = [row.exact for row in counts.rows if row.frequency > 0]
    if max(exact) - min(exact) > FAIR:
        return ""
    if not counts.lags:
        return f"Without any knowledge one always says {exact[0]:.4g}."
    if not rule.lags and not isinstance(rule, MachineRule):
        return "This rule looks at no input at all."
    seen = isinstance(rule, MachineRule) or set(rule.lags) & set(counts.lags)
    alone = "" if seen else ": the rule does not look there"
    return (
        f"Knowing {names} tells you nothing: the chance is {exact[0]:.4g} everywhere{alone}."
        if alone or len(counts.lags) == 1
        else f"Knowing {names}, and no more, tells you nothing: {exact[0]:.4g} everywhere."
    )


def _choose_lags(rule: BitRule) -> tuple[int, ...]:
    """The inputs to look at: at first all that matter. Each rule's choice has its own name.

    Where all of the past matters, it begins with the last few.
    """
    first = LAST_FEW if isinstance(rule, MachineRule) else rule.lags
    key, lags = "_".join(["look_lags", *map(str, first)]), selectable_lags(rule)
    names = {name_of(lag): lag for lag in lags}
    address.link_as(key, of_several("Inputs to look at", names, MOST_LAGS, first))
    chosen = st.multiselect(
        "Inputs to look at",
        lags,
        default=list(first),
        format_func=name_of,
        max_selections=MOST_LAGS,
        key=key,
        persist_state="session",
        help=(
            "For every target at time t the lab counts what these inputs were. At first they "
            "are those that the rule looks at, or the last ones. Take one away, or add one "
            "that does not matter."
        ),
    )
    return tuple(chosen)


@st.cache_data(max_entries=20, show_spinner=False, scope="session")
def _counted(settings: Settings, lags: tuple[int, ...], n_bits: int) -> PatternCounts:
    return count_patterns(settings.bit_rule, series_of(settings), lags, n_bits)


def _losses(settings: Settings) -> None:
    """The switch, the chart, what it says, and the derivations."""
    criterion = CRITERIA[choose_option("Measured in", tuple(CRITERIA), "look_unit")]
    derived = derivations(settings)
    values = {derivation.label: derivation.value(criterion) for derivation in derived}
    floor = "best possible" if settings.carry_state else "forgets at each window"
    domain = losses_domain(values, log=False)
    drawing.draw(
        drawing.spec(losses_chart, tuple(values), criterion.title, domain),
        losses_table(values, floor, domain, log=False),
        key="look_stairs",
        alt=f"{criterion.title}: "
        + "; ".join(f"{label} {value:.4f}" for label, value in values.items()),
    )
    st.caption(losses_sentence(settings, values, floor, criterion))
    st.markdown("**Where the numbers come from**")
    st.latex(criterion.formula, width="content")
    st.caption(
        "p is the chance of a 1 after each pattern. A chance and its opposite are worth the "
        f"same, so {criterion.symbol}(p) stands for both."
    )
    with st.container(horizontal=True, gap="medium"):
        for same in _by_formula(derived, criterion):
            with st.container(width=WIDTH):
                _derive(same, criterion)


def losses_sentence(
    settings: Settings, values: dict[str, float], floor: str, criterion: Criterion
) -> str:
    """The lowest loss there is, and the lowest that this run can reach."""
    sees = (
        "carries its state, so it can know the whole past"
        if settings.carry_state
        else f"starts every window of {settings.window} steps from zero"
    )
    right = criterion is ACCURACY
    reaches = "guesses at most" if right else "loses at least"
    unit = "of its targets right" if right else f"{criterion.name} a step"
    hidden = abs(values["forgets at each window"] - values["best possible"])
    window = f" What a window of {settings.window} hides costs {hidden:.4f}." if hidden > 0 else ""
    return (
        f"Look at the dashed line: your run {sees}, and in the long run it {reaches} "
        f"{values[floor]:.4f} {unit}. Knowing nothing gives {values['knows nothing']:.4f}.{window}"
    )


def _by_formula(derived: tuple[Derivation, ...], criterion: Criterion) -> list[list[Derivation]]:
    """Those with the same formula together, in their order."""
    groups: dict[str, list[Derivation]] = {}
    for derivation in derived:
        groups.setdefault(derivation.formula(criterion), []).append(derivation)
    return list(groups.values())


def _derive(same: list[Derivation], criterion: Criterion) -> None:
    first = same[0]
    names = enumeration(f"**{derivation.label}**" for derivation in same)
    window = f", in windows of {first.n_steps} steps" if first.n_steps > 1 else ""
    st.markdown(f"{names[:2]}{names[2].upper()}{names[3:]}{window}:")
    st.latex(first.formula(criterion), width="content")
    longest = max(first.groups, key=lambda steps: len(steps.contexts))
    if len(longest.contexts) > MOST_TERMS:
        n_contexts = sum(group.n_contexts for group in longest.contexts)
        st.caption(f"{n_contexts} cases; those that are worth the same are put together:")
        rows = [
            (group.n_contexts, group.weight, group.p, value)
            for group, value in zip(
                longest.contexts, longest.context_values(criterion), strict=True
            )
        ]
        columns = ["cases", "share w", "chance p, or 1 - p", f"{criterion.symbol}(p)"]
        st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True)
