"""The page about kinds of network, without a browser."""

from __future__ import annotations

import pytest

from rnnlab.kinds.kinds import KINDS
from rnnlab.ui.kinds.flows import FLOWS
from tests.pages.opened import component_data, opened, opened_once, texts

PAGE = "pages/kinds.py"
PARTS = ["The kinds", "One or many", "How far back?", "The window's edge", "Why it forgets"]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_and_says_what_to_look_at(part):
    app = opened_once(PAGE, about=part)
    assert app.title[0].value == "Which network for what?"
    assert not app.warning
    assert not app.error
    assert any(words in texts(app) for words in ("Look ", "see which", "** nats"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_its_equations_its_count_and_both_tasks(kind):
    app = opened_once(PAGE, kind=kind.title)
    text = texts(app)
    for sentence in (kind.sentence, kind.wins.sentence, kind.loses.sentence):
        assert sentence in text
    assert "**nan**" not in text
    assert len(app.latex) == 1
    assert f"{kind.sequential_model(6).parameters:,} parameters" in text


def test_units_change_the_count():
    app = opened(PAGE, kind="LSTM", kind_units="10")
    # 4 (1·10 + 10·10 + 10) and 10·2 + 2
    assert "502 parameters" in texts(app)
    assert any("480" in str(table.value) for table in app.table)


def test_each_flow_has_its_example():
    app = opened_once(PAGE, about="One or many")
    assert [heading.value for heading in app.header] == [flow.title for flow in FLOWS]
    assert all(flow.example in texts(app) for flow in FLOWS)


@pytest.mark.parametrize(
    ("part", "status", "sentence"),
    [
        ("How far back?", "Recorded: 60 networks", "SimpleRNN 20 (but not 19), LSTM 13, GRU 13"),
        ("The window's edge", "Recorded: 80 networks", "not “Window 1, echo of 1 step”"),
    ],
)
def test_a_map_shows_what_was_recorded_at_once_and_says_it(part, status, sentence):
    app = opened_once(PAGE, about=part)
    (bar,) = component_data(app, "bar").values()
    assert bar["text"].startswith(status)
    assert sentence in texts(app)
    assert {"Run it again", "With other luck"} <= {button.label for button in app.button}


def test_another_state_is_another_map():
    app = opened(PAGE, about="The window's edge")
    app.button_group(key="map_state").set_value("begins each window at zero").run()
    assert not app.exception
    assert "36 of these 36 cells cost 0.69 to 0.69" in texts(app)
