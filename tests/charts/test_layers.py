"""A network as boxes: one for each part, in order, none over another."""

from __future__ import annotations

from rnnlab.charts.layers import layers_alt, layers_table
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
