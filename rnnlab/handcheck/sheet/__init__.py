"""A sheet of exercises to print and hand out, with its answer key: one HTML document."""

from __future__ import annotations

from html import escape

from rnnlab.errors import SettingError
from rnnlab.handcheck.exercises import Exercise, exercise
from rnnlab.handcheck.levels import Level
from rnnlab.handcheck.levels import level as level_called
from rnnlab.handcheck.marking import TOLERANCE_SENTENCE
from rnnlab.handcheck.sheet.fill_in import exercise_to_fill_in
from rnnlab.handcheck.sheet.key import answer_key
from rnnlab.handcheck.sheet.style import STYLE

TITLE = "RNN Lab · hand calculation"
MOST_EXERCISES = 30


def sheet(level: str, first_seed: int, how_many: int, link: str | None = None) -> str:
    """Exercises with seeds from `first_seed` on, to be printed on A4; the key on its own pages.

    `link` is printed on the sheet as text: where the answers to the first one can be checked. A
    `SettingError` names a level, a seed or a number of exercises (1 to 30) that cannot be had.
    """
    of = level_called(level)
    if not 1 <= how_many <= MOST_EXERCISES:
        raise SettingError(
            f"A sheet has 1 to {MOST_EXERCISES} exercises, but {how_many} were asked for."
        )
    drawn = [exercise(of.name, first_seed + i) for i in range(how_many)]
    exercises = "".join(map(exercise_to_fill_in, drawn))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{TITLE}: {escape(of.title)}</title><style>{STYLE}</style></head>\n<body>"
        f"<header>{_head(of, drawn, link)}</header>\n<main>{exercises}</main>\n"
        f"{answer_key(of, drawn)}</body></html>\n"
    )


def _head(of: Level, drawn: list[Exercise], link: str | None) -> str:
    check = f'<p class="note link">{_where_to_check(drawn, link)}</p>' if link else ""
    return (
        f"<h1>{TITLE}</h1><p><b>{escape(of.title)}.</b> {escape(of.sentence)}</p>"
        f'<p class="note">{escape(TOLERANCE_SENTENCE)}</p>{check}'
        '<p class="who"><span>Name</span><span>Date</span></p>'
    )


def _where_to_check(drawn: list[Exercise], link: str) -> str:
    if len(drawn) == 1:
        return f"Check your numbers: {escape(link)}"
    return (
        f"Check your numbers. This link opens exercise {drawn[0].seed}; for another one, change "
        f"“Exercise number” there: {escape(link)}"
    )
