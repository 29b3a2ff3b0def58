"""What can be known: probabilities counted, best losses derived, the article's two pair rules."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from rnnlab.charts.bit_series import forced_targets_chart, forced_targets_table
from rnnlab.charts.rule_data import losses_chart, losses_domain, losses_table
from rnnlab.exploration.derivation import (
    ACCURACY,
    CRITERIA,
    MOST_TERMS,
    Criterion,
    Derivation,
    derivations,
)
from rnnlab.exploration.series import PAIR_SHARES, PairVersion, pair_versions
from rnnlab.rules import BitRule
from rnnlab.rules.base import enumeration
from rnnlab.settings import Settings
from rnnlab.ui import drawing
from rnnlab.ui.data import counted, numbers

TITLE = "What can be known"
ICON = ":material/stairs:"

WIDTH = 350
"""Pixels for a derivation: as wide as a telephone, and several beside each other elsewhere."""

START, N_STEPS = 20, 16

PAIR_TEXTS = {
    "pair": (
        "The code: `pair`",
        "It looks at the **inputs**, coin flips that nothing can change. Two equal ones force "
        "the target after them.",
        r"""\begin{aligned}
\text{forced}&\quad P(\text{two flips equal}) = \tfrac12 \\
\text{loss}&\quad \tfrac12 \cdot 0 + \tfrac12 \ln 2 = 0.3466
\end{aligned}""",
    ),
    "self-pair": (
        "The words: `self-pair`",
        "It looks at **the series itself**: each target is the next input. A forced bit differs "
        "from the one before it, so it breaks its pair.",
        r"""\begin{aligned}
\text{forced}&\quad e = \tfrac12 (1 - e) \;\Rightarrow\; e = \tfrac13 \\
\text{loss}&\quad \tfrac13 \cdot 0 + \tfrac23 \ln 2 = 0.4621
\end{aligned}""",
    ),
}


def draw(settings: Settings) -> None:
    """Probabilities and best losses for a rule on bits; for one on numbers, simpler predictors."""
    if not isinstance(settings.data, BitRule):
        numbers.baselines(settings)
        return
    st.subheader("How likely is a 1?")
    st.fragment(counted.draw)(settings)
    st.subheader("How low can a loss go?")
    st.fragment(_losses)(settings)
    if settings.rule in PAIR_SHARES:
        st.subheader("One article, two rules")
        _pair_versions(settings)


def _losses(settings: Settings) -> None:
    """The switch, the chart, what it says, and the derivations."""
    criterion = CRITERIA[_choose_criterion()]
    derived = derivations(settings)
    values = {derivation.label: derivation.value(criterion) for derivation in derived}
    floor = "best possible" if settings.carry_state else "sees only this window"
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
        "The chances p of a 1 are those after each pattern; a chance and its opposite are worth "
        f"the same, so {criterion.symbol}(p) stands for both."
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
        "carries its state, so it can see the whole past"
        if settings.carry_state
        else f"starts every window of {settings.window} steps from zero"
    )
    right = criterion is ACCURACY
    reaches = "guesses at most" if right else "loses at least"
    unit = "of its targets right" if right else f"{criterion.name} a step"
    hidden = abs(values["sees only this window"] - values["best possible"])
    window = f" What a window of {settings.window} hides costs {hidden:.4f}." if hidden > 0 else ""
    return (
        f"Look at the dashed line: your run {sees}, and in the long run {reaches} "
        f"{values[floor]:.4f} {unit}; who knows nothing, {values['knows nothing']:.4f}.{window}"
    )


def _choose_criterion() -> str:
    first = next(iter(CRITERIA))
    return (
        st.segmented_control(
            "Measured in",
            list(CRITERIA),
            default=first,
            required=True,
            key="look_unit",
            bind="query-params",
        )
        or first
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
        st.caption(f"{n_contexts} cases, put together where they are worth the same:")
        rows = [
            (group.n_contexts, group.weight, group.p, value)
            for group, value in zip(
                longest.contexts, longest.context_values(criterion), strict=True
            )
        ]
        columns = ["cases", "share w", "chance p, or 1 - p", f"{criterion.symbol}(p)"]
        st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True)


def _pair_versions(settings: Settings) -> None:
    """Both versions beside each other, each with an excerpt, its derivation and its counts."""
    code, words = versions = _both_versions(settings.rows, settings.length, settings.seed)
    for column, version in zip(st.columns(2, gap="large"), versions, strict=True):
        with column:
            _pair_version(version)
    st.caption(
        "In `self-pair`, e is the share of equal neighbours. After an equal pair always comes a "
        "change; after a change, an equal pair every other time: e = ½ (1 - e). So chance has "
        "two steps in three instead of one in two, and the best loss rises from "
        f"{code.expected_loss:.4f} to {words.expected_loss:.4f}; counted with your seed, from "
        f"{code.measured_loss:.4f} to {words.measured_loss:.4f}. "
        "Both are the article's own case: the pair lies one step back, and there is no noise."
    )


@st.cache_data(max_entries=10, show_spinner=False)
def _both_versions(rows: int, length: int, seed: int) -> tuple[PairVersion, ...]:
    """The article's own case: the pair is one step back, and there is no noise."""
    return pair_versions(Settings(rows=rows, length=length, seed=seed))


def _pair_version(version: PairVersion) -> None:
    title, words, formula = PAIR_TEXTS[version.rule]
    n_steps = len(version.forced)
    st.markdown(f"**{title}.** {words}")
    drawing.draw(
        drawing.spec(forced_targets_chart),
        forced_targets_table(version.series, version.forced, START, N_STEPS),
        key=f"look_reading_{version.rule}",
        alt=f"{N_STEPS} inputs and targets of {version.rule}, with a mark under each forced "
        "target.",
    )
    st.latex(formula, width="content")
    st.caption(
        f"▲ marks a forced target. With your seed {version.forced_share:.2%} of {n_steps:,} steps "
        f"are forced, in theory {version.expected_share:.2%}. Who knows the rule loses "
        f"{version.measured_loss:.4f} nats a step, forced or not; in theory "
        f"{version.expected_loss:.4f}."
    )
