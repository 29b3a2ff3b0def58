"""A grammar: how it is written, and its exact probabilities, by paper, written out and sampled."""

import math
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.language.corpus import GRAMMARS, grammar
from rnnlab.language.grammar import Grammar
from rnnlab.language.productions import START, Productions, name_of, names_to_remember
from rnnlab.language.tokenizer import END, UNKNOWN

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


def following(model: Grammar, text: str) -> dict[str, float]:
    """The probabilities of what can follow."""
    probabilities = model.next_probabilities(model.dictionary.ids(text.split()))
    assert probabilities is not None
    return {
        model.dictionary.word(k): probabilities[k] for k in np.flatnonzero(probabilities).tolist()
    }


def test_weights_become_probabilities_and_a_right_side_may_be_empty():
    red, nothing = Productions.parse("sentence = 3: red | ").of("sentence", {})
    assert (red.symbols, red.probability) == (("red",), 0.75)
    assert (nothing.symbols, nothing.probability) == ((), 0.25)


def test_a_line_that_ends_with_a_bar_goes_on():
    productions = Productions.parse("sentence = a |\n    b | c").of("sentence", {})
    assert [production.text for production in productions] == ["a", "b", "c"]


def test_what_a_name_became_decides_what_another_one_is():
    productions = Productions.parse(WHO_WAS)
    assert [were.text for were in productions.of("was", {"who": "we"})] == ["were"]
    assert productions.words == ("i", "late", "slept", "very", "was", "we", "were")
    with pytest.raises(SettingError, match="what was is here"):
        productions.of("was", {"who": "you"})


def test_only_what_is_still_needed_is_remembered():
    productions = Productions.parse(WHO_WAS)
    assert names_to_remember(productions, ("{was}", "{late}")) == {"who"}
    assert names_to_remember(productions, ("{late}",)) == set()
    assert names_to_remember(productions, ("{sentence}",)) == {"who"}  # inside it


def test_a_line_that_is_no_rule_is_named():
    with pytest.raises(SettingError, match="'oops'"):
        Productions.parse("sentence = a\noops")


def test_probabilities_are_those_of_paper_where_one_word_leaves_two_ways_open():
    model = Grammar.of(WHO_WAS)
    # "i" in 1/2 · 3/4 of all sentences; "we" in 1/2 · 1/4 by {who}, and in 1/2 by "we slept".
    assert following(model, "") == pytest.approx({"i": 3 / 8, "we": 5 / 8})
    assert following(model, "we") == pytest.approx({"were": 1 / 5, "slept": 4 / 5})
    assert following(model, "i was") == pytest.approx({"⏎": 1 / 2, "very": 1 / 2})
    assert following(model, "i was very") == pytest.approx({"late": 1.0})


def test_what_it_never_says_has_no_probabilities_and_is_found():
    model = Grammar.of(WHO_WAS)
    wrong = model.dictionary.ids(["i", "were", "late"]).tolist()
    assert model.next_probabilities(wrong) is None
    assert model.first_wrong(wrong) == 1
    assert model.next_probabilities([UNKNOWN]) is None
    right = model.dictionary.ids(["i", "was"]).tolist()
    assert model.first_wrong(right) is None
    assert model.could_say([*right, END])
    assert not model.could_say(right)  # without an end
    assert not model.could_say([])


def test_entropy_and_length_are_those_of_paper():
    model = Grammar.of(WHO_WAS)
    # Sentences: "i was", "i was very late" 3/16 each, "we were", "we were very late" 1/16 each,
    # "we slept" 1/2; the words of each and its end.
    shares = np.array([3, 3, 1, 1, 8]) / 16
    lengths = np.array([3, 5, 3, 5, 3])
    assert model.mean_length == pytest.approx(shares @ lengths)
    assert model.entropy == pytest.approx(-(shares @ np.log(shares)) / (shares @ lengths))
    assert model.perplexity == pytest.approx(math.exp(model.entropy))


def test_a_grammar_may_go_around_at_its_end():
    model = Grammar.of(LOOP)
    assert following(model, "a a a") == pytest.approx({"a": 0.5, "b": 0.5})
    assert model.mean_length == pytest.approx(3.0)
    assert model.entropy == pytest.approx(2 * math.log(2) / 3)  # the end after b is certain


def test_a_grammar_that_nests_without_end_is_refused(monkeypatch):
    monkeypatch.setattr("rnnlab.language.grammar.MAX_BELIEFS", 50)
    with pytest.raises(SettingError, match="too many beginnings"):
        Grammar.of("sentence = ( {sentence} ) | x")


@EVERY_GRAMMAR
def test_probabilities_agree_with_all_sentences_written_out(name):
    text = "\n".join(map(_with_two_choices, GRAMMARS[name].replace("|\n", "|").splitlines()))
    model = Grammar.of(text)
    totals: dict[tuple[str, ...], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for sentence, probability in every_sentence(Productions.parse(text)):
        for n, word in enumerate([*sentence, "⏎"]):
            totals[sentence[:n]][word] += probability
    assert len(totals) > 500
    for index in np.random.default_rng(1).integers(len(totals), size=300):
        words = list(totals)[index]
        total = sum(totals[words].values())
        expected = {word: share / total for word, share in totals[words].items()}
        assert following(model, " ".join(words)) == pytest.approx(expected)


def _with_two_choices(line: str) -> str:
    """The first two choices of a line: else there are hundreds of thousands of sentences."""
    return "|".join(line.split("|")[:2])


@EVERY_GRAMMAR
def test_the_best_possible_is_met_by_sampled_sentences_within_four_standard_errors(name):
    model = grammar(name)
    stream = model.sample(np.random.default_rng(7), 3000)
    losses, belief = [], 0
    for word in stream.tolist():
        losses.append(-math.log(model.probabilities[belief, word]))
        belief = int(model.transitions[belief, word])
    ends = np.flatnonzero(stream == END)
    assert len(ends) == 3000
    of_sentences = np.add.reduceat(losses, [0, *(ends[:-1] + 1)])
    error = of_sentences.std() / math.sqrt(len(ends))
    assert abs(of_sentences.mean() - model.entropy * model.mean_length) < 4 * error
    lengths = np.diff(ends, prepend=-1)
    assert abs(lengths.mean() - model.mean_length) < 4 * lengths.std() / math.sqrt(len(ends))


@EVERY_GRAMMAR
def test_the_dictionary_is_as_large_as_a_class_can_oversee(name):
    assert 60 <= grammar(name).dictionary.size <= 130


def test_sampling_depends_on_the_generator_only():
    first, again, other = (
        grammar("english").sample(np.random.default_rng(n), 20).tolist() for n in (1, 1, 2)
    )
    assert first == again != other


def every_sentence(productions: Productions) -> Iterator[tuple[tuple[str, ...], float]]:
    """Each way to say a sentence, with its probability, all written out: for small grammars."""
    stack: list[tuple[tuple[str, ...], tuple[str, ...], dict[str, str], float]]
    stack = [((), (f"{{{START}}}",), {}, 1.0)]
    while stack:
        words, symbols, remembered, probability = stack.pop()
        if not symbols:
            yield words, probability
            continue
        name = name_of(symbols[0])
        if name is None:
            stack.append(((*words, symbols[0]), symbols[1:], remembered, probability))
            continue
        for production in productions.of(name, remembered):
            after = remembered | {name: production.text}
            rest = (*production.symbols, *symbols[1:])
            stack.append((words, rest, after, probability * production.probability))
