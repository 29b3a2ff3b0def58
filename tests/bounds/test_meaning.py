"""What the lines beside a loss curve mean, and when a network has come past them."""

import pytest

from rnnlab.bounds import Bounds, meanings
from rnnlab.presets import PRESETS
from rnnlab.rules import RULES, BitRule
from rnnlab.settings import Settings

CASES = {name: preset.settings for name, preset in PRESETS.items()}
ON_BITS = [name for name, rule in RULES.items() if isinstance(rule, BitRule)]
CASES |= {rule: Settings.of({"rule": rule}) for rule in ON_BITS}
CASES["forgets"] = Settings(carry_state=False)


@pytest.mark.parametrize("settings", CASES.values(), ids=CASES)
def test_every_line_is_explained_in_one_or_two_short_sentences_with_its_number(settings):
    bounds = Bounds.of(settings)
    told = meanings(bounds, settings)
    assert len(told) == len(bounds.lines)
    for (_, loss), (meaning, crossed, _) in zip(bounds.lines, told, strict=True):
        number = f"{loss:.4f}" if bounds.bits else f"{loss:.3g}"
        assert number in meaning
        assert len(meaning) < 140 + 60 * (not bounds.bits)
        assert 0 < len(crossed) < 90
    assert len({meaning for meaning, _, _ in told}) == len(told)


def test_a_line_is_passed_below_it_but_the_best_possible_when_it_is_as_good_as_reached():
    pair = {name: told.reach for name, told in named(Settings()).items()}
    assert pair["knows nothing"] == pytest.approx(0.6931, abs=1e-4)
    assert pair["forgets at each window"] == pytest.approx(0.4590, abs=1e-4)
    assert pair["best possible"] == pytest.approx(0.3566, abs=1e-4)
    reach = {name: told.reach for name, told in named(PRESETS["sine"].settings).items()}
    assert reach["always the mean"] == pytest.approx(0.4777, abs=1e-4)


def test_who_forgets_after_each_window_is_as_good_as_one_can_be_at_what_a_window_tells():
    reach = {name: told.reach for name, told in named(Settings(carry_state=False)).items()}
    assert reach["forgets at each window"] == pytest.approx(0.4690, abs=1e-4)


def named(settings: Settings) -> dict:
    bounds = Bounds.of(settings)
    labels = [label for label, _ in bounds.lines]
    return dict(zip(labels, meanings(bounds, settings), strict=True))
