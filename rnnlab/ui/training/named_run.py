"""The training run as the address names it: how far, at which rates, and where knobs were others.

`run=to=end` is the run of these very knobs to its end; `run=to=40&units=6` had 6 units, and has
stopped after 40 updates. Of a series of one's own the numbers are not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from rnnlab.errors import SettingError
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings
from rnnlab.ui import address
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


def plan_of(words: Mapping[str, str], settings: Settings) -> Plan:
    """The plan that words of an address ask for, of these settings unless they name others.

    Raises `SettingError` for what the lab does not offer.
    """
    others = {key: text for key, text in words.items() if key not in (TO, RATES)}
    if others:
        settings = Settings.of(Settings.read(others), own=settings.own)
    plan = Plan(settings)
    for change in filter(None, words.get(RATES, "").split(",")):
        step, _, rate = change.partition(":")
        knob = Settings.all_knobs()["learning_rate"]
        plan = plan.turned(whole_number(step), float(knob.read(rate)))
    to = words.get(TO, END)
    return plan if to == END else replace(plan, until=max(1, whole_number(to)))


def words_of(plan: Plan, *, with_settings: bool) -> dict[str, str]:
    """The words that ask for this plan: how far, its rates, and its settings if they matter."""
    words = {TO: END if plan.until is None else str(plan.until)}
    if plan.rates:
        words[RATES] = ",".join(f"{step}:{rate:g}" for step, rate in plan.rates)
    if with_settings:
        words |= {"rule": plan.settings.rule} | plan.settings.to_query()
    return words


def _check_held(asked: Settings, now: Settings) -> None:
    """Raise a `SettingError` if knobs that a lesson holds fast are others than they are now."""
    there = now.values
    for name, knob in asked.open_knobs.items():
        if not address.can_turn(knob.url_name or name) and asked.values[name] != there.get(name):
            raise SettingError(f"This lesson keeps {knob.label} as it is.")


@dataclass(frozen=True)
class _NamedTraining(NamedRun[Plan, TrainingProgress]):
    settings: Settings

    def tasks(self, words: Mapping[str, str]) -> tuple[Plan, ...]:
        return (plan_of(words, self.settings),)

    def check(self, tasks: tuple[Plan, ...]) -> None:
        for plan in tasks:
            _check_held(plan.settings, self.settings)

    def words(self, run: TrainingRun) -> Mapping[str, str] | None:
        plan, snapshot = run.task, run.snapshot()
        if not snapshot.live and not snapshot.complete and snapshot.step:
            plan = replace(plan, until=snapshot.step)
        others = plan.settings != self.settings
        if others and plan.settings.own is not self.settings.own:
            return None
        return words_of(plan, with_settings=others)
