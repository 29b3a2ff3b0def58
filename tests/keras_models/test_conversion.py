"""The lines that bring a taken model to other runtimes run, and say there what NumPy says."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from rnnlab.conversion import Conversion, conversions
from rnnlab.keras_models import network as models
from rnnlab.settings import Settings
from tests.keras_models.test_saved import SAVING
from tests.keras_models.twins import SMALL, numpys_outputs, some_inputs, some_weights

BOTH_WAYS = {"cell": "gru", "layers": 2, "bidirectional": True, "carry_state": False}
KINDS = {
    "pair": Settings(**SMALL),
    "deep lstm": Settings(cell="lstm", layers=2, dropout=0.2, **SMALL),
    "both ways": Settings(**SMALL | BOTH_WAYS),
    "sine": Settings.of({"rule": "sine", "cell": "gru", "units": 4, "window": 6}),
    "relu": Settings(activation="relu", layers=2, **SMALL),
}


def outputs_of(conversion: Conversion, settings: Settings, x: np.ndarray, folder) -> np.ndarray:
    """What the lines give for `x`, in a process and a folder of their own."""
    weights = some_weights(settings.network)
    (folder / "net.keras").write_bytes(models.saved(settings, weights).content)
    np.save(folder / "x.npy", x)
    lines = conversion.code.splitlines()
    (place,) = [n for n, line in enumerate(lines) if line.startswith("x = ")]
    lines[place] = 'x = np.load("x.npy")'
    code = "\n".join([*lines, 'np.save("y.npy", y)'])
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    result: np.ndarray = np.load(folder / "y.npy")
    return result


@SAVING
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("number", "runtime", "rows"), [(0, "ONNX", 5), (1, "LiteRT", 1)])
def test_it_says_there_what_it_says_in_the_lab(number, runtime, rows, kind, tmp_path):
    settings = KINDS[kind]
    if runtime == "LiteRT":
        pytest.importorskip("ai_edge_litert", reason="there is no LiteRT for this system")
    conversion = conversions(settings, "net")[number]
    assert conversion.runtime == runtime
    x = some_inputs(settings.network, rows, settings.shape[0])
    expected = numpys_outputs(settings.network, some_weights(settings.network), x)
    y = outputs_of(conversion, settings, x, tmp_path)
    np.testing.assert_allclose(y, expected, atol=2e-6)
