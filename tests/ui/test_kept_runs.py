"""A visitor's runs: each kept once, bounded, shared by the tabs of a browser, gone with them."""

from __future__ import annotations

import gc
import pickle
from dataclasses import replace
from types import SimpleNamespace

import pytest
import streamlit as st

from rnnlab.rules.own_series import MOST_VALUES, OwnSeries
from rnnlab.settings import Plan, Settings
from rnnlab.ui.training import kept_runs
from rnnlab.ui.training.kept_runs import LONGEST_NAME, MOST_RUNS, KeptRuns
from tests.charts.runs import points

SETTINGS = Settings(rows=10, length=500, window=5, epochs=2)  # 2 epochs of 100 updates


def of_seed(seed: int) -> Settings:
    return replace(SETTINGS, seed=seed)


def with_seeds(*seeds: int) -> KeptRuns:
    kept = KeptRuns()
    for seed in seeds:
        kept.keep(Plan(of_seed(seed)), points(of_seed(seed), 0.7, 0.5))
    return kept


def numbers(kept: KeptRuns) -> list[int]:
    return [run.number for run in kept.runs]


def test_a_run_that_goes_on_takes_the_place_of_its_beginning_and_keeps_its_name():
    kept = with_seeds(1)
    for end in (1, 100):
        kept.keep(Plan(of_seed(2), until=end), points(of_seed(2), 0.7, end=end))
    kept.keep(Plan(of_seed(3)), points(of_seed(3), 0.6))
    kept.rename(2, "mine")
    kept.keep(Plan(of_seed(2), ((100, 0.3),)), points(of_seed(2), 0.7, 0.2))
    assert numbers(kept) == [1, 2, 3]
    again = kept.runs[1]
    assert (again.given, again.name, again.step) == ("mine", "seed 1 → 2", 200)
    assert again.plan == Plan(of_seed(2), ((100, 0.3),))
    assert again.curve["loss"].tolist() == [0.7, 0.2]


def test_a_run_that_is_seen_again_or_in_part_changes_nothing():
    kept = with_seeds(1, 2)
    before = kept.runs
    kept.keep(Plan(of_seed(1)), points(of_seed(1), 0.7, 0.5))
    kept.keep(Plan(of_seed(1), until=40), points(of_seed(1), 0.7, end=40))
    assert kept.runs == before


def test_the_run_before_is_the_one_that_was_seen_before():
    kept = with_seeds(1, 2, 3)
    assert kept.before(Plan(of_seed(9))).number == 3
    assert kept.before(Plan(of_seed(3))).number == 2
    kept.keep(Plan(of_seed(1)), points(of_seed(1), 0.5))
    assert kept.before(Plan(of_seed(9))).number == 1
    assert kept.before(Plan(of_seed(1))).number == 3
    kept.remove(3)
    assert kept.before(Plan(of_seed(1))).number == 2
    assert KeptRuns().before(Plan(SETTINGS)) is None


def test_the_oldest_runs_make_room_and_no_number_is_given_twice():
    kept = with_seeds(*range(MOST_RUNS + 3))
    assert numbers(kept) == list(range(4, MOST_RUNS + 4))
    kept.remove(4, 5, MOST_RUNS + 3)
    kept.keep(Plan(of_seed(99)), points(of_seed(99), 0.5))
    assert numbers(kept)[-1] == MOST_RUNS + 4


def test_a_name_is_a_line_of_limited_length():
    kept = with_seeds(1)
    kept.rename(1, f"  {'long ' * 40}")
    assert len(kept.runs[0].given) <= LONGEST_NAME
    assert kept.runs[0].given.startswith("long")
    kept.rename(1, " ")
    assert kept.runs[0].title == with_seeds(1).runs[0].title


def test_what_a_visitor_has_is_small_however_long_the_runs_were():
    """A class of a hundred then takes 15 MB; a series of one's own is held once a run at most."""
    kept = KeptRuns()
    for seed in range(MOST_RUNS):
        long = Settings(rule="echo", rows=1, window=1, length=20_000, epochs=25, seed=seed)
        kept.keep(Plan(long), points(long, *[0.5] * 5000))
    assert len(pickle.dumps([vars(run) for run in kept.runs])) < 150_000
    own = OwnSeries.of("mine", [float(n % 17) for n in range(MOST_VALUES)])
    numbers = Settings(rule="series", rows=10, own=own)
    kept.keep(Plan(numbers), points(numbers, 0.5))
    assert len(pickle.dumps(vars(kept.runs[-1]))) < 20_000 + len(own.values)


@pytest.fixture
def session(monkeypatch):
    """Be in the session of this name, in this browser; tell its runs."""
    states: dict[str, dict[str, object]] = {}

    def enter(name: str, browser: str) -> KeptRuns:
        monkeypatch.setattr(kept_runs, "viewer", lambda: name)
        monkeypatch.setattr(kept_runs, "visitor_of", lambda _: browser)
        monkeypatch.setattr(st, "session_state", states.setdefault(name, {}))
        return kept_runs.of_visitor()

    enter.states = states
    return enter


def test_tabs_of_a_browser_have_the_same_runs_and_others_have_their_own(session):
    first = session("tab", "anna")
    assert session("reloaded", "anna") is first
    assert session("tab", "anna") is first
    assert session("other", "ben") is not first
    assert session("no cookie", "no cookie") is not session("nor here", "nor here")


def test_with_the_last_session_of_a_browser_its_runs_are_gone(session):
    first = session("tab", "anna")
    first.keep(Plan(SETTINGS), points(SETTINGS, 0.5))
    session("reloaded", "anna")
    del first
    session.states["tab"].clear()
    gc.collect()
    assert len(session("again", "anna").runs) == 1
    for state in session.states.values():
        state.clear()
    gc.collect()
    assert not session("much later", "anna").runs


def test_a_run_that_was_removed_stays_away_while_it_is_on_show(session):
    kept = session("tab", "anna")
    reports = points(SETTINGS, 0.7, 0.5)
    run = SimpleNamespace(
        task=Plan(SETTINGS), snapshot=lambda: SimpleNamespace(progress=tuple(reports))
    )
    kept_runs.keep(None)
    kept_runs.keep(run)
    kept.remove(1)
    kept_runs.keep(run)
    assert not kept.runs
