"""Runs at the edge: of what is allowed, of what there is to learn, and past what goes well."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnlab.engine import Hyperparameters, program
from rnnlab.errors import TrainingError
from rnnlab.rules import RULES
from rnnlab.settings import Plan, Settings
from rnnlab.training import architecture, train
from rnnlab.training.run import hyperparameters
from tests.rules.cases import wobble
from tests.training.runs import SMALL, anew


@pytest.mark.parametrize("optimizer", ["sgd", "adagrad", "adam"])
def test_a_run_whose_loss_is_no_number_ends_in_a_sentence_that_names_the_update(optimizer):
    settings = Settings(activation="linear", learning_rate=5, rows=5, optimizer=optimizer)
    seen = []
    with pytest.raises(TrainingError) as trouble:
        seen.extend(train(Plan(settings)))
    sentence = str(trouble.value)
    update = int(sentence.removeprefix("At update ").split()[0].replace(",", ""))
    assert sentence == (
        f"At update {update:,} the loss stopped being a number: the weights ran away. "
        "Try a learning rate below 5, clip the gradients, or take the activation tanh."
    )
    assert (seen[-1].step if seen else 0) < update <= settings.updates
    with pytest.raises(TrainingError):  # of what this process has done, nothing is wrong
        list(train(Plan(settings)))
    with pytest.raises(TrainingError, match=f"At update {update:,} "):
        anew(Plan(settings, until=update))
    if update > 2:  # the weights may have run away in the update before
        assert np.isfinite(anew(Plan(settings, until=update - 2))[-1].history["loss"]).all()


def test_the_sentence_names_the_rate_at_which_it_happened():
    settings = Settings(activation="linear", learning_rate=0.0001, rows=5, optimizer="momentum")
    with pytest.raises(TrainingError, match=r"At update 1[0-9]{2} .* below 5, clip"):
        list(train(Plan(settings).turned(100, 5)))


@pytest.mark.parametrize(
    "extreme",
    [
        {"rows": 1, "units": 1, "window": 1, "length": 100},
        {"rows": 1, "units": 1, "window": 100, "length": 100, "networks": 16},
        {"rows": 500, "units": 64, "window": 1, "length": 100},
        {"rows": 3, "units": 64, "window": 100, "length": 100, "layers": 3, "dropout": 0.8},
        {"rows": 3, "units": 2, "window": 100, "length": 199, "epochs": 5000},
        {"rule": "toy", "units": 1, "layers": 3, "networks": 16},
        {"rule": "sine", "rows": 500, "window": 100, "as_printed": True},
    ],
    ids=str,
)
def test_extreme_settings_run_to_their_end(extreme):
    plan = Plan(Settings.of({"epochs": 2} | extreme))
    events = anew(plan)
    assert events[-1].step == plan.settings.updates == len(events[-1].history["loss"])
    assert np.isfinite(events[-1].history["loss"]).all()


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_can_be_trained_on(rule):
    own = wobble() if rule == "series" else None
    settings = Settings(rule=rule, own=own, **SMALL | {"epochs": 1})
    events = anew(Plan(settings))
    assert events[-1].step == settings.updates > 0
    assert {key: value.shape for key, value in events[-1].weights.items()} == (
        settings.network.shapes
    )


def test_settings_that_differ_in_hyperparameters_share_a_program():
    base = Settings(layers=2, dropout=0.2, clip=1.0, **SMALL)
    for other in (
        replace(base, learning_rate=1.0),
        replace(base, dropout=0.5),
        replace(base, clip=0.1),
        replace(base, seed=9),
        replace(base, epochs=7),
        replace(base, rule="echo", parameters=()),
        replace(base, carry_state=False),
    ):
        assert program(architecture(other)) is program(architecture(base))
    for other in (replace(base, clip=0.0), replace(base, dropout=0.0)):
        assert program(architecture(other)) is not program(architecture(base))


def test_the_hyperparameters_are_those_of_the_settings():
    settings = Settings(layers=2, dropout=0.2, clip=3.0, networks=2, seed=5, learning_rate=0.1)
    expected = Hyperparameters(0.1, dropout=0.2, clip=3.0, seeds=(5, 6))
    assert hyperparameters(settings) == expected


def test_there_is_dropout_only_where_there_is_a_layer_above():
    for layers in (1, 2, 3):
        settings = Settings(layers=layers, dropout=0.5, **SMALL)
        assert architecture(settings).with_dropout == (layers > 1)
        assert hyperparameters(settings).dropout == (0.5 if layers > 1 else 0.0)
