"""The way forward alone says what NumPy says, whole or in two halves, and of fewer rows too."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.engine import Architecture, architecture
from rnnlab.engine.judge import Judge
from rnnlab.network import Network
from tests.engine.windows import some_weights

ROWS, TIMESTEPS = 6, 5
NETWORKS = {
    "words": Network("gru", 4, 3, outputs=1, last_step=True, vocabulary=20),
    "numbers": Network("lstm", 4, 2, outputs=1, last_step=True, classes=False),
    "each step": Network("simple_rnn", 4, 2),
}


def some_rows(network: Network, rows: int) -> np.ndarray:
    rng = np.random.default_rng(rows)
    shape = (rows, *network.input_shape(TIMESTEPS))
    if network.vocabulary:
        return rng.integers(network.vocabulary, size=shape)
    return rng.uniform(-1, 1, shape).astype(np.float32)


def exact(network: Network, weights: dict[str, np.ndarray], inputs: np.ndarray) -> np.ndarray:
    """The probability of class 1, or the number, in float64."""
    double = {name: weight.astype(float) for name, weight in weights.items()}
    predicted = reference.forward(network, double, inputs).predicted
    return predicted[..., min(network.outputs, 2) - 1]


@pytest.mark.parametrize("rows", [ROWS, 2], ids=["full", "two rows"])
@pytest.mark.parametrize("name", NETWORKS)
def test_it_says_what_numpy_says(name, rows):
    network = NETWORKS[name]
    weights, inputs = some_weights(network), some_rows(network, rows)
    said = Judge(Architecture(network, "sgd", ROWS, TIMESTEPS)).predicted(weights, inputs)
    np.testing.assert_allclose(said, exact(network, weights, inputs), atol=1e-5)


def test_in_two_halves_it_says_the_same(monkeypatch):
    monkeypatch.setattr(architecture, "WORTH_PARTS", 0)
    one = Architecture(NETWORKS["words"], "sgd", ROWS, TIMESTEPS)
    assert one.parts == 2
    weights, inputs = some_weights(one.network), some_rows(one.network, 5)
    said = Judge(one).predicted(weights, inputs)
    np.testing.assert_allclose(said, exact(one.network, weights, inputs), atol=1e-5)


def test_a_word_that_is_not_there_is_refused():
    network = NETWORKS["words"]
    judge = Judge(Architecture(network, "sgd", ROWS, TIMESTEPS))
    with pytest.raises(ValueError, match="The words are 0 to 19"):
        judge.predicted(some_weights(network), np.full((1, TIMESTEPS), 20))
