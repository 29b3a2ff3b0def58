"""The files to take away: read back, they hold what a network learns from."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from rnnlab.exploration.export import MOST_ROWS, bits_csv, n_rows, samples_csv
from rnnlab.exploration.series import series_of
from rnnlab.rules import RULES, BitRule
from rnnlab.rules.own_series import OwnSeries
from rnnlab.settings import Settings

N = 3_000
BIT_RULES = [name for name, rule in RULES.items() if isinstance(rule, BitRule)]


def read(settings: Settings, n: int = N) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(bits_csv(settings, n).csv))


@pytest.mark.parametrize("noise", [0.0, 0.1])
@pytest.mark.parametrize("rule", BIT_RULES)
def test_the_file_holds_the_very_bits_that_a_network_learns_from(rule, noise):
    settings = Settings(rule=rule, noise=noise)
    table, series = read(settings), series_of(settings)
    assert table["t"].tolist() == list(range(N))
    assert table["x"].tolist() == series.inputs[:N].tolist()
    assert table["y"].tolist() == series.targets[:N].tolist()
    probabilities = settings.data.target_probabilities(series.inputs[:N])
    assert table["P(y=1)"].tolist() == probabilities.tolist(), "to the last digit"
    assert (table["forced"] == "yes").tolist() == [p in (0, 1) for p in probabilities]
    for name in table.columns[5:]:
        lag = int(name.removeprefix("x[t-").removesuffix("]"))
        assert table[name][:lag].isna().all()
        assert table[name][lag:].tolist() == table["x"][:-lag].tolist()


@pytest.mark.parametrize("n", [1, 9, 10, 11, 100, 101, 12_345])
@pytest.mark.parametrize("rule", ["pair", "self-pair"])
def test_the_size_is_told_before_the_file_is_written(rule, n):
    file = bits_csv(Settings(rule=rule), n)
    assert file.size == len(file.csv)
    assert file.n_rows == n


def test_no_more_rows_than_there_are_nor_more_than_half_a_million():
    few = Settings(rows=2, length=100)
    assert n_rows(few) == bits_csv(few, MOST_ROWS).n_rows == 200
    many = Settings(rows=500, length=1100)
    assert n_rows(many) == bits_csv(many, 10**9).n_rows == MOST_ROWS


@pytest.mark.parametrize("as_printed", [False, True])
def test_samples_are_read_back_to_the_last_digit(as_printed):
    settings = Settings.of({"rule": "sine", "as_printed": as_printed, "window": 10})
    table = pd.read_csv(io.BytesIO(samples_csv(settings, MOST_ROWS)), dtype={"target": np.float32})
    samples = settings.data.samples(10)
    assert len(table) == n_rows(settings) == 9_990 + 990
    assert table["sample"].tolist() == list(range(len(table)))
    assert table["for"].value_counts().to_dict() == {"training": 9_990, "test": 990}
    inputs = table.iloc[:, 2:-1].to_numpy(np.float32)
    assert inputs.shape[1] == 10
    assert np.array_equal(inputs[:9_990], samples.inputs.reshape(-1, 10))
    assert np.array_equal(inputs[9_990:], samples.test_inputs.reshape(-1, 10))
    assert np.array_equal(table["target"][:9_990], samples.targets)


def test_the_toys_columns_are_named_by_step_and_feature():
    table = pd.read_csv(io.BytesIO(samples_csv(Settings(rule="toy"), 3)))
    assert list(table.columns[2:6]) == [
        f"step {step} feature {feature}" for step in (1, 2) for feature in (1, 2)
    ]
    assert table.iloc[2, 2:].tolist() == [9, 10, 10, 11, 11, 12, 30]


def test_the_first_samples_of_a_series_of_ones_own():
    own = OwnSeries.of("mine", np.sin(np.arange(80) / 3))
    settings = Settings(rule="series", own=own, window=4, rows=5)
    table = pd.read_csv(io.BytesIO(samples_csv(settings, 7)))
    assert len(table) == 7
    columns = [f"step {step}" for step in range(1, 5)] + ["target"]
    assert list(table.columns) == ["sample", "for", *columns]
    for left, right in pairwise(columns):
        # Each window begins one value after the one above it.
        assert table[right][:-1].tolist() == table[left][1:].tolist()


def test_without_causes_there_is_no_column_for_one():
    coin = Settings.of({"rule": "own", "expression": "0.5"})
    header, first, *_ = bits_csv(coin, 50).csv.decode().splitlines()
    assert header == "t,x,y,P(y=1),forced"
    assert first.endswith(",0.5,no")
