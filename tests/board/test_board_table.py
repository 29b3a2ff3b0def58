"""The board as a file: what its teacher may see, and nothing that a spreadsheet calculates."""

from __future__ import annotations

import csv
import io

import pytest

from rnnlab.board import FEWEST, STAGES, Answer, MemoryBoards, Question
from rnnlab.charts.board_table import COLUMNS, board_csv
from tests.board.made import answer, asked, step


@pytest.fixture
def boards():
    return MemoryBoards()


def rows_of(boards, secret):
    text = board_csv(boards.seen_by_teacher(secret)).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert tuple(head) == COLUMNS
    return rows


def said(rows, question):
    return {(row[4], row[5]): row[6] for row in rows if row[0] == question.title}


def test_a_board_becomes_a_row_for_each_thing_that_can_be_said(boards):
    keys = boards.open("teacher")
    boards.show(keys.secret, STAGES[2])
    for number in range(FEWEST):
        boards.hand_in(keys.code, f"{number}", answer(0.35))
        guess = step(1).options[number % 2]
        boards.hand_in(keys.code, f"{number}", Answer(step(1), guess=guess, before=number > 0))
    boards.hand_in(keys.code, "one more", answer(name="echo", sentence="Why not"))
    rows = rows_of(boards, keys.secret)
    of_run, of_step = said(rows, asked()), said(rows, step(1))
    assert of_run["guessed", "A part"] == of_run["came of it", "All there is"] == "5"
    assert of_run["loss", "0.35"] == of_run["guessed loss", "0.5"] == "5"
    assert (of_step["guessed", "1 step"], of_step["guessed", "3 steps"]) == ("3", "2")
    assert of_step["right", "3 steps"] == "2"
    assert of_step["guessed before the result", ""] == "4"
    assert of_step["guessed after the result", ""] == "1"
    assert said(rows, asked("echo")) == {("answers", ""): "1"}
    assert rows[-1][4:] == ["written", "Why not", "1"]
    assert {row[1:3] == ["echo", "1"] for row in rows if row[0] == step(1).title} == {True}


def test_a_spreadsheet_calculates_nothing_of_what_somebody_typed(boards):
    keys = boards.open("teacher")
    boards.show(keys.secret, STAGES[2])
    typed = Question("=1+1", ("+1", "@x"), "+1", typed=True)
    for number in range(FEWEST):
        boards.hand_in(keys.code, f"{number}", Answer(typed, guess="@x", sentence="-2"))
    cells = [cell for row in rows_of(boards, keys.secret) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert {"'=1+1", "'+1", "'@x", "'-2"} <= {*cells}
