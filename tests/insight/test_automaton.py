"""Machines found by asking: the smallest one, whoever is asked."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.insight.automaton import (
    IMPOSSIBLE,
    UNASKED,
    Automaton,
    difference,
    learn,
)

MANY = 1000


def machine(after, answers) -> Automaton:
    """A machine whose words nobody asks for."""
    return Automaton(tuple(map(tuple, after)), tuple(answers), ((),) * len(answers))


def asked(known: Automaton, *, before_first: bool = True):
    """A teacher that knows a machine."""
    return lambda words: [known.answer(word) if word or before_first else UNASKED for word in words]


def learnt(known: Automaton, most: int = MANY, **options) -> Automaton | None:
    return learn(asked(known, **options), lambda found: difference(found, known), most)


PARITY = machine([(0, 1), (1, 0)], ["0", "1"])
NO_THREE_ZEROS = machine([(1, 0), (2, 0), (3, 0), (3, 3)], "1110")


def test_the_parity_has_two_states():
    found = learnt(PARITY)
    assert found.after == ((0, 1), (1, 0))
    assert found.answers == ("0", "1")
    assert found.words == ((), (1,))


def test_states_that_no_ending_tells_apart_are_one():
    twice = machine([(2, 1), (3, 0), (0, 3), (1, 2)], ["0", "1", "0", "1"])
    assert learnt(twice).after == PARITY.after


def test_where_nothing_is_said_before_the_first_bit_it_has_no_state_of_its_own():
    for known in (PARITY, NO_THREE_ZEROS):
        found = learnt(known, before_first=False)
        assert found.after == known.after
        assert found.answers == known.answers


def test_or_it_has_one_if_no_other_leads_where_it_leads():
    # After the first bit, say for ever what that was.
    known = machine([(1, 2), (1, 1), (2, 2)], ["0", "0", "1"])
    found = learnt(known, before_first=False)
    assert found.answers == (UNASKED, "0", "1")


def test_bits_that_cannot_come_lead_nowhere():
    # A one is followed by a zero.
    known = machine([(0, 1), (0, None)], ["open", "0"])
    found = learnt(known)
    assert found == Automaton(known.after, known.answers, ((), (1,)))
    assert found.answer((1, 1, 0)) == IMPOSSIBLE


def test_a_machine_that_is_too_large_is_none():
    ring = machine([((k + 1) % 9, (k + 1) % 9) for k in range(9)], ["1"] + ["0"] * 8)
    assert learnt(ring, most=8) is None
    assert len(learnt(ring, most=9).after) == 9


def random_machine(seed: int, states: int, missing: float) -> Automaton:
    rng = np.random.default_rng(seed)
    after = [
        tuple(None if rng.random() < missing else int(rng.integers(states)) for _ in range(2))
        for _ in range(states)
    ]
    return machine(after, rng.choice(["0", "1", "open"], states).tolist())


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12), st.sampled_from([0.0, 0.2]))
def test_any_machine_is_found_and_none_of_its_states_twice(seed, states, missing):
    known = random_machine(seed, states, missing)
    found = learnt(known)
    assert difference(found, known) is None
    assert len(found.after) <= states
    # Each word leads to its own state, and any two states differ.
    assert [found.path(word)[-1] for word in found.words] == list(range(len(found.words)))
    for one in range(len(found.after)):
        for other in range(one):
            begun = [begin_at(found, state) for state in (one, other)]
            assert begun[0].answers[0] != begun[1].answers[0] or difference(*begun) is not None


def begin_at(known: Automaton, state: int) -> Automaton:
    order = [state, *(k for k in range(len(known.after)) if k != state)]
    place = {old: new for new, old in enumerate(order)}
    after = [tuple(None if to is None else place[to] for to in known.after[old]) for old in order]
    return machine(after, [known.answers[old] for old in order])


def test_the_difference_is_the_shortest_there_is():
    other = machine([(1, 0), (2, 0), (3, 0), (4, 4), (4, 4)], "11101")
    assert difference(NO_THREE_ZEROS, other) == (0, 0, 0, 0)
    assert difference(NO_THREE_ZEROS, NO_THREE_ZEROS) is None
