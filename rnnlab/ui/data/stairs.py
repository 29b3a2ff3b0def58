"""The staircase of best losses, and the derivation of each of its steps."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from rnnlab.charts.rule_data import losses_chart, losses_domain, losses_table
from rnnlab.rules.base import enumeration
from rnnlab.settings import Settings
from rnnlab.survey.derivation import ACCURACY, MEASURES, MOST_TERMS, Measure, Stair, staircase
from rnnlab.ui import drawing

WIDTH = 350
"""Pixels for a derivation: as wide as a telephone, and several beside each other elsewhere."""


def draw(settings: Settings) -> None:
    """The switch, the chart, what it says, and the derivations."""
    measure = MEASURES[_choose_measure()]
    stairs = staircase(settings)
    worth = {one.label: one.worth(measure) for one in stairs}
    floor = "best possible" if settings.carry_state else "sees only this window"
    domain = losses_domain(worth, log=False)
    drawing.draw(
        drawing.spec(losses_chart, tuple(worth), measure.title, domain),
        losses_table(worth, floor, domain, log=False),
        key="look_stairs",
        alt=f"{measure.title}: " + "; ".join(f"{who} {loss:.4f}" for who, loss in worth.items()),
    )
    st.caption(sentence(settings, worth, floor, measure))
    st.markdown("**Where the numbers come from**")
    st.latex(measure.formula, width="content")
    st.caption(
        "The chances p of a 1 are those after each pattern; a chance and its opposite are worth "
        f"the same, so {measure.symbol}(p) stands for both."
    )
    with st.container(horizontal=True, gap="medium"):
        for same in _alike(stairs, measure):
            with st.container(width=WIDTH):
                _derive(same, measure)


def sentence(settings: Settings, worth: dict[str, float], floor: str, measure: Measure) -> str:
    """What the staircase goes down to, and which step of it this run can reach."""
    sees = (
        "carries its state, so it can see the whole past"
        if settings.carry_state
        else f"starts every window of {settings.window} steps from zero"
    )
    right = measure is ACCURACY
    reaches = "guesses at most" if right else "loses at least"
    unit = "of its targets right" if right else f"{measure.name} a step"
    hidden = abs(worth["sees only this window"] - worth["best possible"])
    window = f" What a window of {settings.window} hides costs {hidden:.4f}." if hidden > 0 else ""
    return (
        f"Look at the dashed line: your run {sees}, and in the long run {reaches} "
        f"{worth[floor]:.4f} {unit}; who knows nothing, {worth['knows nothing']:.4f}.{window}"
    )


def _choose_measure() -> str:
    first = next(iter(MEASURES))
    return (
        st.segmented_control(
            "Measured in",
            list(MEASURES),
            default=first,
            required=True,
            key="look_unit",
            bind="query-params",
        )
        or first
    )


def _alike(stairs: tuple[Stair, ...], measure: Measure) -> list[list[Stair]]:
    """Stairs with the same derivation together, in the order of the staircase."""
    groups: dict[str, list[Stair]] = {}
    for one in stairs:
        groups.setdefault(one.formula(measure), []).append(one)
    return list(groups.values())


def _derive(same: list[Stair], measure: Measure) -> None:
    one = same[0]
    names = enumeration(f"**{stair.label}**" for stair in same)
    window = f", in windows of {one.n_steps} steps" if one.n_steps > 1 else ""
    st.markdown(f"{names[:2]}{names[2].upper()}{names[3:]}{window}:")
    st.latex(one.formula(measure), width="content")
    longest = max(one.kinds, key=lambda kind: len(kind.terms))
    if len(longest.terms) > MOST_TERMS:
        n_cases = sum(term.n_cases for term in longest.terms)
        st.caption(f"{n_cases} cases, put together where they are worth the same:")
        rows = [
            (term.n_cases, term.weight, term.p, kind_worth)
            for term, kind_worth in zip(longest.terms, longest.each(measure), strict=True)
        ]
        columns = ["cases", "share w", "chance p, or 1 - p", f"{measure.symbol}(p)"]
        st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True)
