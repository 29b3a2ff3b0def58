"""The picture of a machine: a line from each state for each bit, to where it leads."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.charts.machine_picture import (
    BITS,
    CLEAR,
    MOST_NAMED,
    NAME,
    machine_alt,
    machine_table,
    states_table,
)
from rnnlab.rules import RULES
from rnnlab.rules.machine import MachineRule

MACHINES = [name for name, rule in RULES.items() if isinstance(rule, MachineRule)]


@pytest.mark.parametrize("name", MACHINES)
def test_each_line_begins_at_its_state_and_ends_nearest_to_the_one_after(name):
    machine = RULES[name].machine()
    table = machine_table(machine)
    states = table[table["kind"] == "state"]
    places = states[["x", "y"]].to_numpy(float)
    assert states["number"].tolist() == list(range(1, len(machine.states) + 1))
    lines = table[table["kind"] == "line"]
    assert lines["edge"].nunique() == 2 * len(machine.states)
    for bit, bit_name in enumerate(BITS):
        for state, after in enumerate(machine.after[bit]):
            line = lines[lines["edge"] == f"{state + 1} {bit_name}"].sort_values("order")
            points = line[["x", "y"]].to_numpy(float)
            for point, end in ((points[0], state), (points[-1], after)):
                distances = np.linalg.norm(places - point, axis=1)
                assert distances[end] <= distances.min() + 1e-9


@pytest.mark.parametrize("name", MACHINES)
def test_the_words_and_the_table_say_every_arrow(name):
    machine = RULES[name].machine()
    alt, table = machine_alt(machine), states_table(machine)
    for number, state in enumerate(machine.states):
        assert f"from “{state.name}” a 0 leads to “{state.on_0}” and a 1 to “{state.on_1}”" in alt
        row = table.iloc[number]
        assert machine.names[row["after a 0"] - 1] == state.on_0
        assert machine.names[row["after a 1"] - 1] == state.on_1


@pytest.mark.parametrize("name", MACHINES)
def test_a_name_stands_clear_of_its_state_and_beyond_the_loops_there(name):
    machine = RULES[name].machine()
    table = machine_table(machine)
    states = table[table["kind"] == "state"].to_dict("records")
    names = table[table["kind"] == "name"].to_dict("records")
    assert len(names) == (len(states) if len(states) <= MOST_NAMED else 0)
    for number, (state, named) in enumerate(zip(states, names, strict=False)):
        assert (named["label"], named["x"]) == (state["name"], state["x"])
        way = named["y"] - state["y"]
        assert abs(way) >= NAME
        for bit, bit_name in enumerate(BITS):
            if machine.after[bit, number] == number:
                loop = table[table["edge"] == f"{number + 1} {bit_name}"]["y"] - state["y"]
                assert (loop * np.sign(way)).max() <= abs(way) - CLEAR + 1e-9
