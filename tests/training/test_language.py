"""A next-word run: sequences of a text; it learns, keeps its best weights, and is repeatable."""

import math
from functools import cache

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.errors import TrainingError
from rnnlab.language.corpus import OwnText
from rnnlab.language.model import LanguageModel
from rnnlab.language.ngram import baselines
from rnnlab.language.settings import ROWS, TIMESTEPS, LanguageProgress, LanguageSettings
from rnnlab.language.tokenizer import END
from rnnlab.training.language import PATIENCE, TrainingSequences, sequence_starts, train

SMALL = {"sentences": 1000, "units": 8, "embedding": 4, "epochs": 1, "cell": "gru"}
STREAM = np.array([2, 3, END, 4, END, 5, 6, 7, 8, END, 9, END], np.int32)


@cache
def run(**values: object) -> tuple[LanguageProgress, ...]:
    return tuple(train(LanguageSettings(**(SMALL | values))))


def best_model(settings: LanguageSettings, last: LanguageProgress) -> LanguageModel:
    return LanguageModel(settings.network(settings.data.dictionary.size), last.weights)


def test_a_sequence_begins_with_the_first_sentence_that_the_last_one_did_not_hold_whole():
    # 2 3 ⏎ 4 | 4 ⏎ 5 6 | 5 6 7 8 holds no end, so the next goes on with ⏎ 9.
    assert sequence_starts(STREAM, 4).tolist() == [0, 3, 5]
    assert sequence_starts(STREAM, 20).tolist() == []


def test_the_target_is_the_next_word_and_before_the_first_one_stands_an_end():
    sequences = TrainingSequences.of(STREAM, 4)
    assert sequences.inputs[:2].tolist() == [[END, 2, 3, END], [END, 4, END, 5]]
    assert sequences.targets[0].tolist() == [2, 3, END, 4]


def test_noise_replaces_words_but_neither_ends_nor_targets():
    sequences = TrainingSequences.of(np.tile(STREAM, 200), 4)
    chosen = np.arange(len(sequences.inputs)).reshape(1, -1)
    batches = sequences.batches(chosen, 0.3, np.random.default_rng(1))
    inputs, ends = batches.inputs[0, 0], sequences.inputs == END
    assert (inputs[ends] == END).all()
    assert (batches.targets[0, 0] == sequences.targets).all()
    # A replaced word may be drawn as itself, with the sum of its squared shares.
    shares = np.bincount(sequences.targets.ravel()) / sequences.targets.size
    expected = 0.3 * (1 - shares[sequences.inputs[~ends]].mean())
    changed = (inputs[~ends] != sequences.inputs[~ends]).mean()
    assert abs(changed - expected) < 4 * np.sqrt(expected * (1 - expected) / (~ends).sum())
    assert not batches.keep.any()


def test_it_learns_and_is_tested_on_sentences_that_had_no_say():
    progress = run()
    settings = LanguageSettings(**SMALL)
    first, last = progress[0], progress[-1]
    assert last.complete
    n_sequences = len(TrainingSequences.of(settings.data.training, TIMESTEPS).inputs)
    assert last.step == last.steps == n_sequences // ROWS
    limits = baselines(settings.data)
    assert math.log(limits.best) < last.test_loss < first.validation_loss < math.log(limits.uniform)
    perplexity = best_model(settings, last).perplexity(settings.data.test)
    assert last.test_loss == pytest.approx(math.log(perplexity), rel=1e-5)


def test_the_first_loss_is_that_of_the_first_weights_on_the_first_sequences():
    settings = LanguageSettings(**SMALL)
    corpus = settings.data
    sequences = TrainingSequences.of(corpus.training, TIMESTEPS)
    network = settings.network(corpus.dictionary.size)
    trace = reference.forward(network, settings.first_weights(corpus), sequences.inputs)
    # Before anything is learnt the biases know how often each word comes, and little else is said:
    # whichever sequences come first, their loss is nearly the mean.
    expected = reference.loss(network, trace, sequences.targets)
    assert run()[0].loss == pytest.approx(expected, rel=0.05)
    shares = np.bincount(corpus.training) / len(corpus.training)
    entropy = -(shares[shares > 0] @ np.log(shares[shares > 0]))
    assert expected == pytest.approx(entropy, rel=0.05)


def test_the_same_settings_give_the_same_run_and_another_seed_another():
    losses, again = (
        [(event.loss, event.validation_loss) for event in events]
        for events in (run(), train(LanguageSettings(**SMALL)))
    )
    assert losses == again
    assert run(seed=2)[-1].loss != run()[-1].loss


def test_best_weights_are_kept_while_later_ones_are_worse_and_then_it_ends():
    rng = np.random.default_rng(1)
    # Words at random: whatever is learnt of them beyond how often they come is learnt by heart.
    sentences = (" ".join(f"w{k}" for k in rng.integers(30, size=3)) for _ in range(700))
    text = OwnText("short", "".join(f"{sentence}. " for sentence in sentences))
    values = {"corpus": "own", "epochs": 40, "learning_rate": 0.02, "units": 32}
    settings = LanguageSettings.of(values, text=text)
    progress = list(train(settings))
    last = progress[-1]
    assert last.complete
    assert last.step < last.steps
    assert last.epochs_done - last.best_epochs >= PATIENCE
    assert last.best_loss == min(event.validation_loss for event in progress)
    assert last.best_loss < last.validation_loss
    loss = float(best_model(settings, last).losses(settings.data.validation).mean())
    assert loss == pytest.approx(last.best_loss, rel=1e-5)


def test_a_text_with_too_few_sequences_for_one_update_is_learnt_all_the_same():
    """Of every ten sentences the two that are not learnt from are long, and the others short."""
    ten = "so. " * 8 + 2 * ("what a long story " * 14 + "it was. ")
    settings = LanguageSettings.of(
        {"corpus": "own", "epochs": 2, "units": 8}, text=OwnText("odd", ten * 20)
    )
    assert len(TrainingSequences.of(settings.data.training, TIMESTEPS).inputs) < ROWS
    last = list(train(settings))[-1]
    assert (last.step, last.complete) == (2, True)


def test_weights_that_run_away_end_it_with_a_sentence(monkeypatch):
    monkeypatch.setattr("rnnlab.training.language.FINAL_RATE", math.inf)
    with pytest.raises(TrainingError, match="stopped being a number"):
        list(train(LanguageSettings(**(SMALL | {"cell": "simple_rnn"}))))
