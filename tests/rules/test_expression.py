"""What a typed rule means, by hand; where a wrong one is wrong; and rules over other inputs."""

from __future__ import annotations

import pickle
import unicodedata
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.rules.expression import (
    MOST_LAGS,
    over_lags,
    parse,
    pointed_at,
    table_text,
    with_probability,
)
from rnnlab.rules.expression_parser import LONGEST, ExpressionError
from rnnlab.rules.lagged import Causes


def refusal(text: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "lags", "table"),
    [
        ("x[t-1] xor x[t-2]", (1, 2), [[0, 1], [1, 0]]),
        ("x[t-1] and not x[t-3]", (1, 3), [[0, 0], [1, 0]]),
        ("x[t-3] and not x[t-1]", (1, 3), [[0, 1], [0, 0]]),
        ("x[t-2] or x[t]", (0, 2), [[0, 1], [1, 1]]),
        ("0.5 + 0.5 * x[t-3] - 0.25 * x[t-8]", (3, 8), [[0.5, 0.25], [1, 0.75]]),
        ("0.2", (), 0.2),
        (".5", (), 0.5),
        ("1.", (), 1.0),
        ("x[t-12]", (12,), [0, 1]),
        ("x[t-0]", (0,), [0, 1]),
        ("x[t-1] - x[t-1]", (1,), [0, 0]),
        ("X [ T - 1 ]\n AND\tNot x[ t ]", (0, 1), [[0, 1], [0, 0]]),
        ("x[t-1]+x[t-2]+x[t-3] >= 2", (1, 2, 3), [[[0, 0], [0, 1]], [[0, 1], [1, 1]]]),
    ],
)
def test_what_an_expression_means(text, lags, table):
    causes = parse(text)
    assert causes.lags == lags
    np.testing.assert_array_equal(causes.table, table)
    assert causes.at_start == 0.5


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("x[t] or x[t-1] xor x[t-2] and x[t-3]", "x[t] or (x[t-1] xor (x[t-2] and x[t-3]))"),
        ("x[t] and x[t-1] or x[t-2]", "(x[t] and x[t-1]) or x[t-2]"),
        ("x[t] xor x[t-1] or x[t-2]", "(x[t] xor x[t-1]) or x[t-2]"),
        ("not x[t] and x[t-1]", "(not x[t]) and x[t-1]"),
        ("not x[t] == x[t-1]", "not (x[t] == x[t-1])"),
        ("not not x[t]", "x[t]"),
        ("x[t] + x[t-1] == 1", "(x[t] + x[t-1]) == 1"),
        ("0.5 * x[t] + 0.5", "(0.5 * x[t]) + 0.5"),
        ("1 - 0.5 - 0.25", "(1 - 0.5) - 0.25"),
        ("-x[t] * 0.5 + 1", "((-x[t]) * 0.5) + 1"),
        ("1 - -x[t] + -1", "(1 + x[t]) - 1"),
        ("x[t] == 1 and x[t-1] == 0", "(x[t] == 1) and (x[t-1] == 0)"),
    ],
)
def test_what_binds_tighter(text, same):
    np.testing.assert_array_equal(parse(text).table, parse(same).table)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("1 − x[t−1]", "1 - x[t-1]"),
        ("1 – x[t–1]", "1 - x[t-1]"),
        ("0.5×x[t]", "0.5*x[t]"),
        ("0.5·x[t]", "0.5*x[t]"),
        ("x[t] ≤ x[t-1]", "x[t] <= x[t-1]"),
        ("x[t] ≥ x[t-1]", "x[t] >= x[t-1]"),
        ("x[t] ≠ x[t-1]", "x[t] != x[t-1]"),
        ("x[t] ∧ x[t-1]", "x[t] and x[t-1]"),
        ("x[t] ∨ x[t-1]", "x[t] or x[t-1]"),
        ("x[t] ⊕ x[t-1]", "x[t] xor x[t-1]"),
        ("¬x[t]", "not x[t]"),
        ("x[t]\u00a0and x[t-1]", "x[t] and x[t-1]"),
    ],
)
def test_signs_as_books_print_them_are_understood(text, same):
    np.testing.assert_array_equal(parse(text).table, parse(same).table)


def test_numbers_are_exact():
    assert parse("0.1 + 0.2 == 0.3").table == 1
    assert parse("0.1 + 0.2 + 0.7").table == 1
    assert parse("1 - 0.9 - 0.1").table == 0


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", 0, "Expected x[t-1], a number, 'not' or '(', but found the end"),
        ("  ", 2, "but found the end"),
        ("x[t-1] xor", 10, "but found the end"),
        ("x[t-1] xorr x[t-2]", 7, "'xorr' means nothing here"),
        ("x[t-1] x[t-2]", 7, "Expected a sign such as 'and' or '+', or the end"),
        ("2x[t]", 1, "Expected a sign"),
        ("(x[t]", 5, "Expected ')'"),
        ("x[t])", 4, "or the end, but found ')'"),
        ("x[t] and * x[t-1]", 9, "but found '*'"),
        ("x[t+1]", 3, "a rule looks back, never ahead"),
        ("x[t-13]", 4, "at most 12 steps, but this is 13"),
        ("x[t-]", 4, "Expected a number of steps from 0 to 12"),
        ("x[2]", 2, "Expected 't', but found '2'"),
        ("x", 1, "Expected '[', but found the end"),
        ("x[t", 3, "Expected ']', but found the end"),
        ("y[t-1]", 0, "'y' means nothing here"),
        ("x[t] ^ x[t-1]", 5, "write 'xor' instead"),
        ("x[t] && x[t-1]", 5, "write 'and' instead"),
        ("x[t] / 2", 5, "write a product"),
        ("x[t] ＋ 1", 5, "'＋' means nothing here"),
        ("𝟏", 0, "means nothing here"),
        ("½", 0, "means nothing here"),
        ("x[t] \x00", 5, "U+0000 means nothing here"),
        ("1e400", 1, "'e400' means nothing here"),
        ("0.5.5", 3, "but found '.5'"),
        ("1_000", 1, "'_000' means nothing here"),
        ("9999999999999", 0, "at most 12 digits, but this one has 13"),
        ("x[t] < x[t-1] < 1", 14, "Compare two things at a time"),
        ("x[t] == not x[t-1]", 8, "Put parentheses around this 'not'"),
        ("x[t]+x[t-1]+x[t-2]+x[t-3]+x[t-4]", 26, "4 different inputs at most, and x[t-4] is one"),
        ("(" * 99, 25, "nested 26 deep"),
        ("not " * 40 + "1", 100, "nested 26 deep"),
        ("-" * 150, 25, "nested 26 deep"),
        (
            "x[t-1] + x[t-2]",
            7,
            "for x[t-1] = 1 and x[t-2] = 1 it is 2, but a probability lies between 0 and 1",
        ),
        ("-x[t-1]", 0, "for x[t-1] = 1 it is -1, but a probability"),
        ("1.5", 0, "it is 1.5, but a probability"),
        ("1.00000000001", 0, "it is a little more than 1, but a probability"),
        ("0 - 0.0000001 * 0.1", 2, "it is -1e-08, but a probability"),
        ("x[t] and 0.5", 5, "'and' takes 0 or 1, but for x[t] = 0 it is given 0.5"),
        ("not (x[t] + x[t-1])", 0, "for x[t] = 1 and x[t-1] = 1 it is given 2"),
        ("x[t]: 0.1", 9, "A table of 1 input has 2 probabilities, but this one has 1"),
        ("x[t] x[t-1]: 0 0 0 0 1", 21, "A table of 2 inputs has 4 probabilities, but this"),
        ("x[t]: 0.1 2", 10, "for x[t] = 1 it is 2, but a probability"),
        ("x[t] x[t]: 0 1", 0, "A table names each input once"),
        (": 0.5", 0, "Expected an input such as x[t-1], but found ':'"),
        ("x[t] + x[t-1]: 0 0 0 1", 5, "Expected an input such as x[t-1], but found '+'"),
        ("x[t]: 0.1 -1", 10, "Expected a probability, but found '-'"),
        ("x[t]: 0.1: 1", 9, "Expected a probability, but found ':'"),
    ],
)
def test_a_wrong_rule_is_told_with_its_place_and_what_was_expected(text, position, words):
    error = refusal(text)
    assert error.position == position
    assert str(error).startswith(f"At character {position + 1}: ")
    assert words in str(error)
    assert str(error).endswith(".")


def test_a_rule_that_is_too_long_is_told_its_length():
    assert parse("1" + " " * (LONGEST - 1)).table == 1
    error = refusal("1" + " " * LONGEST)
    assert error.position == LONGEST
    assert f"at most {LONGEST} characters, but this one has {LONGEST + 1}" in str(error)


def test_what_is_wrong_is_shown_short_and_printable():
    assert len(str(refusal("a" * 150))) < 200
    assert str(refusal("\u202e")).isprintable()
    assert str(refusal("\ud800")).encode()


def test_an_error_survives_a_journey_to_another_process():
    error = refusal("x[t-1] xorr")
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), back.position, str(back)) == (ExpressionError, 7, str(error))


def test_a_table_counts_its_combinations_up_in_the_order_of_its_inputs():
    # After x[t-5], x[t-2] = 0, 0: 0.1; 0, 1: 0.2; 1, 0: 0.3; 1, 1: 0.4.
    causes = parse("x[t-5], x[t-2]: 0.1, 0.2, 0.3, 0.4")
    assert causes.lags == (5, 2)
    assert causes.table.tolist() == [[0.1, 0.2], [0.3, 0.4]]
    assert table_text((5, 2), causes.table) == "x[t-5] x[t-2]: 0.1 0.2 0.3 0.4"


@given(
    st.lists(st.integers(0, 12), max_size=MOST_LAGS, unique=True),
    st.lists(st.floats(0, 1), min_size=16, max_size=16),
)
def test_a_table_comes_back_from_its_text(lags, chances):
    table = np.array(chances[: 2 ** len(lags)]).reshape((2,) * len(lags))
    text = table_text(tuple(lags), table)
    assert len(text) <= LONGEST
    causes = parse(text)
    assert causes.lags == tuple(lags)
    np.testing.assert_allclose(causes.table, table, atol=0.5001e-4)
    assert table_text(causes.lags, causes.table) == text


@pytest.mark.parametrize(
    ("lags", "table", "words"),
    [
        ((1,), [0.1, 0.2, 0.3], r"must have the shape \(2,\), but it has \(3,\)"),
        ((1,), [0.1, 1.2], "it is 1.2, but a probability lies between 0 and 1"),
        ((1,), [0.1, -0.2], "Expected a probability, but found '-'"),
        ((1,), [0.1, float("nan")], "a number between 0 and 1, but it is nan"),
        ((13,), [0.1, 0.2], "at most 12 steps"),
        ((1, 1), [[0, 1], [1, 0]], "names each input once"),
        ((0, 1, 2, 3, 4), np.zeros((2,) * 5), "4 different inputs at most"),
    ],
)
def test_a_table_that_cannot_be_typed_is_refused(lags, table, words):
    with pytest.raises(SettingError, match=words):
        table_text(lags, table)


def test_the_table_that_all_share_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        parse("x[t-1]").table[0] = 0.5


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x[t-1] & x[t-2]", "x[t-1] & x[t-2]\n       ^"),
        ("x[t-1] and", "x[t-1] and\n          ^"),
        ("", "\n^"),
        ("\tx[t-1] +\n* 2", " x[t-1] + * 2\n          ^"),
        ("日 and x[t]", "? and x[t]\n^"),
    ],
)
def test_the_pointer_stands_under_the_character_that_the_error_names(text, shown):
    assert pointed_at(text, refusal(text).position) == shown


@given(
    st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=300),
    st.integers(0, 300),
    st.integers(3, 50),
)
def test_of_a_long_text_the_part_around_it_is_shown(text, place, width):
    position = min(place, len(text))
    line, sign = pointed_at(text, position, width).split("\n")
    assert len(line.strip("…")) <= width
    assert sign.strip() == "^"
    under = line[len(sign) - 1 : len(sign)]
    assert under == text[position : position + 1]
    assert line.strip("…") in text
    assert line.startswith("…") or text.startswith(line.strip("…"))


@given(st.text(max_size=60), st.integers(0, 60))
def test_every_character_takes_one_column(text, place):
    line, sign = pointed_at(text, min(place, len(text)), 80).split("\n")
    assert len(line) == len(text)
    assert len(sign) == min(place, len(text)) + 1
    assert all(char.isprintable() and not unicodedata.combining(char) for char in line)


LAGS = st.lists(st.integers(0, 5), max_size=4, unique=True).map(tuple)


def probability(causes: Causes, bits: tuple[int, ...]) -> float:
    """P(y = 1) where the input `lag` steps ago is bits[lag]."""
    return float(causes.table[tuple(bits[lag] for lag in causes.lags)])


@given(before=LAGS, after=LAGS, seed=st.integers(0, 99))
def test_over_other_lags_it_is_the_mean_over_all_bits_that_these_hide(before, after, seed):
    rng = np.random.default_rng(seed)
    causes = Causes(before, rng.random((2,) * len(before)))
    new = over_lags(causes, after)
    assert new.lags == tuple(sorted(after, reverse=True))
    strings = list(product((0, 1), repeat=6))
    for bits in strings[::7]:
        alike = [string for string in strings if all(string[lag] == bits[lag] for lag in after)]
        mean = np.mean([probability(causes, string) for string in alike])
        assert probability(new, bits) == pytest.approx(mean)


def test_the_lags_of_a_typed_table_are_put_in_order():
    causes = over_lags(parse("x[t] x[t-3]: 0.1 0.2 0.3 0.4"), (0, 3))
    assert causes.lags == (3, 0)
    assert causes.table.tolist() == [[0.1, 0.3], [0.2, 0.4]]


def test_one_probability_changes_and_no_other_and_the_old_rule_stays():
    causes = parse("x[t-1] and not x[t-3]")
    changed = with_probability(causes, 1, 0.25)  # rows 00, 01, 10, 11
    assert changed.table.tolist() == [[0.0, 0.25], [1.0, 0.0]]
    assert causes.table.tolist() == [[0.0, 0.0], [1.0, 0.0]]


def test_the_probability_of_a_rule_without_inputs_can_change_too():
    assert with_probability(parse("0.5"), 0, 0.75).table.tolist() == 0.75
