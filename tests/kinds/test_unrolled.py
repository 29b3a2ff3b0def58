"""The unrolled picture: what stands where, and what reaches what."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.kinds.unrolled import Unrolled

pictures = st.builds(
    Unrolled,
    steps=st.integers(2, 8),
    layers=st.integers(1, 3),
    bidirectional=st.booleans(),
    dropout=st.booleans(),
    answers=st.sampled_from(["each step", "last step"]),
)


def names(*numbers: int, letter: str = "x") -> tuple[str, ...]:
    return tuple(f"{letter}{number}" for number in numbers)


def reachable(unrolled: Unrolled) -> dict[tuple[str, str], bool]:
    """Whether a path leads from one node to another, by powers of the adjacency matrix."""
    order = [node.name for node in unrolled.nodes]
    index = {name: number for number, name in enumerate(order)}
    adjacency = np.eye(len(order), dtype=int)
    for edge in unrolled.edges:
        adjacency[index[edge.start], index[edge.end]] = 1
    paths = np.linalg.matrix_power(adjacency.astype(object), len(order)) > 0
    return {(a, b): bool(paths[index[a], index[b]]) for a, b in product(order, order)}


def test_an_answer_knows_its_own_input_and_all_before_it():
    unrolled = Unrolled(steps=5, layers=2)
    for t in range(1, 6):
        assert unrolled.inputs_known(f"y{t}") == names(*range(1, t + 1))
        assert unrolled.outputs_changed(f"x{t}") == names(*range(t, 6), letter="y")


def test_who_reads_both_ways_knows_everything_at_every_step():
    unrolled = Unrolled(steps=5, bidirectional=True)
    for t in range(1, 6):
        assert unrolled.inputs_known(f"y{t}") == names(1, 2, 3, 4, 5)
    # The layer that reads back has at step 4 read the last two inputs.
    assert unrolled.inputs_known("backward1.4") == names(4, 5)


def test_one_to_many_knows_only_its_one_input():
    unrolled = Unrolled(steps=4, reads="first step", autoregressive=True)
    assert [node.name for node in unrolled.nodes if node.role == "input"] == ["x1"]
    assert unrolled.inputs_known("y4") == ("x1",)
    assert sum(edge.kind == "feedback" for edge in unrolled.edges) == 3


def test_a_memory_is_read_only_through_the_state():
    unrolled = Unrolled(steps=3, layers=2, memory=True)
    assert {e.end for e in unrolled.edges if e.start == "memory1.2"} == {"memory1.3", "state1.2"}
    # c_t = f c_{t-1} + i g, whose gates read the input and h_{t-1}: the equations of the LSTM.
    into = {edge.start for edge in unrolled.edges if edge.end == "memory2.2"}
    assert into == {"memory2.1", "state2.1", "state1.2"}
    into = {edge.start for edge in unrolled.edges if edge.end == "state1.2"}
    assert into == {"memory1.2", "state1.1", "x2"}
    with pytest.raises(SettingError):
        Unrolled(memory=True, bidirectional=True)


def test_the_way_through_time_is_as_long_as_the_steps_between():
    graph = Unrolled(steps=6, layers=3).graph
    for early, late in product(range(1, 7), range(1, 7)):
        expected = late - early if early <= late else -1
        assert graph.time_distance(f"x{early}", f"y{late}") == expected


def test_reading_back_the_first_input_is_nearest_to_the_one_answer():
    # On: 5 steps from x1 to x6. Back: the backward layer has just read x1 when it answers.
    one_way = Unrolled(steps=6, answers="last step").graph
    assert one_way.time_distance("x1", "y6") == 5
    both = Unrolled(steps=6, answers="last step", bidirectional=True).graph
    assert [both.time_distance(f"x{t}", "y6") for t in range(1, 7)] == [0, 1, 2, 2, 1, 0]


@settings(deadline=None, max_examples=30)
@given(pictures)
def test_paths_are_those_that_matrix_powers_find(unrolled):
    leads = reachable(unrolled)
    order = [node.name for node in unrolled.nodes]
    for name in order[:: max(1, len(order) // 5)]:
        assert unrolled.graph.ancestors(name) == {n for n in order if leads[n, name]}
        assert unrolled.graph.descendants(name) == {n for n in order if leads[name, n]}


@settings(deadline=None, max_examples=30)
@given(pictures)
def test_dropout_is_between_layers_and_never_between_time_steps(unrolled):
    nodes = {node.name: node for node in unrolled.nodes}
    for edge in unrolled.edges:
        start, end = nodes[edge.start], nodes[edge.end]
        if edge.kind == "dropout":
            assert start.step == end.step
            assert {start.role, end.role} <= {"state", "backward"}
        if edge.kind == "time":
            assert (start.role, start.level) == (end.role, end.level)
            assert end.step - start.step == (1 if start.role == "state" else -1)
    dropped = sum(edge.kind == "dropout" for edge in unrolled.edges)
    directions = 2 if unrolled.bidirectional else 1
    assert dropped == unrolled.dropout * (unrolled.layers - 1) * unrolled.steps * directions**2


@settings(deadline=None, max_examples=30)
@given(pictures)
def test_every_node_has_a_name_a_place_and_a_sentence_of_its_own(unrolled):
    nodes = unrolled.nodes
    assert len({(node.step, node.level) for node in nodes}) == len(nodes)
    assert len({node.name for node in nodes}) == len(nodes)
    assert {node.level for node in nodes} <= set(range(unrolled.n_levels))
    assert len(unrolled.level_titles) == unrolled.n_levels
    assert all(unrolled.sentence_of(node.name).startswith(node.label) for node in nodes)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("y3", "y₃ knows x₁ to x₃. From x₁ it is 2 steps through time."),
        ("x2", "x₂ changes y₂ to y₄."),
        ("state1.1", "h₁ knows x₁ and changes y₁ to y₄."),
    ],
)
def test_the_sentence_says_what_is_highlighted(name, sentence):
    assert Unrolled(steps=4).sentence_of(name) == sentence


@pytest.mark.parametrize("wrong", [{"steps": 1}, {"steps": 9}, {"layers": 4}, {"answers": "now"}])
def test_what_makes_no_picture_is_said(wrong):
    with pytest.raises(SettingError):
        Unrolled(**wrong)
