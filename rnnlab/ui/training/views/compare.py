"""Compare: up to five runs beside each other."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from rnnlab.bounds import epoch_means
from rnnlab.charts.loss_curve import run_table
from rnnlab.charts.run_comparison import (
    MOST_RUNS,
    RunSummary,
    comparison_chart,
    comparison_sentence,
    comparison_table,
    loss_domain,
    settings_table,
)
from rnnlab.settings import Plan, Settings
from rnnlab.ui import drawing
from rnnlab.ui.choices import choose_option
from rnnlab.ui.training.run import Moment

TITLE = "Compare"
ICON = ":material/compare:"
ORDER = 90


def fits(settings: Settings) -> bool:
    """Any run can be kept."""
    return settings.units > 0


@dataclass(frozen=True, eq=False)
class KeptRun:
    """A run that the visitor has kept: its label, settings and curve."""

    label: str
    plan: Plan
    step: int
    curve: pd.DataFrame
    last_loss: float

    @property
    def bits(self) -> bool:
        """Whether its loss is in nats; squared errors do not belong on the same axis."""
        return self.plan.settings.network.classes

    @property
    def summary(self) -> RunSummary:
        """What the table of differences needs."""
        turned = ", ".join(f"{rate:g} after {step:,}" for step, rate in self.plan.rates)
        extras = (("Updates done", self.step), ("Learning rate turned", turned or "no"))
        return RunSummary(self.label, self.plan.settings, self.last_loss, extras)


def draw(moment: Moment) -> None:
    """Keep this run, drop others, and the curves of all that are kept."""
    kept: list[KeptRun] = st.session_state.setdefault("kept", [])
    this, bits = (moment.plan, moment.progress[-1].step), moment.settings.network.classes
    with st.container(horizontal=True):
        st.button(
            "Keep this run",
            icon=":material/keep:",
            on_click=_keep,
            args=(moment,),
            disabled=len(kept) >= MOST_RUNS
            or any((run.plan, run.step) == this or run.bits != bits for run in kept),
            help=f"At most {MOST_RUNS} runs, all on bits or all on numbers.",
        )
        for run in kept:
            st.button(
                f"Drop {run.label}",
                icon=":material/close:",
                key=f"drop_{run.label}",
                on_click=kept.remove,
                args=(run,),
            )
    summaries = [run.summary for run in kept]
    st.caption(comparison_sentence(summaries))
    if kept:
        _curves(kept)
        st.dataframe(settings_table(summaries), hide_index=True)


def _curves(kept: list[KeptRun]) -> None:
    scale = choose_option("Scale of the losses", ("Linear", "Logarithmic"), "compare_scale")
    log = scale != "Linear"
    curves = {run.label: run.curve for run in kept}
    n_updates = max(run.plan.settings.updates for run in kept)
    unit = "nats" if kept[0].bits else "squared error"
    domain = loss_domain(curves, log=log)
    drawing.draw(
        drawing.spec(comparison_chart, tuple(curves), n_updates, domain, unit, log=log),
        comparison_table(curves),
        key="comparison",
        alt=f"Loss by update of {len(kept)} runs.",
    )


def _keep(moment: Moment) -> None:
    kept: list[KeptRun] = st.session_state["kept"]
    number = 1 + max((int(run.label.split()[-1]) for run in kept), default=0)
    last, curve = epoch_means(moment.progress).loss, run_table(moment.progress)
    kept.append(KeptRun(f"Run {number}", moment.plan, moment.progress[-1].step, curve, last))
