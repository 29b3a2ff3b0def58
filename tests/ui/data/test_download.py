"""Download, as a page shows it: the file with its size, links, the way to a network."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from rnnlab.exploration.export import bits_csv
from rnnlab.rules import RULES
from rnnlab.settings import Settings
from rnnlab.ui.links import settings_href
from tests.pages.opened import TRAINING, drawn, opened, settings_on


def page(values: dict) -> None:
    from rnnlab.settings import Settings
    from rnnlab.ui.data import download
    from tests.rules.cases import wobble

    own = wobble() if values["rule"] == "series" else None
    download._file(Settings.of(values, own=own))


def file(n_rows: str = "10,000", **values: object) -> AppTest:
    """The file alone: links need the whole app."""
    return drawn(page, {"rule": "pair", **values}, query={"look_rows": n_rows})


def label(rule: str, rows: str = "10,000") -> str:
    (button,) = file(rows, rule=rule).get("download_button")
    return button.proto.label


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_file_and_says_its_size_first(rule):
    # Six samples of the toy, three of them for the test; 400 values less two windows of 5 but for
    # those of the test, which reach back: 360 - 5 and 40.
    rows = {"toy": "6", "series": "395"}.get(rule, "10,000")
    assert label(rule).startswith(f"The first {rows} rows (CSV, ")
    assert label(rule).endswith(("kB)", "bytes)"))


def test_as_many_rows_as_one_wants_but_no_more_than_there_are():
    assert label("pair", "500,000") == "The first 500,000 rows (CSV, 11.1 MB)"
    assert len(bits_csv(Settings(), 500_000).csv) == pytest.approx(11.1e6, abs=0.05e6)
    (button,) = file("500,000", rows=1, length=100).get("download_button")
    assert button.proto.label.startswith("The first 100 rows")


def test_what_is_in_no_file_is_told():
    words = file("100", rows=500, length=2000).caption[0].value
    assert "500,000 more bits are in no file" in words
    assert "in the first epoch" in file("100", fresh_data=True).caption[0].value
    assert "standardised" in file("100", rule="series").caption[0].value


def test_the_links_hold_the_settings():
    app = opened("pages/data_rules.py", look="Download", rule="echo", delay="5", seed="3")
    query = "rule=echo&delay=5&seed=3"
    assert [one.value.partition("?")[2] for one in app.code] == [query, query]
    assert app.code[1].value.partition("?")[0].endswith("/training")
    (link,) = [one for one in app.get("page_link") if one.proto.label == "Now let a network try"]
    assert dict(parse_qsl(link.proto.query_string)) == {"rule": "echo", "delay": "5", "seed": "3"}


def test_such_a_link_turns_every_knob_of_the_training_page():
    wanted = Settings.of({"rule": "echo", "delay": 5, "window": 20, "carry_state": False})
    app = opened(TRAINING, **dict(parse_qsl(settings_href("", wanted)[1:])))
    assert settings_on(app) == wanted
