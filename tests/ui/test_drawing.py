"""Specs are written once for all visitors, and no chart gets another's."""

from __future__ import annotations

from types import FunctionType

import altair as alt
import pytest

from rnnlab.ui import drawing


def bars(title: object = "Bars") -> alt.LayerChart:
    """A chart as a function of `rnnlab.charts` gives it."""
    written.append(title)
    return alt.layer(alt.Chart().mark_bar()).properties(title=str(title))


written: list[object] = []


@pytest.fixture(autouse=True)
def empty_cache():
    written.clear()
    drawing._written.clear()
    yield
    drawing._written.clear()


def copy_in(module: str) -> FunctionType:
    """A function with the same name and code that says it is from another module."""
    copy = FunctionType(bars.__code__, globals(), bars.__name__, ("Copy",))
    copy.__module__ = module
    return copy


def test_a_spec_is_written_once_for_the_same_arguments():
    specs = [drawing.spec(bars, "Loss") for _ in range(3)]
    assert written == ["Loss"]
    assert specs[0]["title"] == "Loss"
    assert specs[0] == specs[1] == specs[2]


def test_what_a_visitor_does_to_a_spec_is_not_seen_by_the_next():
    drawing.spec(bars, "Loss")["layer"].clear()
    assert drawing.spec(bars, "Loss")["layer"]


@pytest.mark.parametrize("others", [(1, True, 1.0, "1"), ((1, 2), (2, 1), (12,))])
def test_arguments_are_told_apart_by_type_and_value(others):
    titles = {drawing.spec(bars, value)["title"] for value in others}
    assert titles == {str(value) for value in others}
    assert len(written) == len(others)


def test_charts_of_the_same_name_in_two_modules_are_two_charts():
    assert drawing.spec(bars)["title"] == "Bars"
    assert drawing.spec(copy_in("rnnlab.charts.other"))["title"] == "Copy"
