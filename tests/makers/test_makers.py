"""How makers are run, and the list of words."""

import json
from importlib import import_module

import pytest

from rnnlab.errors import SettingError
from rnnlab.makers import vocabulary
from rnnlab.makers.__main__ import main, makers
from rnnlab.makers.vocabulary import make_vocabulary


def test_without_a_name_every_maker_is_listed_with_what_it_makes(capsys):
    main([])
    listed = capsys.readouterr().out
    assert {"sentiment_model", "vocabulary"} <= makers().keys()
    for name, sentence in makers().items():
        assert f"  {name}" in listed
        assert sentence in listed
        assert sentence.endswith((".", ":"))


@pytest.mark.parametrize("name", makers())
def test_every_maker_explains_its_options(name, capsys):
    with pytest.raises(SystemExit) as ended:
        import_module(f"rnnlab.makers.{name}").main(["--help"])
    assert ended.value.code == 0
    assert f"python -m rnnlab.makers {name}" in capsys.readouterr().out


def test_an_unknown_maker_is_refused_with_those_there_are():
    with pytest.raises(SystemExit, match=r"no maker 'coffee'[\s\S]*sentiment_model"):
        main(["coffee"])


def test_a_library_that_only_the_makers_need_is_named_with_how_to_get_it(monkeypatch):
    def needs(_):
        raise ModuleNotFoundError("No module named 'sklearn'")

    monkeypatch.setattr(vocabulary, "main", needs)
    with pytest.raises(SystemExit, match=r"'sklearn'; pip install -r rnnlab/makers/requirements"):
        main(["vocabulary"])


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
