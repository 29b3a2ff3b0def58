"""The hand check without a browser: its numbers, its links, and whatever may be typed into it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from rnnlab.cells import CELLS
from rnnlab.compute import JobView
from rnnlab.handcheck.backward import KerasAnswer, backward
from rnnlab.handcheck.bench import FIRST_BENCHES, Bench
from rnnlab.handcheck.exercises import exercise
from rnnlab.handcheck.forward import format_number, forward
from rnnlab.handcheck.levels import LEVELS
from rnnlab.ui import answers
from tests.pages.opened import opened

PAGE = "pages/hand_check.py"


class FakeJobStore:
    """A compute side that says what it was told to say, and remembers what it was asked."""

    def __init__(self, *events: KerasAnswer, state: str = "running") -> None:
        self.asked: list[tuple[str, object]] = []
        self._view = JobView(state, events=events, message=None)  # type: ignore[arg-type]

    def start(self, work: str, question: object, _viewer: str) -> FakeJobStore:
        self.asked.append((work, question))
        return self

    def wait(self, seconds: float) -> None:
        pass

    def view(self, _viewer: str) -> JobView:
        return self._view

    @property
    def ended(self) -> bool:
        return self._view.ended


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> FakeJobStore:
    """Keras has not answered yet."""
    silent = FakeJobStore()
    monkeypatch.setattr(answers, "job_store", lambda: silent)
    return silent


def matrices(app: AppTest) -> dict[str, list[dict[str, Any]]]:
    """What each line of matrices tells the browser, by the line's key."""
    return {
        one.proto.id.rpartition("-")[2]: json.loads(one.proto.json)["items"]
        for one in app.get("bidi_component")
    }


def cells(app: AppTest, key: str, symbol: str) -> list[list[str]]:
    """The cells of a matrix of a line."""
    (found,) = [one for one in matrices(app)[key] if one.get("symbol") == symbol]
    return found["cells"]


def numbers(app: AppTest, key: str, symbol: str) -> np.ndarray:
    return np.array(cells(app, key, symbol), dtype=float)


def notes(app: AppTest) -> list[str]:
    """The sentences that stand under matrices."""
    return [one["note"] for line in matrices(app).values() for one in line if one.get("note")]


def said(app: AppTest) -> str:
    return "\n".join(one.value for one in [*app.markdown, *app.caption, *app.info, *app.success])


def test_the_articles_case_stands_there_on_opening():
    app = opened(PAGE)
    outputs = numbers(app, "witnesses_simple_rnn", "NumPy")
    assert outputs.tolist() == [[7, 3, 12], [13, 27, 16], [48, 45, 54]]
    assert "1·1 + 3·2 = 7" in said(app)
    assert "TensorFlow is calculating" in said(app)


def test_the_second_step_begins_with_what_the_first_one_said():
    app = opened(PAGE, hand_step="2", hand_unit="3")
    assert cells(app, "quantity_simple_rnn_a", "h_1") == [["7", "3", "12"]]
    # [1, 1] times the third column of W, [7, 3, 12] times that of U, and 1.
    assert "1·2 + 1·3 = 5" in said(app)
    assert "7·1 + 3·1 + 12·0 = 10" in said(app)
    assert "5 + 10 + 1 = 16" in said(app)


@pytest.mark.parametrize("cell", CELLS)
def test_every_cell_opens_with_its_equations_in_numbers(cell):
    app = opened(PAGE, hand_cell=cell, hand_step="2")
    step = forward(FIRST_BENCHES[cell])[1]
    for quantity in step.quantities:
        shown = numbers(app, f"quantity_{cell}_{quantity.symbol}", f"{quantity.symbol}_2")
        assert shown[0] == pytest.approx(quantity.value, rel=1e-3, abs=1e-4)


def test_what_keras_says_stands_beside_it_with_the_difference(monkeypatch):
    bench = FIRST_BENCHES["simple_rnn"]
    outputs = np.array([step.output for step in forward(bench)])
    outputs[0, 2] += 0.5
    answer = KerasAnswer(outputs, 10.0, backward(bench).gradients)
    monkeypatch.setattr(answers, "job_store", lambda: FakeJobStore(answer, state="done"))
    app = opened(PAGE)
    assert numbers(app, "witnesses_simple_rnn", "Keras")[0].tolist() == [7, 3, 12.5]
    assert "largest difference 0.5" in said(app)


def test_keras_is_asked_about_the_very_numbers_on_the_bench(store):
    opened(PAGE, simple_rnn_kernel="5_0_2__2_1_3")
    work, question = store.asked[-1]
    assert work == "rnnlab.witness.bench:keras_answer"
    assert isinstance(question, Bench)
    assert question.kernel == ((5, 0, 2), (2, 1, 3))


def test_a_compute_side_that_fails_is_told_and_not_asked_again_until_one_says_so(monkeypatch):
    failing = FakeJobStore(state="failed")
    monkeypatch.setattr(answers, "job_store", lambda: failing)
    app = opened(PAGE)
    asked = len(failing.asked)
    app.run()
    assert "Keras: TensorFlow gave no answer." in said(app)
    assert numbers(app, "witnesses_simple_rnn", "NumPy")[0].tolist() == [7, 3, 12]
    assert len(failing.asked) == asked
    next(one for one in app.button if one.label == "Ask again").click().run()
    assert len(failing.asked) > asked


def test_what_a_student_typed_belongs_to_one_kind_of_cell():
    app = opened(PAGE, {"simple_rnn_yours": (("7", "abc", "11"),)})
    (you,) = [m for m in matrices(app)["witnesses_simple_rnn"] if m["symbol"] == "You"]
    assert you["marks"][0] == ["right", "not-yet", "not-yet"]
    assert "1 of 9 are right" in said(app)
    app.button_group(key="hand_cell").set_value("gru").run()
    (you,) = [m for m in matrices(app)["witnesses_gru"] if m["symbol"] == "You"]
    assert {cell for row in you["cells"] for cell in row} == {""}


def test_an_lstm_hands_on_its_memory_too():
    app = opened(PAGE, hand_cell="lstm")
    (told,) = [one.value for one in app.caption if "green numbers" in one.value]
    assert "h = (" in told
    assert "c = (" in told


def test_a_text_of_far_too_many_cells_does_not_become_as_many_fields():
    app = opened(PAGE, simple_rnn_kernel="_".join("1" * 500) + "__1" * 300)
    (kernel,) = [m for m in matrices(app)["bench_simple_rnn"] if m["symbol"] == "Kernel W"]
    assert sum(map(len, kernel["cells"])) <= 6 * 16
    assert kernel["note"]


def test_on_the_way_back_each_steps_share_adds_up_to_the_gradient():
    app = opened(PAGE, part="The way back")
    shares = [numbers(app, "back_sum_simple_rnn_recurrent_kernel", f"step {t}") for t in (1, 2, 3)]
    total = numbers(app, "back_sum_simple_rnn_recurrent_kernel", "∂L/∂U")
    assert sum(shares).tolist() == total.tolist()
    # At the end the error is (-2, 0, 4), and h_2 is (13, 27, 16): the outer product of the two.
    assert shares[2].tolist() == [[-26, 0, 52], [-54, 0, 108], [-32, 0, 64]]
    assert "= **10**" in said(app)  # half of 4 + 0 + 16


@pytest.mark.parametrize("cell", CELLS)
def test_the_way_back_opens_for_every_cell(cell):
    app = opened(PAGE, part="The way back", hand_cell=cell)
    total = backward(FIRST_BENCHES[cell]).gradients["kernel"]
    shown = numbers(app, f"witness_{cell}_kernel", "NumPy")
    assert shown == pytest.approx(total, rel=1e-3, abs=1e-4)
    tried = numbers(app, f"witness_{cell}_kernel", "Finite differences")
    assert tried == pytest.approx(total, rel=1e-3, abs=1e-4)


NASTY = {
    "1_abc_2__2_1_3": "Kernel W, row 1, column 2 says “abc”, which is no number.",
    "1_?_2__2_1_3": "Kernel W, row 1, column 2 is empty: type a number there.",
    "1_1e400_2__2_1_3": "Kernel W, row 1, column 2 must be between",
    "1_nan_2__2_1_3": "Kernel W, row 1, column 2",
    "1_0_2__2_1": "Kernel W has 3 numbers in row 1, but 2 in row 2.",
    "1_0__2_1": "Recurrent kernel U must have 2 rows of 2 numbers",
    "1_2_3_4_5__1_2_3_4_5": "The bench has room for 4 units",
    "<script>alert(1)</script>_0_2__2_1_3": "Kernel W, row 1, column 1 says “<script>",
}


@pytest.mark.parametrize("typed", NASTY)
def test_a_bad_matrix_gets_one_sentence_and_costs_nothing(typed):
    app = opened(PAGE, simple_rnn_kernel=typed, simple_rnn_target="1_2_3")
    (note,) = notes(app)
    assert note.startswith(NASTY[typed])
    assert app.session_state["simple_rnn_kernel"] == typed
    assert app.session_state["simple_rnn_target"] == "1_2_3"
    assert "from before" in said(app)
    assert numbers(app, "witnesses_simple_rnn", "NumPy").shape == (3, 3)
    app.text_input(key="simple_rnn_kernel").set_value("1_0_2__2_1_3").run()
    assert not notes(app)


def test_sizes_grow_with_zeros_and_shrink_at_the_end():
    app = opened(PAGE, hand_cell="gru")
    app.number_input(key="hand_units").set_value(3).run()
    kernel = FIRST_BENCHES["gru"].kernel
    # A new unit has zeros in each of the three gates, which lie side by side.
    grown = [[*row[:2], 0, *row[2:4], 0, *row[4:6], 0] for row in kernel]
    assert numbers(app, "bench_gru", "Kernel W").tolist() == grown
    assert not notes(app)
    app.number_input(key="hand_units").set_value(2).run()
    assert numbers(app, "bench_gru", "Kernel W").tolist() == [list(row) for row in kernel]
    app.number_input(key="hand_timesteps").set_value(6).run()
    assert numbers(app, "bench_gru", "Input x").shape == (6, 2)
    assert app.slider(key="hand_step").max == 6


def test_one_unit_one_feature_and_one_step_are_enough():
    app = opened(PAGE)
    for size in ("units", "features", "timesteps"):
        app.number_input(key=f"hand_{size}").set_value(1).run()
    assert not app.exception
    # 1·1 of the input, 0 of the state, bias 0.
    assert numbers(app, "witnesses_simple_rnn", "NumPy").tolist() == [[1]]


def test_the_first_example_comes_back_at_a_click():
    app = opened(PAGE, simple_rnn_kernel="9_9_9__9_9_9", simple_rnn_activation="relu")
    (button,) = [one for one in app.button if one.label == "The first example"]
    button.click().run()
    assert numbers(app, "bench_simple_rnn", "Kernel W").tolist() == [[1, 0, 2], [2, 1, 3]]
    assert app.session_state["simple_rnn_activation"] == "linear"


def test_the_link_holds_what_differs_from_the_first_example():
    app = opened(PAGE, simple_rnn_bias="1_2_3")
    (link,) = [one.value for one in app.code if "simple_rnn" in one.value]
    assert link.endswith("simple_rnn_bias=1_2_3")


def test_a_link_that_would_be_cut_off_is_refused_with_a_sentence():
    digits = "_".join(["1." + "0" * 57] * 4)
    long = {
        f"simple_rnn_{name}": "__".join([digits] * 4) for name in ("kernel", "recurrent_kernel")
    }
    app = opened(PAGE, **long)
    assert "beyond 2,000 many programs cut it off" in app.warning[0].value


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_what_the_rows_of_a_matrix_are_is_said_where_there_are_two(cell):
    app = opened(PAGE, hand_cell=cell)
    labels = {one["symbol"]: one["label"] for one in matrices(app)[f"bench_{cell}"]}
    assert labels["Bias b"] == ("b, below it d" if cell == "gru" else "")
    assert labels["First state"] == ("" if cell == "gru" else "h, below it c")


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_opens_with_its_blanks_empty_and_its_solution_hidden(level):
    app = opened(PAGE, part="Exercises", level=LEVELS[level].title, exercise="5")
    one = exercise(level, 5)
    blanks = [
        cell
        for key, line in matrices(app).items()
        if key.startswith("blanks_")
        for matrix in line
        for row in matrix["cells"]
        for cell in row
    ]
    assert blanks == [""] * len(one.blanks)
    assert f"**0 of {len(one.blanks)}** are right" in said(app)
    (solution,) = app.toggle
    solution.set_value(True).run()
    last = format_number(one.blanks[-1].answer)
    assert any(last in row for line in matrices(app).values() for m in line for row in m["cells"])


def test_hints_come_one_by_one_and_the_bench_takes_the_exercise_over():
    app = opened(PAGE, part="Exercises", level="First steps", exercise="7")
    press = {one.label: one for one in app.button}
    press["A hint"].click().run()
    (hinted,) = [one.value for one in app.markdown if ":material/lightbulb:" in one.value]
    assert "·" in hinted
    {one.label: one for one in app.button}["On the bench"].click().run()
    assert app.session_state["part"] == "Forward"
    kernel = exercise("first_steps", 7).bench.kernel
    assert numbers(app, "bench_simple_rnn", "Kernel W").tolist() == [list(row) for row in kernel]


def test_an_exercise_goes_forward_step_by_step_and_then_back():
    app = opened(PAGE, part="Exercises", level="The way back, two units")
    lines = [one.value.strip("*") for one in app.markdown if one.value.startswith("**")]
    forward_and_back = ["Step 1", "Step 2", "Back at step 2", "Back at step 1"]
    assert lines[:5] == [*forward_and_back, "All steps together"]
