"""Ids of words by Keras' word index of the film reviews."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.makers.vocabulary import make_vocabulary
from rnnlab.sentiment.tokens import tokens
from rnnlab.sentiment.vocabulary import LARGEST_VOCABULARY, WORDS, Vocabulary


def test_ids_are_keras_ranks_plus_three():
    # The first words of Keras' index: the 1, and 2, a 3, of 4; film 19; don't 89; great 84.
    found = Vocabulary.of(10_000).ids(tokens("The film, don’t AND of xyzzyx GREAT a"))
    assert found.tolist() == [4, 22, 92, 5, 7, 2, 87, 6]
    assert found.dtype == np.int32


def test_no_words_have_no_ids():
    found = Vocabulary.of(100).ids(tokens(""))
    assert found.shape == (0,)
    assert found.dtype == np.int32


@given(st.integers(5, 300), st.text("theandof ' .<br/>", max_size=60))
def test_a_vocabulary_has_ids_below_its_size_and_the_same_as_a_larger_one(size, text):
    small, large = Vocabulary.of(size), Vocabulary.of(20_000)
    assert small.size == size
    below = large.ids_of(text)
    assert small.ids_of(text).tolist() == np.where(below < size, below, 2).tolist()
    assert small.ids(tokens(text)).tolist() == small.ids_of(text).tolist()


def test_every_id_has_a_word_and_every_word_its_id():
    vocabulary = Vocabulary.of(2000)
    assert [vocabulary.word(number) for number in range(5)] == [
        "<padding>",
        "<start>",
        "<unknown>",
        "<unused>",
        "the",
    ]
    for number in range(4, 2000):
        found = vocabulary.ids_of(vocabulary.word(number))
        # A dash by itself, wrongly decoded, is a word to Keras (rank 472) and none to the lab.
        assert found.tolist() == ([] if number == 475 else [number])


@pytest.mark.parametrize("number", [-1, 50, 2000])
def test_an_id_beyond_the_vocabulary_has_no_word(number):
    with pytest.raises(IndexError, match=f"are 0 to 49, not {number}"):
        Vocabulary.of(50).word(number)


@pytest.mark.parametrize("size", [-1, 4, LARGEST_VOCABULARY + 1])
def test_a_vocabulary_of_another_size_is_refused(size):
    with pytest.raises(SettingError, match="from 5 to 20,004 ids"):
        Vocabulary.of(size)


def test_the_words_that_travel_are_single_words_each_once():
    shipped = Vocabulary.of(LARGEST_VOCABULARY).words
    assert len({*shipped}) == len(shipped) == 20_000
    assert all(word and " " not in word and len(word) <= 20 for word in shipped)


def test_the_list_of_words_is_made_from_a_word_index(tmp_path):
    index, into = tmp_path / "index.json", tmp_path / "words.txt"
    index.write_text(json.dumps({"c\x85": 3, "é": 1, "'b": 2, "d": 4}), encoding="utf-8")
    make_vocabulary(index, into, number=3)
    assert into.read_bytes().decode() == "é\n'b\nc\x85\n"


@pytest.mark.parametrize(
    ("index", "sentence"),
    [
        ([], "no word index"),
        ({}, "no word index"),
        ({"a": 1, "b": 3}, "no word index"),
        ({"a": 1, "b": 1, "c": 2}, "'index.json' has 2 words, but 3 are needed"),
        ({"a": 1, "b c": 2}, "holds 'b c', which is more than a word"),
        ({"a": 1, "b": 2}, "'index.json' has 2 words, but 3 are needed"),
    ],
)
def test_what_is_no_word_index_is_refused_and_nothing_written(tmp_path, index, sentence):
    file, into = tmp_path / "index.json", tmp_path / "words.txt"
    file.write_text(json.dumps(index), encoding="utf-8")
    with pytest.raises(SettingError, match=sentence):
        make_vocabulary(file, into, number=3)
    assert not into.exists()


def test_the_list_lies_beside_the_vocabulary():
    assert WORDS.read_bytes().startswith(b"the\nand\na\nof\nto\n")
    assert b"\r" not in WORDS.read_bytes()
