"""What settings are said to need, against what a worker really takes."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys

import pytest

from rnnlab.compute.embedded import TENSORFLOW
from rnnlab.engine import architecture, losses, operations, side_by_side
from rnnlab.errors import SettingError
from rnnlab.settings import Settings, memory
from rnnlab.training import history
from tests.lab import ROOT
from tests.slow import slow_but

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the most is read from /proc")

MEGABYTE = 2**20
BIG = 300 * MEGABYTE
MOST = 1_600 * MEGABYTE
"""Above what is allowed, so that what is refused is also measured, but not more than machines have.
"""

TWO_WAYS = {"bidirectional": True, "carry_state": False}
CORNERS = {
    "lstm, both directions": {"cell": "lstm", "units": 64, "layers": 3, "rows": 110} | TWO_WAYS,
    "gru, networks": {"cell": "gru", "units": 64, "layers": 2, "rows": 40, "networks": 16},
    "bits": {"units": 1, "rows": 500, "length": 20_000, "rule": "own"},
    "updates": {"units": 1, "rows": 1, "window": 1, "length": 1_000, "epochs": 490, "networks": 16},
    "narrow lstm": {"cell": "lstm", "units": 12, "rows": 500, "networks": 4},
    "simple, dropout": {"units": 64, "layers": 3, "rows": 500, "dropout": 0.5},
    "samples": {"units": 4, "rows": 500, "networks": 16, "rule": "sine"},
}
LONG = {"window": 100, "length": 200, "epochs": 1}

HELD = {
    "sine": {"rule": "sine", "cell": "lstm", "units": 30, "layers": 2},
    "bits": {"rule": "pair", "rows": 500, "length": 4_000},
    "networks": {"rule": "echo", "networks": 8, "units": 8},
    "echo": {"rule": "echo", "units": 4, "rows": 5, "window": 15, "length": 19_995},
    "lags": {"rule": "lags", "units": 16, "window": 10},
}


def measured(values: dict[str, object], seconds: float) -> int:
    return output_of("worker_memory", values, seconds)


def output_of(module: str, values: dict[str, object], argument: float) -> int:
    command = [sys.executable, "-m", f"tests.training.{module}", f"{argument}"]
    done = subprocess.run(
        command,
        input=json.dumps(values),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | TENSORFLOW,
        check=True,
    )
    return int(done.stdout)


def check(values: dict[str, object], estimate: int, seconds: float) -> None:
    taken = measured(values, seconds)
    numbers = f"{values} took {taken / MEGABYTE:.0f} MB, estimated {estimate / MEGABYTE:.0f}"
    assert taken <= 1.1 * estimate + 30 * MEGABYTE, numbers
    assert estimate <= 2.5 * max(taken, BIG), numbers


def estimate_of(values: dict[str, object]) -> int:
    """What the settings are said to need, allowed or not."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(memory, "MAX_BYTES", sys.maxsize)
        return Settings.of(values).peak_bytes


def test_the_estimate_knows_what_the_engine_does():
    assert memory.WIDE == operations.WIDE
    assert memory.MAX_LOGITS == losses.MAX_LOGITS
    assert memory.INPUTS_A_CALL >= 2 * architecture.MAX_INPUTS_A_CALL
    assert memory.AT_ONCE == side_by_side.MOST
    assert memory.MAX_SNAPSHOTS == history.MAX_SNAPSHOTS
    assert memory.BYTES_OF_SNAPSHOTS == history.BYTES_OF_SNAPSHOTS
    assert memory.MAX_CHECKPOINTS == history.CHECKPOINTS_PER_RUN
    assert memory.BYTES_OF_CHECKPOINTS == history.BYTES_PER_RUN


@pytest.mark.processes
@pytest.mark.parametrize("corner", slow_but([*CORNERS][:4], CORNERS))
def test_extreme_settings_take_about_what_is_estimated(corner):
    values = LONG | CORNERS[corner]
    check(values, estimate_of(values), 20 if corner == "updates" else 0.5)


@pytest.mark.processes
@pytest.mark.parametrize("case", slow_but([*HELD][:3], HELD))
def test_a_run_that_waits_for_its_turn_holds_no_more_than_is_estimated(case):
    settings = Settings.of(HELD[case])
    held = output_of("held_memory", HELD[case], 5)
    assert held + memory.PROGRAM <= settings.held_bytes + MEGABYTE
    assert settings.held_bytes < settings.peak_bytes / 2


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_random_settings_take_about_what_is_estimated(seed):
    draw = random.Random(seed)
    while True:
        values: dict[str, object] = {
            "rule": draw.choice(["pair", "echo", "lags", "own", "sine"]),
            "cell": draw.choice(["simple_rnn", "gru", "lstm"]),
            "units": draw.choice([1, 4, 8, 12, 16, 24, 32, 48, 64]),
            "layers": draw.randint(1, 3),
            "rows": draw.choice([20, 100, 250, 500]),
            "window": draw.choice([5, 20, 50, 100]),
            "length": draw.choice([100, 1_000, 10_000]),
            "networks": draw.choice([1, 1, 2, 4, 8, 16]),
            "activation": draw.choice(["tanh", "linear"]),
            "optimizer": draw.choice(["sgd", "adam"]),
            "dropout": draw.choice([0.0, 0.5]),
            "epochs": 1,
        } | draw.choice([{}, TWO_WAYS])
        try:
            estimate = estimate_of(values)
        except SettingError:
            continue
        if estimate < MOST:
            break
    check(values, estimate, 1.0)
