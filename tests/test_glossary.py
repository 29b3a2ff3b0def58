"""The glossary: every word is explained shortly, and found in the forms in which it is used."""

from __future__ import annotations

import pytest

from rnnlab.glossary import WORDS, words_in


def test_every_word_has_one_meaning_and_it_is_short() -> None:
    for name, meaning in WORDS.items():
        assert meaning[0].isupper(), name
        assert meaning[-1] in ".…", name
        assert len(meaning) <= 220, name
    assert len(set(WORDS.values())) == len(WORDS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Losses are in nats.", ["loss", "nat"]),
        ("It has learnt them by heart", ["learnt by heart"]),
        ("the recurrent kernels", ["kernel", "recurrent kernel"]),
        ("combination, international", []),
    ],
)
def test_words_are_found_whole_in_any_case_and_number(text: str, found: list[str]) -> None:
    assert words_in(text) == found
