"""Texts to try, and the sentence that is moved."""

from itertools import pairwise

import pytest

from rnnlab.sentiment.examples import (
    DECIDING,
    EXAMPLES,
    NEGATIVE,
    NEITHER,
    PLOT,
    POSITIVE,
    TWELVE,
    with_plot,
)
from rnnlab.sentiment.model import shipped, shipped_names
from rnnlab.sentiment.reading import read
from rnnlab.sentiment.verdicts import in_words, probabilities
from rnnlab.sentiment.vocabulary import LARGEST_VOCABULARY, UNKNOWN, Vocabulary, words


def test_four_examples_of_different_lengths():
    lengths = [len(words(example.text)) for example in EXAMPLES]
    assert lengths[0] <= 5 < lengths[1] <= 40 < lengths[2] == lengths[3]


@pytest.mark.parametrize("opinion", DECIDING)
@pytest.mark.parametrize("n", [0, 1, 100, 240, 400])
def test_only_the_place_of_the_sentence_differs(opinion, n):
    end, start = (
        with_plot(opinion, at_the_end=at_the_end, n_words=n) for at_the_end in (True, False)
    )
    assert end.endswith(DECIDING[opinion])
    assert start.startswith(DECIDING[opinion])
    assert sorted(words(end)) == sorted(words(start))
    plot = len(words(end)) - len(words(DECIDING[opinion]))
    assert n <= plot < n + max(len(words(sentence)) for sentence in PLOT) or n == plot == 0


def test_more_plot_goes_on_where_less_ended():
    texts = [with_plot("loved", at_the_end=False, n_words=n) for n in (0, 50, 100, 400)]
    assert all(longer.startswith(shorter) for shorter, longer in pairwise(texts))


def test_the_plot_judges_nothing_and_is_known():
    vocabulary = Vocabulary.of(LARGEST_VOCABULARY)
    plot_words = {word for sentence in PLOT for word in words(sentence)}
    assert not plot_words & {"good", "bad", "great", "best", "worst", "boring", "love", "wonderful"}
    assert (vocabulary.ids_of(" ".join(plot_words)) != UNKNOWN).mean() > 0.98


@pytest.mark.skipif("best" not in shipped_names(), reason="the lab's best is not there")
def test_the_text_that_turns_around_is_judged_rightly_and_turns_on_the_way():
    """A person says: blame at first, praise in the end."""
    running = read(shipped("best"), EXAMPLES[1].text).probabilities
    assert running.min() < 0.3
    assert running[-1] > 0.9


@pytest.mark.skipif("article" not in shipped_names(), reason="the article's model is not there")
@pytest.mark.parametrize("at_the_end", [True, False])
@pytest.mark.parametrize("n_words", [0, 50, 100, 150, 240, 400])
def test_the_best_network_reads_one_sentence_among_plot(n_words, at_the_end):
    texts = [with_plot(opinion, at_the_end=at_the_end, n_words=n_words) for opinion in DECIDING]
    loved, hated = probabilities(shipped("best"), texts)
    assert in_words(loved).endswith(POSITIVE)
    assert in_words(hated).endswith(NEGATIVE)


def test_the_articles_network_forgets_how_a_text_began_but_not_how_it_ended():
    """Its claim: a SimpleRNN cannot remember long texts."""
    texts = [with_plot(opinion, at_the_end=end) for end in (True, False) for opinion in DECIDING]
    end_loved, end_hated, start_loved, start_hated = probabilities(shipped("article"), texts)
    assert end_loved - end_hated > 0.8
    assert abs(start_loved - start_hated) < 0.1


def test_twelve_short_phrases_of_every_meaning_that_are_known():
    assert len({text for text, _ in TWELVE}) == 12
    assert {meant for _, meant in TWELVE} == {POSITIVE, NEITHER, NEGATIVE}
    vocabulary = Vocabulary.of(10_000)
    assert all((vocabulary.ids_of(text) != UNKNOWN).all() for text, _ in TWELVE)
