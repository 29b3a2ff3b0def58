"""Words and their places, against Keras' convention written out another way."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rnnlab.sentiment.tokens import APOSTROPHES, Token, tokens, words

FILTERED = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n'
"""The signs that `keras.preprocessing.text.Tokenizer` takes out by default."""

PRINTABLE = "".join(map(chr, range(32, 127))) + "\t\n"
ANY_TEXT = st.text(st.characters() | st.sampled_from("'’ \t\n<>br/.iİΣςßé\u0301\ufb01\x85“—👍"))
STRAIGHT = {ord(sign): "'" for sign in APOSTROPHES}


def as_keras_does(text: str) -> list[str]:
    spaced = text.lower().translate({ord(sign): " " for sign in FILTERED})
    return [word for word in spaced.split(" ") if word]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" .\n", []),
        ("A GREAT film!", ["a", "great", "film"]),
        ("don't, it's 'the' films'", ["don't", "it's", "'the'", "films'"]),
        ("it’s ‘great’, don´t you think", ["it's", "'great'", "don't", "you", "think"]),
        ("it\x92s", ["it's"]),
        ("rock 'n' roll '' '", ["rock", "'n'", "roll", "''", "'"]),
        ("10/10 -- U.S., 7.5 $1,000", ["10", "10", "u", "s", "7", "5", "1", "000"]),
        ("a well-made, so-so film", ["a", "well", "made", "so", "so", "film"]),
        ("snake_case a&b", ["snake", "case", "a", "b"]),
        ("Bad.<br /><br />Really<BR>bad<br/>!<br\n/>", ["bad", "really", "bad"]),
        ("br <br <i>so</i> <brand>", ["br", "br", "i", "so", "i", "brand"]),
        ("“Great”—truly… «bien» ¿qué?", ["great", "truly", "bien", "qué"]),
        ("fun\x85really\x96not\xa0bad\r\nend", ["fun", "really", "not", "bad", "end"]),
        ("great👍film 🎬", ["great", "film"]),
        ("CLICHÉ Ángela cafe\u0301", ["cliché", "ángela", "cafe\u0301"]),
        ("İyi fi̇lm", ["i̇yi", "fi̇lm"]),
        ("ΚΑΚΟΣ. Α", ["κακος", "α"]),
        ("很好 很好看", ["很好", "很好看"]),
        ("½ 7½", ["½", "7½"]),
    ],
)
def test_a_text_is_cut_into_these_words(text, expected):
    assert words(text) == expected
    assert [token.word for token in tokens(text)] == expected


def test_each_word_has_its_place_in_the_text_as_typed():
    text = "İİ<br />It’s  BAD."
    assert tokens(text) == (
        Token("i̇i̇", 0, 2),  # two characters as typed, four in lower case
        Token("it's", 8, 12),
        Token("bad", 14, 17),
    )


@given(st.text(PRINTABLE))
@example("don't <b>stop</b> -- 'now'")
def test_plain_english_is_cut_as_keras_cuts_it(text):
    if "<br" not in text.lower():
        assert words(text) == as_keras_does(text)


@given(ANY_TEXT)
@example("ΑΣ.Α ΑΣ’ ΑΣ")
@example("\ud800'\udfff")
def test_any_text_has_words_in_order_and_in_their_places(text):
    found = tokens(text)
    assert words(text) == [token.word for token in found]
    end = 0
    for token in found:
        assert end <= token.start < token.stop <= len(text)
        assert token.word == text[token.start : token.stop].lower().translate(STRAIGHT)
        assert not {*token.word} & {*FILTERED, " "}
        end = token.stop


@given(ANY_TEXT)
def test_between_the_words_there_is_no_letter_and_no_digit(text):
    end = 0
    for start, stop in [*(token[1:] for token in tokens(text)), (len(text), len(text))]:
        between = text[end:start].lower().replace("<br", "")
        assert not any(char.isalnum() or char in APOSTROPHES for char in between)
        end = stop


@given(ANY_TEXT, ANY_TEXT)
def test_two_texts_with_a_line_between_them_have_the_words_of_both(first, second):
    if "<" not in first:  # a <br begun in the first could end in the second
        assert words(f"{first}\n{second}") == words(first) + words(second)
        moved = [
            Token(word, start + len(first) + 1, stop + len(first) + 1)
            for word, start, stop in tokens(second)
        ]
        assert [*tokens(f"{first}\n{second}")] == [*tokens(first), *moved]


@given(ANY_TEXT)
def test_words_put_together_again_are_the_same_words(text):
    assert words(" ".join(words(text))) == words(text)


@pytest.mark.parametrize("piece", ["a ", "a", "'a", "<br", "<br ", "<br/", "<", " ", "\u0301", "İ"])
def test_a_long_text_of_the_same_over_and_over_is_read_to_its_end(piece):
    # If any character were looked at again for each one before it, this would take hours.
    times = 100_000
    found, half = tokens(piece * times), tokens(piece * (times // 2))
    if len(found) > 1:
        assert len(found) == 2 * len(half) == times
    assert sum(stop - start for _, start, stop in found) == times * sum(
        char.isalnum() or char in "'\u0301" for char in piece
    )


def test_a_break_that_never_ends_is_no_break():
    assert words("<br" + " " * 500_000 + "good") == ["br", "good"]
    assert words("<br" + " " * 500_000 + "/>good") == ["good"]
