"""Models beside each other: what is said of them is what the table says."""

from __future__ import annotations

import re
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.sentiment.examples import DECIDING
from rnnlab.sentiment.verdicts import in_percent, in_words
from rnnlab.ui.sentiment.compare import (
    FORGOTTEN,
    N_WORDS,
    SHOWN,
    _agreement,
    _forgetting_table,
    _least_and_most_forgetful,
)


def said(*probabilities: float) -> str:
    """The sentence of models with these verdicts."""
    return _agreement(
        {f"model {k}": SimpleNamespace(probability=p) for k, p in enumerate(probabilities)}
    )


@pytest.mark.parametrize(
    ("probabilities", "agree"),
    [
        ((0.0, 0.5), False),  # one is sure, one finds neither
        ((0.0, 0.49), False),
        ((0.55, 0.95), False),
        ((0.45, 0.55), True),  # both find neither
        ((0.75, 0.95), True),
        ((0.2, 0.8), False),
    ],
)
def test_two_agree_if_both_say_the_same_in_words(probabilities, agree):
    assert ("They agree" in said(*probabilities)) == agree


@given(st.lists(st.floats(0, 1), min_size=2, max_size=5))
def test_the_sentence_says_what_the_table_shows(probabilities):
    sentence = said(*probabilities)
    # "rather positive" and "clearly positive" are of one mind.
    minds = {in_words(probability).removeprefix("rather ").removeprefix("clearly ")
             for probability in probabilities}  # fmt: skip
    assert ("They agree" in sentence) == (len(minds) == 1)
    low, high = min(probabilities), max(probabilities)
    assert re.findall(r"\d+% \w+", sentence) == [in_percent(low), in_percent(high)]
    assert f"{round(100 * high) - round(100 * low)} points" in sentence


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=5))
def test_the_most_and_the_least_forgetful_are_those_of_the_table(loved_and_hated):
    verdicts = {}
    for k, pair in enumerate(loved_and_hated):
        verdicts[f"model {k}"] = np.zeros((2, 2, len(N_WORDS)))
        verdicts[f"model {k}"][1, :, SHOWN] = pair
    sentence, table = _least_and_most_forgetful(verdicts), _forgetting_table(verdicts)
    loved, hated = (f"{opinion}, at the start" for opinion in DECIDING)
    table["apart"] = table[loved] - table[hated]
    least = table.loc[table["apart"].idxmin()]
    assert f"**{least['model']}** says {in_percent(least[loved] / 100)}" in sentence
    assert ("none of them has forgotten" in sentence) == (least["apart"] / 100 >= FORGOTTEN)
    most = table[table["apart"] == table["apart"].max()]
    told = re.findall(r"\*\*(model \d)\*\* says (\d+)% ", sentence)
    assert told[-1][0] in set(most["model"])
