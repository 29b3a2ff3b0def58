"""The sheet of a run, to print and hand in: one HTML document, with its curve drawn as SVG.

`run_sheet.html` is its Jinja template and `run_sheet.css` its style. It holds no script, fetches
nothing, and carries in its head what the lab reads of it again (`rnnlab/board/sheet_file.py`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rnnlab.board import Answer
from rnnlab.board.sheet_file import SheetFile
from rnnlab.bounds import Bounds, reached, verdict
from rnnlab.charts.loss_curve import loss_curve, row
from rnnlab.knobs import Value
from rnnlab.presets import preset_for
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Settings

WIDTH, HEIGHT = 680, 330
LEFT, RIGHT, TOP, BOTTOM = 56, 470, 14, 282
"""The plot's edges; at its right stand the names of the lines."""
LETTERS = 15
"""Pixels between the names of two lines, so that each can be read."""

HELD_OUT = 6
"""Where a row of the curve has the loss on data that are not learnt from, if it has it."""


class Curve(NamedTuple):
    """The picture in pixels: ticks and lines with their texts, and the paths."""

    across: list[tuple[float, str]]
    up: list[tuple[float, str]]
    titles: tuple[str, str]
    lines: list[tuple[float, float, str]]
    path: str
    band: str
    looks: list[tuple[float, float]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def run_sheet(
    settings: Settings,
    progress: Sequence[TrainingProgress],
    answer: Answer,
    link: str,
    *,
    exact: bool = True,
) -> str:
    """The sheet of a run that has done some updates; `link` opens its settings in the lab.

    `exact`: it is a whole run of just these settings, so that the link gives the same curve.
    """
    bounds, preset = Bounds.of(settings), preset_for(settings)
    sentence = verdict(bounds, settings, reached(progress))
    return _TEMPLATE.render(
        sheet=SheetFile(settings, progress[-1].step, answer),
        question=preset.question if preset is not None else settings.data.title,
        about=preset.setting if preset is not None else settings.data.sentence,
        guess=_guess(answer),
        verdict=sentence,
        curve=_curve(bounds, settings, progress),
        alt=f"The loss by update, to update {progress[-1].step:,}. {sentence}",
        learns_from=bounds.learns_from,
        judged_on=bounds.judged_on,
        settings=[
            (knob.label, _in_words(settings.values[name]))
            for name, knob in settings.open_knobs.items()
        ],
        link=link,
        exact=exact,
    )


def _in_words(value: Value) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _guess(answer: Answer) -> str:
    guesses = [f"It learns {answer.guess.lower()}."] if answer.guess else []
    if answer.guessed_loss is not None:
        guesses.append(f"The loss ends at {answer.guessed_loss:.4g}.")
    return " ".join(guesses)


def _curve(bounds: Bounds, settings: Settings, progress: Sequence[TrainingProgress]) -> Curve:
    frame = loss_curve(bounds, settings.updates_per_epoch, settings.epochs, log=not bounds.bits)
    across = _scale(frame["x"], LEFT, RIGHT, log=frame["x"]["log"])
    up = _scale(frame["y"], BOTTOM, TOP, log=frame["log"])
    rows: list[tuple[Any, ...]] = [row(report) for report in progress]

    def path(column: int, of: Sequence[tuple[Any, ...]]) -> str:
        return "L".join(f"{across(each[0])},{up(each[column])}" for each in of)

    band = f"M{path(3, rows)}L{path(2, rows[::-1])}Z" if settings.networks > 1 else ""
    return Curve(
        [(across(value), text) for value, text in frame["x"]["ticks"] if text],
        [(up(value), text) for value, text in frame["y"]["ticks"]],
        (frame["x"]["title"], frame["y"]["title"]),
        _names([(up(line["loss"]), line["label"]) for line in frame["lines"]]),
        f"M{path(1, rows)}",
        band,
        [(across(each[0]), up(each[HELD_OUT])) for each in rows if len(each) > HELD_OUT],
    )


def _scale(axis: dict[str, Any], first: int, last: int, *, log: bool) -> Callable[[float], float]:
    """From values to pixels; what lies beyond an end of the axis is drawn at that end."""
    low, high = axis["low"], axis["high"]

    def size(value: float) -> float:
        return math.log(value) if log else value

    def place(value: float) -> float:
        inside = min(max(value, low), high)
        share = (size(inside) - size(low)) / ((size(high) - size(low)) or 1.0)
        return round(first + (last - first) * share, 1)

    return place


def _names(lines: list[tuple[float, str]]) -> list[tuple[float, float, str]]:
    """Where each line lies, where its name stands, from the top, and the name."""
    placed, free = [], float(TOP)
    for y, text in sorted(lines):
        at = max(y, free)
        free = at + LETTERS
        placed.append((y, at, text))
    return placed


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
)
_TEMPLATE = _ENVIRONMENT.get_template("run_sheet.html")
