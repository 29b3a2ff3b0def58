"""Where the numbers of a formula stand on the bench."""

import numpy as np
import pytest
from hypothesis import given

from rnnlab.handcheck.bench import ARTICLE, WEIGHTS
from rnnlab.handcheck.forward import forward
from rnnlab.handcheck.places import place_of
from tests.handcheck.benches import benches


@given(benches())
def test_every_number_that_is_given_is_found_where_its_formula_says(bench):
    found = set()
    for step in forward(bench):
        for quantity in step.quantities:
            for term in quantity.terms:
                names = term.formula.split(" ") if term.vector is not None else [term.formula]
                values = [term.vector, term.matrix] if len(names) == 2 else [term.value]
                for name, value in zip(names, values, strict=True):
                    place = place_of(bench, name, step.t)
                    if place is not None:
                        cells = place.read(getattr(bench, place.matrix))
                        np.testing.assert_array_equal(cells, np.atleast_2d(value))
                        found.add(place.matrix)
    assert found == {*WEIGHTS, "inputs", "state"}


@pytest.mark.parametrize("symbol", ["h_t", "c_t", "h_{t-1}"])
def test_what_a_step_calculates_has_no_place(symbol):
    assert place_of(ARTICLE, symbol, 2) is None


def test_a_block_is_written_where_it_was_read():
    place = place_of(ARTICLE, "x_t", 2)
    assert place is not None
    cells = (("1", "2"), ("3", "4"), ("5", "6"))
    assert place.read(cells) == (("3", "4"),)
    assert place.fits((("7", "8"),))
    assert not place.fits(cells)
    assert place.written(cells, (("7", "8"),)) == (("1", "2"), ("7", "8"), ("5", "6"))
