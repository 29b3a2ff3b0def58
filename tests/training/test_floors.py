"""Where runs end: at what theory and the articles say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnnlab.presets import PRESETS
from rnnlab.settings import Plan, Settings
from tests.training.runs import anew


def last_epoch(settings: Settings) -> dict[str, float]:
    """Mean loss and accuracy over the updates of the last epoch."""
    history = anew(Plan(settings))[-1].history
    n = settings.updates_per_epoch
    return {name: float(values[-n:].mean()) for name, values in history.items()}


@pytest.mark.parametrize(
    ("values", "loss", "accuracy"),
    [
        ({"rule": "pair"}, 0.34657, 0.75),
        ({"rule": "pair", "carry_state": False}, 0.4590, None),
        ({"rule": "pair", "lag": 6, "carry_state": False}, 0.69315, 0.5),
        ({"rule": "echo", "units": 8}, 0.0, 1.0),
        ({"rule": "echo", "units": 8, "carry_state": False}, 0.41589, 0.7),
        ({"rule": "echo", "units": 8, "noise": 0.1}, 0.32508, 0.9),
        ({"rule": "own", "expression": "x[t-1] x[t-2]: 0.1 0.5 0.7 1"}, 0.40727, 0.775),
    ],
)
def test_short_runs_end_at_the_floors_of_the_articles(values, loss, accuracy):
    # H(0.1) = 0.3251, ln 2, H(0.7) = 0.6109 and 0 in equal parts; right 0.9, 0.5, 0.7 and 1.
    # Echo, reset, windows of 5: the first 3 are guessed, 2 are known: 0.3 / 1 + 0.4 = 0.7 right.
    settings = Settings.of({"rows": 250, "length": 2000, "window": 5, "epochs": 6} | values)
    reached = last_epoch(settings)
    assert reached["loss"] == pytest.approx(loss, abs=0.012)
    if accuracy is not None:
        assert reached["accuracy"] == pytest.approx(accuracy, abs=0.012)


def test_the_echo_has_spikes_where_its_epochs_begin():
    # Rows 2 to 5 begin with 3 bits that nobody can know: (4/5)(3/15) ln 2 = 0.1109 for the best
    # guesser, some more for a network that is sure of them.
    settings = replace(PRESETS["echo"].settings, epochs=40)
    by_epoch = anew(Plan(settings))[-1].history["loss"].reshape(40, 666)[20:]
    assert by_epoch[:, 0].mean() > 0.1
    assert by_epoch[:, 1:].mean() < 0.002
