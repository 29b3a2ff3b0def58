"""What holds of every chart, found by looking: rnnlab/charts has no other than have an example."""

import ast
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import rnnlab.charts
from rnnlab.charts import roles
from rnnlab.charts.elements import TABLE
from tests.charts.examples import EXAMPLES, Example

ROOT = Path(__file__).parents[2]
EVERY_CHART = pytest.mark.parametrize("name", EXAMPLES)

COLOURS = {value for value in vars(roles).values() if isinstance(value, str)} | set(roles.RUNS)
ON_DARK = {"white", "black", "transparent"}

OF_MANY_CHARTS = {"rnnlab.charts.elements", "rnnlab.charts.by_lag"}
"""Modules with what several charts are made of."""

MADE_BY_THE_ROWS = {"split_chart", "sample_chart", "word_costs_chart", "word_map_chart"}
"""Drawn once, from rows that do not grow: their axes may follow the rows."""

TOLD_BY_PLACE = {
    "last_window_chart": "the lane's name",
    "states_chart": "the lane's name",
    "counted_chart": "a tick or a point with a bar",
    "overlap_chart": "the target is the last cell of its row",
    "memory_chart": "the left bar or the right one",
    "flips_chart": "the left bar or the right one",
    "changes_chart": "the left bar or the right one",
    "units_chart": "the left bar or the right one",
    "capacity_chart": "the left bar or the right one",
    "left_out_chart": "to the right of zero or to the left",
    "layers_chart": "the title in the box",
}
"""Charts whose colours go with a place or a name in the picture, and not with a channel."""


@cache
def example_of(name: str) -> Example:
    return EXAMPLES[name]()


@cache
def spec_of(name: str) -> dict[str, Any]:
    return example_of(name).spec()


def layers_of(name: str) -> list[dict[str, Any]]:
    """The layers that draw the table."""
    spec = spec_of(name)
    data = {"name": TABLE}
    return [layer for layer in spec["layer"] if (layer.get("data") or spec.get("data")) == data]


def channels_of(layer: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every channel of a layer by name, each line of a tooltip for itself."""
    for name, channel in layer["encoding"].items():
        yield from ((name, line) for line in (channel if isinstance(channel, list) else [channel]))


def columns_of(layer: dict[str, Any], table: pd.DataFrame) -> set[str]:
    """The columns of a layer: those of the table and those that it adds."""
    added = {step["as"] for step in layer.get("transform", []) if "calculate" in step}
    joins = (step.get("joinaggregate", []) for step in layer.get("transform", []))
    return set(table.columns) | added | {join["as"] for many in joins for join in many}


def quantitative_axes(name: str) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Position channels of numbers: x or y, the channel and its layer."""
    for layer in spec_of(name)["layer"]:
        for axis in ("x", "y"):
            channel = layer["encoding"].get(axis, {})
            if channel.get("type") == "quantitative":
                yield axis, channel, layer


def drawn(channels: list[dict[str, Any]]) -> bool:
    """Whether layers that share an axis draw it: no layer says `axis: null`."""
    return all(channel.get("axis", True) is not None for channel in channels)


def charts() -> set[str]:
    """The charts there are: public functions of `rnnlab.charts` that return a Chart."""
    modules = pkgutil.iter_modules(rnnlab.charts.__path__)
    loaded = [importlib.import_module(f"rnnlab.charts.{module.name}") for module in modules]
    return {
        f"{function.__module__}.{name}"
        for module in loaded
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and module.__name__ not in OF_MANY_CHARTS
        if function.__annotations__.get("return") == "Chart" and not name.startswith("_")
    }


def test_every_chart_has_an_example():
    shown = {example_of(name).chart for name in EXAMPLES}
    assert charts() == {f"{chart.__module__}.{chart.__qualname__}" for chart in shown}


@EVERY_CHART
def test_it_is_vega_lite_that_waits_for_its_rows(name):
    spec = spec_of(name)  # which Altair has checked against the schema of Vega-Lite
    assert json.loads(json.dumps(spec)) == spec, "it can be sent and kept"
    assert TABLE not in spec.get("datasets", {})
    assert layers_of(name)


@EVERY_CHART
def test_it_draws_columns_of_its_table(name):
    table = example_of(name).table
    for layer in layers_of(name):
        columns = columns_of(layer, table)
        fields = {channel["field"] for _, channel in channels_of(layer) if "field" in channel}
        assert fields <= columns
        formulas = set(re.findall(r"\bdatum\.(\w+)", json.dumps(layer.get("transform", []))))
        assert formulas <= columns
        conditions = {
            field
            for _, channel in channels_of(layer)
            for condition in [channel.get("condition", {})]
            for field in re.findall(r"\bdatum\.(\w+)", json.dumps(condition))
        }
        assert conditions <= columns


@EVERY_CHART
def test_its_table_has_no_row_twice_and_few_enough_to_be_drawn(name):
    table = example_of(name).table
    assert not table.duplicated().any()
    assert 0 < len(table) <= 2000


@EVERY_CHART
def test_its_axes_have_titles_and_units(name):
    for axis in ("x", "y"):
        channels = [channel for at, channel, _ in quantitative_axes(name) if at == axis]
        if not channels or not drawn(channels):
            continue
        titles = {channel["title"] for channel in channels if channel.get("title")}
        labelled = any("labelExpr" in (channel.get("axis") or {}) for channel in channels)
        assert titles or labelled, f"{axis} has neither a title nor names for its labels"
        for title in titles:
            if re.match(r"(Loss|Cost|Gradient)\b", title):
                assert re.search(r"\((nats|mean squared error|squared error)", title), title


@EVERY_CHART
def test_its_axes_of_numbers_stay_where_they_are_while_rows_come(name):
    if example_of(name).chart.__name__ in MADE_BY_THE_ROWS:
        return
    for axis in ("x", "y"):
        channels = [channel for at, channel, _ in quantitative_axes(name) if at == axis]
        domains = [channel["scale"]["domain"] for channel in channels if "scale" in channel]
        assert bool(domains) == bool(channels)
        assert all(domain == domains[0] for domain in domains)
        assert all(low < high or axis == "y" for low, high in domains)


@EVERY_CHART
def test_its_numbers_and_names_lie_on_its_axes(name):
    table = example_of(name).table
    for layer in layers_of(name):
        if not isinstance(layer["mark"], dict) or layer["mark"].get("clip"):
            continue
        for axis in {"x", "y"} & layer["encoding"].keys():
            channel = layer["encoding"][axis]
            scale = channel.get("scale") or {}
            if "domain" not in scale or channel.get("field") not in table or "clamp" in scale:
                continue
            values = table[channel["field"]].dropna()
            if channel["type"] == "quantitative":
                low, high = sorted(scale["domain"])
                assert values.between(low, high).all()
            else:
                assert set(values) <= set(scale["domain"])


@EVERY_CHART
def test_its_tooltips_name_their_numbers_and_round_them(name):
    table = example_of(name).table
    channels = (channel for layer in layers_of(name) for channel in channels_of(layer))
    lines = [line for at, line in channels if at == "tooltip"]
    assert bool(lines) == (example_of(name).chart.__name__ != "split_chart")
    for line in lines:
        assert line["title"]
        values = table.get(line["field"])
        if line["type"] == "quantitative" and values is not None:
            whole = (values.dropna() % 1 == 0).all()
            assert whole or line.get("format"), f"{line['field']} has digits without end"


@EVERY_CHART
def test_its_colours_come_from_roles(name):
    spec = json.dumps(spec_of(name))
    found = set(re.findall(r'"(#\w+|currentColor|white|black|transparent|rgba\([^"]*)"', spec))
    faint = {colour for colour in found if colour.startswith("rgba")}
    assert found - faint <= COLOURS | ON_DARK
    for colour in faint:
        rgb = "#" + "".join(f"{int(part):02X}" for part in re.findall(r"\d+", colour)[:3])
        assert rgb in {roles.POSITIVE, roles.NEGATIVE}


def scales_of(name: str, *channels: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The scales by name of some channels: the column, and what each name looks like."""
    for layer in spec_of(name)["layer"]:
        for at, channel in channels_of(layer):
            if at in channels and channel.get("type") == "nominal" and "scale" in channel:
                domain, looks = channel["scale"]["domain"], channel["scale"]["range"]
                yield channel["field"], dict(zip(domain, map(str, looks), strict=True))


@EVERY_CHART
def test_what_differs_in_colour_differs_in_something_else_too(name):
    if example_of(name).chart.__name__ in TOLD_BY_PLACE:
        return
    layers = spec_of(name)["layer"]
    filtered = set(re.findall(r"\bdatum\.(\w+)", json.dumps([x.get("transform") for x in layers])))
    channels = [channel for layer in layers for channel in channels_of(layer)]
    placed = {x.get("field") for at, x in channels if at in {"text", "x", "y", "xOffset"}}
    for column, colours in scales_of(name, "color", "fill", "stroke"):
        styles = [
            looks for field, looks in scales_of(name, "shape", "strokeDash") if field == column
        ]
        assert styles or column in filtered | placed
        for one, other in combinations(colours, 2):
            if styles and colours[one] != colours[other]:
                assert any(looks[one] != looks[other] for looks in styles), (one, other)


@EVERY_CHART
def test_it_can_become_as_narrow_as_a_phone(name):
    spec = spec_of(name)
    assert not {"hconcat", "vconcat", "concat", "facet", "width"} & spec.keys()
    assert spec["height"] <= 900


WITH_NUMBERS = ["last window", "states of a sample", "matrix"]
TOO_WIDE = ["last window, wide", "states of bits", "wide matrix"]


@pytest.mark.parametrize("name", [*WITH_NUMBERS, *TOO_WIDE])
def test_numbers_are_printed_as_long_as_they_can_be_read(name):
    assert ("text" in {layer["mark"]["type"] for layer in spec_of(name)["layer"]}) is (
        name in WITH_NUMBERS
    )


DRAWING = {"drawing.draw", "curve.draw", "st.vega_lite_chart", "st.altair_chart"}


def calls_that_draw() -> Iterator[tuple[str, ast.Call]]:
    for path in [*ROOT.glob("rnnlab/ui/**/*.py"), *ROOT.glob("pages/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in DRAWING:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_every_chart_is_drawn_with_its_picture_in_words():
    calls = list(calls_that_draw())
    assert len(calls) > 25
    for place, call in calls:
        alt_texts = [keyword.value for keyword in call.keywords if keyword.arg == "alt"]
        assert alt_texts, place
        assert ast.unparse(alt_texts[0]) not in {"''", "None"}, place
