"""The list of words is made from Keras' index, or refused."""

from __future__ import annotations

import json

import pytest

from rnnlab.errors import SettingError
from rnnlab.makers.vocabulary import make_vocabulary


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
