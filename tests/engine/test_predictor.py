"""The forward pass alone predicts what NumPy does: whole, in two halves, and of fewer rows."""

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.engine import Architecture, architecture
from rnnlab.engine.predictor import Predictor
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
def test_it_predicts_what_numpy_does(name, rows):
    network = NETWORKS[name]
    weights, inputs = some_weights(network), some_rows(network, rows)
    predicted = Predictor(Architecture(network, "sgd", ROWS, TIMESTEPS)).predict(weights, inputs)
    np.testing.assert_allclose(predicted, exact(network, weights, inputs), atol=1e-5)


def test_in_two_halves_it_predicts_the_same(monkeypatch):
    monkeypatch.setattr(architecture, "MIN_PRODUCTS_FOR_PARTS", 0)
    halves = Architecture(NETWORKS["words"], "sgd", ROWS, TIMESTEPS)
    assert halves.parts == 2
    weights, inputs = some_weights(halves.network), some_rows(halves.network, 5)
    predicted = Predictor(halves).predict(weights, inputs)
    np.testing.assert_allclose(predicted, exact(halves.network, weights, inputs), atol=1e-5)


def test_a_word_that_is_not_there_is_refused():
    network = NETWORKS["words"]
    predictor = Predictor(Architecture(network, "sgd", ROWS, TIMESTEPS))
    with pytest.raises(ValueError, match="The words are 0 to 19"):
        predictor.predict(some_weights(network), np.full((1, TIMESTEPS), 20))
