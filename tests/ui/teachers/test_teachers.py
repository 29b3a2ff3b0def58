"""The teachers' page: every link shows what is said of it, and the numbers are the README's."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from rnnlab.handcheck.levels import LEVELS
from rnnlab.handcheck.sheet import sheet_of_all
from rnnlab.presets import PRESETS
from rnnlab.sentiment.model import shipped
from rnnlab.sentiment.verdicts import in_words, probabilities
from rnnlab.ui.sentiment import text_box
from rnnlab.ui.teachers.misconceptions import IRONIC, MISCONCEPTIONS
from rnnlab.ui.teachers.order import STEPS
from rnnlab.ui.teachers.place import PageLink
from rnnlab.ui.teachers.thirty import MEASURED, STUDENTS
from tests.pages.opened import opened, opened_once, settings_on
from tests.test_readme import README, tables

PLACES = [said.place for said in (*STEPS, *MISCONCEPTIONS)]
QUESTIONS = [place for place in PLACES if "preset" in place.query]
OTHERS = [place for place in PLACES if "preset" not in place.query]
KEYS = {"text": text_box.KEY}  # where the session keeps what the address calls otherwise
LESSON = 45  # minutes


def label_of(place: PageLink) -> str:
    return place.label


@pytest.mark.parametrize("place", QUESTIONS, ids=label_of)
def test_the_link_to_a_question_opens_that_question(place: PageLink) -> None:
    app = opened(f"pages/{place.page}.py", **place.query)
    assert not app.warning
    assert app.title[0].value == place.label
    assert settings_on(app) == PRESETS[place.query["preset"]].settings


@pytest.mark.parametrize("place", OTHERS, ids=label_of)
def test_any_other_link_opens_its_page_as_it_says(place: PageLink) -> None:
    app = opened(f"pages/{place.page}.py", **place.query)
    assert not app.warning
    assert app.title[0].value
    shown = {key: str(app.session_state[KEYS.get(key, key)]) for key in place.query}
    assert shown == place.query


def test_the_question_with_thirty_units_is_that_question_with_thirty_units() -> None:
    (place,) = [place for place in PLACES if place.query.get("units") == "30"]
    opened_with = settings_on(opened("pages/training.py", **place.query))
    question = PRESETS["pair-too-late"].settings
    assert opened_with.values == {**question.values, "units": 30}


def test_what_is_meant_ironically_the_best_model_takes_as_meant() -> None:
    model = shipped("best")
    words = IRONIC.split()
    so_far = [" ".join(words[:n]) for n in range(1, len(words) + 1)]
    verdicts = [in_words(p) for p in probabilities(model, so_far)]
    great = words.index("great")
    assert verdicts[great - 1] == "neither"
    assert set(verdicts[great:]) == {"clearly positive"}


def test_the_steps_follow_each_other_and_fit_into_the_lesson() -> None:
    minutes = [step.minute for step in STEPS]
    assert minutes == sorted(set(minutes))
    assert minutes[0] == 0
    assert minutes[-1] < LESSON


def test_the_numbers_of_a_class_are_those_of_the_readme() -> None:
    (head,) = {line for line in README.split("\n") if line.startswith("| students | 1 |")}
    assert [cell.strip() for cell in head.strip("|").split("|")] == ["students", *STUDENTS]
    rows = {row[0]: tuple(row[1:]) for table in tables(README) for row in table if len(row) == 5}
    assert {name: rows[name] for name in MEASURED} == MEASURED


def test_the_page_links_every_step_and_every_answer() -> None:
    for title, places in (("Forty-five minutes", STEPS), ("What students say", MISCONCEPTIONS)):
        app = opened_once("pages/teachers.py", teach=title)
        assert len(links_of(app)) == len(places)


def test_a_sheet_of_all_levels_has_each_level_once_and_its_key_at_the_end() -> None:
    page = sheet_of_all(3, 2, lambda level: f"link to {level.name}")
    sheets, keys = page[: page.index('class="key"')], page[page.index('class="key"') :]
    for level in LEVELS.values():
        assert sheets.count(f"<b>{level.title.replace(chr(39), '&#39;')}.</b>") == 1
        assert keys.count(f"<b>{level.title.replace(chr(39), '&#39;')}</b>,") == 1
        assert f"link to {level.name}" in sheets
    assert sheets.count('class="exercise"') == keys.count('class="solution"') == 2 * len(LEVELS)
    assert 'class="box"' not in keys


def links_of(app: AppTest) -> list[object]:
    """Every link of a page to another one."""
    return list(app.get("page_link"))
