"""The training run as the address names it: how far, at which rates, and where knobs were others.

`run=to=end` is the run of these very knobs to its end; `run=to=40&units=6` had 6 units, and has
stopped after 40 updates. Of a series of one's own the numbers are not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings
from rnnlab.ui.live_run.named import NamedRun, whole_number
from rnnlab.ui.training import run as runs
from rnnlab.ui.training.run import TrainingRun

TO, END, RATES = "to", "end", "rates"


def follow(settings: Settings) -> None:
    """Show the run that the address names, where somebody arrives, and name the one on show."""
    before = runs.SLOT.on_show()
    _NamedTraining("run", runs.SLOT, settings).follow()
    if runs.SLOT.on_show() is not before:
        st.session_state.pop(runs.GUESS, None)  # which was about the run before


@dataclass(frozen=True)
class _NamedTraining(NamedRun[Plan, TrainingProgress]):
    settings: Settings

    def tasks(self, words: Mapping[str, str]) -> tuple[Plan, ...]:
        others = {key: text for key, text in words.items() if key not in (TO, RATES)}
        settings = self.settings
        if others:
            settings = Settings.of(Settings.read(others), own=settings.own)
        plan = Plan(settings)
        for change in filter(None, words.get(RATES, "").split(",")):
            step, _, rate = change.partition(":")
            knob = Settings.all_knobs()["learning_rate"]
            plan = plan.turned(whole_number(step), float(knob.read(rate)))
        to = words.get(TO, END)
        return (plan if to == END else replace(plan, until=max(1, whole_number(to))),)

    def words(self, run: TrainingRun) -> Mapping[str, str] | None:
        plan, snapshot = run.task, run.snapshot()
        until = plan.until
        if not snapshot.live and not snapshot.complete and snapshot.step:
            until = snapshot.step
        words = {TO: END if until is None else str(until)}
        if plan.rates:
            words[RATES] = ",".join(f"{step}:{rate:g}" for step, rate in plan.rates)
        if plan.settings == self.settings:
            return words
        if plan.settings.own is not self.settings.own:
            return None
        return words | {"rule": plan.settings.rule} | plan.settings.to_query()
