"""What to keep in mind about a verdict."""

from __future__ import annotations

import pytest

from rnnlab.sentiment.caveats import caveats
from rnnlab.sentiment.reading import read
from rnnlab.sentiment.vocabulary import LARGEST_VOCABULARY
from tests.sentiment.made import made_model


def said(text: str, **options: object) -> tuple[str, ...]:
    model = made_model(vocabulary=LARGEST_VOCABULARY, features=1, units=1, **options)
    return caveats(read(model, text))


@pytest.mark.parametrize(
    "text",
    [
        "I loved it",
        "not bad at all",
        "The first half is dull, but the end is wonderful.",
        "I watched it with Zendayaa and thought it was quite a good film.",  # 1 of 13 unknown
    ],
)
def test_an_ordinary_text_needs_none(text):
    assert said(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing to read yet"),
        (" \n\t ", "nothing to read yet"),
        ("😀 🎬 !!!", "no word in it"),
        ("wonderful", "A single word is little"),
        ("zyzzyvazz", "does not know this word"),
        ("Qwrtz Pfnglui mglwnafh", "knows no word of this"),
        ("Der Film war leider ziemlich langweilig und viel zu lang", "Is this English?"),
        ("Ce film était vraiment très ennuyeux et beaucoup trop long", "Is this English?"),
        ("这部电影非常好看", "does not know this word"),
        ("Этот фильм был очень скучным", "knows no word of this"),
    ],
)
def test_strange_texts_get_one_sentence(text, words):
    (sentence,) = said(text)
    assert words in sentence


def test_a_text_that_is_too_long_is_told_how_much_was_read():
    (sentence,) = said("good " * 1200, most_words=1000)
    # 200 words of five characters each, the space counted, are left unread.
    assert "the last 1,000 words were read, and the 1,000 characters before them" in sentence


def test_how_many_words_are_not_known_is_told():
    (sentence,) = said("zyzz a fnord film qwrtz")
    assert "does not know 3 of the 5 words" in sentence
