"""The one way to run a maker: they are listed, found by name, and an unknown one is refused."""

from __future__ import annotations

from importlib import import_module

import pytest

from rnnlab.makers import vocabulary
from rnnlab.makers.__main__ import main, makers


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
