"""The way back product by product: as `step_back` has it, as trying has it, and one on paper."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from rnnlab.cells import CELLS
from rnnlab.handcheck.backward import backward
from rnnlab.handcheck.chain_rule import BackwardLine, chain_rule
from rnnlab.handcheck.forward import forward
from tests.handcheck.benches import GRU, LSTM, bench_with, spread_benches


def lines_of(bench, t: int) -> dict[str, BackwardLine]:
    """The lines of step t by what they give."""
    step = backward(bench).steps[bench.timesteps - t]
    lines = chain_rule(bench, forward(bench)[t - 1], step)
    return {line.result.symbol: line for line in lines}


@given(spread_benches())
@settings(max_examples=60, deadline=None)
def test_every_step_hands_on_what_the_cells_own_way_back_hands_on(bench):
    for step in backward(bench).steps:
        lines = lines_of(bench, step.t)
        for symbol, gradient in step.previous_state_gradient.items():
            line = lines[f"∂L/∂{symbol}_{step.t - 1}"]
            np.testing.assert_allclose(line.result.value, gradient, atol=1e-12)


@pytest.mark.parametrize("cell", [name for name in CELLS if CELLS[name].gates])
@pytest.mark.parametrize("activation", ["tanh", "linear"])
def test_every_gates_line_is_what_a_nudge_of_its_bias_does_to_the_loss(cell, activation):
    bench = bench_with(cell, activation, seed=3, features=2, units=3, timesteps=1)
    lines, nudge = lines_of(bench, 1), 1e-6
    for number, gate in enumerate(bench.cell_type.gates):
        slopes = []
        for unit in range(bench.units):
            rows = np.array(bench.bias)
            column = number * bench.units + unit
            losses = []
            for sign in (1, -1):
                rows[0, column] += sign * nudge
                losses.append(backward(replace(bench, bias=tuple(map(tuple, rows)))).loss)
                rows[0, column] -= sign * nudge
            slopes.append((losses[0] - losses[1]) / (2 * nudge))
        line = lines.get(f"δ_{gate}") or lines[f"∂L/∂{gate}_1"]
        np.testing.assert_allclose(line.result.value, slopes, atol=1e-8)


def test_half_open_gates_of_an_lstm_on_paper():
    # Step 1: g = 2 + 2 - 2 = 2, c = (4 + 2) / 2 = 3, h = 1.5. Step 2: g = 6 + 1.5 - 2 = 5.5,
    # c = (3 + 5.5) / 2 = 4.25, h = 2.125, which is 2 more than the target.
    h, c, before, g = 2, 4.25, 3, 5.5
    lines = lines_of(LSTM, 2)
    numbers = {symbol: line.result.value.item() for symbol, line in lines.items()}
    assert numbers["∂L/∂c_2"] == h / 2
    assert numbers["δ_o"] == h * c / 4
    assert numbers["∂L/∂g_2"] == h / 4
    assert numbers["δ_f"] == h / 2 * before / 4
    assert numbers["δ_i"] == h / 2 * g / 4
    assert numbers["∂L/∂c_1"] == h / 4
    # Only U of g is not 0: it is 1.
    assert numbers["∂L/∂h_1"] == numbers["∂L/∂g_2"]


def test_formulas_name_what_is_multiplied():
    latex = {symbol: line.latex for symbol, line in lines_of(GRU, 2).items()}
    assert r"\odot (1 - z_{2})" in latex["∂L/∂n_2"]
    assert latex["δ_z"].count(" - ") == 2  # h_1 - n_2, and 1 - z_2
    assert r"U_n^\top" in latex["∂L/∂h_1"]
    arriving = lines_of(replace(LSTM, activation="tanh"), 2)["∂L/∂c_2"]
    assert arriving.products[0].factors[0].symbol == "∂L/∂c_2 ←"
    assert (arriving.products[0].value == 0).all()  # the last step's memory goes nowhere


@pytest.mark.parametrize("cell", CELLS)
def test_a_line_is_the_sum_of_its_products_times_its_slopes(cell):
    for line in lines_of(bench_with(cell, "tanh", seed=2), 4).values():
        total = sum(product.value for product in line.products)
        for slope in line.slopes:
            total = total * slope.value
        np.testing.assert_array_equal(line.result.value, total)
