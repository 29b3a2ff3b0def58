"""The pictures of the page on the next word: what their tables hold, and how they tell it apart."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnlab.charts import roles
from rnnlab.charts.next_words import (
    NETWORK,
    TRIGRAM,
    TRUTH,
    next_words_chart,
    next_words_table,
    perplexity_curve,
    perplexity_table,
    word_costs_chart,
    word_costs_table,
)
from rnnlab.charts.word_vectors import (
    embedding_chart,
    embedding_table,
    one_hot_chart,
    one_hot_table,
    word_map_chart,
    word_map_table,
    word_states_chart,
    word_states_table,
)
from rnnlab.language.progress import LanguageProgress


def marks(spec: dict) -> list[str]:
    return [layer["mark"]["type"] for layer in spec["layer"]]


def test_each_word_has_the_chance_of_its_number_from_everyone():
    said = {NETWORK: np.array([0.1, 0.2, 0.7]), TRUTH: np.array([0.0, 0.5, 0.5])}
    table = next_words_table(("b", "a"), (2, 1), said)
    rows = {(one.word, one.predictor): one.probability for one in table.itertuples()}
    assert rows == {("b", NETWORK): 0.7, ("a", NETWORK): 0.2, ("b", TRUTH): 0.5, ("a", TRUTH): 0.5}


def test_network_truth_and_n_grams_differ_in_shape_and_colour():
    spec = next_words_chart(("b", "a"), (NETWORK, TRUTH, TRIGRAM)).to_dict()
    assert marks(spec) == ["bar", "tick", "point", "point"]
    scale = spec["layer"][0]["encoding"]["color"]["scale"]
    colours = dict(zip(scale["domain"], scale["range"], strict=True))
    assert (colours[NETWORK], colours[TRUTH]) == (roles.PREDICTED, roles.TRUTH)
    assert spec["layer"][0]["encoding"]["y"]["scale"]["domain"] == ["b", "a"]
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 1]


def test_the_axis_of_small_chances_ends_sooner():
    spec = next_words_chart(("b", "a"), (TRIGRAM,), 0.2).to_dict()
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 0.2]
    assert spec["layer"][0]["encoding"]["x"]["axis"]["values"][-1] == pytest.approx(0.2)


def test_a_word_costs_minus_the_logarithm_of_its_chance_and_an_impossible_one_is_not_drawn():
    table = word_costs_table(("x", "x"), {NETWORK: np.array([0.5, 0.0])})
    assert table["cost"][0] == pytest.approx(math.log(2))
    assert math.isnan(table["cost"][1])
    assert table["place"].tolist() == [0, 1]
    spec = word_costs_chart(("x", 'y"'), (NETWORK,)).to_dict()
    assert spec["layer"][1]["encoding"]["x"]["axis"]["labelExpr"].count("y") == 1


def test_one_number_of_the_dictionary_is_one():
    for number in (0, 3, 9):
        table = one_hot_table(10, number)
        assert (table["right"] - table["left"]).sum() == 10
        (lit,) = table[table["value"] == 1].itertuples()
        assert (lit.left, lit.right) == (number, number + 1)
    assert marks(one_hot_chart(10, "bus", 3).to_dict()) == ["rect", "text"]


def test_numbers_of_a_word_are_bars_from_its_first_to_its_last():
    assert embedding_table(np.array([0.5, -1.0], np.float32))["value"].tolist() == [0.5, -1.0]
    spec = embedding_chart(2, 1.5, "two").to_dict()
    assert spec["layer"][0]["encoding"]["y"]["scale"]["domain"] == [-1.5, 1.5]


def test_a_state_has_a_line_for_each_word_and_the_one_looked_at_is_marked():
    table = word_states_table(["a", "b", "a"], np.arange(6).reshape(3, 2) / 10, 1)
    assert len(table) == 6
    assert table[table["selected"]]["value"].tolist() == pytest.approx([0.2, 0.3])
    short, long = (word_states_chart(("a",) * n, 4).to_dict()["height"] for n in (2, 9))
    assert long > short


def test_the_map_tells_ones_own_word_and_its_neighbours_from_others():
    places = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
    table = word_map_table(["a", "b", "c"], [2, 5, 7], [9, 9, 9], places, 5, [7])
    assert table["kind"].tolist() == ["others", "your word", "nearest to it"]
    assert table[["x", "y"]].to_numpy().tolist() == places.tolist()
    assert marks(word_map_chart((0.5, 0.25)).to_dict()) == ["point", "text"]


def test_the_curve_shows_held_out_and_learnt_from_and_every_line_to_beat():
    told = LanguageProgress(
        step=10,
        steps=20,
        seconds=1.0,
        loss=math.log(8),
        validation_loss=math.log(4),
        learning_rate=0.01,
    )
    table = perplexity_table([told])
    assert table["perplexity"].tolist() == pytest.approx([4, 8])
    lines = (("bigram", 4.0), ("trigram", 2.0), ("best possible", 1.95))
    spec = perplexity_curve(lines, 2.0).to_dict()
    low, high = spec["layer"][2]["encoding"]["y"]["scale"]["domain"]
    assert low < 1.95 < 4.0 < high
    (data,) = [rows for rows in spec["datasets"].values() if len(rows) == 3]
    assert [one["label"] for one in data] == [
        "bigram 4 (1.386 nats)",
        "trigram 2 (0.693 nats)",
        "best possible 1.95 (0.668 nats)",
    ]
    assert [one["above"] for one in data] == [True, True, False]  # below it there is no curve
