"""What a network answers to letters: against what is known of one that knows nothing at all."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.charts.network_picture import network_picture
from rnnlab.insight.letters import letter_answers, letters_sentence
from rnnlab.insight.longer import by_step
from rnnlab.insight.states import excerpt_of
from rnnlab.settings import Settings

REBER = Settings.of({"rule": "embedded-reber", "rows": 4, "length": 500, "window": 20})
COPY = Settings.of({"rule": "copy", "kept": 2, "blanks": 3, "rows": 4, "length": 500})
BOTH = pytest.mark.parametrize("settings", [REBER, COPY], ids=["reber", "copy"])


def indifferent(settings: Settings) -> dict[str, np.ndarray]:
    """Weights of a network that gives every answer the same chance, whatever comes in."""
    return {name: np.zeros_like(value) for name, value in settings.first_weights().items()}


@BOTH
def test_an_indifferent_network_pays_the_logarithm_of_the_answers_at_every_kind_of_step(settings):
    shown, n = letter_answers(settings, indifferent(settings)), settings.symbol_rule.n_answers
    assert shown.predicted == pytest.approx(1 / n)
    assert [kind.name for kind in shown.kinds] == list(settings.symbol_rule.kinds)
    assert [kind.loss for kind in shown.kinds] == pytest.approx([math.log(n)] * len(shown.kinds))
    assert sum(kind.share for kind in shown.kinds) == pytest.approx(1)


def test_the_best_of_each_kind_is_what_the_grammar_leaves_to_chance():
    shown = letter_answers(REBER, indifferent(REBER))
    assert [kind.best for kind in shown.kinds] == pytest.approx([0, math.log(2), 0], abs=1e-9)
    assert [kind.share for kind in shown.kinds] == pytest.approx([4 / 12, 7 / 12, 1 / 12], abs=0.03)
    assert np.isin(np.round(shown.true, 9), (0, 0.5, 1)).all()
    assert (shown.true[np.arange(len(shown.targets)), shown.targets] > 0).all()
    # The whole is 7 ln 2 / 12 at best; ln 7 is lost.
    assert f"loses {math.log(7):.4f} nats" in letters_sentence(shown)


def test_a_string_of_the_copy_task_is_shown_whole():
    shown = letter_answers(COPY, indifferent(COPY))
    assert "".join(shown.letters)[2:] == "--?--"
    assert [shown.answers[k] for k in shown.targets] == [*"-----", *shown.letters[:2]]
    assert (shown.true.max(axis=1) == 1).all()


@BOTH
def test_an_excerpt_gives_the_probability_of_what_came(settings):
    weights = settings.first_weights()
    excerpt = excerpt_of(settings, weights)
    letters, rule = excerpt.letters, settings.symbol_rule
    assert letters is not None
    assert letters.predicted.sum(axis=1) == pytest.approx(1)
    for step, target in enumerate(letters.targets):
        number = rule.answers.index(target)
        assert excerpt.predicted[step] == letters.predicted[step, number]
        assert excerpt.targets[step] == number
        assert rule.letters[int(excerpt.inputs[step].argmax())] == letters.inputs[step]
    assert (excerpt.target_probabilities > 0).all()


def test_the_picture_shows_one_answer_and_the_end_of_a_string():
    picture = network_picture(COPY, COPY.first_weights(), 0)
    letters = picture["letters"]
    assert letters["answer"] == "A"
    assert letters["inputs"][-3:] == ("?", "-", "-")
    assert len(picture["said"]) == len(letters["targets"]) == COPY.window
    dense = COPY.first_weights()["dense_kernel"][:, 0]
    assert picture["dense"] == np.round(100 * dense).astype(int).tolist()


def test_by_step_the_best_possible_is_the_window_s():
    comparison = by_step(REBER, indifferent(REBER))
    assert comparison.loss == pytest.approx(math.log(7))
    assert comparison.right == pytest.approx(1 / 7)
    assert comparison.length == 16 * 20
    assert comparison.best_loss[:20] == pytest.approx(REBER.symbol_rule.losses_by_step(20))
    assert comparison.best_loss[-1] == pytest.approx(7 * math.log(2) / 12)
