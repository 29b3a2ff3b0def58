"""The next word: probabilities, costs, perplexity; one-hot words, embeddings, states, the map."""

import math

import numpy as np
import pytest

from rnnlab.charts import word_vectors
from rnnlab.charts.next_words import (
    EARLIER,
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
    embedding_table,
    one_hot_table,
    word_map_table,
    word_states_table,
)
from rnnlab.language.settings import LanguageProgress


def test_each_word_has_the_probability_of_its_number_from_every_predictor():
    given = {NETWORK: np.array([0.1, 0.2, 0.7]), TRUTH: np.array([0.0, 0.5, 0.5])}
    table = next_words_table(("b", "a"), (2, 1), given)
    rows = {(row.word, row.predictor): row.probability for row in table.itertuples()}
    assert rows == {("b", NETWORK): 0.7, ("a", NETWORK): 0.2, ("b", TRUTH): 0.5, ("a", TRUTH): 0.5}


@pytest.mark.parametrize("longest", [1.0, 0.2])
def test_the_axis_of_small_probabilities_ends_sooner(longest):
    spec = next_words_chart(("b", "a"), (TRIGRAM,), longest).to_dict()
    across = spec["layer"][0]["encoding"]["x"]
    assert across["scale"]["domain"] == [0, longest]
    assert across["axis"]["values"][-1] == pytest.approx(longest)


def test_a_word_costs_minus_the_logarithm_of_its_probability_and_an_impossible_one_has_no_cost():
    table = word_costs_table(("x", "x"), {NETWORK: np.array([0.5, 0.0])})
    assert table["cost"][0] == pytest.approx(math.log(2))
    assert math.isnan(table["cost"][1])
    assert table["place"].tolist() == [0, 1]


def test_quotes_in_a_word_do_not_break_the_labels():
    spec = word_costs_chart(("x", 'y"'), (NETWORK,)).to_dict()
    assert spec["layer"][1]["encoding"]["x"]["axis"]["labelExpr"].count("y") == 1


def test_the_curve_shows_held_out_and_learnt_from_and_every_line_to_beat():
    point = LanguageProgress(
        step=10,
        steps=20,
        seconds=1.0,
        loss=math.log(8),
        validation_loss=math.log(4),
        learning_rate=0.01,
    )
    assert perplexity_table([point])["perplexity"].tolist() == pytest.approx([4, 8])
    lines = (("bigram", 4.0), ("trigram", 2.0), ("best possible", 1.95))
    spec = perplexity_curve(lines, 2.0).to_dict()
    low, high = spec["layer"][2]["encoding"]["y"]["scale"]["domain"]
    assert low < 1.95 < 4.0 < high
    (data,) = [rows for rows in spec["datasets"].values() if len(rows) == 3]
    assert [row["label"] for row in data] == [
        "bigram 4 (1.386 nats)",
        "trigram 2 (0.693 nats)",
        "best possible 1.95 (0.668 nats)",
    ]
    assert [row["above"] for row in data] == [True, True, False]  # below it there is no curve


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


def test_on_the_map_no_name_lies_on_another_one_or_on_a_point():
    places = np.random.default_rng(0).normal(size=(120, 2))
    words = ["four"] * 120
    for width in (word_vectors.SCREEN, word_vectors.PHONE):
        named = word_vectors.names_with_room(words, places, range(120), width)
        assert named[0], "the word that is looked at has its name"
        assert 5 < sum(named) < 120
        spread = np.array([width, word_vectors.MAP_HEIGHT]) - 2 * word_vectors.MAP_PADDING
        spots = (places - places.min(axis=0)) / np.ptp(places, axis=0) * spread
        for word in np.flatnonzero(named)[1:]:
            across, down = (spots - spots[word]).T
            on_it = (across > word_vectors.LABEL_GAP) & (across < 4 * word_vectors.LETTER)
            assert not (on_it & (np.abs(down) < word_vectors.LINE / 2)).any()


def test_of_the_run_before_only_what_was_held_out_is_drawn():
    point = LanguageProgress(
        step=1, steps=2, seconds=1, loss=math.log(3), validation_loss=math.log(5), learning_rate=1
    )
    table = perplexity_table([], [point])
    assert table["sentences"].tolist() == [EARLIER]
    assert table["perplexity"].tolist() == pytest.approx([5])
