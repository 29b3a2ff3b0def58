"""Rows and windows, as the articles cut them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.rules.base import into_windows


def test_the_echo_article_has_666_windows_of_15_steps():
    windows = into_windows(np.zeros(50_000, dtype=np.uint8), 5, 15)
    assert windows.shape == (666, 5, 15)


def test_the_pair_article_has_400_windows_of_5_steps():
    windows = into_windows(np.zeros(500_000, dtype=np.uint8), 250, 5)
    assert windows.shape == (400, 250, 5)


def test_the_second_batch_of_the_article_sits_where_its_picture_shows_it():
    # 36 numbers, counted from 1, in 3 rows; the second window of 3: steps 4-6, 16-18, 28-30.
    windows = into_windows(np.arange(1, 37), 3, 3)
    assert windows[1].tolist() == [[4, 5, 6], [16, 17, 18], [28, 29, 30]]


@given(st.integers(1, 6), st.integers(1, 30), st.data())
def test_windows_follow_each_other_and_drop_only_the_end_of_each_row(n_rows, length, data):
    window = data.draw(st.integers(1, length))
    series = np.arange(n_rows * length)
    windows = into_windows(series, n_rows, window)
    together = np.concatenate(list(windows), axis=1)
    kept = length - length % window
    np.testing.assert_array_equal(together, series.reshape(n_rows, length)[:, :kept])


def test_neither_cut_copies():
    series = np.arange(40)
    windows = into_windows(series, 2, 6)
    assert np.shares_memory(series, windows)


@pytest.mark.parametrize("rows", [3, 0, -2, 11])
def test_rows_that_do_not_come_out_even_are_refused(rows):
    with pytest.raises(SettingError, match=f"10 bits cannot be cut into {rows} equal rows"):
        into_windows(np.zeros(10), rows, 1)


@pytest.mark.parametrize("window", [0, -1, 6])
def test_windows_that_do_not_fit_a_row_are_refused(window):
    with pytest.raises(SettingError, match=f"between 1 and 5 steps.* but it is {window}"):
        into_windows(np.zeros(10), 2, window)
