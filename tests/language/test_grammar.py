"""A grammar's exact chances: by hand, against all its sentences written out, and simulated."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.language.corpus import GRAMMARS, grammar
from rnnlab.language.dictionary import END, UNKNOWN
from rnnlab.language.grammar import Grammar
from rnnlab.language.notation import START, Notation, name_of

WHO_WAS = """
sentence = {who} {was} {late} | we slept
who = 3: i | we
was[who: i] = was
was[who: we] = were
late = | very late
"""
LOOP = "sentence = a {sentence} | b"
"""As long as a coin says so: the number of words is geometric, with a mean of 2, and the end."""

EVERY_GRAMMAR = pytest.mark.parametrize("name", list(GRAMMARS))


def said(one: Grammar, text: str) -> dict[str, float]:
    """The chances of what can follow."""
    chances = one.next(one.dictionary.ids(text.split()))
    assert chances is not None
    return {one.dictionary.word(k): chances[k] for k in np.flatnonzero(chances).tolist()}


def test_chances_are_those_of_paper_where_one_word_leaves_two_ways_open():
    one = Grammar.of(WHO_WAS)
    # "i" in 1/2 · 3/4 of all sentences; "we" in 1/2 · 1/4 by {who}, and in 1/2 by "we slept".
    assert said(one, "") == pytest.approx({"i": 3 / 8, "we": 5 / 8})
    assert said(one, "we") == pytest.approx({"were": 1 / 5, "slept": 4 / 5})
    assert said(one, "i was") == pytest.approx({"⏎": 1 / 2, "very": 1 / 2})
    assert said(one, "i was very") == pytest.approx({"late": 1.0})


def test_what_it_never_says_has_no_chances():
    one = Grammar.of(WHO_WAS)
    assert one.next(one.dictionary.ids(["i", "were"])) is None
    assert one.next([UNKNOWN]) is None


def test_entropy_and_length_are_those_of_paper():
    one = Grammar.of(WHO_WAS)
    # Sentences: "i was", "i was very late" 3/16 each, "we were", "we were very late" 1/16 each,
    # "we slept" 1/2; the words of each and its end.
    shares = np.array([3, 3, 1, 1, 8]) / 16
    lengths = np.array([3, 5, 3, 5, 3])
    assert one.length == pytest.approx(shares @ lengths)
    assert one.entropy == pytest.approx(-(shares @ np.log(shares)) / (shares @ lengths))
    assert one.perplexity == pytest.approx(math.exp(one.entropy))


def test_a_grammar_may_go_around_at_its_end():
    one = Grammar.of(LOOP)
    assert said(one, "a a a") == pytest.approx({"a": 0.5, "b": 0.5})
    assert one.length == pytest.approx(3.0)
    assert one.entropy == pytest.approx(2 * math.log(2) / 3)  # the end after b is certain


def test_a_grammar_that_nests_without_end_is_refused(monkeypatch):
    monkeypatch.setattr("rnnlab.language.grammar.MOST_BELIEFS", 50)
    with pytest.raises(SettingError, match="too many beginnings"):
        Grammar.of("sentence = ( {sentence} ) | x")


@EVERY_GRAMMAR
def test_chances_agree_with_all_sentences_written_out(name):
    text = "\n".join(map(_with_fewer_choices, GRAMMARS[name].replace("|\n", "|").splitlines()))
    one = Grammar.of(text)
    following: dict[tuple[str, ...], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for sentence, share in every_sentence(Notation.of(text)):
        for n, word in enumerate([*sentence, "⏎"]):
            following[sentence[:n]][word] += share
    assert len(following) > 500
    for place in np.random.default_rng(1).integers(len(following), size=300):
        words = list(following)[place]
        total = sum(following[words].values())
        expected = {word: share / total for word, share in following[words].items()}
        assert said(one, " ".join(words)) == pytest.approx(expected)


def _with_fewer_choices(line: str) -> str:
    """The first two choices of a line: else there are hundreds of thousands of sentences."""
    return "|".join(line.split("|")[:2])


@EVERY_GRAMMAR
def test_the_best_possible_is_met_by_sampled_sentences_within_four_standard_errors(name):
    one = grammar(name)
    stream = one.sample(np.random.default_rng(7), 3000)
    costs, belief = [], 0
    totals = [0.0]
    for word in stream.tolist():
        costs.append(-math.log(one.chances[belief, word]))
        totals[-1] += costs[-1]
        belief = int(one.after[belief, word])
        if word == END:
            totals.append(0.0)
    sentences = np.array(totals[:-1])
    assert len(sentences) == 3000
    error = sentences.std() / math.sqrt(len(sentences))
    assert abs(sentences.mean() - one.entropy * one.length) < 4 * error
    lengths = np.diff(np.flatnonzero(stream == END), prepend=-1)
    assert abs(lengths.mean() - one.length) < 4 * lengths.std() / math.sqrt(len(lengths))


@EVERY_GRAMMAR
def test_the_dictionary_is_as_large_as_a_class_can_oversee(name):
    assert 60 <= grammar(name).dictionary.size <= 130


def test_sampling_depends_on_the_generator_only():
    one = grammar("english")
    first, again, other = (one.sample(np.random.default_rng(n), 20) for n in (1, 1, 2))
    assert first.tolist() == again.tolist() != other.tolist()


def every_sentence(notation: Notation) -> Iterator[tuple[tuple[str, ...], float]]:
    """Each way to say a sentence, and its chance, by writing all out: only for small grammars."""
    stack: list[tuple[tuple[str, ...], tuple[str, ...], dict[str, str], float]]
    stack = [((), (f"{{{START}}}",), {}, 1.0)]
    while stack:
        said, parts, remembered, chance = stack.pop()
        if not parts:
            yield said, chance
            continue
        one = name_of(parts[0])
        if one is None:
            stack.append(((*said, parts[0]), parts[1:], remembered, chance))
            continue
        for choice in notation.of_name(one, remembered):
            after = remembered | {one: choice.text}
            stack.append((said, (*choice.parts, *parts[1:]), after, chance * choice.share))
