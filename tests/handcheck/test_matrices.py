"""Matrices as text: what is typed or shared comes back, and what is no matrix is named kindly."""

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.handcheck.matrices import (
    LARGEST,
    MAX_CELL_LENGTH,
    MatrixError,
    cells_by_place,
    format_link,
    parse_cells,
    parse_numbers,
    resized,
)

FLOATS = st.floats(-LARGEST, LARGEST)
LONG = 200_000


@st.composite
def matrices(draw):
    columns = draw(st.integers(1, 5))
    row = st.tuples(*[FLOATS] * columns)
    return tuple(draw(st.lists(row, min_size=1, max_size=5)))


def read(typed: str):
    return parse_numbers("kernel", "Kernel W", parse_cells(typed))


def refusal(typed: str) -> str:
    with pytest.raises(MatrixError) as caught:
        read(typed)
    assert caught.value.matrix == "kernel"
    return str(caught.value)


@given(matrices())
def test_numbers_come_back_from_their_text_exactly(matrix):
    text = format_link(matrix)
    assert read(text) == matrix
    assert format_link(parse_cells(text)) == text


def test_a_link_reads_like_the_matrix():
    assert format_link(((1, 0, 2), (2.5, -1, 3e-5))) == "1_0_2__2.5_-1_3e-05"


@pytest.mark.parametrize(
    "typed",
    [
        "1_2__3_4",
        "1 2\n3 4",
        "1,2;3,4",
        "1, 2 ; 3, 4",
        " 1\t2\r\n3\t4\r\n",
        "1 2;\n3 4",
        "1_2____3_4",
        "+1 2.0 __ 3e0 4.",
        "[[1. 2.]\n [3. 4.]]",
        "array([[1., 2.],\n       [3., 4.]], dtype=float32)",
        "[[1, 2], [3, 4]]",
        "[[1\n  2]\n [3\n  4]]",  # a row that NumPy has broken
        "2/2 4/2\n6/2 8/2",
        "1,0 2,0\n3,0 4,0",
        "1,0\t2\n3\t4,0",
    ],
)
def test_people_and_spreadsheets_write_a_matrix_in_several_ways(typed):
    assert read(typed) == ((1, 2), (3, 4))


def test_minus_zero_is_zero():
    assert str(read("-0")[0][0]) == "0.0"


LIMITS = "must be between -1,000,000 and 1,000,000, but it is"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", " is empty: it needs at least one number."),
        (" \n__; ", " is empty: it needs at least one number."),
        ("1_abc", ", row 1, column 2 says “abc”, which is no number."),
        ("1_2__3_?", ", row 2, column 2 is empty: type a number there."),
        ("1,,3", ", row 1, column 2 is empty: type a number there."),
        ("1_2__3", " has 2 numbers in row 1, but 1 in row 2."),
        ("1__2_3", " has 1 number in row 1, but 2 in row 2."),
        ("1__1e400", f", row 2, column 1 {LIMITS} 1e400."),
        ("nan", f", row 1, column 1 {LIMITS} nan."),
        ("-1000001", f", row 1, column 1 {LIMITS} -1000001."),
        ("1\0", ", row 1, column 1 says “1�”, which is no number."),
        ("1_0x10", ", row 1, column 2 says “0x10”, which is no number."),
        ("1_2/0", ", row 1, column 2 says “2/0”, which is no number."),
        ("1_2/", ", row 1, column 2 says “2/”, which is no number."),
        ("1_1/2/3", ", row 1, column 2 says “1/2/3”, which is no number."),
    ],
)
def test_what_is_no_matrix_is_named_with_its_place(typed, sentence):
    assert refusal(typed) == f"Kernel W{sentence}"


def outcome(typed: str):
    try:
        return read(typed)
    except MatrixError as error:
        return error


@given(st.text() | st.text(alphabet="0123456789.-+e_,; \n\t\0x?naif/[]"))
def test_any_text_is_a_matrix_or_a_sentence(typed):
    result = outcome(typed)
    if isinstance(result, MatrixError):
        places = r", row \d+, column \d+ | is empty| has \d+ numbers? in row "
        assert re.match(rf"Kernel W({places})", str(result))
        assert str(result).isprintable()
        assert len(str(result)) < 200
    else:
        assert len({len(row) for row in result}) == 1
        assert all(abs(number) <= LARGEST for row in result for number in row)


@given(st.lists(st.lists(st.text(max_size=5), min_size=1, max_size=4), min_size=1, max_size=4))
def test_whatever_stands_in_a_cell_the_text_has_as_many_cells(rows):
    assert [len(row) for row in parse_cells(format_link(rows))] == [len(row) for row in rows]


@pytest.mark.parametrize("typed", ["0,5", "1 000", "1_000", "1;5", "1\n5", " 0,5 ", ",5"])
def test_a_cell_with_a_separator_in_it_does_not_become_another_number(typed):
    assert len(parse_cells(format_link([["7", typed]]))[0]) == 2
    assert "row 1, column 2 says" in refusal(format_link([["7", typed]]))


# Were any of them read in a time that grows with the square of the length, the test would hang.
@pytest.mark.parametrize(
    "typed",
    [
        "1" * LONG,
        "1e" + "9" * LONG,
        "1" + "_" * LONG + "x",
        " \n" * LONG,
        "1, " + " " * LONG + "\n" * LONG + "x",
        "_1" * (LONG // 2) + "_x",
        "x" * LONG,
        "1__" * (LONG // 3) + "1_1",
        "[" * LONG,
        "[1" * (LONG // 2),
        "/" * LONG,
    ],
    ids=range(11),
)
def test_a_very_long_text_is_answered_shortly(typed):
    assert len(str(outcome(typed))) < 200


def test_a_long_cell_is_cut_in_the_sentence_and_in_the_text():
    sentence = refusal("1_" + "x" * 500)
    assert f"“{'x' * MAX_CELL_LENGTH}…”" in sentence
    assert len(format_link([["x" * 500]])) == MAX_CELL_LENGTH


def test_a_refusal_travels_between_processes():
    copy = pickle.loads(pickle.dumps(MatrixError("bias", "Bias b is empty.")))
    assert (copy.matrix, str(copy)) == ("bias", "Bias b is empty.")


def test_a_matrix_is_cut_and_filled_up_at_its_lower_right_end():
    rows = (("1", "2"), ("3", "?"))
    assert resized(rows, (1, 1)) == (("1",),)
    assert resized(rows, (3, 3)) == (("1", "2", "0"), ("3", "?", "0"), ("0", "0", "0"))
    assert resized((), (1, 2)) == (("0", "0"),)
    two_gates = (("1", "2", "3", "4"),)  # of two units, side by side
    assert resized(two_gates, (1, 2), groups=2) == (("1", "3"),)
    assert resized(two_gates, (1, 6), groups=2) == (("1", "2", "0", "3", "4", "0"),)
    kept = cells_by_place((("9", "8", "7", "6", "5", "4"),), 2)
    assert resized(two_gates, (1, 6), 2, kept) == (("1", "2", "7", "3", "4", "4"),)


def test_a_fraction_is_its_quotient_and_a_link_keeps_how_it_was_written():
    assert read("1/3_-2/4") == ((1 / 3, -0.5),)
    assert format_link([["1/3", "1 / 3"]]) == "1/3_1/3"
