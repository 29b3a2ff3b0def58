"""The strip of runs: every run that was made, to lay over each other, rename, remove and export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from rnnlab.charts.kept_run import KeptRun, incomparable, runs_csv
from rnnlab.charts.run_comparison import (
    ALONG,
    MOST_OVERLAID,
    comparison_chart,
    comparison_sentence,
    comparison_table,
    loss_domain,
    settings_table,
)
from rnnlab.errors import SettingError
from rnnlab.settings import Plan, Settings
from rnnlab.ui import address, drawing
from rnnlab.ui.choices import choose_option
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.parameters import Link
from rnnlab.ui.training import kept_runs, linked_runs, run_before
from rnnlab.ui.training import run as runs
from rnnlab.ui.training.kept_runs import LONGEST_NAME, MOST_RUNS, KeptRuns
from rnnlab.ui.training.named_run import plan_of, words_of

OVERLAID, LABELS = "overlaid", "strip_labels"
"""Where the session has the numbers of the runs in the picture, and what they were called."""
CHANGED, NAME = "strip_run", "strip_name"


def show(settings: Settings | None) -> None:
    """Keep the run on show once it has stopped, and draw the strip beside these settings."""
    run, kept = runs.SLOT.on_show(), kept_runs.of_visitor()
    if run is not None and not run.snapshot().live:
        kept_runs.keep(run)
    address.link_as(OVERLAID, _link(kept))
    if trained := linked_runs.keep_trained(kept):
        st.session_state[OVERLAID] = sorted({*(st.session_state.get(OVERLAID) or ()), *trained})
    linked_runs.show(kept)
    address.fragment(_strip)(settings)


def _strip(settings: Settings | None) -> None:
    kept = kept_runs.of_visitor()
    if not kept.runs:
        return
    with st.container(key="strip"):
        st.header("Your runs")
        full = f" The next one takes the place of the first of these {MOST_RUNS}."
        st.caption(
            "Every run stays here, called by what you changed. Beside it: its loss in the last "
            "epoch and, in brackets, what to hold that against. Pick runs to lay their curves over "
            f"each other.{full if len(kept.runs) == MOST_RUNS else ''}"
        )
        if settings and (sentence := run_before.why_not(runs.SLOT.on_show(), settings)):
            st.caption(sentence)
        picked = _pick(kept)
        if picked:
            _overlay(picked)
        with st.container(horizontal=True):
            _change(kept)
            st.download_button(
                "All runs (CSV)",
                lambda: runs_csv(kept.runs),
                "runs.csv",
                "text/csv",
                icon=":material/download:",
                on_click="ignore",
                help="A row for each point of each curve, with the run's name and settings.",
            )


def _pick(kept: KeptRuns) -> tuple[KeptRun, ...]:
    """The runs as a row to pick from; those picked."""
    by_number = {run.number: run for run in kept.runs}
    labels = {
        number: f"**{escape_markdown(run.label)}** {escape_markdown(run.result)}"
        for number, run in by_number.items()
    }
    before = st.session_state.get(OVERLAID)
    # The browser knows its choice by the labels.
    if before is None or st.session_state.get(LABELS) != labels:
        st.session_state[OVERLAID] = [number for number in before or () if number in by_number]
        st.session_state[LABELS] = labels
    numbers: Sequence[int] = st.pills(
        "Runs to lay over each other",
        list(labels),
        selection_mode="multi",
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        key=OVERLAID,
        persist_state="session",
    )
    return tuple(by_number[number] for number in sorted(numbers))


def _overlay(picked: tuple[KeptRun, ...]) -> None:
    """The curves of the picked runs over each other, and what they differ in."""
    first, *others = picked
    reasons = {run.number: incomparable(run, first) for run in others}
    drawn = [run for run in picked if not reasons.get(run.number)][:MOST_OVERLAID]
    with st.container(horizontal=True):
        along = choose_option("Aligned by", tuple(ALONG), "along", labelled=False)
        scales = ("Linear", "Logarithmic")
        log = (
            choose_option("Scale of the losses", scales, "compare_scale", labelled=False)
            != "Linear"
        )
    axis, table = ALONG[along], comparison_table(drawn)
    labels = tuple(run.label for run in drawn)
    end = max(
        run.settings.updates if axis.column == "update" else run.settings.epochs for run in drawn
    )
    # What a visitor has called a run is written for that visitor alone.
    spec = drawing.own_spec(
        comparison_chart,
        labels,
        axis,
        end,
        loss_domain(drawn, log=log),
        first.unit,
        log=log,
    )
    alt = f"Loss by {axis.column} of {len(drawn)} run{'s' * (len(drawn) > 1)}."
    drawing.draw(spec, table, key="comparison", alt=alt)
    for run in picked:
        if run not in drawn:
            reason = reasons.get(run.number) or f"a picture holds {MOST_OVERLAID}"
            st.caption(f"Run {run.number} is not in the picture: {reason}.")
    st.caption(escape_markdown(comparison_sentence(drawn)))
    if len(drawn) > 1:
        st.dataframe(settings_table(drawn), hide_index=True)


def _change(kept: KeptRuns) -> None:
    """Rename a run or remove it."""
    by_number = {run.number: run for run in reversed(kept.runs)}
    with st.popover("Rename or remove", icon=":material/edit:"):
        number = st.selectbox(
            "Which run?",
            list(by_number),
            format_func=lambda number: by_number[number].label,
            key=f"{CHANGED}_{kept.runs[-1].number}",  # a new run is the one to begin with
        )
        run = by_number[number]
        st.text_input(
            "Its name",
            run.given,
            max_chars=LONGEST_NAME,
            placeholder=run.title,
            key=(key := f"{NAME}_{number}"),
            on_change=lambda: kept.rename(number, str(st.session_state[key])),
        )
        st.button(
            "Remove this run",
            icon=":material/delete:",
            key="strip_remove",
            on_click=_remove,
            args=(kept, number),
        )


def _remove(kept: KeptRuns, number: int) -> None:
    linked_runs.want(())  # else it would be offered again
    kept.remove(number)


def _link(kept: KeptRuns) -> Link:
    """The runs in the picture as the address has them: each by its settings, never by its number.

    So a link shows the same curves to everybody: what a visitor has not made can be trained. A run
    on a series of one's own is in no link, as its numbers are not.
    """

    def write(numbers: Any) -> list[str]:
        picked = (run for run in kept.runs if run.number in (numbers or ()))
        plans = [run.plan for run in picked if run.settings.own is None]
        return [
            urlencode(words_of(plan, with_settings=True))
            for plan in (*plans, *linked_runs.missing(kept))
        ]

    def read(texts: Sequence[str]) -> tuple[list[int], str]:
        plans = [plan for plan in map(_plan, texts[:MOST_OVERLAID]) if plan is not None]
        linked_runs.want(plans)
        picked = [run.number for run in kept.runs if any(map(run.covers, plans))]
        if len(plans) == len(texts):
            return picked, ""
        return picked, f"The link names {len(texts) - len(plans)} runs too many, or that cannot be."

    return Link(None, read, write)


def _plan(text: str) -> Plan | None:
    words = dict(parse_qsl(text))
    try:
        return plan_of(words, Settings()) if "rule" in words else None
    except SettingError:
        return None
