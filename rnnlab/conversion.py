"""From the `.keras` file of a run to other runtimes: code to copy, which runs as it stands.

Keras exports to ONNX once it has predicted, and then rows and time are free. Its own export to
LiteRT writes a file that no interpreter opens; TensorFlow's converter writes one that they open,
of a model that reads one row of a fixed number of steps.
"""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.settings import Settings


@dataclass(frozen=True)
class Conversion:
    """A runtime, what must be installed for it, and the lines that write and open its file."""

    runtime: str
    install: str
    code: str
    about: str


def conversions(settings: Settings, name: str) -> tuple[Conversion, ...]:
    """Each with its lines for the model in `name`.keras; `x` are rows to predict for."""
    timesteps, _ = settings.shape
    onnx = Conversion(
        "ONNX",
        "pip install tensorflow onnx tf2onnx onnxruntime",
        _loaded(settings, name) + _onnx(name),
        "Any number of rows, of any number of steps.",
    )
    litert = Conversion(
        "LiteRT",
        "pip install tensorflow ai-edge-litert",
        _loaded(settings, name) + _litert(name),
        f"One row of {timesteps} step{'s' * (timesteps != 1)} at a time. Keras' own "
        '`format="litert"` writes a file that no interpreter opens.',
    )
    return onnx, litert


def _loaded(settings: Settings, name: str) -> str:
    timesteps, features = settings.shape
    return f"""import keras
import numpy as np

x = np.zeros((1, {timesteps}, {features}), np.float32)  # put yours here
model = keras.models.load_model("{name}.keras")
"""


def _onnx(name: str) -> str:
    return f"""model.predict(x)  # without it the export does not know the shapes
model.export("{name}.onnx", format="onnx")

import onnxruntime
session = onnxruntime.InferenceSession("{name}.onnx")
y = session.run(None, {{session.get_inputs()[0].name: x}})[0]
"""


def _litert(name: str) -> str:
    return f"""
import tensorflow as tf
fixed = keras.Sequential([keras.Input(batch_shape=x.shape), *model.layers])
open("{name}.tflite", "wb").write(tf.lite.TFLiteConverter.from_keras_model(fixed).convert())

from ai_edge_litert.interpreter import Interpreter
interpreter = Interpreter("{name}.tflite")
interpreter.allocate_tensors()
interpreter.set_tensor(interpreter.get_input_details()[0]["index"], x)
interpreter.invoke()
y = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
"""
