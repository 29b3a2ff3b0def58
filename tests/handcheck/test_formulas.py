"""Formulas are read as they are written, whichever cell they belong to."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.cells import CELLS
from rnnlab.handcheck.formulas import squashed_sum, state_symbols, tokens, worth


def pieces(formula):
    return [(piece.kind, piece.text) for piece in tokens(formula)]


def test_the_activation_is_not_taken_for_the_forget_gate():
    assert pieces(r"c_t = f_t \odot c_{t-1} + f(x_t W_f + b_f)") == [
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
    ]


def test_a_proposal_may_wear_a_tilde():
    assert pieces(r"h_t = \tilde{h}_t")[0] == ("vector", r"\tilde{h}_t")


@pytest.mark.parametrize("formula", ["h_t = x_t / 2", r"h_t = \exp(x_t)", "h_t = x_t ? W"])
def test_what_cannot_be_read_is_refused(formula):
    with pytest.raises(ValueError, match="cannot be read"):
        tokens(formula)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("y_t = a_t + b_t - c_t", 2 + 3 - 5),
        (r"y_t = a_t - b_t - c_t \odot (1 - a_t)", 2 - 3 - 5 * (1 - 2)),
        (r"y_t = -a_t \odot b_t", -6),
        (r"y_t = (a_t + b_t) \odot (c_t - 1) \odot 2", 5 * 4 * 2),
        (r"y_t = a_t \odot f(b_t + c_t) + 1", 2 * 80 + 1),  # f is ten times
    ],
)
def test_products_come_before_sums_and_parentheses_before_both(formula, expected):
    values = {"a_t": np.array([2.0]), "b_t": np.array([3.0]), "c_t": np.array([5.0])}
    assert worth(tokens(formula), values, {"f": lambda x: 10 * x}).tolist() == [expected]


def test_only_a_sum_is_taken_out_of_the_squashing():
    assert squashed_sum(tokens(r"h_t = o_t \odot f(c_t)")) is None
    assert squashed_sum(tokens(r"h_t = a_t + b_t")) is None
    inside = squashed_sum(tokens(r"n_t = f(x_t W_n + (1 - r_t) \odot p_t)"))
    assert inside is not None
    assert "".join(piece.text for piece in inside) == r"x_t W_n+(1-r_t)\odotp_t"


@pytest.mark.parametrize("cell", CELLS)
def test_the_state_has_a_symbol_for_each_of_its_parts(cell):
    symbols = state_symbols(CELLS[cell])
    assert len(symbols) == CELLS[cell].state_size(7) // 7
    assert symbols[0] == list(CELLS[cell].equations)[-1]
