"""A network as boxes, none over another; and written out, its signs to be seen without colours."""

import numpy as np
import pytest

from rnnlab.charts.hand_check import (
    distances_table,
    layers_alt,
    layers_table,
    state_map_chart,
    state_map_table,
)
from rnnlab.handcheck.sequential import SequentialModel

DEEP = SequentialModel(cell="lstm", layers=3, bidirectional=True, dense=True, return_sequences=True)


def test_the_articles_network_is_three_boxes_with_its_numbers():
    table = layers_table(SequentialModel())
    assert table["title"].tolist() == ["Input((500,))", "Embedding(10000, 32)", "SimpleRNN(32)"]
    assert table["count"].tolist() == [
        "nothing to learn",
        "320,000 parameters",
        "2,080 parameters",
    ]
    assert table["shape"].tolist() == ["(128, 500)", "(128, 500, 32)", "(128, 32)"]
    assert table["axes"].tolist()[1:] == ["batch, timesteps, features", "batch, units"]


def test_box_and_arrow_take_turns_downwards():
    table = layers_table(DEEP)
    assert (table["place"] < table["end"]).all()
    assert (table["end"] < table["tip"]).all()
    assert (table["tip"][:-1].to_numpy() <= table["place"][1:].to_numpy()).all()


def test_every_part_has_its_kind_its_call_and_its_axes():
    table = layers_table(DEEP)
    assert table["kind"].tolist() == ["input", "embedding", *["recurrent"] * 3, "dense"]
    assert table["title"].tolist()[2] == "Bidirectional(LSTM(32))"
    assert table["axes"].tolist()[2] == "batch, timesteps, 2 × units"


def test_in_words_the_picture_says_what_flows():
    assert layers_alt(SequentialModel()) == (
        "A network with 322,080 parameters: input gives (128, 500); embedding gives "
        "(128, 500, 32); simple_rnn gives (128, 32)."
    )


STATES = np.array([[0.5, -1.0, 0.0], [1.0, 0.25, -0.5]])


def test_every_unit_in_view_has_one_row_for_each_step():
    table = state_map_table(STATES, 2)
    assert table[["step", "unit", "value"]].to_numpy().tolist() == [
        [1, 1, 0.5],
        [1, 2, -1.0],
        [2, 1, 1.0],
        [2, 2, 0.25],
    ]


def test_positive_numbers_stand_on_the_line_of_their_unit_and_negative_ones_hang_from_it():
    table = state_map_table(STATES, 3)
    up, down = table["unit"] - table["top"], table["bottom"] - table["unit"]
    assert (up > 0).tolist() == (table["value"] > 0).tolist()
    assert (down > 0).tolist() == (table["value"] < 0).tolist()
    # The largest reach almost to the next row, and no further.
    assert 0.4 < up.max() < 0.5
    assert 0.4 < down.max() < 0.5


def test_cells_of_neighbouring_steps_touch():
    table = state_map_table(STATES, 1)
    assert table["left"].tolist() == [0.5, 1.5]
    assert table["right"].tolist() == [1.5, 2.5]


@pytest.mark.parametrize(("n_units", "height"), [(16, 430), (64, 686)])
def test_all_units_fit_onto_a_screen(n_units, height):
    assert state_map_chart(100, n_units).to_dict()["height"] == height


def test_what_is_too_small_for_the_axis_is_in_the_table_but_not_drawn():
    table = distances_table(np.array([1.5, 1e-8, 9e-9, 0.0]))
    assert table["step"].tolist() == [1, 2, 3, 4]
    assert table["distance"].tolist() == [1.5, 1e-8, 9e-9, 0.0]
    assert table["drawn"].isna().tolist() == [False, False, True, True]
