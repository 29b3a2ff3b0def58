"""What the README says is so: the commands, the numbers to expect, the pages, the picture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rnnlab.lessons import LESSONS
from rnnlab.presets import PRESETS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FIRST_SCREEN = 25  # lines

ABSOLUTE_PATH = re.compile(r"(?<![\w.:/<-])/\w[\w.-]*/|[A-Z]:\\|file:/")
REGISTRY = re.compile(r"pythonhosted|pypi\.org/simple|index-url|find-links|registry\.npm")


def code_blocks(text: str) -> list[str]:
    """What stands between each pair of ``` lines."""
    return [block.partition("\n")[2] for block in text.split("```")[1::2]]


def commands(text: str) -> list[str]:
    """The lines of code, without blank ones and comments."""
    lines = [
        line.partition(" #")[0].strip() for block in code_blocks(text) for line in block.split("\n")
    ]
    return [line for line in lines if line and not line.startswith("#")]


def tables(text: str) -> list[list[list[str]]]:
    """The cells of every row of every table, without heads."""
    found = re.findall(r"(?:^\|.*\|\n)+", text, flags=re.MULTILINE)
    return [
        [
            [cell.strip() for cell in row.strip("|").split("|")]
            for row in table.strip().split("\n")[2:]
        ]
        for table in found
    ]


def pictured() -> set[Path]:
    """Every path in the picture of the house: the code block whose lines begin with rnnlab/..."""
    picture = next((block for block in code_blocks(README) if block.startswith("rnnlab/")), "")
    return {Path(path) for path in re.findall(r"^[\w.][\w./]*", picture, flags=re.MULTILINE)}


def test_the_first_screen_shows_how_to_start_and_how_to_check():
    first_screen = "\n".join(README.split("\n")[:FIRST_SCREEN])
    assert first_screen.count("```") % 2 == 0, "a code block crosses the end of the first screen"
    start, check = commands(first_screen)
    assert "pip install -r requirements.txt" in start
    assert start.endswith("streamlit run app.py")
    assert check == (ROOT / ".ci" / "run").read_text(encoding="utf-8").strip().split("\n")[-1]


@pytest.mark.parametrize("name", PRESETS)
def test_the_questions_stand_there_with_the_numbers_one_should_see(name):
    preset = PRESETS[name]
    rows = [row for table in tables(README) for row in table if row[0] == f"`{name}`"]
    assert len(rows) == 1, f"one row must begin with | `{name}` |"
    bounds = [preset.loss, preset.accuracy] if preset.accuracy else [preset.loss]
    ranges = [f"{low} to {high}" for low, high in bounds]
    step = preset.next_step
    then = f"{step.title(preset.settings)}: {step.loss[0]} to {step.loss[1]}"
    for wanted in (preset.question, *ranges, str(preset.measured), then):
        cells = [cell for cell in rows[0] if re.match(re.escape(wanted) + r"(?![\w.])", cell)]
        assert cells, f"the row of `{name}` must have a cell that begins with: {wanted}"


def test_the_questions_are_in_the_order_of_the_syllabus_and_there_are_no_others():
    asked = [[row[0].strip("`") for row in table] for table in tables(README)]
    assert list(PRESETS) in asked


def test_every_page_that_it_names_is_there():
    named = re.findall(r"`(pages/\w+\.py)`", README)
    assert len(named) == len(set(named)) > 0
    assert all((ROOT / page).exists() for page in named)


def test_the_picture_shows_every_room_of_the_house():
    rooms = {
        path.relative_to(ROOT)
        for path in (ROOT / "rnnlab").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    missing = rooms - pictured() - {Path("rnnlab/__init__.py")}
    assert not missing, "add them to the picture of the house in the README"


def test_the_picture_shows_every_room_of_the_pages():
    folders = {folder.parent.name for folder in (ROOT / "rnnlab" / "ui").glob("*/__init__.py")}
    assert folders == {*re.findall(r"\bui/(\w+)/[ ,]", README)}


def test_the_picture_shows_nothing_that_is_not_there():
    assert pictured(), "the README needs a code block whose first line begins with rnnlab/"
    ghosts = [str(path) for path in pictured() if not (ROOT / path).exists()]
    assert not ghosts, "they are in the README's picture of the house, but not in the house"


@pytest.mark.parametrize(
    "file", ["README.md", "requirements.txt", "tests/requirements.txt", "pyproject.toml", ".ci/run"]
)
def test_nothing_speaks_of_one_machine(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert not ABSOLUTE_PATH.findall(text)
    assert not REGISTRY.findall(text)


def test_the_lessons_stand_there_with_their_steps_and_minutes():
    told = [
        [
            f"`lesson={lesson.name}`",
            lesson.title,
            f"{len(lesson.steps)}, {lesson.minutes}",
            f"`{lesson.article}`",
        ]
        for lesson in LESSONS.values()
    ]
    assert told in tables(README)
