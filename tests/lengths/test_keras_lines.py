"""The lines of Keras on the page run, and print what stands below them."""

import contextlib
import io
import warnings

import pytest

from rnnlab.lengths import keras_lines
from rnnlab.lengths.keras_lines import PRELUDE, KerasLines

EVERY = [
    lines
    for cards in vars(keras_lines).values()
    if isinstance(cards, tuple) and cards and isinstance(cards[0], KerasLines)
    for lines in cards
]


@pytest.mark.parametrize("lines", EVERY, ids=lambda lines: lines.name)
def test_they_print_what_the_page_says_in_the_keras_that_is_installed(lines: KerasLines) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "(?s).*destroy the mask", UserWarning)
        exec(compile(PRELUDE + lines.code, lines.name, "exec"), {})
    assert printed.getvalue().strip() == lines.prints


def test_each_has_a_name_of_its_own() -> None:
    names = [lines.name for lines in EVERY]
    assert len(names) == len({*names}) > 5
