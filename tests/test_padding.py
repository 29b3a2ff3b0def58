"""A network as a wider one: the same numbers, and silent units beside them."""

import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.network import MEAN_MAX, Network
from rnnlab.padding import UNITS, cut, pad, padded
from rnnlab.presets import PRESETS

KINDS = {
    "plain": {},
    "layers": {"layers": 3},
    "both ways": {"bidirectional": True, "layers": 2},
    "pooled": {"pooling": MEAN_MAX, "last_step": True, "bidirectional": True},
    "last step": {"last_step": True, "classes": False, "outputs": 1},
    "as many features as units": {"features": 5},
}


def some_weights(network: Network) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(3)
    return {name: rng.standard_normal(shape) for name, shape in network.shapes.items()}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_wider_network_computes_the_same_and_its_further_units_learn_nothing(
    cell, activation, kind
):
    network = Network(cell=cell, units=5, activation=activation, **KINDS[kind])
    wide, weights = padded(network), some_weights(network)
    weights = {name: 0.3 * value for name, value in weights.items()}
    wider = pad(weights, network)
    assert wide.units == 6
    assert {name: value.shape for name, value in wider.items()} == wide.shapes

    inputs = np.random.default_rng(4).standard_normal((3, 7, network.features))
    trace, wide_trace = (
        reference.forward(network, weights, inputs),
        reference.forward(wide, wider, inputs),
    )
    np.testing.assert_allclose(wide_trace.predicted, trace.predicted, rtol=1e-12)

    targets = np.ones((3, 1 if network.last_step else 7))
    gradients = reference.gradients(network, weights, inputs, targets, trace)
    wide_gradients = reference.gradients(wide, wider, inputs, targets, wide_trace)
    for name, own in cut(wide_gradients, network).items():
        np.testing.assert_allclose(own, gradients[name], rtol=1e-9, atol=1e-14, err_msg=name)
    silent = {name: wide_gradients[name] != 0 for name in wide.shapes}
    own = pad({name: value != 0 for name, value in gradients.items()}, network)
    for name in wide.shapes:
        assert not (silent[name] & ~own[name].astype(bool)).any(), name


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("units", [1, 3, 9, 17, 63, 64])
def test_what_was_padded_is_cut_to_what_it_was(units, kind):
    network = Network(cell="lstm", units=units, **KINDS[kind])
    weights = some_weights(network)
    again = cut(pad(weights, network), network)
    assert again.keys() == weights.keys()
    for name, value in weights.items():
        np.testing.assert_array_equal(again[name], value)


def test_widths_are_never_cut_and_none_is_padded_by_much():
    for units in range(1, 65):
        wide = padded(Network(units=units)).units
        assert units <= wide <= max(units + 1, 1.25 * units)
        assert padded(Network(units=wide)).units == wide
    assert padded(Network(units=100)).units == 100


def test_questions_are_computed_with_their_own_widths():
    assert {preset.settings.units for preset in PRESETS.values()} <= set(UNITS)


@pytest.mark.parametrize("kind", [{"dropout": 0.5, "layers": 2}, {"vocabulary": 40}])
def test_masks_and_words_keep_the_width(kind):
    network = Network(units=5, **kind)
    assert padded(network) == network
