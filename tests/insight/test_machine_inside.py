"""The machine inside: networks that are exactly a machine, and some that are not quite."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from rnnlab.charts.machine_inside import automaton_table, units_table
from rnnlab.errors import SettingError
from rnnlab.insight.asked_network import DecisionThresholds
from rnnlab.insight.automaton import difference
from rnnlab.insight.machine_in_words import as_machine, pasts, sentence, state_sentence
from rnnlab.insight.machine_inside import ROWS, STEPS, _automaton, machine_inside
from rnnlab.reference import forward
from rnnlab.rules import RULES
from rnnlab.rules.machine import MachineRule
from rnnlab.rules.state_machine import Machine, MachineState
from rnnlab.settings import Settings
from tests.insight.networks import machine_network, random, zeros

MACHINES = [name for name, rule in RULES.items() if isinstance(rule, MachineRule)]


def relu(rule: str, machine: Machine | None = None, **changes) -> Settings:
    """A network with room for a machine: the rule's, or another one."""
    states = len((machine or Settings.of({"rule": rule, **changes}).data.machine()).states)
    values = {"rule": rule, "activation": "relu", "units": 2 * states + 1, "window": 10}
    return Settings.of(values | changes)


def test_the_network_of_a_machine_says_what_the_machine_says():
    settings = relu("tomita", language=4)
    machine = settings.data.machine()
    bits, states = machine.run(np.random.default_rng(1).random(500))
    trace = forward(settings.network, machine_network(settings, machine), bits[None, :, None])
    np.testing.assert_allclose(trace.predicted[0, :, 1], machine.outputs[states], atol=1e-8)


@pytest.mark.parametrize("rule", MACHINES)
def test_a_network_that_is_the_rules_machine_has_it_inside(rule):
    settings = relu(rule)
    inside = machine_inside(settings, machine_network(settings, settings.data.machine()))
    assert inside.same
    assert inside.word is None
    assert "the rule's own" in sentence(inside)
    assert f"among {inside.n_compared:,} answers" in sentence(inside)


@pytest.mark.parametrize("language", [4, 5, 6])
@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_the_machines_of_tomitas_languages_have_as_many_states_as_in_the_paper(language, noise):
    settings = relu("tomita", language=language, noise=noise)
    inside = machine_inside(settings, machine_network(settings, settings.data.machine()))
    # Weiss, Goldberg & Yahav (2018): 4, 4 and 3 states.
    assert len(inside.extracted.answers) == {4: 4, 5: 4, 6: 3}[language]
    assert inside.same


def random_machine(seed: int, n: int) -> Machine:
    rng = np.random.default_rng(seed)
    names = [str(k) for k in range(n)]
    return Machine(
        tuple(
            MachineState(name, *rng.choice(names, 2).tolist(), output=float(rng.integers(2)))
            for name in names
        )
    )


@tried(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 7))
def test_whatever_machine_a_network_is_that_one_is_found(seed, n):
    machine = random_machine(seed, n)
    settings = relu("tomita", machine)
    inside = machine_inside(settings, machine_network(settings, machine))
    known = _automaton(machine, DecisionThresholds.of(machine, settings.data))
    assert difference(inside.extracted, known) is None
    assert len(inside.extracted.answers) <= n + 1
    # A word is shown exactly where there is one, and it is the shortest.
    assert inside.word == difference(known, inside.rule) or len(inside.word) == len(
        difference(known, inside.rule)
    )
    if inside.word is not None:
        assert inside.predicted == known.answer(inside.word) != inside.expected
        assert f"the network says {inside.predicted}, the rule {inside.expected}" in sentence(
            inside
        )


def test_a_network_that_forgets_after_many_steps_is_caught():
    settings = relu("running-parity", units=6)
    weights = machine_network(settings, settings.data.machine())
    # A unit that counts: from the 42nd step on it outvotes the answer.
    weights["rnn1_recurrent_kernel"][5, 5] = weights["rnn1_bias"][5] = 1
    weights["dense_kernel"][5, 1] = 0.5
    inside = machine_inside(settings, weights)
    assert inside.same, "as far as one looks for a machine"
    assert len(inside.word) == 42
    assert (inside.predicted, inside.expected) == ("1", "0")
    assert "42 bits …" in sentence(inside)


@pytest.mark.parametrize("rule", MACHINES)
def test_an_untrained_network_gets_a_sentence_too(rule):
    settings = Settings.of({"rule": rule, "units": 5, "window": 10})
    for weights in (zeros(settings), settings.first_weights(), random(settings, size=2.0)):
        inside = machine_inside(settings, weights)
        assert inside.word is not None
        assert "the network says" in sentence(inside)


def test_where_it_lies_and_what_leads_there():
    settings = relu("running-parity")
    inside = machine_inside(settings, machine_network(settings, settings.data.machine()))
    assert inside.visits.shape == (ROWS, STEPS)
    odd = inside.extracted.answers.index("1")
    table = units_table(inside, odd)
    shown = table[table["who"] == "this state"].set_index("unit")
    # Unit 2 q + b: odd is where 0 came in "odd" (unit 3 of them, counted from 1) or 1 in "even".
    assert shown.loc[1, "high"] == shown.loc[4, "high"] == 0
    assert shown.loc[2, "mean"] + shown.loc[3, "mean"] == pytest.approx(1)
    assert f"In state {odd + 1} the network says: 1 is the answer" in state_sentence(inside, odd)
    for past, share in pasts(inside, odd):
        assert 0 < share < 1
        assert set(past) <= {"0", "1"}
        if len(past) < 8:  # from the beginning on
            assert past.count("1") % 2 == 1


def test_bits_that_cannot_come_have_no_line():
    settings = relu("xor-in-time")
    inside = machine_inside(settings, machine_network(settings, settings.data.machine()))
    drawn = as_machine(inside.extracted, next_bit=True)
    table = automaton_table(inside.extracted, drawn)
    assert len(inside.extracted.answers) == 5
    # Three states leave both ways open, two force a bit.
    assert (table["kind"] == "end").sum() == 3 * 2 + 2
    assert set(inside.names) == set(settings.data.machine().names)
    assert sorted(drawn.ones) == [0, 0.5, 0.5, 0.5, 1]


def test_another_rule_has_no_machine():
    with pytest.raises(SettingError, match="no state machine"):
        machine_inside(Settings(), Settings().first_weights())
