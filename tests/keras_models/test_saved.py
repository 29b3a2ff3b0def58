"""A trained network as a file to take away: what it says, and that it can go on training."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from rnnlab import reference
from rnnlab.cells import CELLS
from rnnlab.keras_models import network as models
from rnnlab.progress import SavedModel
from rnnlab.script import keras_script
from rnnlab.settings import Settings, Trained
from tests.keras_models.twins import SMALL, numpys_outputs, some_inputs, some_weights

SAVING = pytest.mark.filterwarnings(
    # Keras' own variables do not know this keyword of NumPy 2 yet; what is saved is right.
    "ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning"
)


def loaded(content: bytes, folder: Path) -> keras.Model:
    path = folder / "taken away.keras"
    path.write_bytes(content)
    return keras.models.load_model(path)


@SAVING
@pytest.mark.parametrize("rule", ["echo", "sine"])
@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("cell", CELLS)
def test_a_saved_model_says_what_numpy_says_to_any_number_of_rows(cell, layers, rule, tmp_path):
    settings = Settings(rule=rule, cell=cell, layers=layers, dropout=0.2, **SMALL)
    network, weights = settings.network, some_weights(settings.network)
    model = loaded(models.saved(settings, weights).content, tmp_path)
    for rows, timesteps in ((1, 4), (7, 9)):
        inputs = some_inputs(network, rows, timesteps)
        for _ in range(2):  # nothing is carried from one call to the next
            outputs = model(inputs)
            np.testing.assert_allclose(outputs, numpys_outputs(network, weights, inputs), atol=1e-5)


@SAVING
@pytest.mark.parametrize("rule", ["echo", "sine"])
def test_a_saved_bidirectional_model_says_what_numpy_says(rule, tmp_path):
    options = {"cell": "gru", "layers": 2, "bidirectional": True, "carry_state": False}
    settings = Settings(rule=rule, **SMALL | options)
    network, weights = settings.network, some_weights(settings.network)
    model = loaded(models.saved(settings, weights).content, tmp_path)
    inputs = some_inputs(network, 7, 9)
    np.testing.assert_allclose(model(inputs), numpys_outputs(network, weights, inputs), atol=1e-5)


@SAVING
def test_a_saved_model_predicts_evaluates_and_goes_on_training(tmp_path):
    settings = Settings(optimizer="momentum", learning_rate=0.1, clip=1.0, **SMALL)
    network, weights = settings.network, some_weights(settings.network)
    model = loaded(models.saved(settings, weights).content, tmp_path)
    inputs, targets = some_inputs(network, 8, 6), np.zeros((8, 6))
    trace = reference.forward(network, weights, inputs)
    np.testing.assert_allclose(model.predict(inputs, verbose=0), trace.predicted, atol=1e-5)
    before = model.evaluate(inputs, targets, verbose=0)[0]
    assert before == pytest.approx(reference.loss(network, trace, targets), rel=1e-5)
    assert float(model.optimizer.learning_rate) == pytest.approx(0.1)
    model.fit(inputs, targets, epochs=3, verbose=0)
    assert model.evaluate(inputs, targets, verbose=0)[0] < before


@SAVING
def test_the_work_of_saving_tells_one_event_that_travels(tmp_path):
    settings = Settings(**SMALL)
    trained = Trained(settings, some_weights(settings.network))
    (event,) = models.keras_file(pickle.loads(pickle.dumps(trained)))
    assert isinstance(event, SavedModel)
    back = models.get_weights(
        loaded(pickle.loads(pickle.dumps(event.brief())).content, tmp_path), settings.network
    )
    for name, value in trained.weights.items():
        np.testing.assert_array_equal(back[name], value)


def test_equal_networks_are_one_job_and_others_are_not():
    settings = Settings(**SMALL)
    trained, same = (Trained(settings, some_weights(settings.network)) for _ in range(2))
    assert trained == same
    assert hash(trained) == hash(same)
    assert trained != Trained(settings, some_weights(settings.network, seed=1))
    assert trained != Trained(replace(settings, seed=2), trained.weights)


@SAVING
@pytest.mark.parametrize("carry", [True, False])
@pytest.mark.parametrize("cell", CELLS)
def test_its_weights_load_into_the_model_that_the_script_builds(cell, carry, tmp_path):
    settings = Settings(cell=cell, layers=2, dropout=0.2, carry_state=carry, **SMALL)
    weights = some_weights(settings.network)
    files = models.saved(settings, weights)
    assert files.keras_version == keras.__version__
    path = tmp_path / "taken.weights.h5"
    path.write_bytes(files.weights)
    script = keras_script(settings)
    names: dict = {}
    exec(script[: script.index("optimizer = ")], names)
    names["model"].load_weights(path)
    for name, value in models.get_weights(names["model"], settings.network).items():
        np.testing.assert_array_equal(value, weights[name])


def test_a_file_is_float32_whatever_keras_is_set_to(tmp_path):
    (tmp_path / "keras.json").write_text('{"floatx": "float64"}')
    code = (
        "import keras, sys\n"
        "assert keras.config.floatx() == 'float64'\n"
        "from rnnlab.keras_models import network as models\n"
        "from rnnlab.settings import Settings\n"
        "settings = Settings(layers=2, dropout=0.1)\n"
        "content = models.saved(settings, settings.first_weights()).content\n"
        "open(sys.argv[1], 'wb').write(content)\n"
        "keras.config.set_floatx('float64')\n"
        "model = keras.models.load_model(sys.argv[1])\n"
        "print({str(w.dtype) for w in (*model.weights, *model.outputs, *model.inputs)})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "net.keras")],
        env=os.environ | {"KERAS_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "{'float32'}"
