"""The pale curve under a new one: of the run before, where both have learnt the same question."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
import streamlit as st

from rnnlab.charts.kept_run import MOST_PALE_POINTS
from rnnlab.settings import Plan, Settings
from rnnlab.ui.training import run_before
from rnnlab.ui.training.kept_runs import KEPT, KeptRuns
from tests.charts.runs import kept_run, points

PAIR = Settings(rows=10, length=500, window=5, epochs=2)
WIDE = replace(PAIR, units=9)
TOY = Settings.of({"rule": "toy", "epochs": 20})


def shown(plan: Plan) -> SimpleNamespace:
    """A run on show."""
    return SimpleNamespace(task=plan)


@pytest.fixture
def kept(monkeypatch) -> KeptRuns:
    runs = KeptRuns()
    monkeypatch.setattr(st, "session_state", {KEPT: runs})
    return runs


def test_nothing_lies_under_the_first_run(kept):
    assert run_before.curves(None, PAIR) == ()
    kept.keep(Plan(PAIR), points(PAIR, 0.7, 0.5))
    assert run_before.curves(shown(Plan(PAIR)), PAIR) == ()
    assert run_before.why_not(shown(Plan(PAIR)), PAIR) == ""


@pytest.mark.parametrize("on_show", [True, False], ids=["a run", "knobs alone"])
def test_the_run_before_lies_under_the_next_one_and_is_labelled(kept, on_show):
    kept.keep(Plan(PAIR), points(PAIR, 0.7, 0.123456789))
    (curve,) = run_before.curves(shown(Plan(WIDE)) if on_show else None, WIDE)
    assert curve.points == ((100, 0.7), (200, 0.12346))
    assert curve.label == kept.runs[0].label
    kept.rename(1, "a name of very many letters, all of them")
    (curve,) = run_before.curves(shown(Plan(WIDE)), WIDE)
    assert len(curve.label) == run_before.LONGEST_LABEL


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [(PAIR, TOY, "squared error"), (PAIR, Settings(rule="echo"), "another rule"), (PAIR, WIDE, "")],
    ids=str,
)
def test_what_cannot_be_compared_does_not_lie_there_and_that_is_said(kept, before, now, words):
    kept.keep(Plan(before), points(before, 0.7, 0.5))
    assert words in run_before.why_not(shown(Plan(now)), now)
    assert bool(run_before.why_not(shown(Plan(now)), now)) == bool(words)
    assert bool(run_before.curves(shown(Plan(now)), now)) != bool(words)


@pytest.mark.parametrize("number", [1, MOST_PALE_POINTS, 250, 1999])
def test_a_pale_curve_is_short_and_ends_where_its_run_ended(number):
    losses = [0.5, *[0.25] * (number - 1)]
    pale = kept_run(PAIR, *losses).pale
    assert min(number, MOST_PALE_POINTS / 2) <= len(pale) <= MOST_PALE_POINTS
    assert pale[-1] == (PAIR.updates, losses[-1])


def test_weights_that_ran_away_leave_what_was_before():
    assert kept_run(PAIR, 0.5, float("nan")).pale == ((100, 0.5),)
    assert kept_run(PAIR, float("nan")).pale == ()
