"""How grammars are written: weights, what is remembered, and what is no grammar."""

from __future__ import annotations

import pytest

from rnnlab.errors import SettingError
from rnnlab.language.notation import Notation, needed


def test_weights_become_shares_and_a_choice_may_be_empty():
    (red, none) = Notation.of("sentence = 3: red | ").of_name("sentence", {})
    assert (red.parts, red.share) == (("red",), 0.75)
    assert (none.parts, none.share) == ((), 0.25)


def test_a_line_that_ends_with_a_bar_goes_on():
    choices = Notation.of("sentence = a |\n    b | c").of_name("sentence", {})
    assert [one.text for one in choices] == ["a", "b", "c"]


def test_what_a_name_became_decides_what_another_one_is():
    notation = Notation.of(
        "sentence = {who} {was}\nwho = i | we\nwas[who: i] = was\nwas[who: we] = were"
    )
    assert [one.text for one in notation.of_name("was", {"who": "we"})] == ["were"]
    assert notation.words == ("i", "was", "we", "were")
    with pytest.raises(SettingError, match="what was is here"):
        notation.of_name("was", {"who": "you"})


def test_only_what_is_still_needed_is_remembered():
    notation = Notation.of("sentence = {who} {was} {end}\nwho = i\nwas[who: i] = was\nend = now")
    assert needed(notation, ("{was}", "{end}")) == {"who"}
    assert needed(notation, ("{end}",)) == set()
    assert needed(notation, ("{sentence}",)) == {"who"}  # inside it


def test_a_line_that_is_no_rule_is_named():
    with pytest.raises(SettingError, match="'oops'"):
        Notation.of("sentence = a\noops")
