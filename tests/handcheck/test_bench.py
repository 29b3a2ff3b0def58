"""A bench fits together or says what does not; equal ones are one question."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from rnnlab.cells import CELLS
from rnnlab.errors import SettingError
from rnnlab.handcheck.backward import backward
from rnnlab.handcheck.bench import (
    ARTICLE,
    FIRST_BENCHES,
    LABELS,
    WEIGHTS,
    Bench,
)
from rnnlab.handcheck.forward import forward
from rnnlab.handcheck.matrices import MatrixError
from tests.handcheck.benches import bench_with, benches


def test_every_cell_opens_with_a_bench_of_small_numbers_in_which_every_step_counts():
    assert list(FIRST_BENCHES) == list(CELLS)
    for name, bench in FIRST_BENCHES.items():
        assert bench.cell == name
        for weight in (*bench.weights.values(), bench.sequence):
            assert (weight == np.round(weight, 2)).all()
            assert np.abs(weight).max() <= 2
        assert len({tuple(step.output) for step in forward(bench)}) == bench.timesteps
        backward_pass = backward(bench)
        assert backward_pass.loss > 0.1
        assert all(np.abs(step.delta).max() > 0.001 for step in backward_pass.steps)


def test_sizes_are_read_off_the_matrices():
    assert (ARTICLE.features, ARTICLE.units, ARTICLE.timesteps) == (2, 3, 3)
    assert (FIRST_BENCHES["lstm"].features, FIRST_BENCHES["lstm"].units) == (2, 2)


@pytest.mark.parametrize("cell", CELLS)
def test_weights_have_the_shapes_that_a_step_takes(cell):
    bench = bench_with(cell, "tanh", seed=1, features=2, units=3)
    shapes = CELLS[cell].weight_shapes(2, 3)
    assert tuple(bench.weights) == WEIGHTS
    assert {name: weight.shape for name, weight in bench.weights.items()} == shapes
    for name, weight in bench.weights.items():
        np.testing.assert_array_equal(weight.ravel(), np.ravel(getattr(bench, name)))
    assert bench.initial_state.shape == (1, CELLS[cell].state_size(3))


def test_whole_numbers_count_as_floats():
    arrays = (
        *ARTICLE.weights.values(),
        ARTICLE.sequence,
        ARTICLE.initial_state,
        ARTICLE.target_vector,
    )
    assert {array.dtype for array in arrays} == {np.dtype(np.float64)}


@given(benches())
@settings(max_examples=10)
def test_a_bench_is_the_same_after_it_was_used_and_sent(bench):
    key = hash(bench)
    forward(bench)  # now it holds arrays as well
    assert hash(bench) == key
    back = pickle.loads(pickle.dumps(bench))
    assert back == bench
    assert hash(back) == key
    np.testing.assert_array_equal(back.sequence, bench.sequence)


def test_benches_differ_in_any_number():
    assert replace(ARTICLE, target=((50, 45, 51),)) != ARTICLE
    assert replace(ARTICLE, target=((50.0, 45.0, 50.0),)) == ARTICLE
    assert len({ARTICLE, replace(ARTICLE), replace(ARTICLE, activation="relu")}) == 2


ROOM = "The bench has room for"
REFUSED = [
    ("kernel", ((1, 0, 2), (2, 1)), "Kernel W must have 3 numbers in every row, but row 2 has 2."),
    (
        "recurrent_kernel",
        ((1, 2), (1, 0)),
        "Recurrent kernel U must have 3 rows of 3 numbers, but it has 2 rows of 2 numbers.",
    ),
    ("bias", ((1,),), "Bias b must have 1 row of 3 numbers, but it has 1 row of 1 number."),
    ("inputs", ((1, 2), (3, 4, 5)), "Input x must have 3 numbers in every row, but row 1 has 2."),
    ("inputs", (), "Input x is empty: it needs at least one row."),
    (
        "state",
        ((0, 0, 0), (0, 0, 0)),
        "First state must have 1 row of 3 numbers, but it has 2 rows of 3 numbers.",
    ),
    ("target", ((0, 0),), "Target must have 1 row of 3 numbers, but it has 1 row of 2 numbers."),
    ("kernel", ((0, 0, 0, 0, 0),) * 2, f"{ROOM} 4 units, but Kernel W makes it 5."),
    ("kernel", ((0, 0, 0),) * 5, f"{ROOM} 4 features, but Kernel W makes it 5."),
    ("inputs", ((0, 0),) * 7, f"{ROOM} 6 time steps, but Input x makes it 7."),
    *(
        ("kernel", kernel, "Kernel W is empty: it needs at least one number.")
        for kernel in ((), ((),), ((), ()))
    ),
]


@pytest.mark.parametrize(("name", "matrix", "sentence"), REFUSED)
def test_a_matrix_that_does_not_fit_is_named(name, matrix, sentence):
    with pytest.raises(MatrixError) as refused:
        replace(ARTICLE, **{name: matrix})
    assert str(refused.value) == sentence
    assert refused.value.matrix == name


@pytest.mark.parametrize("columns", [1, 3, 5, 6])
def test_gates_need_equally_many_columns(columns):
    with pytest.raises(MatrixError, match=f"4 gates of LSTM, but it has {columns} column"):
        replace(FIRST_BENCHES["lstm"], kernel=((0,) * columns,))


def test_each_part_of_a_weight_has_the_name_that_the_equations_call_it_by():
    # Two units, three gates z, r, n: columns 1 and 2, 3 and 4, 5 and 6 of each weight.
    bench = replace(
        FIRST_BENCHES["gru"],
        kernel=((1, 2, 3, 4, 5, 6), (7, 8, 9, 10, 11, 12)),
        bias=((1, 2, 3, 4, 5, 6), (-1, -2, -3, -4, -5, -6)),
    )
    assert bench.weight_block("W_r") == ((3, 4), (9, 10))
    assert (bench.weight_block("b_z"), bench.weight_block("d_n")) == (((1, 2),), ((-5, -6),))
    assert [row[4:] for row in bench.recurrent_kernel] == list(bench.weight_block("U_n"))
    assert ARTICLE.weight_block("W") == ARTICLE.kernel
    assert ARTICLE.weight_block("U") == ARTICLE.recurrent_kernel
    assert ARTICLE.weight_block("b") == ARTICLE.bias


@pytest.mark.parametrize("changes", [{"cell": "abacus"}, {"activation": "softmax"}])
def test_an_unknown_cell_or_activation_is_refused(changes):
    with pytest.raises(SettingError, match=next(iter(changes.values()))):
        replace(ARTICLE, **changes)


def test_every_matrix_has_a_label():
    assert list(LABELS) == list(Bench.__dataclass_fields__)[2:]
