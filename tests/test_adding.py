"""Adding a thing costs what the README says: a toy is added to a copy, and its contract tests run.

Each test copies the tree, writes the files that the README's recipe names, and runs there the
tests that every such thing must pass.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.processes

RULE = '''"""The toy rule: a 1 is likelier after a 1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnnlab.knobs import knob
from rnnlab.rules.base import Sequence, coin_flips
from rnnlab.rules.lagged import Causes, LaggedRule


@dataclass(frozen=True)
class NudgeRule(LaggedRule):
    """P(y[t] = 1) = 0.25 + 0.5 x[t-steps]; the first targets are fair flips."""

    name = "nudge"
    title = "The nudge"
    sentence = "A 1 makes a 1 likelier, as many steps later as you say."
    article = "pair"
    order = 1
    main_knobs = ("steps", "window", "units")

    steps: int = knob(
        default=2,
        label="Steps of the nudge",
        help="How many steps later.",
        topic="data",
        low=1,
        high=9,
    )

    def clean_series(self, rng: np.random.Generator, n_bits: int) -> Sequence:
        x = coin_flips(rng, n_bits)
        return Sequence(x, (rng.random(n_bits) < self.clean_probabilities(x)).astype(np.uint8))

    def causes(self) -> Causes:
        return Causes(lags=(self.steps,), table=np.array([0.25, 0.75]))

    def clean_code(self) -> str:
        return f"""x = rng.integers(2, size=n_bits, dtype=np.uint8)
chance = 0.25 + 0.5 * np.roll(x, {self.steps})
chance[:{self.steps}] = 0.5
y = (rng.random(n_bits) < chance).astype(np.uint8)"""


RULE = NudgeRule()
'''


VIEW = '''"""Side by side: how many networks there are."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from rnnlab.settings import Settings
from rnnlab.ui.training.run import Moment

TITLE = "Side by side"
ICON = ":material/view_week:"
ORDER = 55


def fits(settings: Settings) -> bool:
    """Where there are several."""
    return settings.networks > 1


def draw(moment: Moment) -> None:
    """A point for each."""
    table = pd.DataFrame({"network": range(moment.settings.networks)})
    encoding = {"x": {"field": "network", "type": "ordinal"}}
    st.vega_lite_chart(table, {"mark": "point", "encoding": encoding})
    st.caption("A point for each network.")
'''

CELL = '''"""A cell for a test: a SimpleRNN under another name, without fast inference."""

from rnnlab.cells.simple_rnn import SimpleRNN


class ToyCell(SimpleRNN):
    """A SimpleRNN."""

    name = "toy"
    order = 90


CELL = ToyCell()
'''

OPTIMIZER = '''

def _toy(ops, weights, slots, gradient, rate, _count):
    """Half of the last step is done again."""
    velocity = 0.5 * slots[0] - rate * gradient.values
    return weights + velocity, velocity[None]


OPTIMIZERS["toy"] = Optimizer("SGD", _toy, (0.0,), {"momentum": 0.5})
'''


def check_in_a_copy(folder: Path, files: dict[str, str], *tests: str) -> None:
    """Run these tests, arguments of pytest, in a copy of the tree that holds these files too."""
    for part in ("rnnlab", "pages", "tests"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("app.py", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, folder)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    plugins = ["--disable-plugin-autoload", "-p", "hypothesispytest", "-p", "no:cacheprovider"]
    # Who runs these tests in several processes says so in the environment, and that is not meant
    # for the copy.
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *plugins, *tests],
        cwd=folder,
        env=alone,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stdout[-3000:]  # 5 where no test is of the new thing


def test_a_rule_is_one_file(tmp_path):
    check_in_a_copy(
        tmp_path,
        {"rnnlab/rules/nudge.py": RULE},
        "tests/rules/test_contract.py",
        "tests/rules/test_bit_contract.py",
        "tests/exploration/test_pattern_counts.py",
        "tests/settings",
        "tests/bounds/test_lines.py",
        "-k",
        "nudge",
    )


def test_a_view_is_one_file(tmp_path):
    check_in_a_copy(
        tmp_path,
        {"rnnlab/ui/training/views/side_by_side.py": VIEW},
        "tests/ui/test_views.py",
        "-k",
        "draws_what_it_has and Side",
    )


def test_a_cell_is_one_file(tmp_path):
    check_in_a_copy(
        tmp_path,
        {"rnnlab/cells/toy.py": CELL},
        "tests/cells/test_contract.py",
        "tests/engine/test_gradients.py",
        "tests/engine/test_against_keras.py",
        "tests/sentiment/test_forward.py",
        "-k",
        "toy",
    )


def test_an_optimizer_is_one_entry(tmp_path):
    entries = (ROOT / "rnnlab/optimizers.py").read_text(encoding="utf-8")
    check_in_a_copy(
        tmp_path,
        {"rnnlab/optimizers.py": entries + OPTIMIZER},
        "tests/engine/test_optimizers.py",
        "tests/engine/test_against_keras.py",
        "tests/test_script.py",
        "-k",
        "toy",
    )
