"""The bench forward and backward: its numbers, its links, and whatever may be typed into it."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.compute import JobView
from rnnlab.handcheck.backward import KerasAnswer, backward
from rnnlab.handcheck.bench import FIRST_BENCHES
from rnnlab.handcheck.forward import forward
from tests.pages.opened import opened, press, texts
from tests.ui.hand.page import PAGE, matrices, matrix, numbers, open_part

OUTPUTS = [[7, 3, 12], [13, 27, 16], [48, 45, 54]]


def notes(app) -> list[str]:
    """The sentences that stand under matrices."""
    return [item["note"] for line in matrices(app).values() for item in line if item.get("note")]


def test_the_articles_case_stands_there_on_opening():
    app = opened(PAGE)
    assert numbers(app, "witnesses_simple_rnn", "NumPy").tolist() == OUTPUTS
    assert "1·1 + 3·2 = 7" in texts(app)
    assert "TensorFlow is calculating" in texts(app)


def test_the_second_step_begins_with_the_output_of_the_first():
    app = opened(PAGE, hand_step="2", hand_unit="3")
    assert matrix(app, "quantity_simple_rnn_a", "h_1")["cells"] == [["7", "3", "12"]]
    # [1, 1] times the third column of W, [7, 3, 12] times that of U, and 1.
    for line in ("1·2 + 1·3 = 5", "7·1 + 3·1 + 12·0 = 10", "5 + 10 + 1 = 16"):
        assert line in texts(app)


@pytest.mark.parametrize("cell", CELLS)
def test_every_cell_opens_with_its_equations_in_numbers(cell):
    app = opened(PAGE, hand_cell=cell, hand_step="2")
    for quantity in forward(FIRST_BENCHES[cell])[1].quantities:
        row = numbers(app, f"quantity_{cell}_{quantity.symbol}", f"{quantity.symbol}_2")[0]
        assert row == pytest.approx(quantity.value, rel=1e-3, abs=1e-4)


def test_an_lstm_hands_on_its_memory_too():
    app = opened(PAGE, hand_cell="lstm")
    (caption,) = [text.value for text in app.caption if "green numbers" in text.value]
    assert "h = (" in caption
    assert "c = (" in caption


def test_keras_answers_about_the_very_numbers_on_the_bench_with_the_difference(store):
    def answer(bench):
        outputs = np.array([step.output for step in forward(bench)])
        outputs[0, 2] += 0.5
        keras = KerasAnswer(outputs, 10.0, backward(bench).gradients)
        return JobView("done", events=(keras,))

    store.answer = answer
    app = opened(PAGE, simple_rnn_kernel="5_0_2__2_1_3")
    work, bench = store.questions[-1]
    assert work == "rnnlab.keras_models.hand_check:keras_answer"
    assert bench.kernel == ((5, 0, 2), (2, 1, 3))
    assert numbers(app, "witnesses_simple_rnn", "Keras")[0].tolist() == [11, 3, 12.5]
    assert "largest difference 0.5" in texts(app)


def test_a_question_that_failed_is_asked_again_only_on_request(store):
    store.answer = lambda _: JobView("failed")
    app = opened(PAGE)
    n_questions = len(store.questions)
    app.run()
    assert "Keras: TensorFlow gave no answer." in texts(app)
    assert numbers(app, "witnesses_simple_rnn", "NumPy").tolist() == OUTPUTS
    assert len(store.questions) == n_questions
    press(app, "Ask again")
    assert len(store.questions) > n_questions


def test_a_students_numbers_belong_to_one_cell():
    app = opened(PAGE, {"simple_rnn_yours": (("7", "abc", "11"),)})
    you = matrix(app, "witnesses_simple_rnn", "You")
    assert you["marks"][0] == ["right", "not-yet", "not-yet"]
    assert "1 of 9 are right" in texts(app)
    app.button_group(key="hand_cell").set_value("gru").run()
    you = matrix(app, "witnesses_gru", "You")
    assert {cell for row in you["cells"] for cell in row} == {""}


def test_the_shares_of_all_steps_add_up_to_the_gradient():
    app = open_part("The way back")
    key = "back_sum_simple_rnn_recurrent_kernel"
    shares = [numbers(app, key, f"step {t}") for t in (1, 2, 3)]
    assert sum(shares).tolist() == numbers(app, key, "∂L/∂U").tolist()
    # At the end the error is (-2, 0, 4), and h_2 is (13, 27, 16): the outer product of the two.
    assert shares[2].tolist() == [[-26, 0, 52], [-54, 0, 108], [-32, 0, 64]]
    assert "= **10**" in texts(app)  # half of 4 + 0 + 16


@pytest.mark.parametrize("cell", CELLS)
def test_gradients_and_finite_differences_stand_beside_each_other_for_every_cell(cell):
    app = open_part("The way back", hand_cell=cell)
    gradient = backward(FIRST_BENCHES[cell]).gradients["kernel"]
    for source in ("NumPy", "Finite differences"):
        values = numbers(app, f"witness_{cell}_kernel", source)
        assert values == pytest.approx(gradient, rel=1e-3, abs=1e-4)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1_abc_2__2_1_3", "Kernel W, row 1, column 2 says “abc”, which is no number."),
        ("1_0__2_1", "Recurrent kernel U must have 2 rows of 2 numbers"),
        ("<script>alert(1)</script>_0_2__2_1_3", "Kernel W, row 1, column 1 says “<script>"),
    ],
)
def test_a_bad_matrix_gets_one_sentence_and_loses_nothing(typed, sentence):
    app = opened(PAGE, simple_rnn_kernel=typed, simple_rnn_target="1_2_3")
    (note,) = notes(app)
    assert note.startswith(sentence)
    assert app.session_state["simple_rnn_kernel"] == typed
    assert app.session_state["simple_rnn_target"] == "1_2_3"
    assert "from before" in texts(app)
    assert numbers(app, "witnesses_simple_rnn", "NumPy").shape == (3, 3)
    app.text_input(key="simple_rnn_kernel").set_value("1_0_2__2_1_3").run()
    assert not notes(app)


def test_a_text_of_far_too_many_cells_does_not_become_as_many_fields():
    app = opened(PAGE, simple_rnn_kernel="_".join("1" * 500) + "__1" * 300)
    kernel = matrix(app, "bench_simple_rnn", "Kernel W")
    assert sum(map(len, kernel["cells"])) <= 6 * 16
    assert kernel["note"]


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
    press(app, "The first example")
    assert numbers(app, "bench_simple_rnn", "Kernel W").tolist() == [[1, 0, 2], [2, 1, 3]]
    assert app.session_state["simple_rnn_activation"] == "linear"


def test_the_link_holds_what_differs_from_the_first_example():
    app = opened(PAGE, simple_rnn_bias="1_2_3")
    (link,) = [code.value for code in app.code if "simple_rnn" in code.value]
    assert link.endswith("simple_rnn_bias=1_2_3")


def test_a_link_that_would_be_cut_off_is_refused_with_a_sentence():
    matrix_text = "__".join(["_".join(["1." + "0" * 57] * 4)] * 4)
    app = opened(PAGE, simple_rnn_kernel=matrix_text, simple_rnn_recurrent_kernel=matrix_text)
    assert "beyond 2,000 many programs cut it off" in app.warning[0].value


@pytest.mark.parametrize(
    ("cell", "bias", "state"), [("gru", "b, below it d", ""), ("lstm", "", "h, below it c")]
)
def test_two_rows_of_a_matrix_are_named(cell, bias, state):
    app = opened(PAGE, hand_cell=cell)
    assert matrix(app, f"bench_{cell}", "Bias b")["label"] == bias
    assert matrix(app, f"bench_{cell}", "First state")["label"] == state
