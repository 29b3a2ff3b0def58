"""The sheet: a box for every blank, and on pages of its own a key that is right."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest

from rnnlab.errors import SettingError
from rnnlab.handcheck.exercises import exercise
from rnnlab.handcheck.forward import format_number
from rnnlab.handcheck.levels import LEVELS
from rnnlab.handcheck.sheet import sheet

FIRST, HOW_MANY = 4, 3
VOID = {"meta"}
EVERY_LEVEL = pytest.mark.parametrize("name", LEVELS)


class Reader(HTMLParser):
    """Boxes and answers by (exercise, blank), the tags, and whether every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: set[str] = set()
        self.boxes: list[tuple[str, str]] = []
        self.answers: dict[tuple[str, str], str] = {}
        self.links: list[str] = []
        self.texts: dict[str, str] = {}

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.add(tag)
        self.links += [name for name in attributes if name in ("src", "href", "srcset", "action")]
        self.links += [name for name in attributes if name.startswith("on")]
        if tag not in VOID:
            self.open.append((tag, attributes))
        if attributes.get("class") == "box":
            assert not self.inside("key")
            self.boxes.append((self.exercise(), attributes["data-blank"]))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        tag, given = self.open[-1] if self.open else ("", {})
        self.texts[tag] = self.texts.get(tag, "") + data
        if given.get("class") == "result" and "data-blank" in given:
            assert self.inside("key")
            self.answers[self.exercise(), given["data-blank"]] = data
        if self.open and given.get("class") == "box":
            raise AssertionError(f"The box is not empty: {data!r}")

    def inside(self, section: str) -> bool:
        return any(given.get("class") == section for _, given in self.open)

    def exercise(self) -> str:
        return next(given["data-exercise"] for _, given in self.open if "data-exercise" in given)


@cache
def read(name: str, seed: int = FIRST, how_many: int = HOW_MANY, link: str | None = None) -> Reader:
    reader = Reader()
    reader.feed(sheet(name, seed, how_many, link))
    reader.close()
    assert not reader.open
    return reader


@EVERY_LEVEL
def test_every_blank_has_one_empty_box_and_its_answer_in_the_key(name):
    expected = {
        (str(seed), blank.key): format_number(blank.answer).replace("-", "−")
        for seed in range(FIRST, FIRST + HOW_MANY)
        for blank in exercise(name, seed).blanks
    }
    assert read(name).answers == expected
    assert sorted(read(name).boxes) == sorted(expected)


def test_the_key_begins_a_new_page_and_no_exercise_is_broken_by_one():
    style = read("lstm").texts["style"]
    assert re.search(r"\.key \{[^}]*break-before: page", style)
    assert re.search(r"\.exercise, \.solution \{[^}]*break-inside: avoid", style)
    assert "counter(page)" in style
    page = sheet("lstm", 1, 2)
    assert page.index('class="key"') > page.rindex('class="box"')


def test_it_needs_nothing_from_outside_and_runs_nothing():
    reader, page = read("lstm"), sheet("lstm", 1, 2)
    assert not reader.tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert not reader.links
    assert not re.search(r"https?:|url\(|@import|//", page)


def test_a_link_is_printed_as_text_and_what_is_in_it_is_escaped():
    link = 'https://lab.example/?level=tanh&seed=3"><script>alert(1)</script>'
    page = sheet("tanh", 3, 1, link)
    assert "<script" not in page
    assert link in read("tanh", 3, 1, link).texts["p"]


def test_the_key_of_a_hand_calculated_exercise_shows_its_parts():
    # first_steps, seed 7: h_2 = x_2 W + h_1 U + b = [-2 -2] + [1 -1] + [0 1] = [-1 -2].
    page = sheet("first_steps", 7, 1)
    line = page[page.rindex('class="line"') :]
    assert re.findall(r">(−?\d+)</", line) == ["2", "−2", "−2", "1", "−1", "0", "1", "−1", "−2"]


def test_formulas_are_written_in_plain_html():
    page = sheet("gru", 1, 1)
    assert "<i>h</i><sub>t−1</sub> <i>U</i><sub>r</sub>" in page
    assert "(1 − <i>z</i><sub>t</sub>) ⊙ <i>n</i><sub>t</sub>" in page
    assert "\\" not in page
    assert "max(0, <i>a</i><sub>t</sub>)" in sheet("relu", 1, 1)
    assert "d<i>L</i>/d<i>U</i>" in sheet("back", 1, 1)
    given = sheet("lstm", 7, 1).partition('class="step"')[0]
    assert "<i>h</i><sub>0</sub> =" in given
    assert "<i>c</i><sub>0</sub> =" in given


def test_exercises_have_the_numbers_that_they_have_on_the_page():
    texts = read("article", 7, 3, "https://lab.example/").texts
    assert texts["h2"] == "Exercise 7Exercise 8Exercise 9" * 2  # on the sheet, in the key
    assert ", exercises 7 to 9." in texts["p"]
    assert "opens exercise 7; for another one, change" in texts["p"]
    assert ", exercise 7." in read("article", 7, 1).texts["p"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("tanh", 1, 0), "1 to 30 exercises, but 0 "),
        (("tanh", 1, 31), "1 to 30 exercises, but 31 "),
        (("nowhere", 1, 1), "no level called"),
        (("tanh", 999_990, 30), "999,999"),
    ],
)
def test_a_sheet_that_cannot_be_had_is_refused(arguments, sentence):
    with pytest.raises(SettingError, match=sentence):
        sheet(*arguments)
    assert len(read("first_steps", 1, 30).boxes) == 30 * 4


def test_it_is_the_same_every_time_and_black_on_white_on_paper():
    assert sheet("lstm", 1, 3) == sheet("lstm", 1, 3)
    style = read("lstm").texts["style"]
    assert set(re.findall(r"#[0-9a-f]{3,6}", style)) == {"#000", "#fff", "#eee", "#111"}
    on_paper = style[style.index("@media print") :]
    assert "color: #000; background: #fff" in on_paper
    assert "prefers-color-scheme: dark" in style
