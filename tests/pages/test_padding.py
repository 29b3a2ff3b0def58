"""The page about padding and masks, without a browser."""

from __future__ import annotations

import re

import pytest

from rnnlab.lengths.keras_lines import MASKED, SHAPES
from rnnlab.ui.padding.more_shapes import PICTURES
from tests.pages.opened import fine, opened, opened_once, texts

PAGE = "pages/padding.py"
PARTS = ["Your review", "Four ways to train", "500 words", "Masks in Keras", "Three more"]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_and_says_what_to_look_at(part: str) -> None:
    app = opened_once(PAGE, padding=part)
    assert app.title[0].value == "What do the zeros do?"
    assert not app.warning
    assert "ook " in texts(app)


@pytest.mark.parametrize("reader", ["SimpleRNN", "LSTM", "GRU", "The article's network"])
@pytest.mark.parametrize("directions", ["from the start", "in both directions"])
def test_masks_say_what_the_text_says_alone(reader: str, directions: str) -> None:
    app = opened(PAGE, pad_reader=reader, pad_directions=directions)
    table = app.dataframe[0].value.set_index("padding")
    same = ["no padding", "in front, with a mask", "behind, with a mask"]
    assert len({*table.loc[same, "positive"]}) == 1
    assert table.loc["in front", "positive"] != table.loc["no padding", "positive"]
    assert table.loc["in front, with a mask", "steps done"] < table.loc["in front", "steps done"]


def test_without_zeros_all_ways_are_one() -> None:
    app = opened(PAGE, pad_zeros="0")
    assert len({*app.dataframe[0].value["positive"]}) == 1
    assert "no zero yet" in texts(app)


@pytest.mark.parametrize("text", ["", "*good* `bad` $x$ <b>", "ok"])
def test_any_text_is_read_and_shown_as_text(text: str) -> None:
    app = opened(PAGE)
    fine(app.text_input(key="pad_text").set_value(text).run())
    assert "<b>" not in texts(app)


@pytest.mark.parametrize("way", ["behind", "in front, with a mask", "behind, with a mask"])
def test_each_way_says_where_to_look(way: str) -> None:
    assert "Look at the " in texts(opened(PAGE, pad_way=way))


def test_the_lines_of_keras_stand_beside_what_they_print() -> None:
    for part, cards in (("Masks in Keras", MASKED), ("Three more", SHAPES)):
        shown = [code.value for code in opened_once(PAGE, padding=part).code]
        for lines in cards:
            assert shown[shown.index(lines.code) + 1] == lines.prints


@pytest.mark.parametrize("lines", SHAPES, ids=lambda lines: lines.name)
def test_each_picture_has_the_numbers_that_keras_prints(lines) -> None:
    printed = {float(text) for text in re.findall(r"\d+\.0\b", lines.prints)}
    drawn = {float(number) for lane in PICTURES[lines.name] for number in lane.numbers}
    assert printed
    assert printed <= drawn


def test_before_it_is_trained_the_page_says_what_will_be_seen() -> None:
    app = opened_once(PAGE, padding="Four ways to train")
    assert "Guess their order first" in texts(app)
    assert [button.label for button in app.button if button.key == "lengths_train"] == ["Train"]
