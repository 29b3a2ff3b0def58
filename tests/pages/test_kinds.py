"""The page about kinds of network, without a browser."""

from __future__ import annotations

import pytest

from rnnlab.kinds.flows import FLOWS
from rnnlab.kinds.kinds import KINDS
from tests.pages.opened import opened, opened_once

PAGE = "pages/kinds.py"
PARTS = ["The kinds", "One or many", "How far back?", "The window's edge", "Why?"]


def texts(app) -> str:
    return "\n".join(one.value for one in (*app.markdown, *app.caption, *app.subheader))


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_and_says_what_to_look_at(part):
    app = opened_once(PAGE, about=part)
    assert app.title[0].value == "Which network for what?"
    assert not app.warning
    assert not app.error
    assert any(word in texts(app) for word in ("Look ", "look which", "** nats"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_its_equations_its_count_and_both_tasks(kind):
    app = opened_once(PAGE, kind=kind.title)
    said = texts(app)
    assert kind.sentence in said
    assert kind.wins.sentence in said
    assert kind.loses.sentence in said
    assert "**nan**" not in said
    assert len(app.latex) == 1
    assert f"{kind.sequential_model(6).parameters:,} numbers to learn" in said


def test_units_change_the_count():
    app = opened(PAGE, kind="LSTM")
    app.slider(key="kind_units").set_value(10).run()
    # 4 (1·10 + 10·10 + 10) and 10·2 + 2
    assert "502 numbers to learn" in texts(app)
    assert any("480" in str(table.value) for table in app.table)


def test_each_flow_has_its_example():
    app = opened_once(PAGE, about="One or many")
    assert [one.value for one in app.subheader] == [flow.title for flow in FLOWS]
    for flow in FLOWS:
        assert flow.example in texts(app)


@pytest.mark.parametrize(
    ("part", "status"),
    [("How far back?", "Recorded: 60 networks"), ("The window's edge", "Recorded: 80 networks")],
)
def test_a_map_shows_what_was_recorded_at_once(part, status):
    app = opened_once(PAGE, about=part)
    assert any(status in str(one.proto) for one in app.get("progress"))
    assert {"Run it again", "Another seed"} <= {one.label for one in app.button}


def test_the_map_says_what_its_numbers_say():
    assert "SimpleRNN 20 (but not 19), LSTM 13, GRU 13" in texts(
        opened_once(PAGE, about="How far back?")
    )
    edge = texts(opened_once(PAGE, about="The window's edge"))
    assert "All but “Window 1, echo of 1 step”" in edge


def test_another_state_is_another_map():
    app = opened(PAGE, about="The window's edge")
    (state,) = [one for one in app.button_group if one.key == "map_state"]
    state.set_value("begins each window at zero").run()
    assert not app.exception
    assert "36 of these 36 cells cost 0.69 to 0.69" in texts(app)


@pytest.mark.parametrize("query", [{"kind": "Quantum"}, {"about": "Nothing"}, {"kind_units": "-3"}])
def test_a_link_to_what_there_is_not_opens_the_page(query):
    assert not opened(PAGE, **query).exception
