"""Formulas are read as they are written, whichever cell they belong to."""

from __future__ import annotations

import pytest

from rnnlab.cells import CELLS
from rnnlab.handcheck.equations import state_symbols, tokenize


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
