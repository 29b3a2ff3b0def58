"""What was traced and compiled once: the next process takes it up, and gets the same digits."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from rnnlab import compilation_cache
from rnnlab.compute.embedded import ROOT, TENSORFLOW

# Trains two networks a little, in the order given; prints all weights and how often it has traced.
PROCESS = """
import json, sys
from rnnlab.engine import graphs, program
from rnnlab.settings import Plan, Settings
from rnnlab.training import train

traced = []
trace = graphs._traced
graphs._traced = lambda *arguments: (traced.append(arguments[2]), trace(*arguments))[1]
weights = {}
for cell in sys.argv[1:]:
    settings = Settings.of({"rule": "pair", "cell": cell, "units": 2, "length": 400, "epochs": 1})
    *_, last = train(Plan(settings))
    weights[cell] = {name: values.tolist() for name, values in last.weights.items()}
print(json.dumps([weights, len(traced)]))
"""


@pytest.fixture
def cached(tmp_path, monkeypatch) -> dict[str, str]:
    """The variables of processes that share a cache."""
    monkeypatch.setenv(compilation_cache.VARIABLE, str(tmp_path))
    monkeypatch.setattr(compilation_cache, "LEAST_FREE_BYTES", 0)
    return compilation_cache.environment()


def trained(environment: dict[str, str], *cells: str) -> tuple[dict, int, str]:
    done = subprocess.run(
        [sys.executable, "-c", PROCESS, *cells],
        cwd=ROOT,
        env=TENSORFLOW | os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    weights, traced = json.loads(done.stdout)
    return weights, traced, done.stderr


def executables(environment: dict[str, str]) -> dict[str, int]:
    folder = environment[compilation_cache._OPENED]
    return {
        file.name: file.stat().st_mtime_ns
        for file in os.scandir(folder)
        if not file.name.startswith("graph_")
    }


@pytest.mark.processes
def test_a_second_process_traces_and_compiles_nothing_and_learns_the_same(cached):
    without, n_traced, _ = trained({}, "lstm", "simple_rnn")
    first, n_first, _ = trained(cached, "lstm", "simple_rnn")
    kept = executables(cached)
    assert kept
    assert n_traced == n_first == 2
    # In another order, in which TensorFlow would number its functions in another way.
    second, n_second, _ = trained(cached, "simple_rnn", "lstm")
    assert n_second == 0
    assert executables(cached) == kept
    assert without == first == second


@pytest.mark.processes
@pytest.mark.parametrize("size", [1_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_damaged_files_are_told_and_made_anew(cached, size):
    first, _, _ = trained(cached, "simple_rnn")
    for file in os.scandir(cached[compilation_cache._OPENED]):
        os.truncate(file, min(size, file.stat().st_size))
    second, _, told = trained(cached, "simple_rnn")
    assert second == first
    assert "cleared" in told or "cannot be used" in told
    third, _, _ = trained(cached, "simple_rnn")
    assert third == first


def test_equal_architectures_share_their_graph_within_a_process(monkeypatch):
    from rnnlab.engine import Architecture, Program, graphs
    from rnnlab.network import Network

    architecture = Architecture(Network(units=2), "adam", rows=3, timesteps=2)
    Program(architecture).compile()
    monkeypatch.setattr(graphs, "_traced", None)
    again = Program(architecture)
    again.compile()
    state = again.begin(
        [{name: np.zeros(shape, np.float32) for name, shape in again.shapes.items()}]
    )
    assert set(again.weights(state)) == set(again.shapes)
