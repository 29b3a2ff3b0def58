"""The copy task: its strings, and what it costs to have kept nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.rules.copying import WAITING, CopyRule
from rnnlab.settings import Settings

PAPER = CopyRule(kept=10, blanks=5)


def test_a_string_is_that_of_the_paper():
    series = PAPER.generate(np.random.default_rng(1), 25)
    x, y = ("".join(PAPER.letters[k] for k in each) for each in (series.inputs, series.targets))
    assert x[10:] == "----?----------"  # T - 1 blanks, the call, ten blanks
    assert y[:15] == "-" * 15
    assert y[15:] == x[:10]
    assert set(x[:10]) <= set("ABCDEFGH")


@pytest.mark.parametrize(("kept", "blanks"), [(10, 5), (10, 80), (3, 10), (1, 1)])
def test_without_memory_the_loss_is_that_of_the_paper(kept, blanks):
    rule = CopyRule(kept=kept, blanks=blanks)
    (guessing,) = rule.partial_losses().values()
    assert guessing == pytest.approx(kept * math.log(8) / (blanks + 2 * kept))
    # By simulation: one eighth for each letter after the call, and all else sure.
    series = rule.generate(np.random.default_rng(2), 100 * rule.string)
    due = rule.kinds_of(series.inputs) > 0
    assert (due == (series.targets < 8)).all()
    assert np.where(due, math.log(8), 0).mean() == pytest.approx(guessing)


def test_everything_can_be_known():
    series = PAPER.generate(np.random.default_rng(3), 1000)
    assert PAPER.costs(series).sum() == 0
    assert PAPER.best_loss() == PAPER.best_loss(25) == 0


def test_a_run_s_windows_are_strings_whatever_the_length_of_a_row():
    settings = Settings.of({"rule": "copy", "kept": 2, "blanks": 3, "length": 100, "rows": 4})
    assert (settings.window, settings.carry_state) == (7, False)
    series = settings.stream_rule.generate(np.random.default_rng(4), 400)
    for row in series.targets.reshape(4, 100):
        for start in range(0, 98, 7):
            assert (row[start : start + 5] == 8).all()
            assert (row[start + 5 : start + 7] < 8).all()
    assert settings.stream_rule.costs(series).sum() == 0
    fresh = settings.fresh_stream.generate(np.random.default_rng(4), 70)
    assert (fresh.targets.reshape(10, 7)[:, 5:] < 8).all()


def test_the_kinds_are_the_places_of_the_letters():
    series = PAPER.generate(np.random.default_rng(5), 50)
    kinds = [PAPER.kinds[k] for k in PAPER.kinds_of(series.inputs)]
    assert kinds[:15] == [WAITING] * 15
    assert kinds[15:25] == [f"letter {k}" for k in range(1, 11)]
    assert kinds[25:] == kinds[:25]
