#!/bin/sh
# Keras 3.15.1 on TensorFlow 2.21.0: masked steps before the first read one show zeros, whatever the
# state is.
#
# One expects: at a step under a mask the state stays as it is and the last output is repeated. So a
# stateful layer that reads long sequences in pieces goes on showing its last output for a sequence
# that has ended in an earlier piece, as it does for one that ends within this piece; and a layer
# that is given an `initial_state` and nothing to read gives that state back as its output.
#
# What happens: the state is kept, and `return_state` shows it, but the output is zeros until the
# first step that is read, since "the last output" of a call begins at zero. So two sequences with
# the same words end with different answers: the output where the last piece held a word of it, and
# zeros where it held none. No error, no warning.
#
# Exit status: 0 while it is so, 1 once it has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "keras==3.15.1" "tensorflow==2.21.0"
cat > "$folder/run.py" <<'PYTHON'
import sys

import numpy as np
import keras
from keras import layers

# It sums what it reads: 1, 2 and 4 make 7.
SUMMING = {
    "activation": "linear",
    "kernel_initializer": "ones",
    "recurrent_initializer": "ones",
}
words = np.array([[1, 2, 4, 0, 0, 0]], "float32")[..., None]
mask = np.array([[True, True, True, False, False, False]])

changed = False
print("Keras", keras.__version__)
for pieces in (1, 2):
    layer = layers.SimpleRNN(1, stateful=True, return_state=True, **SUMMING)
    for piece, its_mask in zip(np.split(words, pieces, axis=1), np.split(mask, pieces, axis=1)):
        output, state = layer(piece, mask=its_mask)
    output, state = float(output[0, 0]), float(state[0, 0])
    print(f"read in {pieces} piece(s): output {output}, state {state}")
    changed |= (output, state) != ((7.0, 7.0) if pieces == 1 else (0.0, 7.0))

for name in ("SimpleRNN", "GRU", "LSTM"):
    layer = getattr(layers, name)(2, return_state=True)
    given = [np.full((1, 2), 0.5, "float32")] * (2 if name == "LSTM" else 1)
    output, *states = layer(np.ones((1, 3, 1), "float32"), mask=np.zeros((1, 3), bool), initial_state=given)
    print(f"{name}, nothing to read: output {np.asarray(output)[0].tolist()},", end=" ")
    print(f"state {np.asarray(states[0])[0].tolist()}")
    changed |= np.any(output) or not np.allclose(states[0], 0.5)

print("CHANGED: the output is no longer zero" if changed else "as described")
sys.exit(1 if changed else 0)
PYTHON
TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" "$folder/run.py"
