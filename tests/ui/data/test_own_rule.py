"""The editor of a rule of one's own: what is typed, what is wrong with it, and its table."""

from __future__ import annotations

import math
from typing import ClassVar

import pytest
from streamlit.testing.v1 import AppTest

from rnnlab.charts.rule_data import counted_table
from rnnlab.exploration.pattern_counts import count_patterns
from rnnlab.exploration.series import series_of
from rnnlab.rules.expression import parse
from rnnlab.settings import Settings
from tests.pages import opened
from tests.pages.opened import fine, press

DATA = "pages/data_rules.py"
KEY = "expression"


def page() -> None:
    import streamlit as st

    from rnnlab.rules import RULES
    from rnnlab.settings import Settings
    from rnnlab.ui.data import controls

    text = controls.edit_rule("expression", RULES["own"].all_knobs()["expression"])
    st.session_state["means"] = text
    controls.own_rule_summary(Settings.of({"rule": "own", "expression": text}))


def drawn(expression: str = "", **query: str) -> AppTest:
    return opened.drawn(page, query=query | ({KEY: expression} if expression else {}))


def typed(app: AppTest, text: str) -> AppTest:
    return fine(app.text_input(key=KEY).set_value(text).run())


def metrics(app: AppTest) -> list[str]:
    return [metric.value for metric in app.metric]


class TestTheText:
    @pytest.mark.parametrize(
        "text", ["x[t-1] + x[t-2] < 1", "x[t] <= x[t-3]", "x[t-1] x[t-2]: 0.1 0.5 0.5 0.9"]
    )
    def test_a_rule_in_the_address_is_read_as_if_it_were_typed(self, text):
        app = typed(drawn(), text)
        again = drawn(text)
        assert again.text_input(key=KEY).value == again.session_state["means"] == text
        assert metrics(again) == metrics(app)

    def test_the_exact_losses_follow(self):
        # Push: 0.5 or 0.8, each half of the time; with 5 steps the first two do not see the cause.
        def entropy(p):
            return -p * math.log(p) - (1 - p) * math.log(1 - p)

        nothing, best = entropy(0.65), (entropy(0.5) + entropy(0.8)) / 2
        window = (2 * nothing + 3 * best) / 5
        expected = [f"{loss:.4f}" for loss in (nothing, window, best)]
        assert metrics(drawn("0.5 + 0.3 * x[t-2]")) == expected

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("x[t-1] xor x[t-3]", "looks 3 steps back, and the window holds 5 steps"),
            ("x[t-1]", "looks 1 step back, and"),
            ("x[t]", "looks at the input just read"),
            ("x[t-5]", "looks 5 steps back, further than a window of 5 steps reaches"),
            ("0.5", "looks at no input"),
        ],
    )
    def test_it_says_whether_the_causes_fit_into_the_window(self, text, words):
        assert words in "\n".join(caption.value for caption in drawn(text).caption)

    def test_what_cannot_be_read_stays_and_the_last_that_could_goes_on(self):
        app = typed(drawn("x[t-2]"), "x[t-1] & x[t-2]")
        assert app.text_input(key=KEY).value == "x[t-1] & x[t-2]"
        assert app.session_state["means"] == "x[t-2]"
        assert "write 'and' instead." in app.warning[0].value
        assert app.warning[0].value.endswith("the page goes on with `x[t-2]`.")
        assert app.code[0].value == "x[t-1] & x[t-2]\n       ^"
        assert typed(app, "x[t-1] and x[t-2]").session_state["means"] == "x[t-1] and x[t-2]"
        assert not app.warning

    def test_an_error_shows_the_very_characters_that_were_typed(self):
        assert r"'\`' means nothing here" in drawn("x[t-1] ` 2").warning[0].value

    def test_an_example_is_a_click(self):
        app = drawn("nonsense")
        for label, text in (("Copy", "x[t-1]"), ("Coin flip", "0.5")):
            press(app, label)
            assert app.text_input(key=KEY).value == app.session_state["means"] == text
            assert not app.warning


class TestTheTable:
    QUERY: ClassVar = {"look_own": "As a table"}

    def test_it_is_the_expression_s_until_something_is_changed(self):
        app = drawn("x[t-1] and not x[t-3]", **self.QUERY)
        chances = {box.label: box.value for box in app.number_input}
        assert chances == {"0 0": 0, "0 1": 1, "1 0": 0, "1 1": 0}
        assert app.multiselect[0].value == [3, 1]
        assert app.text_input(key=KEY).value == "x[t-1] and not x[t-3]"

    def test_its_patterns_stand_in_the_order_of_the_chart_of_counts(self):
        text = "x[t-1] x[t-4] x[t]: 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8"
        boxes = [(box.label, box.value) for box in drawn(text, **self.QUERY).number_input]
        settings = Settings.of({"rule": "own", "expression": text})
        counts = count_patterns(settings.bit_rule, series_of(settings), (0, 1, 4), 1000)
        table = counted_table(counts)
        assert boxes == list(zip(table["pattern"], table["exact"], strict=True))

    def test_a_chance_that_is_changed_is_typed(self):
        app = drawn("x[t-1] and not x[t-3]", **self.QUERY)
        app.number_input(key="look_chance_1").set_value(0.25).run()
        assert app.text_input(key=KEY).value == "x[t-3] x[t-1]: 0 0.25 0 0"
        app.number_input(key="look_chance_3").set_value(0.1234).run()
        assert app.text_input(key=KEY).value == "x[t-3] x[t-1]: 0 0.25 0 0.1234"

    def test_inputs_can_come_and_go(self):
        app = drawn("x[t-3] x[t]: 0.1 0.2 0.3 0.4", **self.QUERY)
        app.multiselect[0].set_value([0, 3, 12]).run()
        assert app.text_input(key=KEY).value == (
            "x[t-12] x[t-3] x[t]: 0.1 0.2 0.3 0.4 0.1 0.2 0.3 0.4"
        )
        app.multiselect[0].set_value([12]).run()
        assert app.text_input(key=KEY).value == "x[t-12]: 0.25 0.25"
        app.multiselect[0].set_value([]).run()
        assert app.text_input(key=KEY).value == "0.25"
        assert [box.label for box in app.number_input] == ["always"]

    def test_four_inputs_have_sixteen_chances_and_still_fit_into_the_text(self):
        app = drawn("x[t-12] + x[t-11] + x[t-10] + x[t-9] > 1", **self.QUERY)
        for row in range(16):
            app.number_input(key=f"look_chance_{row}").set_value(0.0123 + row / 100).run()
        assert parse(app.text_input(key=KEY).value).table.ravel().tolist() == pytest.approx(
            [0.0123 + row / 100 for row in range(16)]
        )

    def test_while_the_text_cannot_be_read_it_shows_the_last_rule_that_could(self):
        app = typed(drawn("x[t-2]", **self.QUERY), "x[t-2")
        assert [box.value for box in app.number_input] == [0, 1]
        app.number_input(key="look_chance_0").set_value(0.5).run()
        assert app.text_input(key=KEY).value == "x[t-2]: 0.5 1"
        assert not app.warning


def test_a_broken_rule_in_the_address_leaves_the_whole_page_working():
    app = opened.opened(DATA, rule="own", expression="x[t-1] ^ x[t-2]")
    assert "write 'xor' instead" in app.warning[0].value
    assert "x[t-1] ^ x[t-2]\n       ^" in [code.value for code in app.code]
    assert len(app.metric) >= 3


def test_knobs_of_the_training_page_keep_their_value_and_the_address_gets_them():
    state = {"rule": "own", KEY: "x[t-1]", "window": 9, "carry_state": False, "units": 11}
    app = opened.opened(DATA, state=state).run()
    assert {name: app.session_state[name] for name in state} == state
    address = {name: app.query_params[name] for name in app.query_params}
    assert address.pop("units") == "11"  # which has no widget here, but in the link
    assert address == {"rule": "own", KEY: "x[t-1]", "window": "9", "carry_state": "false"}
