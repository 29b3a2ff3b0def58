"""Words, where they stand, their ids by Keras' index, and reviews padded to one length."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.sentiment.vocabulary import (
    APOSTROPHES,
    LARGEST_VOCABULARY,
    SPECIAL,
    WORDS,
    Vocabulary,
    WordSpan,
    padded,
    word_spans,
    words,
)

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
    assert [span.word for span in word_spans(text)] == expected


def test_each_word_has_its_place_in_the_text_as_typed():
    text = "İİ<br />It’s  BAD."
    assert word_spans(text) == (
        WordSpan("i̇i̇", 0, 2),  # two characters as typed, four in lower case
        WordSpan("it's", 8, 12),
        WordSpan("bad", 14, 17),
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
    spans = word_spans(text)
    assert words(text) == [span.word for span in spans]
    end = 0
    for span in spans:
        assert end <= span.start < span.stop <= len(text)
        assert span.word == text[span.start : span.stop].lower().translate(STRAIGHT)
        assert not {*span.word} & {*FILTERED, " "}
        end = span.stop


@given(ANY_TEXT)
def test_between_the_words_there_is_no_letter_and_no_digit(text):
    end = 0
    for start, stop in [*(span[1:] for span in word_spans(text)), (len(text), len(text))]:
        between = text[end:start].lower().replace("<br", "")
        assert not any(char.isalnum() or char in APOSTROPHES for char in between)
        end = stop


@given(ANY_TEXT, ANY_TEXT)
def test_two_texts_with_a_line_between_them_have_the_words_of_both(first, second):
    if "<" not in first:  # a <br begun in the first could end in the second
        assert words(f"{first}\n{second}") == words(first) + words(second)
        moved = [
            WordSpan(word, start + len(first) + 1, stop + len(first) + 1)
            for word, start, stop in word_spans(second)
        ]
        assert [*word_spans(f"{first}\n{second}")] == [*word_spans(first), *moved]


@given(ANY_TEXT)
def test_words_put_together_again_are_the_same_words(text):
    assert words(" ".join(words(text))) == words(text)


@pytest.mark.parametrize("piece", ["a ", "a", "'a", "<br", "<br ", "<br/", "<", " ", "\u0301", "İ"])
def test_a_long_text_of_the_same_over_and_over_is_read_to_its_end(piece):
    # If any character were looked at again for each one before it, this would take hours.
    times = 30_000
    spans, half = word_spans(piece * times), word_spans(piece * (times // 2))
    if len(spans) > 1:
        assert len(spans) == 2 * len(half) == times
    assert sum(stop - start for _, start, stop in spans) == times * sum(
        char.isalnum() or char in "'\u0301" for char in piece
    )


def test_a_break_that_never_ends_is_no_break():
    assert words("<br" + " " * 500_000 + "good") == ["br", "good"]
    assert words("<br" + " " * 500_000 + "/>good") == ["good"]


def test_ids_are_keras_ranks_plus_three():
    # The first words of Keras' index: the 1, and 2, a 3, of 4; film 19; don't 89; great 84.
    ids = Vocabulary.of(10_000).ids_of("The film, don’t AND of xyzzyx GREAT a")
    assert ids.tolist() == [4, 22, 92, 5, 7, 2, 87, 6]
    assert ids.dtype == np.int32


def test_no_words_have_no_ids():
    ids = Vocabulary.of(100).ids_of("")
    assert ids.shape == (0,)
    assert ids.dtype == np.int32


@given(st.integers(5, 300), st.text("theandof ' .<br/>", max_size=60))
def test_a_vocabulary_has_ids_below_its_size_and_the_same_as_a_larger_one(size, text):
    small, large = Vocabulary.of(size), Vocabulary.of(20_000)
    assert small.size == size
    below = large.ids_of(text)
    assert small.ids_of(text).tolist() == np.where(below < size, below, 2).tolist()


def test_every_word_has_its_id():
    vocabulary = Vocabulary.of(2000)
    for number, word in enumerate(vocabulary.words, len(SPECIAL)):
        # A dash by itself, wrongly decoded, is a word to Keras (rank 472) and none to the lab.
        assert vocabulary.ids_of(word).tolist() == ([] if number == 475 else [number])


@pytest.mark.parametrize("size", [-1, 4, LARGEST_VOCABULARY + 1])
def test_a_vocabulary_of_another_size_is_refused(size):
    with pytest.raises(SettingError, match="from 5 to 20,004 ids"):
        Vocabulary.of(size)


def test_the_words_that_travel_are_single_words_each_once():
    shipped = Vocabulary.of(LARGEST_VOCABULARY).words
    assert len({*shipped}) == len(shipped) == 20_000
    assert all(word and " " not in word and len(word) <= 20 for word in shipped)


def test_the_list_lies_beside_the_vocabulary():
    assert WORDS.read_bytes().startswith(b"the\nand\na\nof\nto\n")
    assert b"\r" not in WORDS.read_bytes()


def as_ids(*reviews: list[int]) -> list[np.ndarray]:
    return [np.array(review, dtype=np.int32) for review in reviews]


def test_zeros_stand_in_front_and_the_end_of_a_long_review_is_kept():
    batch = padded(as_ids([7, 8], [], [4, 5, 6], [4, 5, 6, 7], [4, 5, 6, 7, 8, 9]), 4)
    assert batch.tolist() == [
        [0, 1, 7, 8],
        [0, 0, 0, 1],
        [1, 4, 5, 6],
        [4, 5, 6, 7],
        [6, 7, 8, 9],
    ]
    assert batch.dtype == np.int32


@pytest.mark.parametrize("length", [0, -3])
def test_no_steps_are_refused(length):
    with pytest.raises(SettingError, match=f"at least 1 step, but {length} were"):
        padded(as_ids([4]), length)
