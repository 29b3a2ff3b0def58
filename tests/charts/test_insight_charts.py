"""What holds for every picture of a trained network: it draws a table's columns on fixed axes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rnnlab.charts.elements import TABLE
from rnnlab.charts.memory import flips_chart, memory_chart, memory_table
from rnnlab.charts.predictions import (
    probabilities_chart,
    probabilities_table,
    series_chart,
    series_table,
    value_domain,
)
from rnnlab.charts.run_comparison import comparison_chart, comparison_table, loss_domain
from rnnlab.charts.states import (
    data_lanes,
    gate_means_chart,
    gate_means_table,
    states_chart,
    states_table,
)
from rnnlab.charts.weights import matrix_chart, matrix_table
from rnnlab.insight.fresh_data import causes_of
from rnnlab.insight.memory import memory, n_lags
from rnnlab.insight.predictions import forecast, one_step_ahead
from rnnlab.insight.probabilities import predicted_probabilities
from rnnlab.insight.states import excerpt_of, gate_means
from rnnlab.insight.weights import weight_matrix
from rnnlab.settings import Settings

PAIR = Settings.of({"rule": "pair", "units": 3})
LSTM = Settings.of({"rule": "lags", "units": 3, "cell": "lstm", "layers": 2})
TOY = Settings.of({"rule": "toy", "units": 4})
SINE = Settings.of({"rule": "sine", "units": 3})


def some_weights(settings: Settings, seed: int = 0) -> dict:
    return settings.network.initial_weights(np.random.default_rng(seed))


def states_of(settings: Settings, layer: int = 1, symbol: str = "h"):
    shown = excerpt_of(settings, some_weights(settings))
    chart = states_chart(shown.n_steps, settings.units, data_lanes(shown), 1.0, symbol)
    return chart, states_table(shown, layer, symbol)


def means_of(settings: Settings):
    means = gate_means(settings, some_weights(settings))
    return gate_means_chart(tuple(means)), gate_means_table(means)


def chances_of(settings: Settings):
    known = predicted_probabilities(settings, some_weights(settings))
    return probabilities_chart(len(known.contexts)), probabilities_table(known)


def memory_of(settings: Settings, chart):
    table = memory_table(*(memory(settings, some_weights(settings, seed)) for seed in (0, 1)))
    window, causes = settings.window, causes_of(settings)
    return chart(n_lags(settings), window, causes), table


def matrix_of(settings: Settings, name: str):
    found = weight_matrix(settings.network, name, some_weights(settings), some_weights(settings, 1))
    return matrix_chart(*found.after.shape, 1.0), matrix_table(found)


def series_of(settings: Settings, tell, *, alone: bool):
    found = tell(settings, some_weights(settings), points=50)
    domain = value_domain(found.real)
    return series_chart(50, domain, alone=alone), series_table(found)


def curves_of(*, log: bool):
    curves = {
        label: pd.DataFrame({"update": [10, 20, 30], "loss": [0.7, 0.5, 0.1 * n]})
        for n, label in enumerate("abcde", start=1)
    }
    domain = loss_domain(curves, log=log)
    chart = comparison_chart(tuple(curves), 30, domain, log=log)
    return chart, comparison_table(curves)


PICTURES = {
    "states of bits": lambda: states_of(PAIR),
    "states of a sample": lambda: states_of(TOY),
    "gate f of layer 2": lambda: states_of(LSTM, 2, "f"),
    "mean gates": lambda: means_of(LSTM),
    "chances": lambda: chances_of(PAIR),
    "memory": lambda: memory_of(PAIR, memory_chart),
    "flips": lambda: memory_of(LSTM, flips_chart),
    "memory of a sample": lambda: memory_of(TOY, memory_chart),
    "matrix": lambda: matrix_of(TOY, "rnn1_recurrent_kernel"),
    "wide matrix": lambda: matrix_of(LSTM, "rnn2_kernel"),
    "one step ahead": lambda: series_of(SINE, one_step_ahead, alone=False),
    "alone": lambda: series_of(SINE, forecast, alone=True),
    "runs": lambda: curves_of(log=False),
    "runs, logarithmic": lambda: curves_of(log=True),
}
EVERY_PICTURE = pytest.mark.parametrize("picture", PICTURES)


def layers_of(picture: str) -> tuple[list[dict], pd.DataFrame]:
    """The layers that draw the table, and the table."""
    chart, table = PICTURES[picture]()
    spec = chart.to_dict()
    assert TABLE not in spec.get("datasets", {}), "rows come from outside"
    layers = spec["layer"]
    return [
        one for one in layers if (one.get("data") or spec.get("data")) == {"name": TABLE}
    ], table


def fields_of(layer: dict) -> set[str]:
    channels = dict(layer["encoding"])
    found = {one["field"] for one in channels.pop("tooltip", [])}
    return found | {one["field"] for one in channels.values() if "field" in one}


@EVERY_PICTURE
def test_it_draws_columns_of_its_table(picture):
    layers, table = layers_of(picture)
    assert layers
    for layer in layers:
        made_there = {one["as"] for one in layer.get("transform", []) if "calculate" in one}
        assert fields_of(layer) <= set(table.columns) | made_there


@EVERY_PICTURE
def test_its_axes_are_fixed_before_there_are_rows(picture):
    layers, _ = layers_of(picture)
    fixed = set()
    for layer in layers:
        for axis in {"x", "y"} & layer["encoding"].keys():
            if "domain" in layer["encoding"][axis].get("scale", {}):
                fixed.add(axis)
    assert fixed == {"x", "y"}


@EVERY_PICTURE
def test_its_numbers_lie_on_the_axes_that_are_fixed(picture):
    layers, table = layers_of(picture)
    for layer in layers:
        if layer["mark"].get("clip"):
            continue
        for axis in {"x", "y"} & layer["encoding"].keys():
            channel = layer["encoding"][axis]
            domain = channel.get("scale", {}).get("domain")
            if domain is None or channel["field"] not in table:
                continue
            values = table[channel["field"]]
            if channel["type"] == "quantitative":
                assert values.between(*domain).all()
            else:
                assert set(values) <= set(domain)


@EVERY_PICTURE
def test_a_tooltip_names_its_numbers_and_rounds_them(picture):
    layers, _ = layers_of(picture)
    columns = [one for layer in layers for one in layer["encoding"].get("tooltip", [])]
    assert columns
    for one in columns:
        assert one["title"]
        if one["type"] == "quantitative" and one["field"] not in {"lag"}:
            assert one["format"]


@EVERY_PICTURE
def test_its_table_has_no_row_twice_and_few_enough_to_be_drawn(picture):
    _, table = layers_of(picture)
    assert not table.duplicated().any()
    assert 0 < len(table) <= 2000


@EVERY_PICTURE
def test_nothing_is_put_beside_another_so_that_it_can_become_narrow(picture):
    spec = PICTURES[picture]()[0].to_dict()
    assert not {"hconcat", "vconcat", "concat", "facet"} & spec.keys()
    assert "width" not in spec
    assert spec["height"] <= 900
