#!/bin/sh
# Keras 3.15.1 on TensorFlow 2.21.0: TimeDistributed hands on a mask with one axis too many.
#
# One expects: documents are sentences of words, padded with zeros; Embedding(mask_zero=True), an
# LSTM over the words of each sentence inside TimeDistributed, and an LSTM over the sentences. What
# TimeDistributed gives has a number of units for each sentence, so the mask beside it says which
# sentences are there (or there is none), and the outer LSTM skips the empty ones.
#
# What happens: the mask of the words, (documents, sentences, words), is handed on as it is beside
# outputs (documents, sentences, units). With as many outer units as a sentence has words the outer
# LSTM takes it without an error or a warning, and lets the k-th unit skip a sentence wherever its
# k-th word is padding: other numbers. With any other width TensorFlow refuses to broadcast. Handing
# the outer LSTM the mask of the sentences by hand gives what one expected.
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

WORDS = 4
keras.utils.set_random_seed(1)
documents = np.array(
    [
        [[1, 2, 0, 0], [3, 0, 0, 0], [0, 0, 0, 0]],
        [[4, 5, 6, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
    ]
)
embedding = layers.Embedding(
    10, 3, mask_zero=True, embeddings_initializer=keras.initializers.RandomUniform(-1, 1)
)
sentences = layers.TimeDistributed(layers.LSTM(2))
outer = layers.LSTM(WORDS, kernel_initializer="ones", recurrent_initializer="ones")

inputs = keras.Input((3, WORDS), dtype="int32")
answer = keras.Model(inputs, outer(sentences(embedding(inputs)))).predict(documents, verbose=0)

states = sentences(embedding(documents))
mask = np.asarray(states._keras_mask)
expected = np.asarray(outer(states, mask=(documents != 0).any(axis=-1)))

# What the outer layer really does: for unit k, the sentences that have a k-th word.
states = np.asarray(states)
hidden = cell = np.zeros((2, WORDS), "float32")
for number in range(3):
    _, (new_hidden, new_cell) = outer.cell(states[:, number], [hidden, cell])
    there = documents[:, number] != 0
    hidden = np.where(there, np.asarray(new_hidden), hidden)
    cell = np.where(there, np.asarray(new_cell), cell)

try:
    layers.LSTM(WORDS + 1)(sentences(embedding(documents)))
    other_width = "no error"
except Exception as error:
    other_width = type(error).__name__

print("Keras", keras.__version__)
print("outputs", states.shape, "and their mask", mask.shape)
print("answer of the model:             ", answer.astype(float).round(4).tolist())
print("with the mask of the sentences:  ", expected.astype(float).round(4).tolist())
print("unit k skips by the k-th word:   ", hidden.astype(float).round(4).tolist())
print("one more outer unit:             ", other_width)
unchanged = (
    mask.shape == (2, 3, WORDS)
    and not np.allclose(answer, expected, atol=1e-3)
    and np.allclose(answer, hidden, atol=1e-5)
    and other_width != "no error"
)
print("as described" if unchanged else "CHANGED: the mask now fits, or something else differs")
sys.exit(0 if unchanged else 1)
PYTHON
TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" "$folder/run.py"
