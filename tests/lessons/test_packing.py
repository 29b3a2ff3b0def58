"""A teacher's own lesson in a link: what is packed comes back, and nothing else is read."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.lessons import HIDEABLE, PAGES, Step, lesson_of, pack
from rnnlab.lessons.packing import BEGINNING, MOST_BYTES, MOST_PACKED, unpack

PRINTABLE = st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "))
NAMES = PRINTABLE.map(lambda text: f"_{text}"[:60])
STEPS = st.builds(
    Step,
    title=PRINTABLE.map(lambda text: text[:60]),
    question=PRINTABLE.map(lambda text: text[:150]),
    task=PRINTABLE.map(lambda text: text[:400]),
    page=st.sampled_from(list(PAGES)),
    minutes=st.integers(1, 90),
    opens=st.dictionaries(NAMES, PRINTABLE.map(lambda text: text[:600]), max_size=5),
    turn=st.lists(NAMES, max_size=5).map(tuple),
    hides=st.lists(st.sampled_from(list(HIDEABLE)), max_size=3).map(tuple),
)
OPTIONS = st.lists(NAMES.map(lambda text: text[:40]), min_size=2, max_size=4, unique=True)
PARTS = ["Try", "Will it?", "Guess.", "training", 5, {"lag": "3"}, ["units"], ["strip"]]


def packed(value: object) -> str:
    data = zlib.compress(json.dumps(value).encode())
    return BEGINNING + base64.urlsafe_b64encode(data).decode().rstrip("=")


def refusal(word: str) -> str:
    """What a visitor is told of this word; "" if it is a lesson."""
    try:
        lesson_of(word)
    except SettingError as error:
        return str(error)
    return ""


@given(STEPS)
def test_what_is_packed_comes_back(step):
    lesson = lesson_of(pack(step))
    assert lesson.steps == (step,)
    assert lesson.name == pack(step)


@given(STEPS, OPTIONS, st.data())
def test_a_guess_among_options_comes_back_with_what_is_right(step, options, data):
    right = data.draw(st.sampled_from(["", *options]))
    asked = replace(step, options=tuple(options), right=right)
    assert lesson_of(pack(asked)).steps == (asked,)


def test_a_link_from_before_there_were_options_still_opens():
    step = lesson_of(packed(PARTS)).steps[0]
    assert (step.question, step.options, step.right) == ("Will it?", (), "")


def test_four_long_options_fit_into_a_link_with_all_that_may_be_typed():
    text = "".join(chr(97 + (7 * n * n + n) % 26) for n in range(400))
    options = tuple(text[40 * n : 40 * n + 40] for n in range(4))
    assert len({*options}) == 4
    step = Step("Try", text[:150], text, "training", options=options, right=options[3])
    assert len(pack(step)) < MOST_PACKED


def test_a_plain_one_is_short_enough_for_a_coarse_code():
    assert len(pack(unpack(packed(PARTS)).steps[0])) < 150


@given(st.text() | st.text(st.sampled_from("~ABCDabcd0189-_=+/% ")))
def test_no_word_is_an_error_of_another_kind(text):
    for word in (text, BEGINNING + text):
        assert len(refusal(word)) < 200


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=12,
)


@given(JSON | st.tuples(*([JSON] * len(PARTS))).map(list))
def test_no_value_in_it_is_an_error_of_another_kind(value):
    assert len(refusal(packed(value))) < 200


@given(st.integers(0, len(PARTS) - 1), JSON)
def test_a_part_of_another_kind_is_refused_or_harmless(place, value):
    parts = [*PARTS]
    parts[place] = value
    try:
        step = lesson_of(packed(parts)).steps[0]
    except SettingError:
        return
    assert step.page in PAGES
    assert set(step.hides) <= HIDEABLE.keys()
    assert all(type(text) is str for text in (step.title, step.question, step.task))


@given(st.data())
def test_a_spoilt_link_is_refused_or_another_lesson(data):
    word = packed(PARTS)
    place = data.draw(st.integers(0, len(word) - 1))
    sign = data.draw(st.characters())
    assert len(refusal(word[:place] + sign + word[place + 1 :])) < 200


@pytest.mark.parametrize(
    "parts",
    [
        [*PARTS[:5], {"lesson": "pair"}, [], []],
        [*PARTS[:5], {"board": "ABCDEF"}, [], []],
        [*PARTS[:5], {}, ["cover"], []],
        [*PARTS[:5], {}, [], ["everything"]],
        [*PARTS[:3], "home", *PARTS[4:]],
        [*PARTS[:3], "../app", *PARTS[4:]],
        [*PARTS[:4], True, *PARTS[5:]],
        [*PARTS[:4], 0, *PARTS[5:]],
        ["x" * 61, *PARTS[1:]],
        ["a\nb", *PARTS[1:]],
        PARTS[:-1],
        [*PARTS, ["a", "b"]],
        [*PARTS, ["a"], ""],
        [*PARTS, ["a", "a"], ""],
        [*PARTS, ["a", ""], ""],
        [*PARTS, ["a", "b", "c", "d", "e"], ""],
        [*PARTS, ["a", "b"], "c"],
        [*PARTS, ["a", "x" * 41], ""],
        [*PARTS, ["a", 1], ""],
        [*PARTS, [], "a"],
        dict(enumerate(PARTS)),
    ],
    ids=str,
)
def test_what_no_lesson_may_hold_is_refused(parts):
    with pytest.raises(SettingError):
        lesson_of(packed(parts))


def test_what_unpacks_to_very_much_is_never_unpacked():
    bomb = packed("x" * 800_000)
    assert len(bomb) < MOST_PACKED
    with pytest.raises(SettingError):
        lesson_of(bomb)
    with pytest.raises(SettingError):
        lesson_of(packed("x" * (MOST_BYTES + 1)))


def test_too_much_for_a_link_is_said_with_both_numbers():
    noise = "".join(chr(200 + (7 * n * n + n) % 5000) for n in range(900))
    text = "".join(sign for sign in noise if sign.isprintable())
    step = Step("Try", "Will it?", "", "training", opens={"a": text[:600], "b": text[300:800]})
    with pytest.raises(SettingError, match=f"{MOST_PACKED:,}"):
        pack(step)
