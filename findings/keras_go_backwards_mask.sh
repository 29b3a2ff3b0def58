#!/bin/sh
# Keras 3.15.1 on TensorFlow 2.21.0: a layer that reads backwards hands on a mask that does not fit.
#
# One expects: a SimpleRNN with go_backwards=True and return_sequences=True gives its outputs in the
# order in which it read (its documentation says "the reversed sequence"), so a mask that marks
# padding at the end of the inputs reaches the next layer reversed too, and a second layer reads the
# outputs of the real steps, as it does when the padding is cut off.
#
# What happens: the outputs are reversed and the mask is not. The next layer skips the last outputs,
# which belong to the first real steps, and reads the zeros of the padding instead. No error, no
# warning, another number. (`Bidirectional` turns outputs back before it hands them on, so its mask
# fits.)
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

keras.utils.set_random_seed(1)
first = layers.SimpleRNN(2, go_backwards=True, return_sequences=True)
second = layers.SimpleRNN(2)
inputs = np.random.default_rng(0).normal(size=(1, 5, 1)).astype("float32")
real = np.array([[True, True, True, False, False]])  # two steps of padding at the end

sequence, mask = keras.Input((5, 1)), keras.Input((5,), dtype="bool")
between = first(sequence, mask=mask)
padded = keras.Model([sequence, mask], [between, second(between)])
outputs, answer = padded.predict([inputs, real], verbose=0)

short_sequence = keras.Input((3, 1))
short = keras.Model(short_sequence, second(first(short_sequence)))
expected = short.predict(inputs[:, :3], verbose=0)

# What the second layer really reads: outputs 0 to 2, of which 0 and 1 are padding.
as_masked = second(outputs[:, :3])

print("Keras", keras.__version__)
print("outputs of the first layer, by step handed on:", outputs[0].round(3).tolist())
print("answer with padding and mask:", answer[0].round(4).tolist())
print("answer without padding:      ", expected[0].round(4).tolist())
print("second layer on outputs 0, 1, 2:", np.asarray(as_masked)[0].round(4).tolist())
unchanged = (
    np.allclose(outputs[0, :2], 0)
    and not np.allclose(answer, expected, atol=1e-3)
    and np.allclose(answer, as_masked, atol=1e-6)
)
print("as described" if unchanged else "CHANGED: the mask now fits, or something else differs")
sys.exit(0 if unchanged else 1)
PYTHON
TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" "$folder/run.py"
