"""Inside a language model: the one-hot word, its embedding, the states, and the map of words."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.charts.word_vectors import (
    embedding_table,
    one_hot_table,
    word_map_table,
    word_states_table,
)


@pytest.mark.parametrize("number", [0, 3, 9])
def test_one_number_of_the_dictionary_is_one(number):
    table = one_hot_table(10, number)
    assert (table["right"] - table["left"]).sum() == 10
    (cell,) = table[table["value"] == 1].itertuples()
    assert (cell.left, cell.right) == (number, number + 1)


def test_the_numbers_of_a_word_stand_from_its_first_to_its_last():
    table = embedding_table(np.array([0.5, -1.0], np.float32))
    assert table["value"].tolist() == [0.5, -1.0]
    assert table["place"].tolist() == [1, 2]


def test_states_have_a_line_for_each_word_and_the_selected_one_is_marked():
    table = word_states_table(["a", "b", "a"], np.arange(6).reshape(3, 2) / 10, 1)
    assert len(table) == 6
    assert table[table["selected"]]["value"].tolist() == pytest.approx([0.2, 0.3])


def test_the_map_tells_ones_own_word_and_its_neighbours_from_others():
    places = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
    table = word_map_table(["a", "b", "c"], [2, 5, 7], [9, 9, 9], places, 5, [7])
    assert table["kind"].tolist() == ["others", "your word", "nearest to it"]
    assert table[["x", "y"]].to_numpy().tolist() == places.tolist()
