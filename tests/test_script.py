"""The script to take away: it runs without the lab, and trains what the lab trains."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest

from rnnlab import reference
from rnnlab.keras_models import network as models
from rnnlab.optimizers import OPTIMIZERS
from rnnlab.rules import RULES, BitRule
from rnnlab.rules.base import into_windows
from rnnlab.rules.letters import LetterRule
from rnnlab.rules.machine import MachineRule
from rnnlab.rules.own_series import OwnSeries
from rnnlab.script import keras_script
from rnnlab.settings import Settings

# A quick learner: 200 updates an epoch, with new coin flips.
QUICK = {
    "rows": 20,
    "length": 1000,
    "window": 5,
    "cell": "gru",
    "learning_rate": 0.02,
    "fresh_data": True,
    "epochs": 3,
}
LONGEST: dict[str, Any] = {
    "layers": 3,
    "dropout": 0.3,
    "clip": 0.1,
    "optimizer": "momentum",
    "learning_rate": 0.0005,
    "networks": 16,
    "rows": 3,
    "window": 3,
    "seed": 9984,
}
OWN = OwnSeries.of("tides.csv", np.sin(0.3 * np.arange(300)) + 0.1 * np.cos(np.arange(300) ** 2))
TABLES = {name for name, rule in RULES.items() if isinstance(rule, MachineRule | LetterRule)}
"""Rules whose scripts hold a table of states and a loop over steps: eleven lines more."""
NEXT_BIT = {"self-pair", "counting", "xor-in-time", "embedded-reber"}
"""Rules that ask for the next bit or letter: from the other side it would be read."""
BIT_RULES = [name for name, rule in RULES.items() if isinstance(rule, BitRule)]


def longest(rule: str, **changes: Any) -> Settings:
    own = OWN if rule == "series" else None
    return Settings(rule=rule, own=own, **(LONGEST | {"length": 100} | changes))


def run(settings: Settings) -> dict[str, Any]:
    """All names of the script after it has run, here."""
    names: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(keras_script(settings), "script.py", "exec"), names)
    return names


@pytest.fixture
def untrained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training takes no time, and changes nothing."""
    history = SimpleNamespace(history={"loss": [0.0], "accuracy": [0.0]})
    monkeypatch.setattr(keras.Model, "fit", lambda *_, **__: history)


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, but for the user's series, where scripts run."""
    (tmp_path / "series.txt").write_text(OWN.text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def losses_in(printed: str) -> list[float]:
    return [float(found) for found in re.findall(r"loss:? ([0-9.e+-]+)", printed)]


# ---- It runs, and learns what can be learnt ----------------------------------------------------


def test_alone_in_a_folder_it_learns_all_that_the_carried_state_can_know(tmp_path):
    (tmp_path / "script.py").write_text(keras_script(Settings(rule="pair", **QUICK)))
    ended = subprocess.run(
        [sys.executable, "-I", "-W", "error", "script.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        env={"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""},
    )
    assert ended.returncode == 0, ended.stderr
    losses = losses_in(ended.stdout)
    assert len(losses) == 3
    # Half of ln 2; windows that cannot look back reach 0.4590 at best (article A).
    assert losses[-1] == pytest.approx(0.3466, abs=0.02)


def test_without_the_carried_state_it_learns_what_a_window_shows(capsys):
    run(Settings(rule="echo", carry_state=False, **QUICK))
    losses = losses_in(capsys.readouterr().out)
    assert len(losses) == 3
    assert losses[-1] == pytest.approx(0.4159, abs=0.02)  # (3/5) ln 2, article B


def test_two_layers_with_dropout_and_clipping_learn_too(capsys):
    changes = {"layers": 2, "dropout": 0.1, "clip": 1.0, "units": 12, "epochs": 2}
    settings = Settings.of(QUICK | changes | {"rule": "echo", "delay": 1})
    names = run(settings)
    first, last = losses_in(capsys.readouterr().out)
    assert last < first / 2
    # Without dropout, on new coin flips, NumPy finds next to nothing left to learn.
    network = settings.network
    weights = models.get_weights(names["model"], network)
    bits = np.random.default_rng(8).integers(2, size=(50, 41))
    trace = reference.forward(network, weights, bits[:, 1:, None].astype(np.float32))
    assert reference.loss(network, trace, bits[:, :-1]) < 0.05


@pytest.mark.parametrize(
    "settings",
    [
        Settings(rule="toy", units=4, learning_rate=0.05, epochs=60),
        Settings(rule="sine", cell="lstm", layers=2, rows=500, window=10, epochs=2),
        Settings(rule="series", own=OWN, rows=32, window=6, epochs=10, clip=1.0),
    ],
    ids=lambda settings: settings.rule,
)
@pytest.mark.usefixtures("in_folder")
def test_the_error_on_the_test_is_the_one_that_numpy_finds(settings, capsys):
    names = run(settings)
    printed = capsys.readouterr().out
    losses = losses_in(printed)
    assert len(losses) == settings.epochs
    assert losses[-1] < 0.8 * losses[0]
    samples = settings.data.samples(settings.window)
    network = settings.network
    weights = models.get_weights(names["model"], network)
    trace = reference.forward(network, weights, samples.test_inputs)
    expected = reference.loss(network, trace, samples.test_targets[:, None])
    found = re.search(r"error on the test: ([^,]+), its root: (\S+)", printed)
    assert float(found[1]) == pytest.approx(expected, rel=2e-3)
    assert float(found[2]) == pytest.approx(expected**0.5, rel=2e-3)


# ---- It is the run of the settings -------------------------------------------------------------


@pytest.mark.usefixtures("untrained")
@pytest.mark.parametrize("noise", [0.0, 0.1, 0.5])
@pytest.mark.parametrize("rule", BIT_RULES)
def test_the_bits_are_those_of_the_rule_cut_as_the_lab_cuts_them(rule, noise):
    settings = longest(rule, noise=noise)
    names = run(settings)
    names["rng"] = np.random.default_rng(5)
    x, y = names["make_data"]()
    series = settings.data.generate(np.random.default_rng(5), 3 * 100)
    for found, expected in ((x, series.inputs), (y[..., None], series.targets)):
        windows = into_windows(expected, 3, 3)
        np.testing.assert_array_equal(found, windows.reshape(-1, 3, 1))


def without_names(config: Any) -> Any:
    """A model's description, but for the names that Keras numbers."""
    if isinstance(config, dict):
        return {key: without_names(value) for key, value in config.items() if key != "name"}
    if isinstance(config, (list, tuple)):
        return [without_names(each) for each in config]
    return config


def description(model: keras.Model) -> Any:
    layers = [(type(layer).__name__, without_names(layer.get_config())) for layer in model.layers]
    optimizer = without_names(model.optimizer.get_config())
    return layers, type(model.optimizer).__name__, optimizer, model.loss, model.input_shape


@pytest.mark.usefixtures("untrained", "in_folder")
@pytest.mark.parametrize("settings", [
    *(longest(rule) for rule in RULES),
    *(longest("pair", optimizer=name, clip=0.0, layers=1) for name in OPTIMIZERS),
    longest("pair", carry_state=False, cell="gru", activation="relu", dropout=0.0),
    longest("echo", carry_state=False, cell="lstm", bidirectional=True),
    Settings.of({"rule": "sine", "cell": "gru", "bidirectional": True}),
    Settings.of({"rule": "sine", "as_printed": True, "cell": "lstm"}),
    longest("pair", gain=0.95, unit_forget_bias=False, cell="lstm"),
    longest("pair", gain=1.05, unit_forget_bias=False),
], ids=lambda settings: f"{settings.rule}-{settings.optimizer}-{settings.cell}")  # fmt: skip
def test_the_model_is_that_of_the_run(settings):
    assert description(run(settings)["model"]) == description(models.keras_model(settings))


def calls_of_fit(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[np.ndarray]:
    """The inputs of each call; the carried state is all ones after each."""
    seen = []

    def fit(model: keras.Model, x: np.ndarray, *_: Any, **options: Any) -> SimpleNamespace:
        assert options["shuffle"] is False
        assert options["batch_size"] == settings.rows
        seen.append(x)
        for layer in model.layers:
            if isinstance(layer, keras.layers.RNN) and settings.carry_state:
                for state in layer.states:
                    assert not np.any(state)
                    state.assign(np.ones(state.shape))
        return SimpleNamespace(history={"loss": [0.0], "accuracy": [0.0]})

    monkeypatch.setattr(keras.Model, "fit", fit)
    run(settings)
    return seen


@pytest.mark.parametrize("carry", [True, False], ids=["carried", "reset"])
@pytest.mark.parametrize("fresh", [True, False], ids=["fresh", "same"])
def test_every_epoch_starts_from_zero_with_its_data(fresh, carry, monkeypatch):
    settings = longest("echo", epochs=3, fresh_data=fresh, carry_state=carry, cell="lstm")
    first, second, third = calls_of_fit(settings, monkeypatch)
    assert np.array_equal(first, second) is not fresh
    assert np.array_equal(second, third) is not fresh


# ---- It can be read ----------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES)
def test_the_longest_scripts_fit_on_a_page(rule):
    for settings in (longest(rule), longest(rule, fresh_data=True, networks=1, carry_state=False)):
        check_page(keras_script(settings), most_lines=lines_of(rule))


def lines_of(rule: str) -> int:
    """The most lines of the longest script of a rule."""
    return 60 + 11 * (rule in TABLES)


@pytest.mark.parametrize("both", [True, False])
def test_chosen_first_weights_add_two_lines_for_each_layer(both):
    others = {"carry_state": False, "bidirectional": both, "cell": "lstm"}
    plain, chosen = (
        keras_script(longest("pair", **others, **first))
        for first in ({}, {"gain": 0.95, "unit_forget_bias": False})
    )
    check_page(chosen, most_lines=60 + 3 * 3)
    assert len(chosen.splitlines()) <= len(plain.splitlines()) + 2 * 3
    assert "keras.initializers.Orthogonal(gain=0.95)" in chosen
    assert "Orthogonal" not in plain


@pytest.mark.parametrize("rule", [name for name in RULES if name not in NEXT_BIT])
def test_two_directions_add_a_line_for_each_layer(rule):
    settings = longest(rule, carry_state=False)
    one, two = (keras_script(replace(settings, bidirectional=both)) for both in (False, True))
    check_page(two, most_lines=lines_of(rule) + settings.layers)
    assert len(two.splitlines()) == len(one.splitlines()) + settings.layers
    assert two.count("model.add(keras.layers.Bidirectional(recurrent))") == settings.layers


@pytest.mark.parametrize("rule", BIT_RULES)
def test_noise_adds_little_to_the_longest_scripts(rule):
    script = keras_script(longest(rule, fresh_data=True, noise=0.25))
    check_page(script, most_lines=lines_of(rule) + 3)  # a line for the flips, and words in the head
    assert " < 0.25)  # noise" in script
    assert "with probability 0.25" in " ".join(script.split())


def check_page(script: str, most_lines: int = 60) -> None:
    code = ast.parse(script)
    assert ast.get_docstring(code)
    imported = {alias.name for node in ast.walk(code) if isinstance(node, ast.Import)
                for alias in node.names}  # fmt: skip
    assert imported == {"keras", "numpy"}
    assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(code))
    lines = script.splitlines()
    assert len(lines) <= most_lines
    assert max(map(len, lines)) <= 100
    assert "\n\n\n\n" not in script


def test_the_name_of_a_users_file_cannot_become_code():
    name = 'a"""\nimport os\u2028os.abort()\r#'
    values = np.arange(60.0) % 7
    script = keras_script(Settings(rule="series", own=OwnSeries.of(name, values), rows=8))
    check_page(script)
    assert next(line for line in script.splitlines() if "abort" in line).startswith("# ")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"rule": "pair", "window": 5}, " 0.3466 nats"),
        ({"rule": "pair", "window": 5, "carry_state": False}, " 0.4590 nats"),
        # Half the targets are forced and cost H(0.1) = 0.3251, the others ln 2.
        ({"rule": "pair", "noise": 0.1}, " 0.5091 nats"),
        ({"rule": "toy"}, "always the mean, 20: 66.67"),
        ({"networks": 4, "seed": 7}, "trained 4 networks, with the seeds 7 to 10; this is the"),
        ({"networks": 4, "seed": 7}, "set_random_seed(7)"),
    ],
)
def test_what_theory_and_the_run_say_stands_in_comments(values, words):
    assert words in keras_script(Settings.of(values))
