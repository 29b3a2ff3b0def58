"""A rule of one's own, against an oracle that enumerates all inputs, and its way through links."""

from __future__ import annotations

import math
import re
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.insight.fresh_data import causes_of
from rnnlab.rules.expression import parse, table_text
from rnnlab.rules.own import OwnRule
from rnnlab.settings import Settings

OWN = OwnRule()
LN2 = math.log(2)
LONGEST_LAG = 6
TEN_THOUSANDTHS = st.integers(0, 10_000).map(lambda number: number / 10_000)


@st.composite
def rules(draw: st.DrawFn) -> tuple[tuple[int, ...], np.ndarray]:
    """Up to four lags in any order, and a table; often of sure things and fair coins."""
    lags = tuple(draw(st.lists(st.integers(0, LONGEST_LAG), min_size=1, max_size=4, unique=True)))
    chance = draw(st.sampled_from([TEN_THOUSANDTHS, st.sampled_from([0.0, 0.5, 1.0])]))
    size = 2 ** len(lags)
    entries = draw(st.lists(chance, min_size=size, max_size=size))
    return lags, np.array(entries).reshape((2,) * len(lags))


def mean_entropy(chance: np.ndarray, keys: np.ndarray) -> float:
    """The loss of who can only tell strings with different keys apart."""
    came = np.bincount(keys)
    share = np.bincount(keys, weights=chance)[came > 0] / came[came > 0]
    terms = [-q * np.log(np.where(q > 0, q, 1)) for q in (share, 1 - share)]
    return float((sum(terms) * came[came > 0]).sum() / len(keys))


def enumerated(rule, window: int | None, noise: float = 0.0, known=range(99)) -> float:
    """The best loss in windows (`None`: in the whole past), over all strings of inputs.

    Only the lags in `known` are made use of. A window of 0 shows nothing.
    """
    lags, table = rule
    steps = 1 if window in (None, 0) else window
    length = LONGEST_LAG + steps
    strings = np.arange(2**length)[:, None] >> np.arange(length) & 1
    total = 0.0
    for position in range(steps):
        now = LONGEST_LAG + position
        chance = table[tuple(strings[:, now - lag] for lag in lags)]
        chance = (1 - noise) * chance + noise * (1 - chance)
        oldest = 0 if window is None else now + 1 if window == 0 else LONGEST_LAG
        seen = [now - lag for lag in range(now + 1) if lag in known and now - lag >= oldest]
        keys = strings[:, seen] @ (1 << np.arange(len(seen))) if seen else 0 * strings[:, 0]
        total += mean_entropy(chance, keys.astype(int))
    return total / steps


def lags_in(label: str) -> list[set[int]]:
    """The lags of each part that a label names."""
    return [set(map(int, re.findall(r"\d+", part))) for part in label.split(", or ")]


@pytest.mark.parametrize("window", [None, 1, 2, 4])
@given(rule=rules(), noise=st.sampled_from([0.0, 0.0, 0.1, 0.5]))
@settings(max_examples=25)
def test_what_can_be_known_is_what_an_enumeration_of_all_inputs_knows(window, rule, noise):
    own = OwnRule(table_text(*rule), noise=noise)
    best = enumerated(rule, window, noise)
    nothing = enumerated(rule, 0, noise)
    assert own.best_loss(window) == pytest.approx(best, abs=1e-9)
    assert own.base_rate_loss() == pytest.approx(nothing, abs=1e-9)
    stairs = own.partial_losses(window)
    for label, loss in stairs.items():
        for known in lags_in(label):
            assert loss == pytest.approx(enumerated(rule, window, noise, known), abs=2e-8)
    named = [known for label in stairs for known in lags_in(label)]
    for lag in rule[0]:  # what is worth something alone, but not everything, has its step
        alone = enumerated(rule, window, noise, {lag})
        if best + 1e-6 < alone < nothing - 1e-6:
            assert {lag} in named


@given(rules())
def test_the_truth_is_the_table_at_every_step(rule):
    lags, table = rule
    x = np.random.default_rng(1).integers(2, size=60, dtype=np.uint8)
    truth = OwnRule(table_text(*rule)).target_probabilities(x)
    for t in range(60):
        expected = table[tuple(x[t - lag] for lag in lags)] if t >= max(lags) else 0.5
        assert truth[t] == expected


@given(rules())
def test_the_recipe_gives_the_very_bits_of_any_table(rule):
    own = OwnRule(table_text(*rule))
    names = {"np": np, "rng": np.random.default_rng(2), "n_bits": 300}
    recipe = own.numpy_code()
    exec(recipe, names)
    drawn = own.generate(np.random.default_rng(2), 300)
    np.testing.assert_array_equal(names["x"], drawn.inputs)
    np.testing.assert_array_equal(names["y"], drawn.targets)
    assert len(recipe.splitlines()) <= 15
    assert all(len(line) <= 96 for line in recipe.splitlines()), "indented, it fits on a page"


def test_what_was_typed_never_reaches_the_recipe():
    text = "x[t-1]\nor\r\u00a0x[t-1]\t==\n1"
    assert parse(text).lags == (1,)
    recipe = OwnRule(text).numpy_code()
    assert all(line.startswith(("x = ", "y = ", "# ", "table", "chance"))
               for line in recipe.splitlines())  # fmt: skip


def test_the_default_is_a_one_followed_by_something_two_steps_after_a_zero():
    x = np.array([0, 1, 0, 1, 1, 1, 0], dtype=np.uint8)
    # t = 3: x[2] = 0; 4: x[3] = 1, x[1] = 1; 5: x[4] = 1, x[2] = 0; 6: x[5] = 1, x[3] = 1
    assert OWN.target_probabilities(x).tolist() == [0.5, 0.5, 0.5, 0, 0, 1, 0]
    # A quarter of the targets are 1; either cause alone leaves a sure 0 or a coin.
    assert OWN.base_rate_loss() == pytest.approx(0.56234, abs=5e-6)
    assert OWN.best_loss() == 0
    assert OWN.partial_losses() == {"lag 3 only, or lag 1 only": pytest.approx(LN2 / 2)}


def test_the_nearest_lags_together_are_stairs_too():
    four = OwnRule("0.1 + 0.1 * x[t-1] + 0.2 * x[t-2] + 0.3 * x[t-5] + 0.25 * x[t-6]")
    assert list(four.partial_losses()) == [
        "lag 1 only",
        "lag 2 only",
        "lags 1 and 2 only",
        "lag 6 only",
        "lag 5 only",
        "lags 1, 2 and 5 only",
    ]


@pytest.mark.parametrize("text", ["0.3", "1", "0", "0.25 * 2"])
def test_a_rule_that_looks_at_nothing_is_a_loaded_coin(text):
    value = float(parse(text).table)
    coin = OwnRule(text)
    for window in (None, 1, 9):
        assert coin.best_loss(window) == coin.base_rate_loss()
        assert coin.partial_losses(window) == {}
    assert coin.first_window_loss(5, 3) == pytest.approx(coin.base_rate_loss())
    drawn = coin.generate(np.random.default_rng(0), 10_000)
    assert drawn.targets.mean() == pytest.approx(value, abs=0.02)
    assert causes_of(Settings.of({"rule": "own", "expression": text})) == ()


@given(rules())
def test_the_link_leads_back_to_the_run(rule):
    run = Settings.of({"rule": "own", "expression": table_text(*rule), "noise": 0.05})
    link = urlencode(run.to_query())
    query = dict(parse_qsl(link, keep_blank_values=True))
    assert Settings.of(query | {"noise": float(query["noise"])}) == run
    assert causes_of(run) == tuple(sorted(rule[0]))


def test_a_wrong_rule_is_refused_by_the_settings_with_its_place():
    with pytest.raises(SettingError, match=r"^At character 8: 'xorr' means nothing here"):
        Settings.of({"rule": "own", "expression": "x[t-1] xorr x[t-2]"})
    with pytest.raises(SettingError, match="Your rule must be at most 200 characters long"):
        Settings.of({"rule": "own", "expression": "1 " * 101})


def test_other_rules_know_nothing_of_it():
    with pytest.raises(SettingError, match="The rule 'pair' has no parameter called 'expression'"):
        Settings.of({"expression": "x[t-1]"})
    assert Settings().to_query() == {}
