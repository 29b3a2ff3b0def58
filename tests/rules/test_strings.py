"""Machines on strings: each begins in the first state, wherever rows and windows put it."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from rnnlab.insight.fresh_data import fresh_data
from rnnlab.insight.memory import memory
from rnnlab.insight.states import excerpt_of
from rnnlab.rules.base import into_windows
from rnnlab.rules.running_parity import RunningParityRule
from rnnlab.rules.strings import StringRule
from rnnlab.rules.tomita import TomitaRule
from rnnlab.settings import Settings
from rnnlab.theory import binary_entropy
from rnnlab.training.data import Data
from tests.rules.cases import NOISY, VARIANTS, every

EVERY_STRING_SETTING = every(StringRule, VARIANTS, NOISY)

IS_WORD = {
    "running-parity": lambda bits: bits.count("1") % 2 == 1,
    4: lambda bits: "000" not in bits,
    5: lambda bits: bits.count("0") % 2 == 0 and bits.count("1") % 2 == 0,
    6: lambda bits: (bits.count("1") - bits.count("0")) % 3 == 0,
}
"""What the languages are, in the papers' words."""


def word(rule: StringRule, bits: np.ndarray) -> bool:
    key = rule.language if isinstance(rule, TomitaRule) else rule.name
    return IS_WORD[key]("".join(map(str, bits)))


@EVERY_STRING_SETTING
def test_every_window_is_a_string_of_the_language_from_its_first_bit(rule):
    clean = replace(rule, noise=0.0, string=7, row=100)
    drawn = clean.generate(np.random.default_rng(1), 500)
    assert np.array_equal(clean.target_probabilities(drawn.inputs), drawn.targets)
    inputs, targets = (into_windows(s, 5, 7) for s in (drawn.inputs, drawn.targets))
    for bits, said in zip(inputs.reshape(-1, 7), targets.reshape(-1, 7), strict=True):
        assert said.tolist() == [word(clean, bits[: k + 1]) for k in range(7)]


@EVERY_STRING_SETTING
def test_the_losses_of_strings_are_those_of_who_counts(rule):
    n = 40_000
    for string in (1, 4, 9):
        short = replace(rule, string=string)
        targets = short.generate(np.random.default_rng(2), n * string).targets
        by_place = targets.reshape(n, string).mean(axis=0)
        for window in (None, string):
            place, best = [
                predictor.loss
                for predictor in (
                    short.partial_predictors(window)["place in the string only"],
                    short.bayes_predictor(window),
                )
            ]
            assert place == pytest.approx(np.mean(binary_entropy(by_place)), abs=0.004)
            assert best == pytest.approx(binary_entropy(short.noise), abs=1e-12)


@pytest.mark.parametrize("window", [3, 20, 32, 60])
@pytest.mark.parametrize("name", ["running-parity", "tomita"])
def test_all_that_looks_at_fresh_bits_begins_strings_where_windows_begin(name, window):
    settings = Settings.of({"rule": name, "window": window, "units": 2, "rows": 4})
    weights, rule = settings.first_weights(), settings.bit_rule
    data = fresh_data(settings, weights)
    shown = excerpt_of(settings, weights)
    for bits, targets in (
        (data.inputs[data.steps], data.targets[data.steps]),
        (shown.inputs[None, :window, 0].astype(int), shown.targets[None, :window]),
    ):
        for row, said in zip(bits, targets, strict=True):
            assert said.tolist() == [word(rule, row[: k + 1]) for k in range(len(row))]
    batch = Data(settings).batches(0, 1)
    for row, said in zip(batch.inputs[0, 0, :, :, 0], batch.targets[0, 0], strict=True):
        assert said.tolist() == [word(rule, row[: k + 1]) for k in range(window)]
    assert np.isfinite(memory(settings, weights).gradient).all()


def test_a_run_makes_its_windows_the_strings_and_carries_nothing():
    settings = Settings.of({"rule": "tomita", "window": 13, "length": 500})
    assert (settings.bit_rule.string, settings.bit_rule.row) == (13, 500)
    assert settings.fresh_stream == replace(settings.bit_rule, row=0)
    assert not settings.carry_state
    assert "carry_state" not in settings.open_knobs


def test_tomita_by_hand():
    # The fifth: a 0 or a 1 more changes a parity, so after an even number of bits half of the
    # strings have both parities even; after an odd number, none.
    place = TomitaRule(5).partial_predictors(4)["place in the string only"]
    assert place.probabilities[:, 0].tolist() == pytest.approx([0, 0.5, 0, 0.5])
    assert TomitaRule(5).bayes_predictor(4).base_rate == pytest.approx(1 / 4)
    # The fourth: of 8 strings of three bits 7 are words.
    place = TomitaRule(4).partial_predictors(3)["place in the string only"]
    assert place.probabilities[:, 0].tolist() == pytest.approx([1, 1, 7 / 8])


def test_a_parity_is_a_coin_to_who_knows_only_the_place():
    rule = RunningParityRule()
    assert rule.partial_predictors()["place in the string only"].loss == pytest.approx(math.log(2))
    assert rule.partial_losses() == {}


def test_the_rule_says_what_a_word_is():
    assert all(re.search(r"A word has .+\.$", TomitaRule(k).description) for k in (4, 5, 6))
