"""The loss on what a network does not learn from: as others measure it, and at no one's cost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rnnlab.training.run
from rnnlab.bounds import Bounds, reached, verdict
from rnnlab.insight.predictions import one_step_ahead
from rnnlab.insight.probabilities import predicted_probabilities
from rnnlab.reference import forward
from rnnlab.rules.own_series import OwnSeries
from rnnlab.settings import Plan, Settings
from rnnlab.training.held_out import CHEAP, LOOKS_AT_BITS, MOST_LOOKS, SHARE, looks
from tests.rules.cases import wobble
from tests.training.runs import anew, assert_same_run, from_scratch

GROWTH = Path(__file__).parent / "cases/D9_growth.csv"

PAIR = Settings(rows=20, length=500, window=5, epochs=3, learning_rate=0.02)
ECHO = Settings.of({"rule": "echo", "rows": 5, "length": 600, "window": 10, "epochs": 4})
FROM_ZERO = Settings.of({"rule": "lags", "rows": 10, "length": 300, "epochs": 2, "window": 20,
                         "carry_state": False, "optimizer": "momentum", "noise": 0.1})  # fmt: skip
DROPOUT = Settings(rows=10, length=300, epochs=2, layers=2, dropout=0.5, clip=0.3)
SERIES = Settings(rule="series", own=wobble(), rows=8, window=6, epochs=4, units=3)
TWO = Settings.of({"rule": "sine", "rows": 500, "window": 4, "epochs": 1, "networks": 2})


def growth() -> OwnSeries:
    """A series that grows by some per cent a month."""
    rows = GROWTH.read_text(encoding="utf-8").splitlines()[1:]
    return OwnSeries.of("growth", [float(row.split(",")[1]) for row in rows])


@pytest.mark.parametrize("settings", [PAIR, ECHO, FROM_ZERO, DROPOUT], ids=lambda s: s.rule)
def test_on_fresh_bits_it_is_what_the_exact_probabilities_say(settings):
    last = from_scratch(Plan(settings))[-1]
    known = predicted_probabilities(settings, last.weights)
    (fresh,) = last.held_out
    assert fresh == pytest.approx(known.best_loss + known.excess, abs=0.02)


def test_luck_that_is_not_the_networks_is_not_taken_from_it():
    """A network that sees one bit knows nothing of an echo: it pays 0.6931 or more, never less."""
    settings = Settings.of({
        "rule": "echo", "delay": 1, "rows": 1, "length": 1000, "window": 1, "carry_state": False,
        "noise": 0.05, "epochs": 1, "learning_rate": 0.01, "networks": 3,
    })  # fmt: skip
    last = from_scratch(Plan(settings))[-1]
    assert all(0.69 < loss < 0.71 for loss in last.held_out)


def test_on_numbers_it_is_the_mean_squared_error_of_the_whole_test():
    last = from_scratch(Plan(SERIES))[-1]
    errors = one_step_ahead(SERIES, last.weights)
    assert last.held_out == pytest.approx([(errors.error / SERIES.sample_rule.scale) ** 2])


def test_each_of_several_networks_has_its_own():
    last = from_scratch(Plan(TWO))[-1]
    samples = TWO.sample_rule.samples(4)
    predicted = forward(TWO.network, last.weights, samples.test_inputs).predicted[:, 0, 0]
    assert last.held_out[0] == pytest.approx(np.mean((predicted - samples.test_targets) ** 2))
    assert len(set(last.held_out)) == 2


@pytest.mark.parametrize("settings", [ECHO, DROPOUT, SERIES], ids=lambda s: s.rule)
def test_looking_changes_no_digit_of_the_training_and_is_the_same_again(settings, monkeypatch):
    seen = from_scratch(Plan(settings))
    again = anew(Plan(settings))
    assert [event.held_out for event in again] == [event.held_out for event in seen]
    monkeypatch.setattr(rnnlab.training.run, "looks", lambda _: 0)
    blind = anew(Plan(settings))
    assert not any(event.held_out for event in blind)
    assert_same_run(blind, seen)


def test_the_toy_has_nothing_that_is_held_out():
    assert looks(Settings.of({"rule": "toy"})) == 0
    assert looks(PAIR) == LOOKS_AT_BITS


@given(st.integers(50, 3000), st.integers(1, 60), st.sampled_from([1, 64]), st.integers(1, 16))
def test_looking_takes_a_tenth_of_the_training_or_hardly_anything(
    n_values, window, units, networks
):
    own = OwnSeries.of("saw", np.arange(n_values) % 7)
    settings = Settings(
        rule="series", own=own, window=min(window, n_values // 3), rows=8, units=units,
        layers=2, cell="lstm", epochs=2, networks=networks,
    )  # fmt: skip
    n_looks = looks(settings)
    n_test = len(settings.sample_rule.samples(settings.window).test_targets)
    products = n_looks * n_test * settings.work_per_update / settings.rows
    training = settings.updates * settings.work_per_update
    assert 0 <= n_looks <= MOST_LOOKS
    assert n_looks <= 1 or products <= max(CHEAP, SHARE * training)


def test_on_a_growing_series_the_recurrence_wins_on_the_values_held_out():
    settings = Settings(rule="series", own=growth(), rows=32, epochs=20)
    events = from_scratch(Plan(settings))
    now, bounds = reached(events), Bounds.of(settings)
    # By hand: the last tenth, standardised by the rest, each value from the real ones before it.
    values = growth().array.astype(float)
    n = len(values) - len(values) // 10
    values = (values - values[:n].mean()) / values[:n].std()
    a, b = np.linalg.lstsq(np.stack([values[1 : n - 1], values[: n - 2]], 1), values[2:n])[0]
    ways = {
        "always the mean": values[:n].mean(),
        "same as last value": values[n - 1 : -1],
        "two-term recurrence": a * values[n - 1 : -1] + b * values[n - 2 : -2],
    }
    errors = {label: np.mean((values[n:] - predicted) ** 2) for label, predicted in ways.items()}
    assert dict(bounds.lines) == pytest.approx(errors, rel=1e-3)
    assert now.loss < 0.1 * now.held_out_loss, "what it learns from tells nothing of what follows"
    assert now.held_out_loss > errors["two-term recurrence"]
    sentence = verdict(bounds, settings, now)
    assert sentence.startswith(f"On the values held out the loss is {now.held_out_loss:.3g}, so")
    root = f"{errors['two-term recurrence'] ** 0.5:.3g}"
    assert f"better than your network: it is only wrong by {root}" in sentence


def test_five_hundred_bits_are_learnt_by_heart():
    values = {"rule": "pair", "rows": 5, "length": 100, "units": 16, "epochs": 300}
    settings = Settings.of(values | {"learning_rate": 0.03})
    now, bounds = reached(from_scratch(Plan(settings))), Bounds.of(settings)
    assert now.held_out_loss > now.loss + 0.05
    sentence = verdict(bounds, settings, now)
    assert "by heart" in sentence
    assert "nothing left" not in sentence
