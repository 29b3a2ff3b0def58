"""Exercises on the page: blanks, hints, solution, and the way to the bench."""

from __future__ import annotations

import pytest

from rnnlab.handcheck.exercises import exercise
from rnnlab.handcheck.forward import format_number
from rnnlab.handcheck.levels import LEVELS
from tests.pages.opened import press, texts
from tests.ui.hand.page import matrices, numbers, open_part


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_opens_with_its_blanks_empty_and_its_solution_hidden(level):
    app = open_part("Exercises", level=LEVELS[level].title, exercise="5")
    drawn = exercise(level, 5)
    cells = [
        cell
        for key, line in matrices(app).items()
        if key.startswith("blanks_")
        for item in line
        for row in item["cells"]
        for cell in row
    ]
    assert cells == [""] * len(drawn.blanks)
    assert f"**0 of {len(drawn.blanks)}** are right" in texts(app)
    press(app, "Show the answer")
    last = format_number(drawn.blanks[-1].answer)
    rows = [row for line in matrices(app).values() for item in line for row in item["cells"]]
    assert any(last in row for row in rows)


def test_hints_come_one_by_one_and_the_bench_takes_the_exercise_over():
    app = open_part("Exercises", level="First steps", exercise="7")
    press(app, "A hint")
    (hint,) = [text.value for text in app.markdown if ":material/lightbulb:" in text.value]
    assert "·" in hint
    press(app, "On the bench")
    assert app.session_state["part"] == "Forward"
    kernel = exercise("first_steps", 7).bench.kernel
    assert numbers(app, "quantity_simple_rnn_a", "W").tolist() == [list(row) for row in kernel]


def test_an_exercise_goes_forward_step_by_step_and_then_back():
    app = open_part("Exercises", level="The way back, two units")
    lines = [text.value.strip("*") for text in app.markdown if text.value.startswith("**")]
    steps = ["Step 1", "Step 2", "Back at step 2", "Back at step 1", "All steps together"]
    assert lines[:5] == steps
