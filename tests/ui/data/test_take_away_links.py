"""The links on Take away: to these data, and on to a network."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest

from rnnlab.settings import Settings
from tests.pages.opened import TRAINING, opened, settings_on


def test_the_links_hold_the_settings():
    app = opened("pages/data_rules.py", look="Take away", rule="echo", delay="5", seed="3")
    query = "rule=echo&delay=5&seed=3"
    assert [one.value.partition("?")[2] for one in app.code] == [query, query]
    assert app.code[1].value.partition("?")[0].endswith("/training")
    (link,) = [one for one in app.get("page_link") if one.proto.label == "Now let a network try"]
    asked = dict(parse_qsl(link.proto.query_string))["settings"]
    assert dict(parse_qsl(asked)) == {"rule": "echo", "delay": "5", "seed": "3"}


def test_such_a_link_turns_every_knob_of_the_training_page():
    wanted = Settings.of({"rule": "echo", "delay": 5, "window": 20, "carry_state": False})
    app = opened(TRAINING, settings=urlencode(wanted.to_query()))
    assert settings_on(app) == wanted
    assert "settings" not in app.query_params


@pytest.mark.parametrize("nonsense", ["rule=maroon", "window=many", "window=9999", "%%%", "=&="])
def test_a_link_of_nonsense_changes_nothing(nonsense):
    assert settings_on(opened(TRAINING, settings=nonsense)) == Settings()
