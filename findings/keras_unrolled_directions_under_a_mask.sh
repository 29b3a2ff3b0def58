#!/bin/sh
# Keras 3.15.1 on TensorFlow 2.21.0 and on JAX 0.7.1: unrolled, a bidirectional layer gives other
# numbers under a mask.
#
# One expects: `unroll=True` trades memory for speed, and changes no number. So a bidirectional LSTM
# that gives all steps, of a sequence of four real steps and two of padding, says the same unrolled
# as rolled: at the real steps what it says of the four steps alone, and zeros at the padding.
#
# What happens: rolled it does so, on both. Unrolled on TensorFlow, the outputs of the backward
# layer at the first two steps, which are real, are zeros: the mask is laid over them in the order
# of time, while they lie in the order of reading. Unrolled on JAX, the forward layer's outputs at
# the padding are not zeros, but the last real one again. No error, no warning.
#
# Exit status: 0 while it is so, 1 once it has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "keras==3.15.1" "tensorflow==2.21.0" "jax==0.7.1"
cat > "$folder/run.py" <<'PYTHON'
import sys

import numpy as np
import keras
from keras import layers

REAL, PADDING = 4, 2
rng = np.random.default_rng(0)
inputs = rng.normal(size=(1, REAL + PADDING, 2)).astype("float32")
mask = np.arange(REAL + PADDING)[None] < REAL


def outputs(unroll, steps, mask=None):
    layer = layers.Bidirectional(layers.LSTM(1, return_sequences=True, unroll=unroll))
    layer.build((1, steps, 2))
    weights = np.random.default_rng(5)
    layer.set_weights([weights.normal(size=value.shape) for value in layer.get_weights()])
    given = keras.ops.convert_to_tensor(inputs[:, :steps])
    masked = None if mask is None else keras.ops.convert_to_tensor(mask)
    return keras.ops.convert_to_numpy(layer(given, mask=masked))[0]


alone = outputs(False, REAL)
expected = np.concatenate([alone, np.zeros((PADDING, 2), "float32")])
rolled, unrolled = (outputs(unroll, REAL + PADDING, mask) for unroll in (False, True))
print(f"Keras {keras.__version__} on {keras.backend.backend()}: (forward, backward) at each step,")
print("of the real steps alone and zeros behind them; rolled; unrolled")
for step, rows in enumerate(zip(expected, rolled, unrolled)):
    print(step, *("({:+.4f}, {:+.4f})".format(*row) for row in rows))
other = ~np.isclose(unrolled, expected, atol=1e-5)
wrong = {
    "tensorflow": [(0, 1), (1, 1)],  # the backward outputs of the first two real steps
    "jax": [(4, 0), (5, 0)],  # the forward outputs at the padding
}[keras.backend.backend()]
same = np.allclose(rolled, expected, atol=1e-5) and list(zip(*np.nonzero(other))) == wrong
print("as described" if same else "CHANGED: unrolled it may say the same as rolled")
sys.exit(not same)
PYTHON
for backend in tensorflow jax; do
    KERAS_BACKEND=$backend TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" "$folder/run.py"
done
