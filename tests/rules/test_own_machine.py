"""A machine as a person types it: what is read, what is refused and with which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.rules.machine_text import LONGEST_NAME, MOST_STATES, machine_from, text_of
from rnnlab.rules.own_machine import OwnMachineRule
from rnnlab.rules.state_machine import Machine, MachineState
from rnnlab.settings import Settings

EVEN_ODD = "even: 0 -> even, 1 -> odd, says 0; odd: 0 -> odd, 1 -> even, says 1"


def test_a_line_is_a_state():
    assert machine_from(EVEN_ODD) == Machine.of(
        MachineState("even", "even", "odd", output=0.0),
        MachineState("odd", "odd", "even", output=1.0),
    )
    assert machine_from(EVEN_ODD.replace("; ", "\n").replace("->", "→")) == machine_from(EVEN_ODD)
    (state,) = machine_from("a 1 : 1 => a 1, ones 0.3, Says: .9, 0->a 1").states
    assert state == MachineState("a 1", "a 1", "a 1", ones=0.3, output=0.9)


names = st.text("abc 12-", min_size=1, max_size=LONGEST_NAME).map(lambda s: " ".join(s.split()))
chances = st.sampled_from([0.0, 0.1, 0.25, 0.5, 1.0])


@given(st.data(), st.lists(names.filter(bool), min_size=1, max_size=MOST_STATES, unique=True))
def test_a_machine_that_is_written_reads_as_the_same(data, states):
    machine = Machine(
        tuple(
            MachineState(
                name,
                data.draw(st.sampled_from(states)),
                data.draw(st.sampled_from(states)),
                data.draw(chances),
                data.draw(chances),
            )
            for name in states
        )
    )
    assert machine_from(text_of(machine)) == machine


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "between 1 and 8 states"),
        (";".join(["a: 0 -> a, 1 -> a, says 1"] * 9), "Here are 9"),
        ("a 0 -> a", "A state needs a name of letters and digits, and here it is “a 0 -> a”"),
        ("a", "After “a” a colon must stand"),
        ("a: 0 -> a, says 1", "In “a” it is missing where a 1 leads"),
        ("a: 0 -> a, 1 -> a", "In “a” it is missing what is said there"),
        ("a: 0 -> a, 1 -> b, says 1", "“a” leads to “b”, and there is no such state"),
        ("a: 0 -> a, 2 -> a, says 1", "In “a” the lab cannot read “2 -> a”"),
        ("a: 0 -> a, 1 -> a, says yes", "in “a” it is “yes”"),
        ("a: 0 -> a, 1 -> a, says 2", "between 0 and 1, but in “a” it is 2"),
        ("a: 0 -> a, 1 -> a, says nan", "between 0 and 1, but in “a” it is nan"),
        ("*a*: 0 -> a, 1 -> a, says 1", "letters and digits, and here it is “\\*a\\*”"),
        ("a: 0->a, 1->a, says 1; a: 0->a, 1->a, says 0", "Two states are called “a”"),
        (f"{'a' * 21}: 0 -> a, 1 -> a, says 1", "at most 20 characters"),
        ("s: 0 -> l, 1 -> r, says 0; l: 0->l, 1->l, says 0; r: 0->r, 1->r, says 1", "two parts"),
    ],
)
def test_what_is_no_machine_is_refused_with_the_place(text, sentence):
    with pytest.raises(SettingError, match=sentence):
        OwnMachineRule(text)


def test_of_what_the_lab_cannot_calculate_it_says_so():
    names = [str(k) for k in range(8)]
    restless = "; ".join(
        f"{k}: 0 -> {(3 * k + 1) % 8}, 1 -> {(k + 1) % 8}, says {k / 10}, ones {0.11 + k / 9:.3f}"
        for k in range(len(names))
    )
    with pytest.raises(SettingError, match="best loss cannot be calculated"):
        OwnMachineRule(restless)


def test_a_typed_machine_is_private_and_is_not_read_backwards_where_its_bits_tell_of_it():
    told = "a: 0 -> a, 1 -> b, says 0; b: 0 -> a, 1 -> b, says 1, ones 0.25"
    settings = Settings.of({"rule": "own-machine", "states": told})
    assert settings.private
    assert not Settings.of({"rule": "own-machine"}).private
    both = {"bidirectional": True, "carry_state": False}
    with pytest.raises(SettingError, match="turn “Both directions” off"):
        Settings.of({**settings.values, **both})
    assert Settings.of({"rule": "own-machine", **both}).network.bidirectional
