"""Equations, and the forward pass of a bench: by hand, every number the sum of its parts."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.cells import CELLS
from rnnlab.handcheck.bench import ARTICLE
from rnnlab.handcheck.equations import state_symbols, tokenize
from rnnlab.handcheck.forward import (
    format_equation,
    format_number,
    format_operand,
    format_product,
    forward,
)
from tests.handcheck.benches import GRU, LSTM, benches, recombined


def test_the_activation_is_not_taken_for_the_forget_gate():
    assert tokenize(r"c_t = f_t \odot c_{t-1} + f(x_t W_f + b_f)") == (
        ("vector", "f_t"),
        ("sign", r"\odot"),
        ("vector", "c_{t-1}"),
        ("sign", "+"),
        ("function", "f"),
        ("sign", "("),
        ("product", "x_t W_f"),
        ("sign", "+"),
        ("bias", "b_f"),
        ("sign", ")"),
    )


def test_a_proposal_may_wear_a_tilde():
    assert tokenize(r"h_t = \tilde{h}_t")[0] == ("vector", r"\tilde{h}_t")


@pytest.mark.parametrize("formula", ["h_t = x_t / 2", r"h_t = \exp(x_t)", "h_t = x_t ? W"])
def test_what_cannot_be_read_is_refused(formula):
    with pytest.raises(ValueError, match="cannot be read"):
        tokenize(formula)


@pytest.mark.parametrize("cell", CELLS)
def test_the_state_has_a_symbol_for_each_of_its_parts(cell):
    symbols = state_symbols(CELLS[cell])
    assert len(symbols) == CELLS[cell].state_size(7) // 7
    assert symbols[0] == list(CELLS[cell].equations)[-1]


FUNCTIONS = {
    "tanh": np.tanh,
    "relu": lambda x: np.where(x > 0, x, 0),
    "linear": lambda x: x,
}


def values(bench):
    return [
        {quantity.symbol: list(quantity.value) for quantity in step.quantities}
        for step in forward(bench)
    ]


def test_the_articles_calculation_to_the_digit():
    assert [list(step.output) for step in forward(ARTICLE)] == [
        [7, 3, 12],
        [13, 27, 16],
        [48, 45, 54],
    ]


def test_the_terms_of_the_articles_second_step():
    # x = (1, 1): x W = (1+2, 0+1, 2+3); h = (7, 3, 12): h U = (7+3, 14+12, 7+3); b = (0, 0, 1).
    sums, output = forward(ARTICLE)[1].quantities
    assert [(term.formula, list(term.value)) for term in sums.terms] == [
        ("x_t W", [3, 1, 5]),
        ("h_{t-1} U", [10, 26, 10]),
        ("b", [0, 0, 1]),
    ]
    assert [(term.formula, list(term.value)) for term in output.terms] == [("a_t", [13, 27, 16])]
    from_state = sums.terms[1]
    assert list(from_state.vector) == [7, 3, 12]
    assert from_state.matrix.tolist() == [[1, 2, 1], [1, 0, 1], [0, 1, 0]]


def test_an_lstm_by_hand():
    # Every gate sums up to 0, so each is 1/2. Step 1: g = 2*1 + 1*2 - 2 = 2,
    # c = 4/2 + 2/2 = 3, h = 3/2. Step 2: g = 2*3 + 1.5 - 2 = 5.5, c = 3/2 + 5.5/2 = 4.25, h = 2.125
    half = {"i": [0.5], "f": [0.5], "o": [0.5]}
    assert values(LSTM) == [
        half | {"g": [2], "c": [3], "h": [1.5]},
        half | {"g": [5.5], "c": [4.25], "h": [2.125]},
    ]


def test_a_gru_by_hand():
    # z = r = 1/2. Step 1: p = 4*2 - 2 = 6, n = 2*1 + 1 + 6/2 = 6, h = 2/2 + 6/2 = 4.
    # Step 2: p = 4*4 - 2 = 14, n = 2*3 + 1 + 14/2 = 14, h = 4/2 + 14/2 = 9.
    half = {"z": [0.5], "r": [0.5]}
    assert values(GRU) == [
        half | {"p": [6], "n": [6], "h": [4]},
        half | {"p": [14], "n": [14], "h": [9]},
    ]


def test_the_state_before_is_what_the_step_before_left():
    first, second = forward(LSTM)
    assert {symbol: list(part) for symbol, part in first.previous_state.items()} == {
        "h": [2],
        "c": [4],
    }
    assert {symbol: list(part) for symbol, part in second.previous_state.items()} == {
        "h": [1.5],
        "c": [3],
    }
    assert list(first.previous_state) == ["h", "c"]
    assert list(forward(GRU)[0].previous_state) == ["h"]


@given(benches())
@settings(max_examples=25)
def test_steps_have_the_symbols_the_shapes_and_the_state_of_their_cell(bench):
    steps = forward(bench)
    assert [step.t for step in steps] == list(range(1, bench.timesteps + 1))
    for step, inputs in zip(steps, bench.inputs, strict=True):
        assert list(step.inputs) == list(inputs)
        equations = {quantity.symbol: quantity.formula for quantity in step.quantities}
        assert list(equations.items()) == list(CELLS[bench.cell].equations.items())
        for array in (
            *step.previous_state.values(),
            *(quantity.value for quantity in step.quantities),
        ):
            assert array.shape == (bench.units,)
            assert array.dtype == np.float64
    for before, step in pairwise(steps):
        left = {quantity.symbol: quantity.value for quantity in before.quantities}
        for symbol, part in step.previous_state.items():
            np.testing.assert_array_equal(part, left[symbol])


@given(benches())
@settings(max_examples=40)
def test_the_terms_of_every_formula_recombine_to_its_value(bench):
    for step in forward(bench):
        for quantity in step.quantities:
            for term in quantity.terms:
                if term.matrix is not None:
                    np.testing.assert_array_equal(term.vector @ term.matrix, term.value)
            result = recombined(quantity, FUNCTIONS[bench.activation])
            size = 1 + max(np.abs(term.value).max() for term in quantity.terms)
            np.testing.assert_allclose(result, quantity.value, rtol=1e-12, atol=1e-12 * size)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7.0, "7"),
        (-0.0, "0"),
        (13.25, "13.25"),
        (np.tanh(1), "0.7616"),  # 0.761594
        (-1.23412e-05, "-1.234e-05"),
        (-1e-300, "-1e-300"),
        (1000.0, "1000"),
        (123456.789, "123456.789"),
        (2 / 3 * 100, "66.6667"),
        (1e6, "1000000"),
        (1.5e12, "1.5e+12"),
        (0.1 + 0.2, "0.3"),
        (1 - 1e-9, "1"),
    ],
)
def test_numbers_are_written_in_one_short_way(value, text):
    assert format_number(value) == text


@given(st.floats(-1e12, 1e12))
def test_a_written_number_is_off_by_less_than_its_last_digit(value):
    assert abs(float(format_number(value)) - value) <= max(
        5.1e-5, 5.1e-4 * (abs(value) >= 1e7) * abs(value)
    )


def test_only_a_negative_number_stands_in_parentheses():
    written = [format_operand(value) for value in (2.0, 0.0, -0.0, -0.5, -1.23412e-05)]
    assert written == ["2", "0", "0", "(-0.5)", "(-1.234e-05)"]


def test_a_product_is_spelled_out_as_one_would_write_it():
    product = forward(ARTICLE)[0].quantities[0].terms[0]  # x = (1, 3), W = ((1, 0, 2), (2, 1, 3))
    assert [format_product(product.vector, product.matrix[:, unit]) for unit in range(3)] == [
        "1·1 + 3·2 = 7",
        "1·0 + 3·1 = 3",
        "1·2 + 3·3 = 11",
    ]
    signed = format_product(np.array([-1.0, 0.5]), np.array([2.0, -2.0]))
    assert signed == "(-1)·2 + 0.5·(-2) = -3"


def test_a_line_of_the_equations_has_the_numbers_in_it():
    second = {
        quantity.symbol: format_equation(quantity, 0, "linear")
        for quantity in forward(LSTM)[1].quantities
    }
    assert second["i"] == "σ(0 + 0 + 0) = 0.5"
    assert second["g"] == "6 + 1.5 + (-2) = 5.5"
    assert second["c"] == "0.5·3 + 0.5·5.5 = 4.25"
    assert second["h"] == "0.5·4.25 = 2.125"
    assert format_equation(forward(GRU)[0].quantities[-1], 0, "linear") == "0.5·2 + (1 - 0.5)·6 = 4"
