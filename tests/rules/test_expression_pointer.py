"""The sign under the character where a typed rule cannot be read."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.rules.expression import parse
from rnnlab.rules.expression_parser import ExpressionError, pointed_at


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x[t-1] & x[t-2]", "x[t-1] & x[t-2]\n       ^"),
        ("x[t-1] and", "x[t-1] and\n          ^"),
        ("", "\n^"),
        ("\tx[t-1] +\n* 2", " x[t-1] + * 2\n          ^"),
        ("日 and x[t]", "? and x[t]\n^"),
    ],
)
def test_it_stands_under_the_character_that_the_error_names(text, shown):
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert pointed_at(text, caught.value.position) == shown


@given(
    st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=300),
    st.integers(0, 300),
    st.integers(3, 50),
)
def test_of_a_long_text_the_part_around_it_is_shown(text, place, width):
    position = min(place, len(text))
    line, sign = pointed_at(text, position, width).split("\n")
    assert len(line.strip("…")) <= width
    assert sign.strip() == "^"
    under = line[len(sign) - 1 : len(sign)]
    assert under == text[position : position + 1]
    assert line.strip("…") in text
    assert line.startswith("…") or text.startswith(line.strip("…"))


@given(st.text(max_size=60), st.integers(0, 60))
def test_every_character_takes_one_column(text, place):
    line, sign = pointed_at(text, min(place, len(text)), 80).split("\n")
    assert len(line) == len(text)
    assert len(sign) == min(place, len(text)) + 1
    assert all(char.isprintable() and not unicodedata.combining(char) for char in line)
