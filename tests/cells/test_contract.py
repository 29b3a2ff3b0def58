"""What every cell must keep, whichever it is; a new one is found here and held against Keras."""

import keras
import numpy as np
import pytest

from rnnlab.cells import CELLS, Cell, cell
from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.errors import SettingError

BATCH, STEPS, FEATURES, UNITS = 4, 7, 3, 5

EVERY_CELL = pytest.mark.parametrize("tried", CELLS.values(), ids=list(CELLS))
EVERY_ACTIVATION = pytest.mark.parametrize("activation", ACTIVATIONS)


def keras_layer(tried: Cell, features: int, units: int, **options: object) -> keras.Layer:
    layer = getattr(keras.layers, tried.title)(units, **options)
    layer.build((None, None, features))
    return layer


def some_weights(tried: Cell, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Small random weights, the biases too."""
    shapes = tried.weight_shapes(FEATURES, UNITS)
    return {name: 0.4 * rng.standard_normal(shape) for name, shape in shapes.items()}


def run(tried: Cell, weights: dict, inputs: np.ndarray, state: np.ndarray, activation: str):
    """The output of each step, and the last state."""
    outputs = []
    for t in range(inputs.shape[1]):
        values = tried.step(weights, inputs[:, t], state, activation)
        outputs.append(list(values.values())[-1])
        state = tried.next_state(values)
    return np.stack(outputs, axis=1), state


@EVERY_CELL
@EVERY_ACTIVATION
def test_numpy_and_keras_agree_at_every_step(tried, activation):
    rng = np.random.default_rng(1)
    weights = some_weights(tried, rng)
    inputs = rng.standard_normal((BATCH, STEPS, FEATURES))
    state = rng.uniform(-1, 1, (BATCH, tried.state_size(UNITS)))
    layer = keras_layer(
        tried, FEATURES, UNITS, activation=activation, return_sequences=True, return_state=True
    )
    layer.set_weights(list(weights.values()))
    parts = np.split(state.astype(np.float32), tried.state_size(UNITS) // UNITS, axis=1)
    expected, *last = layer(inputs.astype(np.float32), initial_state=parts)
    outputs, final = run(tried, weights, inputs, state, activation)
    np.testing.assert_allclose(outputs, expected, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(final, np.concatenate(last, axis=1), rtol=1e-6, atol=1e-6)


@EVERY_CELL
def test_the_weights_have_the_names_shapes_and_order_of_keras(tried):
    layer = keras_layer(tried, FEATURES, UNITS)
    expected = [(weight.name, tuple(weight.shape)) for weight in layer.weights]
    assert list(tried.weight_shapes(FEATURES, UNITS).items()) == expected
    drawn = tried.initial_weights(np.random.default_rng(0), FEATURES, UNITS)
    assert [(name, value.shape) for name, value in drawn.items()] == expected


@EVERY_CELL
def test_initial_weights_are_spread_as_those_of_keras(tried):
    # 90,000 numbers and more in each kernel: the outer quantiles of two draws differ by about
    # 0.01 standard deviations, those of a uniform and a normal distribution by 0.09.
    features, units = 400, 300
    ours = tried.initial_weights(np.random.default_rng(7), features, units)
    quantiles = np.linspace(0.05, 0.95, 19)
    layer = keras_layer(tried, features, units)
    for weight, value in zip(layer.weights, ours.values(), strict=True):
        expected = np.quantile(weight.numpy(), quantiles)
        np.testing.assert_allclose(
            np.quantile(value, quantiles), expected, atol=0.06 * float(np.std(weight)) + 1e-9
        )


@EVERY_CELL
def test_initial_weights_follow_the_generator(tried):
    def draw(seed: int) -> np.ndarray:
        drawn = tried.initial_weights(np.random.default_rng(seed), FEATURES, UNITS)
        assert {value.dtype for value in drawn.values()} == {np.dtype(np.float32)}
        return np.concatenate([value.ravel() for value in drawn.values()])

    np.testing.assert_array_equal(draw(3), draw(3))
    assert not np.array_equal(draw(3), draw(4))


@EVERY_CELL
@EVERY_ACTIVATION
def test_equations_and_steps_have_the_same_symbols_in_the_same_order(tried, activation):
    rng = np.random.default_rng(2)
    values = tried.step(
        some_weights(tried, rng),
        rng.standard_normal((BATCH, FEATURES)),
        np.zeros((BATCH, tried.state_size(UNITS))),
        activation,
    )
    assert list(values) == list(tried.equations)
    for symbol, formula in tried.equations.items():
        assert formula.startswith((symbol, rf"\tilde{{{symbol}}}"))
    assert list(values.values())[-1].shape == (BATCH, UNITS)


@EVERY_CELL
def test_the_state_begins_with_the_output(tried):
    rng = np.random.default_rng(3)
    state = rng.standard_normal((BATCH, tried.state_size(UNITS)))
    inputs = rng.standard_normal((BATCH, FEATURES))
    values = tried.step(some_weights(tried, rng), inputs, state, "tanh")
    after = tried.next_state(values)
    assert after.shape == state.shape
    np.testing.assert_array_equal(after[:, :UNITS], list(values.values())[-1])


@EVERY_CELL
def test_every_weight_is_as_many_times_as_wide_as_the_layer_as_there_are_gates(tried):
    shapes = tried.weight_shapes(FEATURES, UNITS).values()
    assert {shape[-1] for shape in shapes} == {tried.n_gates * UNITS}


@EVERY_CELL
def test_a_cell_is_found_by_its_name(tried):
    assert cell(tried.name) is tried


def test_an_unknown_cell_is_refused_with_the_ones_there_are():
    with pytest.raises(SettingError) as refusal:
        cell("abacus")
    assert str(refusal.value).startswith("There is no cell called 'abacus'; the lab has ")
    assert all(name in str(refusal.value) for name in CELLS)
