"""What a map says: every number in a sentence is one that can be counted in the map."""

from __future__ import annotations

import math

from rnnlab.kinds.maps import CARRIED, FROM_ZERO, MEMORY, Place
from rnnlab.kinds.words import agreement, map_sentence, place_title

COIN = math.log(2)


def test_cells_have_names():
    assert place_title(MEMORY, Place("lstm", 1)) == "LSTM, echo of 1 step"
    assert place_title(CARRIED, Place(4, 7)) == "Window 4, echo of 7 steps"


def test_the_longest_echo_is_told_with_what_was_missed_before_it():
    losses = {Place("simple_rnn", delay): 0.1 for delay in range(1, 9)}
    losses |= {Place("simple_rnn", 5): 0.69, Place("lstm", 1): 0.5, Place("gru", 2): 0.34}
    said = map_sentence(MEMORY, losses)
    assert "SimpleRNN 8 (but not 5), LSTM 0, GRU 2." in said


def test_before_there_is_anything_it_says_nothing():
    assert map_sentence(MEMORY, {}) == ""
    assert map_sentence(CARRIED, {Place(3, 1): 0.1}) == ""


def test_the_edge_is_told_with_its_exceptions():
    losses = {
        Place(1, 1): 0.001,
        Place(2, 3): 0.65,
        Place(3, 3): 0.69,
        Place(4, 3): 0.3,
        Place(5, 3): 0.02,
    }
    said = map_sentence(CARRIED, losses)
    assert "2 of these 3 cells cost 0.65 to 0.69 nats" in said
    assert "All but “Window 1, echo of 1 step”" in said
    assert "Below it 1 of 2 are within 0.05 of their floor" in said
    assert "“Window 4, echo of 3 steps”, is 0.30 above it" in said


def test_the_floor_of_a_window_from_zero_is_taken_off():
    # Of 4 steps the first 2 echoes are unknown: the floor is ln 2 / 2.
    losses = {Place(1, 2): 0.69, Place(4, 2): COIN / 2 + 0.01}
    assert "is 0.01 above it" in map_sentence(FROM_ZERO, losses)


def test_agreement_is_told_to_the_last_digit_or_by_how_much_it_is_off():
    recorded = {Place("gru", 1): 0.1, Place("gru", 2): 0.2}
    assert agreement(recorded, recorded) == "All 2 cells are as recorded, to the last digit."
    off = agreement({Place("gru", 1): 0.1, Place("gru", 2): 0.203}, recorded)
    assert off.startswith("1 of 2 cells are as recorded")
    assert "up to 0.003" in off
    assert agreement({}, recorded) == ""
