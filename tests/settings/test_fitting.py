"""Rows that fit a short series."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.settings import Settings
from rnnlab.settings.fitting import UPDATES_AN_EPOCH, fit_rows
from tests.rules.cases import wobble


def test_what_has_enough_samples_is_left_as_it_is():
    values = {"rule": "series", "rows": 200, "window": 10}
    assert fit_rows(values, wobble(400)) == (values, None)


@given(st.integers(50, 500), st.integers(1, 30), st.integers(1, 500))
def test_there_is_always_something_to_learn(n_values, window, rows):
    own = wobble(n_values)
    values, sentence = fit_rows({"rule": "series", "rows": rows, "window": window}, own)
    settings = Settings.of(values, own=own)
    if sentence is None:
        assert settings.rows == rows
    else:
        assert settings.rows < rows
        assert settings.updates_per_epoch >= UPDATES_AN_EPOCH
        assert f"takes {settings.rows} of them" in sentence


def test_a_window_longer_than_the_series_is_left_to_who_knows_of_it():
    values = {"rule": "series", "window": 60}
    assert fit_rows(values, wobble(60)) == (values, None)


@pytest.mark.parametrize("n_values", [144, 96])
def test_some_years_of_months_train_at_the_defaults(n_values):
    own = wobble(n_values)
    values, _ = fit_rows({"rule": "series"}, own)
    assert Settings.of(values, own=own).updates > 50
