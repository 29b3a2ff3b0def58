"""The strip of runs on the training page: what is picked is in the address, names are text."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import pytest

from rnnlab.rules.own_series import OwnSeries
from rnnlab.settings import Plan, Settings
from rnnlab.ui.training.kept_runs import KEPT, KeptRuns
from rnnlab.ui.training.named_run import plan_of, words_of
from rnnlab.ui.training.strip import OVERLAID
from tests.charts.runs import points
from tests.pages.opened import TRAINING, fine, opened, press, texts

PAIR = Settings(rows=10, length=500, window=5, epochs=2)
WIDE = Settings(rows=10, length=500, window=5, epochs=2, units=9)
TOY = Settings.of({"rule": "toy", "epochs": 20})
OWN = Settings(rule="series", rows=10, own=OwnSeries.of("mine", [float(n % 9) for n in range(99)]))
MARKUP = "![x](//e.example/x.png) *e* $e$ :red[e]"


def with_runs(*plans: Plan, picked: tuple[int, ...] = (), **query: object):
    """The page of a visitor who has made these runs and picked some."""
    kept = KeptRuns()
    for plan in plans:
        kept.keep(plan, points(plan.settings, 0.7, 0.5, 0.4, end=plan.end))
    return opened(TRAINING, {KEPT: kept, OVERLAID: list(picked)}, **query)


def strip(app):
    """The runs to pick from."""
    (row,) = [group for group in app.get("button_group") if group.key == OVERLAID]
    return row


def charts(app) -> list[str]:
    return [chart.proto.alt for chart in app.get("vega_lite_chart")]


def overlaid(app) -> list[Plan]:
    """The plans of the runs that the address lays over each other."""
    written = app.session_state["address"].written.get(OVERLAID, ())
    return [plan_of(dict(parse_qsl(text)), Settings()) for text in written]


def test_without_a_run_there_is_no_strip():
    app = opened(TRAINING)
    assert not [group for group in app.get("button_group") if group.key == OVERLAID]


def test_each_run_can_be_picked_and_a_picture_lays_those_over_each_other():
    plans = Plan(PAIR), Plan(WIDE), Plan(PAIR, ((7, 0.3),), until=50)
    app = with_runs(*plans)
    assert [option.count("units 6 → 9") for option in strip(app).options] == [0, 1, 0]
    assert not charts(app)
    fine(strip(app).set_value([1, 2, 3]).run())
    assert len(charts(app)) == 1
    assert list(app.dataframe[0].value["Units"]) == ["6", "9", "6"]
    assert overlaid(app) == list(plans)


def test_a_link_picks_the_runs_with_these_settings_and_offers_to_train_the_others():
    wanted = [urlencode(words_of(Plan(one), with_settings=True)) for one in (WIDE, PAIR)]
    app = with_runs(Plan(TOY), Plan(WIDE), overlaid=wanted)
    assert app.session_state[OVERLAID] == [2]
    assert not app.warning
    assert overlaid(app) == [Plan(WIDE), Plan(PAIR)], "a reload asks for the same"
    assert [button.key for button in app.button].count("linked_start") == 1
    fine(strip(app).set_value([1]).run())
    assert overlaid(app) == [Plan(TOY), Plan(PAIR)]
    press(app, "Remove this run")
    assert "linked_start" not in [button.key for button in app.run().button]


@pytest.mark.parametrize(
    "text", ["rule=pair&units=many", "rule=pair&to=far", "3", "rule=no", "%%%"]
)
def test_a_link_to_no_run_is_a_sentence(text):
    app = with_runs(Plan(PAIR), overlaid=text)
    assert app.session_state[OVERLAID] == []
    assert len(app.warning) == 1
    assert "linked_start" not in [button.key for button in app.button]


def test_losses_of_another_kind_are_not_drawn_and_the_strip_says_why():
    app = with_runs(Plan(PAIR), Plan(TOY), Plan(WIDE), picked=(1, 2, 3))
    assert "2 runs" in charts(app)[0]
    (reason,) = [c.value for c in app.caption if c.value.startswith("Run 2 ")]
    assert "squared error" in reason
    assert "nats" in reason


def test_a_run_on_ones_own_numbers_is_in_the_strip_and_in_no_link():
    app = with_runs(Plan(OWN), Plan(TOY), picked=(1, 2))
    assert overlaid(app) == [Plan(TOY)]
    assert len(charts(app)) == 1


def test_a_run_is_renamed_and_removed_and_what_is_picked_stays():
    app = with_runs(Plan(PAIR), Plan(WIDE), Plan(TOY), picked=(1, 3))
    (name,) = app.text_input
    assert name.key.endswith("_3"), "the latest run to begin with"
    fine(name.set_value(MARKUP).run())
    assert "\\*e\\*" in strip(app).options[2]
    assert app.session_state[KEPT].runs[2].given == MARKUP
    assert app.session_state[OVERLAID] == [1, 3]
    press(app, "Remove this run")
    assert len(strip(app).options) == 2
    assert app.session_state[OVERLAID] == [1]
    assert MARKUP not in texts(app)


def test_all_that_can_be_set_in_the_strip_is_in_the_address_but_for_names():
    app = with_runs(Plan(PAIR), Plan(WIDE), picked=(1, 2))
    linked = {key for part in app.session_state["address"].parts.values() for key in part}
    kinds = ("button_group", "selectbox", "text_input", "slider", "toggle", "number_input")
    keys = {widget.key for kind in kinds for widget in app.get(kind)}
    assert keys - linked <= {"guess", "guessed_loss", "strip_run_2", "strip_name_2"}
    assert {OVERLAID, "along", "compare_scale"} <= linked & keys
