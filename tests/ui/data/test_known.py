"""What can be known, as a page shows it: probabilities, losses, pair rules, simpler predictors."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from rnnlab.charts.rule_data import counted_table
from rnnlab.exploration.pattern_counts import count_patterns
from rnnlab.exploration.series import series_of
from rnnlab.rules import RULES, BitRule
from rnnlab.settings import Settings
from rnnlab.ui.data.known import patterns_sentence
from tests.pages.opened import texts
from tests.rules.cases import wobble
from tests.ui.data.drawn import drawn

OWN = "x[t-1] x[t-2] x[t-3]: .1 .2 .3 .4 .45 .35 .25 .15"
CHARTS = {
    "pair": 4,
    "self-pair": 4,
    "sine": 1,
    "toy": 1,
    "series": 1,
    "adding": 1,
    "copy": 1,
    "temporal-order": 1,
    "embedded-reber": 1,
}


def known(query: dict[str, str] | None = None, **values: object) -> AppTest:
    own = wobble() if values.get("rule") == "series" else None
    return drawn("known", Settings.of(values, own=own), query)


@cache
def known_once(rule: str) -> AppTest:
    return known(rule=rule)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_something_to_show_and_says_what_to_look_at(rule):
    app = known_once(rule)
    assert len(app.get("vega_lite_chart")) == CHARTS.get(rule, 2)
    assert "Look at" in texts(app)
    assert not re.search(r"\bnan\b", texts(app))


def test_the_table_of_probabilities_is_there_to_read():
    table = known_once("pair").dataframe[0].value
    assert list(table["pattern"]) == ["0 0", "0 1", "1 0", "1 1"]
    assert list(table["exact"]) == [1, 0.5, 0.5, 0]
    assert table["n"].sum() == 1000 - 2


def test_more_bits_make_the_bars_shorter():
    few = known_once("pair").dataframe[0].value
    many = known({"look_bits": "100,000"}).dataframe[0].value
    lengths = [(table["high"] - table["low"]).max() for table in (few, many)]
    assert lengths[0] / lengths[1] == pytest.approx(10, rel=0.1)


def test_lags_that_do_not_matter_tell_nothing():
    app = known({"look_lags_1_2": "x[t-5]"})
    assert list(app.dataframe[0].value["exact"]) == [0.5, 0.5]
    assert "Knowing x[t-5] tells you nothing" in texts(app)
    assert "share hidden causes" in texts(app)


def test_one_bit_of_a_parity_tells_nothing_alone():
    assert "Knowing x[t-1] tells you nothing" in texts(
        known({"look_lags_1_2": "x[t-1]"}, rule="parity")
    )
    # All that the rule looks at does tell something, and nothing is hidden.
    assert "tells you nothing" not in texts(known_once("parity"))
    assert "hidden causes" not in texts(known_once("parity"))


def test_without_any_lag_only_the_share_of_ones_is_left():
    app = known_once("lags")
    app.multiselect[0].set_value([]).run()
    assert list(app.dataframe[0].value["exact"]) == [0.625]
    assert "always" in texts(app)
    known_once.cache_clear()


def test_patterns_that_never_come_are_told():
    settings = Settings(rule="self-pair")
    counts = count_patterns(settings.data, series_of(settings), (0, 1, 2), 1000)
    assert "2 of the 8 patterns can never come" in patterns_sentence(counts, settings.bit_rule)
    nothing = count_patterns(settings.data, series_of(settings), (12,), 5)
    assert "count more" in patterns_sentence(nothing, settings.bit_rule)


@pytest.mark.parametrize(
    ("unit", "best"), [("nats", "0.3466 nats"), ("bits", "0.5000 bits"), ("accuracy", "0.7500 of")]
)
def test_the_switch_changes_the_unit(unit, best):
    assert best in texts(known({"look_unit": unit}))


def test_a_run_that_forgets_is_held_against_its_window():
    app = known(carry_state=False)
    assert "0.4590 nats" in texts(app)
    assert "from zero" in texts(app)
    assert "What a window of 5 hides costs 0.1125" in texts(app)


def test_long_sums_have_a_table():
    app = known(rule="own", expression=OWN)
    tables = [table.value for table in app.dataframe if "cases" in table.value]
    assert tables
    for table in tables:
        assert table["cases"].sum() == 8
        assert (table["share w"] * table["H(p)"]).sum() == pytest.approx(0.5537, abs=5e-5)


def test_both_versions_of_the_pair_stand_beside_each_other():
    for rule in ("pair", "self-pair"):
        words = texts(known_once(rule))
        assert "e = \\tfrac13" in words
        assert "rises from 0.3466 to 0.4621" in words
    assert "self-pair" not in texts(known_once("echo"))


def test_the_sines_recurrence_has_its_numbers():
    words = texts(known_once("sine"))
    assert "0.010001" in words, "100 / 9999"
    assert "1.99989998" in words, "2 cos(100 / 9999)"
    assert "no chances to count" in words
    assert "x_{t+1}" in texts(known_once("series"))
    assert "66.67" in texts(known_once("toy"))


def test_the_lines_of_the_adding_problem_have_their_derivation():
    words = texts(known_once("adding"))
    assert all(number in words for number in ("0.0833", "0.1667"))


BIT_RULES = [name for name, rule in RULES.items() if isinstance(rule, BitRule)]


@given(
    st.sampled_from(BIT_RULES),
    st.lists(st.integers(0, 6), max_size=4, unique=True),
    st.integers(20, 3000),
    st.integers(0, 99),
)
def test_what_is_said_of_the_bars_is_what_the_table_shows(rule, lags, n_bits, seed):
    settings = Settings.of({"rule": rule, "rows": 10, "length": 300, "seed": seed})
    counts = count_patterns(settings.bit_rule, series_of(settings), lags, n_bits)
    sentence, table = patterns_sentence(counts, settings.bit_rule), counted_table(counts)
    counted = table[table["n"] > 0]
    if counted.empty:
        assert "count more" in sentence
        return
    holds = counted[(counted["low"] <= counted["exact"] + 1e-9)
                    & (counted["exact"] <= counted["high"] + 1e-9)]  # fmt: skip
    if len(counted) > 1:
        assert f"{len(holds)} of the {len(counted)} hold the exact chance" in sentence
    else:
        assert f"it {'holds' if len(holds) else 'misses'} the exact chance" in sentence
    widest = ((counted["high"] - counted["low"]) / 2).max()
    assert f"reaches {widest:.2g} to each side with {table['n'].sum():,} steps" in sentence
    if said := re.search(r"the chance is ([\d.]+) everywhere|: ([\d.]+) everywhere", sentence):
        assert {f"{chance:.4g}" for chance in table["exact"].dropna()} == {said[1] or said[2]}
