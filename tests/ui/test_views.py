"""The views of a network: each where it has something to show, and there it draws it."""

from __future__ import annotations

import io
import re
from functools import cache

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from rnnlab.conversion import conversions
from rnnlab.insight.longer import FARTHEST
from rnnlab.insight.states import ONE_DIRECTION, quantities
from rnnlab.insight.weights import gates_of
from rnnlab.ui.training.views import VIEWS, download, fitting
from tests.pages import opened
from tests.pages.opened import component_data
from tests.ui.moments import CASES, moment_of

ALWAYS = {
    "The network",
    "What it remembers",
    "Its gradient",
    "Switch parts off",
    "Its weights",
    "Download",
}
BITS = {"Last window", "What it knows"}
MANY_STEPS = {"Where memory ends"}
ONE_WAY = {"Memory capacity"}
ON_AND_ON = {"Longer strings"}
NUMBERS = {"What it says"}
SERIES = {"On its own"}
LETTERS = {"Letter by letter"}
GATES = {"Its gates"}

OF_BITS = ("pair", "pair-too-late", "self-pair", "echo", "echo-too-short", "lags", "parity")
FITTING = dict.fromkeys(
    (*OF_BITS, "long", "relu"), ALWAYS | BITS | MANY_STEPS | ONE_WAY | ON_AND_ON
)
FITTING |= dict.fromkeys(
    ("deep-lstm", "gru"), ALWAYS | BITS | GATES | MANY_STEPS | ONE_WAY | ON_AND_ON
)
FITTING |= dict.fromkeys(
    ("sine", "own-series"), ALWAYS | NUMBERS | SERIES | GATES | MANY_STEPS | ONE_WAY
)
FITTING |= {
    "both-ways": ALWAYS | BITS | GATES | MANY_STEPS,
    "sine-both-ways": ALWAYS | NUMBERS | SERIES | GATES | MANY_STEPS,
    "toy": ALWAYS | NUMBERS | MANY_STEPS | ONE_WAY,
    "adding": ALWAYS | NUMBERS | GATES | MANY_STEPS | ONE_WAY,
    "sine-as-printed": ALWAYS | NUMBERS | SERIES | GATES,  # one step has no past
    "one-step": ALWAYS | BITS | ON_AND_ON,
    "tomita": ALWAYS | BITS | MANY_STEPS | ONE_WAY | ON_AND_ON | {"The machine inside"},
    "embedded-reber": ALWAYS | LETTERS | GATES | MANY_STEPS | ON_AND_ON,
    "copy": ALWAYS | LETTERS | GATES | MANY_STEPS,  # a longer string has more to keep
    "temporal-order": ALWAYS | LETTERS | GATES | MANY_STEPS,  # its places are those of its length
    "wide-sine": ALWAYS | NUMBERS | SERIES | MANY_STEPS | ONE_WAY,
}

TOLD_APART = set.union(*FITTING.values())
"""The views of which this test knows where they have something to show."""


def page(case: str, title: str, step: int = 7) -> None:
    """A script that draws one view, as Streamlit runs it."""
    from rnnlab.ui.training.views import fitting
    from tests.ui.moments import CASES, moment_of

    fitting(CASES[case])[title].draw(moment_of(CASES[case], step))


def drawn(case: str, title: str, step: int = 7, **state: object) -> AppTest:
    """The view on a page of its own."""
    return opened.drawn(page, case, title, step, **state)


@cache
def drawn_once(case: str, title: str) -> AppTest:
    """For those who only look."""
    return drawn(case, title)


def charts_of(app: AppTest) -> list:
    return list(app.get("vega_lite_chart"))


def test_every_view_has_a_title_and_an_icon_of_its_own():
    assert len({view.TITLE for view in VIEWS}) == len(VIEWS)
    assert len({view.ICON for view in VIEWS}) == len(VIEWS)
    assert all(view.ICON.startswith(":material/") for view in VIEWS)
    assert {view.TITLE for view in VIEWS} >= TOLD_APART


@pytest.mark.parametrize("title", ["What it remembers", "Its gates"])
def test_of_a_network_that_reads_both_ways_a_view_says_which_half_it_shows(title):
    told = [one.value for one in drawn_once("both-ways", title).caption]
    assert ONE_DIRECTION in told
    assert ONE_DIRECTION not in [one.value for one in drawn_once("gru", title).caption]


ALIKE = ("pair-too-late", "self-pair", "echo-too-short", "lags", "parity", "sine-as-printed")
"""Cases that are drawn like another one."""


@pytest.mark.parametrize("case", FITTING)
def test_the_views_that_fit_are_those_with_something_to_show(case):
    titles = list(fitting(CASES[case]))
    assert set(titles) & TOLD_APART == FITTING[case]
    order = [view.TITLE for view in VIEWS]
    assert titles == sorted(titles, key=order.index)


@pytest.mark.parametrize(
    ("case", "title"),
    [(case, title) for case in CASES if case not in ALIKE for title in fitting(CASES[case])],
)
def test_every_view_that_fits_draws_what_it_has(case, title):
    app = drawn_once(case, title)
    if title in ("Compare", "Download"):
        assert app.button or app.get("download_button")
    elif title == "The network":
        (picture,) = component_data(app, "network").values()
        assert picture["step"] == 7
    elif title == "The machine inside":
        assert charts_of(app)
    elif case == "toy" and title == "What it says":
        assert len(app.dataframe[0].value) == 3
    else:
        assert len(charts_of(app)) == 1
    assert app.caption, "and says what to look at"
    for one in app.caption:
        assert one.value.strip()
        assert not re.search(r"\bnan\b", one.value)


@pytest.mark.parametrize("case", ["pair", "embedded-reber"])
def test_a_network_can_read_on_for_ten_thousand_steps(case):
    app = drawn(case, "Longer strings", longer_length=f"{FARTHEST:,} steps")
    assert not app.exception
    assert len(charts_of(app)) == 1
    assert f"in steps {FARTHEST // 2 + 1:,} to {FARTHEST:,} " in app.caption[0].value


@pytest.mark.parametrize("step", [0, 1, 7])
def test_the_last_window_is_there_from_the_first_point_on(step):
    # The first point of a run is after one update; here it is after seven.
    app = drawn("pair", "Last window", step)
    assert len(charts_of(app)) == (step == 7)


def test_a_rule_that_leaves_nothing_to_chance_is_not_shown_with_its_chances():
    assert "grey" in drawn_once("pair", "Last window").caption[0].value
    assert "grey" not in drawn_once("echo", "Last window").caption[0].value


EVERY_CELL = pytest.mark.parametrize("case", ["pair", "deep-lstm", "gru"])


@EVERY_CELL
def test_every_quantity_and_every_layer_can_be_looked_at(case):
    settings = CASES[case]
    looks = [(symbol, 1) for symbol in quantities(settings.cell)]
    looks += [("h", layer) for layer in range(2, settings.layers + 1)]
    for symbol, layer in looks:
        state = {"states_symbol": symbol, "states_layer": layer}
        assert charts_of(drawn(case, "What it remembers", **state))


@pytest.mark.parametrize("sample", [1, 2, 3])
def test_each_of_the_first_test_samples_can_be_looked_at(sample):
    assert charts_of(drawn("toy", "What it remembers", states_sample=sample))


@EVERY_CELL
def test_every_weight_and_every_part_of_one_can_be_looked_at(case):
    network = CASES[case].network
    first, *others = network.shapes
    looks = [(first, part) for part in gates_of(network, first)]
    looks += [(name, gates_of(network, name)[0]) for name in others]
    for name, part in looks:
        state = {"weights_name": name, f"weights_part_{network.cell}": part}
        assert charts_of(drawn(case, "Its weights", **state))


def test_the_weights_are_counted():
    table = drawn_once("pair", "Its weights").dataframe[0].value
    # Keras' SimpleRNN(6) on one feature and a dense layer of 2: 6 + 36 + 6 + 12 + 2.
    assert list(table["count"]) == [6, 36, 6, 48, 12, 2, 14, 62]


@pytest.mark.parametrize("case", ["pair", "echo", "self-pair", "parity"])
def test_memory_can_be_asked_for_by_the_gradient_too(case):
    flips = drawn_once(case, "Where memory ends").caption[0].value
    gradient = drawn(case, "Where memory ends", memory_kind="Gradient of the loss")
    assert charts_of(gradient)
    assert gradient.caption[0].value != flips


@pytest.mark.parametrize("kind", ["A unit held at its mean", "An input turned around"])
def test_parts_can_be_changed_in_other_ways(kind):
    off = drawn_once("deep-lstm", "Switch parts off").caption[0].value
    other = drawn("deep-lstm", "Switch parts off", ablate=kind)
    assert charts_of(other)
    assert other.caption[0].value != off


def test_a_choice_left_from_another_network_is_forgotten():
    assert charts_of(drawn("pair", "What it remembers", states_layer=3, states_symbol="f"))
    assert charts_of(drawn("pair", "Its weights", weights_name="rnn3_kernel"))
    assert charts_of(drawn("sine", "Where memory ends", memory_kind="One input turned around"))
    assert charts_of(drawn("sine", "Switch parts off", ablate="An input turned around"))


def button(app: AppTest, label: str) -> object:
    (button,) = [button for button in app.button if button.label == label]
    return button


@pytest.mark.parametrize("case", ["pair", "sine", "own-series"])
def test_the_script_to_take_away_is_python(case):
    app = drawn_once(case, "Download")
    compile(app.code[0].value, "script.py", "exec")
    labels = {one.proto.label for one in app.get("download_button")}
    assert {"Weights (.npz)", "The script (.py)"} <= labels
    assert ("Your series, for the script" in labels) == (case == "own-series")
    assert button(app, "Prepare the Keras model")


@pytest.mark.parametrize("case", ["pair", "gru", "sine"])
def test_a_stopped_run_offers_the_points_of_its_curve(case):
    app, moment = drawn_once(case, "Download"), moment_of(CASES[case])
    labels = {one.proto.label for one in app.get("download_button")}
    assert "Every point (CSV)" in labels
    assert "Every update (CSV)" not in labels
    table = pd.read_csv(io.BytesIO(download._points(moment)))
    losses = [name for name in table if name.startswith("loss")]
    assert len(losses) == CASES[case].networks
    assert table["update"].tolist() == [7]
    assert (table[losses] == 0.7).all(axis=None)
    assert ("accuracy" in table) == (case != "sine")


def test_each_runtime_has_its_lines_and_what_to_install():
    app = drawn_once("sine", "Download")
    shown = [one.value.strip() for one in app.code]
    for conversion in conversions(CASES["sine"], f"sine-seed-{CASES['sine'].seed}"):
        assert shown.index(conversion.install) + 1 == shown.index(conversion.code.strip())
