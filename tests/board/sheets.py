"""Sheets of runs as a student downloads them."""

from __future__ import annotations

from rnnlab.board import Answer
from rnnlab.charts.run_sheet import run_sheet
from rnnlab.presets import PRESETS
from rnnlab.settings import Settings
from tests.charts.runs import points

LINK = "https://lab.example/training?rule=pair&units=6"


def sheet_of(settings: Settings, *losses: float, sentence: str = "", guess: str = "A part") -> str:
    """The sheet of a run that has reported these losses."""
    answer = Answer.of(settings, losses[-1], guess, 0.5, sentence)
    return run_sheet(settings, points(settings, *losses), answer, LINK)


def of_pair(sentence: str = "It saw both flips.") -> str:
    return sheet_of(PRESETS["pair"].settings, 0.69, 0.5, 0.3471, sentence=sentence)
