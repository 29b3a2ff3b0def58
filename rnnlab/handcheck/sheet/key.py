"""The answer key of a sheet: every answer, and the parts that it is the sum of."""

from __future__ import annotations

from html import escape

from rnnlab.handcheck.exercises import Blank, Exercise
from rnnlab.handcheck.forward import in_product
from rnnlab.handcheck.levels import Level
from rnnlab.handcheck.sheet.fill_in import formulas, groups, in_rows, true_minus, written
from rnnlab.handcheck.sheet.markup import FINISHES, matrix, name
from rnnlab.handcheck.working import Part, Working, working


def answer_key(of: Level, drawn: list[Exercise]) -> str:
    """The key to the exercises in their order, as HTML that begins a page."""
    lines = "".join(f"<span>{each}</span>" for each in formulas(of))
    solutions = "".join(_solution(each) for each in drawn)
    return (
        f'<section class="key"><h1>Answer key</h1><p><b>{escape(of.title)}</b>, '
        f"{_numbers(drawn)}. Answers are bold, "
        f'before them what they are made of.</p><div class="row formulas">{lines}</div>'
        f'<div class="solutions">{solutions}</div></section>\n'
    )


def _numbers(drawn: list[Exercise]) -> str:
    if len(drawn) == 1:
        return f"exercise {drawn[0].seed}"
    return f"exercises {drawn[0].seed} to {drawn[-1].seed}"


def _solution(drawn: Exercise) -> str:
    lines = "".join(_line(drawn, group) for group in groups(drawn))
    return (
        f'<section class="solution" data-exercise="{drawn.seed}">'
        f"<h2>Exercise {drawn.seed}</h2>{lines}</section>\n"
    )


def _line(drawn: Exercise, group: list[Blank]) -> str:
    """One vector or matrix: its parts, each as large as itself, and what they come to."""
    rows = in_rows(group)
    works = [
        [working(drawn.bench, blank.place, drawn.truth.__getitem__) for blank in row]
        for row in rows
    ]
    answers = [
        [f'<b class="result" data-blank="{blank.key}">{written(blank.answer)}</b>' for blank in row]
        for row in rows
    ]
    label = name(group[0].place.vector)
    return f'<div class="line"><span>{label} =</span>{_made_of(works)}{matrix(answers)}</div>'


def _made_of(works: list[list[Working]]) -> str:
    """What stands between a name and its numbers: the parts, and an equals sign after them."""
    first = works[0][0]
    alone = len(works) == len(works[0]) == 1
    if len(first.parts) == 1 and not first.finish and not alone:
        return ""
    parts = [
        _spelled(part)
        if alone
        else matrix([[written(work.parts[place].value) for work in row] for row in works])
        for place, part in enumerate(first.parts)
    ]
    opens, closes = FINISHES[first.finish]
    return f"<span>{opens}{' + '.join(parts)}{closes} =</span>"


def _spelled(part: Part) -> str:
    if part.plain:
        return true_minus(in_product(part.value))
    pairs = (f"{in_product(left)}·{in_product(right)}" for left, right in part.pairs)
    return true_minus(" + ".join(pairs))
