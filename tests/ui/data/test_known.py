"""What can be known, as a page shows it: chances, stairs, the two readings, simpler ways."""

from __future__ import annotations

import re
from functools import cache

import pytest
from streamlit.testing.v1 import AppTest

from rnnlab.exploration.pattern_counts import count_patterns
from rnnlab.exploration.series import series_of
from rnnlab.rules import RULES
from rnnlab.settings import Settings
from rnnlab.ui.data.counted import sentence

OWN = "x[t-1] x[t-2] x[t-3]: .1 .2 .3 .4 .45 .35 .25 .15"
CHARTS = {"pair": 4, "self-pair": 4, "sine": 1, "toy": 1}


def page(values: dict) -> None:
    import numpy as np

    from rnnlab.rules.series import OwnSeries
    from rnnlab.settings import Settings
    from rnnlab.ui.data import known

    own = OwnSeries.of("mine", np.sin(np.arange(400) / 7)) if values["rule"] == "series" else None
    known.draw(Settings.of(values, own=own))


def drawn(query: dict[str, str] | None = None, **values: object) -> AppTest:
    app = AppTest.from_function(page, default_timeout=60, args=({"rule": "pair", **values},))
    for name, value in (query or {}).items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


@cache
def drawn_once(rule: str) -> AppTest:
    return drawn(rule=rule)


def said(app: AppTest) -> str:
    return "\n".join(one.value for one in [*app.markdown, *app.caption, *app.latex])


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_something_to_show_and_says_what_to_look_at(rule):
    app = drawn_once(rule)
    charts = {**CHARTS, "series": 1}
    assert len(app.get("vega_lite_chart")) == charts.get(rule, 2)
    assert "Look at" in said(app)
    assert not re.search(r"\bnan\b", said(app))


def test_the_table_of_chances_is_there_to_read():
    table = drawn_once("pair").dataframe[0].value
    assert list(table["pattern"]) == ["0 0", "0 1", "1 0", "1 1"]
    assert list(table["exact"]) == [1, 0.5, 0.5, 0]
    assert table["n"].sum() == 1000 - 2


def test_more_bits_make_the_bars_shorter():
    few = drawn_once("pair").dataframe[0].value
    many = drawn({"look_bits": "100,000"}).dataframe[0].value
    lengths = [(table["high"] - table["low"]).max() for table in (few, many)]
    assert lengths[0] / lengths[1] == pytest.approx(10, rel=0.1)


def test_lags_that_do_not_matter_tell_nothing():
    app = drawn({"look_lags_1_2": "x[t-5]"})
    assert list(app.dataframe[0].value["exact"]) == [0.5, 0.5]
    assert "Knowing x[t-5] tells you nothing" in said(app)
    assert "share hidden causes" in said(app)


def test_one_bit_of_a_parity_tells_nothing_alone():
    assert "Knowing x[t-1] tells you nothing" in said(
        drawn({"look_lags_1_2": "x[t-1]"}, rule="parity")
    )
    # All that the rule looks at does tell something, and nothing is hidden.
    assert "tells you nothing" not in said(drawn_once("parity"))
    assert "hidden causes" not in said(drawn_once("parity"))


def test_without_any_lag_only_the_share_of_ones_is_left():
    app = drawn_once("lags")
    app.multiselect[0].set_value([]).run()
    assert list(app.dataframe[0].value["exact"]) == [0.625]
    assert "always" in said(app)
    drawn_once.cache_clear()


def test_patterns_that_never_come_are_told():
    settings = Settings(rule="self-pair")
    found = count_patterns(settings.data, series_of(settings), (0, 1, 2), 1000)
    assert "2 of the 8 patterns can never come" in sentence(found, (0, 1))
    nothing = count_patterns(settings.data, series_of(settings), (12,), 5)
    assert "count more" in sentence(nothing, (0, 1))


@pytest.mark.parametrize(
    ("unit", "best"), [("nats", "0.3466 nats"), ("bits", "0.5000 bits"), ("accuracy", "0.7500 of")]
)
def test_the_switch_changes_the_unit(unit, best):
    assert best in said(drawn({"look_unit": unit}))


def test_a_run_that_forgets_is_held_against_its_window():
    app = drawn(carry_state=False)
    assert "0.4590 nats" in said(app)
    assert "from zero" in said(app)
    assert "What a window of 5 hides costs 0.1125" in said(app)


def test_long_sums_have_a_table():
    app = drawn(rule="own", expression=OWN)
    tables = [one.value for one in app.dataframe if "cases" in one.value]
    assert tables
    for table in tables:
        assert table["cases"].sum() == 8
        assert (table["share w"] * table["H(p)"]).sum() == pytest.approx(0.5537, abs=5e-5)


def test_both_readings_stand_beside_each_other():
    for rule in ("pair", "self-pair"):
        words = said(drawn_once(rule))
        assert "e = \\tfrac13" in words
        assert "rises from 0.3466 to 0.4621" in words
    assert "self-pair" not in said(drawn_once("echo"))


def test_the_sines_recurrence_has_its_numbers():
    words = said(drawn_once("sine"))
    assert "0.010001" in words, "100 / 9999"
    assert "1.99989998" in words, "2 cos(100 / 9999)"
    assert "no chances to count" in words
    assert "x_{t+1}" in said(drawn_once("series"))
    assert "66.67" in said(drawn_once("toy"))
