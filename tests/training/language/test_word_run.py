"""A run on words: it learns, keeps its best weights, and tells the same again."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.errors import TrainingError
from rnnlab.language.corpus import OwnText
from rnnlab.language.model import LanguageModel
from rnnlab.language.ngram import baselines
from rnnlab.language.progress import LanguageProgress
from rnnlab.language.settings import ROWS, TIMESTEPS, WordSettings
from rnnlab.training.language import train
from rnnlab.training.language.pieces import Pieces
from rnnlab.training.language.run import PATIENCE

SMALL = {"sentences": 1000, "units": 8, "embedding": 4, "epochs": 1, "cell": "gru"}


@cache
def run(**values: object) -> tuple[LanguageProgress, ...]:
    return tuple(train(WordSettings(**(SMALL | values))))


def test_it_learns_and_its_last_news_are_of_sentences_that_had_no_say():
    told = run()
    settings = WordSettings(**SMALL)
    last = told[-1]
    assert last.complete
    assert last.step == last.steps
    known = baselines(settings.data)
    assert math.log(known.best) < last.test_loss < told[0].validation_loss < math.log(known.uniform)
    weights = last.weights
    one = LanguageModel(settings.network(settings.data.dictionary.size), weights)
    assert last.test_loss == pytest.approx(math.log(one.perplexity(settings.data.test)), rel=1e-5)


def test_the_first_loss_is_that_of_the_first_weights_on_the_first_pieces():
    settings = WordSettings(**SMALL)
    corpus = settings.data
    pieces = Pieces.of(corpus.training, TIMESTEPS)
    network = settings.network(corpus.dictionary.size)
    trace = reference.forward(network, settings.first_weights(corpus), pieces.inputs)
    # Before anything is learnt the biases know how often each word comes, and little else is said:
    # whichever pieces come first, their loss is nearly the mean.
    expected = reference.loss(network, trace, pieces.targets)
    assert run()[0].loss == pytest.approx(expected, rel=0.05)
    shares = np.bincount(corpus.training) / len(corpus.training)
    entropy = -(shares[shares > 0] @ np.log(shares[shares > 0]))
    assert expected == pytest.approx(entropy, rel=0.05)


def test_the_same_settings_give_the_same_run_and_another_seed_another():
    again = list(train(WordSettings(**SMALL)))
    assert [(one.loss, one.validation_loss) for one in again] == [
        (one.loss, one.validation_loss) for one in run()
    ]
    assert run(seed=2)[-1].loss != run()[-1].loss


def test_best_weights_are_kept_while_later_ones_are_worse_and_then_it_ends():
    text = OwnText("short", "".join(f"{a} {b} {c}. " for a, b, c in _nonsense()))
    settings = WordSettings.of(
        {"corpus": "own", "epochs": 40, "learning_rate": 0.02, "units": 32}, text=text
    )
    told = list(train(settings))
    last = told[-1]
    assert last.complete
    assert last.step < last.steps
    assert last.epochs_done - last.best_epochs >= PATIENCE
    assert last.best_loss == min(one.validation_loss for one in told) < last.validation_loss
    one = LanguageModel(settings.network(settings.data.dictionary.size), last.weights)
    assert float(one.losses(settings.data.validation).mean()) == pytest.approx(
        last.best_loss, rel=1e-5
    )


def _nonsense() -> list[list[str]]:
    """Words by chance: whatever is learnt of them beyond how often they come is learnt by heart."""
    rng = np.random.default_rng(1)
    return [[f"w{k}" for k in rng.integers(30, size=3)] for _ in range(700)]


def test_a_text_with_too_few_pieces_for_one_update_is_learnt_all_the_same():
    """Of every ten sentences the two that are not learnt from are long, and the others short."""
    ten = "so. " * 8 + 2 * ("what a long story " * 14 + "it was. ")
    settings = WordSettings.of(
        {"corpus": "own", "epochs": 2, "units": 8}, text=OwnText("odd", ten * 20)
    )
    assert len(Pieces.of(settings.data.training, TIMESTEPS).inputs) < ROWS
    told = list(train(settings))
    assert (told[-1].step, told[-1].complete) == (2, True)


def test_weights_that_run_away_end_it_with_a_sentence():
    settings = WordSettings(**(SMALL | {"cell": "simple_rnn"}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rnnlab.training.language.run.LEAST_RATE", math.inf)
        with pytest.raises(TrainingError, match="stopped being a number"):
            list(train(settings))


def test_a_piece_has_the_size_that_settings_say():
    pieces = Pieces.of(WordSettings(**SMALL).data.training, TIMESTEPS)
    assert run()[-1].steps == len(pieces.inputs) // ROWS
