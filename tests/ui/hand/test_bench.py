"""The bench forward and backward: its numbers, its links, and whatever may be typed into it."""

from __future__ import annotations

from urllib.parse import parse_qs

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.compute import JobView
from rnnlab.handcheck.backward import KerasAnswer, backward
from rnnlab.handcheck.bench import ARTICLE, FIRST_BENCHES
from rnnlab.handcheck.forward import forward
from tests.pages.opened import opened, press, texts
from tests.ui.hand.page import ARTICLES, PAGE, matrices, matrix, numbers, open_part

COVERED = {key: text for key, text in ARTICLES.items() if key != "cover"}
OUTPUTS = [[7, 3, 12], [13, 27, 16], [48, 45, 54]]


def notes(app) -> list[str]:
    """The sentences that stand under matrices."""
    return [item["note"] for line in matrices(app).values() for item in line if item.get("note")]


def test_it_opens_where_tanh_squashes_and_the_articles_case_is_a_link_away():
    app = opened(PAGE, cover="off")
    outputs = numbers(app, "witnesses_simple_rnn", "NumPy")
    sums = numbers(app, "quantity_simple_rnn_a", "a_1")
    # 1·0.5 + 1·1 = 1.5 and 1·(-1) + 1·0.5 + 0.25 = -0.25.
    assert sums.tolist() == [[1.5, -0.25]]
    assert outputs[0] == pytest.approx(np.tanh(sums[0]), abs=1e-4)
    assert (np.abs(outputs) < 0.95).all()
    (link,) = app.get("page_link")
    assert parse_qs(link.proto.query_string) == {key: [text] for key, text in ARTICLES.items()}


def test_the_articles_case():
    app = opened(PAGE, **ARTICLES)
    assert numbers(app, "witnesses_simple_rnn", "NumPy").tolist() == OUTPUTS
    assert "1·1 + 3·2 = 7" in texts(app)
    assert "TensorFlow is calculating" in texts(app)


def test_the_second_step_begins_with_the_output_of_the_first():
    app = opened(PAGE, hand_step="2", hand_unit="3", **ARTICLES)
    assert matrix(app, "quantity_simple_rnn_a", "h_1")["cells"] == [["7", "3", "12"]]
    # [1, 1] times the third column of W, [7, 3, 12] times that of U, and 1.
    for line in ("1·2 + 1·3 = 5", "7·1 + 3·1 + 12·0 = 10", "5 + 10 + 1 = 16"):
        assert line in texts(app)


@pytest.mark.parametrize("cell", CELLS)
def test_every_cell_opens_with_its_equations_in_numbers(cell):
    app = opened(PAGE, hand_cell=cell, hand_step="2")
    for quantity in forward(FIRST_BENCHES[cell])[1].quantities:
        rows = [
            np.array(item["cells"], dtype=float)[0]
            for key, line in matrices(app).items()
            if key.startswith("quantity_")
            for item in line
            if item.get("symbol") == f"{quantity.symbol}_2"
        ]
        assert rows
        for row in rows:
            assert row == pytest.approx(quantity.value, rel=1e-3, abs=1e-4)


def test_an_lstm_hands_on_its_memory_too():
    app = opened(PAGE, hand_cell="lstm")
    (sentence,) = [text.value for text in app.markdown if "pink numbers" in text.value]
    assert "h = (" in sentence
    assert "c = (" in sentence


def test_keras_answers_about_the_very_numbers_on_the_bench_with_the_difference(store):
    def answer(bench):
        outputs = np.array([step.output for step in forward(bench)])
        outputs[0, 2] += 0.5
        keras = KerasAnswer(outputs, 10.0, backward(bench).gradients)
        return JobView("done", events=(keras,))

    store.answer = answer
    app = opened(PAGE, **(ARTICLES | {"simple_rnn_kernel": "5_0_2__2_1_3"}))
    work, bench = store.questions[-1]
    assert work == "rnnlab.keras_models.hand_check:keras_answer"
    assert bench.kernel == ((5, 0, 2), (2, 1, 3))
    assert numbers(app, "witnesses_simple_rnn", "Keras")[0].tolist() == [11, 3, 12.5]
    assert "largest difference 0.5" in texts(app)


def test_a_question_that_failed_is_asked_again_only_on_request(store):
    store.answer = lambda _: JobView("failed")
    app = opened(PAGE, **ARTICLES)
    n_questions = len(store.questions)
    app.run()
    assert "Keras: TensorFlow gave no answer." in texts(app)
    assert numbers(app, "witnesses_simple_rnn", "NumPy").tolist() == OUTPUTS
    assert len(store.questions) == n_questions
    press(app, "Ask again")
    assert len(store.questions) > n_questions


def test_a_students_numbers_belong_to_one_cell():
    app = opened(PAGE, {"simple_rnn_yours": (("7", "abc", "11"),)}, **ARTICLES)
    you = matrix(app, "witnesses_simple_rnn", "You")
    assert you["marks"][0] == ["right", "not-yet", "not-yet"]
    assert "1 of 9 are right" in texts(app)
    app.button_group(key="hand_cell").set_value("gru").run()
    you = matrix(app, "witnesses_gru", "You")
    assert {cell for row in you["cells"] for cell in row} == {""}


def test_the_witnesses_speak_once_every_number_is_said_or_one_asks():
    app = opened(PAGE, {"simple_rnn_yours": (("7", "3", "12"), ("13", "27"))}, **COVERED)
    assert "witnesses_simple_rnn" not in matrices(app)
    assert "5 of 9 are right" in texts(app)
    press(app, "Show the answer")
    assert numbers(app, "witnesses_simple_rnn", "NumPy").tolist() == OUTPUTS
    said = {"simple_rnn_yours": (("0",) * 3,) * 3}
    assert "witnesses_simple_rnn" in matrices(opened(PAGE, said, **COVERED))


def test_the_shares_of_all_steps_add_up_to_the_gradient():
    app = open_part("The way back", **ARTICLES)
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
    query = ARTICLES | {"simple_rnn_kernel": typed, "simple_rnn_target": "1_2_3"}
    app = opened(PAGE, {"simple_rnn_bench": ARTICLE}, **query)
    (note,) = notes(app)
    assert note.startswith(sentence)
    assert app.session_state["simple_rnn_kernel"] == typed
    assert app.session_state["simple_rnn_target"] == "1_2_3"
    assert "from before" in texts(app)
    assert numbers(app, "witnesses_simple_rnn", "NumPy").shape == (3, 3)
    app.text_area(key="simple_rnn_kernel").set_value("1_0_2__2_1_3").run()
    assert not notes(app)


def test_a_text_of_far_too_many_cells_does_not_become_as_many_fields():
    app = opened(PAGE, simple_rnn_kernel="_".join("1" * 500) + "__1" * 300)
    kernel = matrix(app, "bench_simple_rnn", "Kernel W")
    assert sum(map(len, kernel["cells"])) <= 6 * 16
    assert kernel["note"]


def size(app, name: str, number: int) -> None:
    """Choose a size of the bench."""
    app.number_input(key=f"hand_{name}").set_value(number).run()
    assert not app.exception


def test_sizes_grow_with_zeros_and_shrink_at_the_end():
    app = open_part("The way back", hand_cell="gru")
    size(app, "units", 3)
    kernel = FIRST_BENCHES["gru"].kernel
    # A new unit has zeros in each of the three gates, which lie side by side.
    grown = [[*row[:2], 0, *row[2:4], 0, *row[4:6], 0] for row in kernel]
    assert numbers(app, "bench_gru", "Kernel W").tolist() == grown
    assert not notes(app)
    size(app, "units", 2)
    assert numbers(app, "bench_gru", "Kernel W").tolist() == [list(row) for row in kernel]
    size(app, "timesteps", 6)
    assert numbers(app, "bench_gru", "Input x").shape == (6, 2)
    assert len(app.button_group(key="hand_step_back").options) == 6


@pytest.mark.parametrize("cell", CELLS)
def test_sizes_that_are_changed_back_bring_all_numbers_back(cell):
    app = opened(PAGE, hand_cell=cell)
    for name in ("units", "features", "timesteps"):
        size(app, name, 1)
    size(app, "timesteps", 3)
    size(app, "features", 2)
    size(app, "units", 2)
    assert app.session_state[f"{cell}_bench"] == FIRST_BENCHES[cell]


def test_what_a_smaller_size_hid_does_not_come_back_into_other_numbers():
    app = opened(PAGE, simple_rnn_kernel="7_7__7_7")
    size(app, "features", 1)
    press(app, "First example")
    size(app, "features", 3)
    assert app.session_state["simple_rnn_kernel"] == "0.5_-1__1_0.5__0_0"


def test_one_unit_one_feature_and_one_step_are_enough():
    app = opened(PAGE, **ARTICLES)
    for name in ("units", "features", "timesteps"):
        size(app, name, 1)
    # 1·1 of the input, 0 of the state, bias 0.
    assert numbers(app, "witnesses_simple_rnn", "NumPy").tolist() == [[1]]


def test_the_first_example_comes_back_at_a_click():
    app = opened(PAGE, simple_rnn_kernel="9_9__9_9", simple_rnn_activation="relu")
    press(app, "First example")
    assert numbers(app, "quantity_simple_rnn_a", "W").tolist() == [[0.5, -1], [1, 0.5]]
    assert app.session_state["simple_rnn_activation"] == "tanh"


def test_a_fraction_is_a_number_and_stays_as_it_was_written():
    app = opened(PAGE, simple_rnn_kernel="1/4_-1/2__1_0.5")
    assert matrix(app, "quantity_simple_rnn_a", "W")["cells"] == [["1/4", "-1/2"], ["1", "0.5"]]
    assert numbers(app, "quantity_simple_rnn_a", "a_1")[0].tolist() == [1.25, 0.25]


def test_a_pasted_text_becomes_as_short_as_links_have_it():
    app = opened(PAGE)
    app.text_area(key="simple_rnn_kernel").set_value("[[0.1 0.2]\n [0.3 0.4]]").run()
    assert app.session_state["simple_rnn_kernel"] == "0.1_0.2__0.3_0.4"
    assert app.session_state["simple_rnn_bench"].kernel == ((0.1, 0.2), (0.3, 0.4))


@pytest.mark.parametrize("cell", ["lstm", "gru"])
@pytest.mark.parametrize("t", [1, 3])
def test_the_way_back_through_gates_ends_with_what_goes_to_the_step_before(cell, t):
    app = open_part("The way back", hand_cell=cell, hand_step_back=str(t))
    results = {
        line[-1]["symbol"]: line[-1]["cells"]
        for key, line in matrices(app).items()
        if key.startswith(f"chain_{cell}_")
    }
    step = backward(FIRST_BENCHES[cell]).steps[3 - t]
    for symbol, gradient in step.previous_state_gradient.items():
        (row,) = np.array(results[f"∂L/∂{symbol}_{t - 1}"], dtype=float)
        assert row == pytest.approx(gradient, rel=1e-3, abs=1e-4)
    assert len(results) == {"lstm": 7, "gru": 5}[cell]


def test_the_link_holds_what_differs_from_the_first_example():
    app = opened(PAGE, simple_rnn_bias="1_2")
    (link,) = [code.value for code in app.code if "simple_rnn" in code.value]
    assert link.endswith("simple_rnn_bias=1_2")


def test_a_link_that_would_be_cut_off_is_refused_with_a_sentence():
    matrix_text = "__".join(["_".join(["1." + "0" * 57] * 4)] * 4)
    app = opened(PAGE, simple_rnn_kernel=matrix_text, simple_rnn_recurrent_kernel=matrix_text)
    assert "beyond 2,000 many programs cut it off" in app.warning[0].value


@pytest.mark.parametrize(
    ("cell", "bias", "state"), [("gru", "b, below it d", ""), ("lstm", "", "h, below it c")]
)
def test_two_rows_of_a_matrix_are_named(cell, bias, state):
    app = open_part("The way back", hand_cell=cell)
    assert matrix(app, f"bench_{cell}", "Bias b")["label"] == bias
    assert matrix(app, f"bench_{cell}", "First state")["label"] == state
