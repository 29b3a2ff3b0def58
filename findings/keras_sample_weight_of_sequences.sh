#!/bin/sh
# Keras 3.15.1 on TensorFlow 2.21.0: where a network answers at every step, a weight for each sample
# weighs the steps.
#
# One expects: `sample_weight` of shape (samples,) is a weight for each sample, as the documentation
# of `fit` says ("1:1 mapping between weights and samples"), for answers (samples, steps, features)
# too: a sample of weight 0 counts for nothing, at all of its steps.
#
# What happens: the losses are (samples, steps), and the weights are multiplied onto them as they
# are, which lays them along the last axis. Where a batch has as many samples as steps, there is no
# error and no warning: the k-th weight weighs step k of every sample, the sample of weight 0 is
# learnt from, and the loss is another number. With any other number of samples TensorFlow refuses
# to broadcast. It is so with a mask and without. Weights (samples, steps) do what one expected.
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

# Three samples of three steps, zeros are padding. The model answers what it reads, so with targets
# of 0 the loss of a step is the square of its input: 9, then 4 and 4, then 1, 1 and 1.
samples = np.array([[0, 0, 3], [0, 2, 2], [1, 1, 1]], "float32")[..., None]
by_sample = np.array([1, 0, 0], "float32")  # only the first sample counts


def loss(samples, weights, masked=True):
    inputs = keras.Input((None, 1))
    read = layers.Masking()(inputs) if masked else inputs
    model = keras.Model(inputs, layers.Activation("linear")(read))
    model.compile(loss="mse")
    return model.evaluate(samples, np.zeros_like(samples), sample_weight=weights, verbose=0)


def refused(samples, weights):
    try:
        loss(samples, weights)
    except Exception as error:
        return type(error).__name__
    return "no error"


without_mask = loss(samples, by_sample, masked=False)
with_mask = loss(samples, by_sample)
by_step = loss(samples, np.repeat(by_sample[:, None], 3, axis=1))
two_samples = refused(samples[:2], by_sample[:2])

print("Keras", keras.__version__)
print("without a mask:             ", round(without_mask, 4), "; one expects 9 / 9 steps = 1")
print("with a mask:                ", round(with_mask, 4), "; one expects 9 / 6 real steps = 1.5")
print("the first step of each:      0, 0 and 1: 1 / 9 =", round(1 / 9, 4), "; 1 / 6 =", round(1 / 6, 4))
print("weights (samples, steps):   ", round(by_step, 4))
print("two samples of three steps: ", two_samples)
unchanged = (
    np.isclose(without_mask, 1 / 9)
    and np.isclose(with_mask, 1 / 6)
    and np.isclose(by_step, 1.5)
    and two_samples != "no error"
)
print("as described" if unchanged else "CHANGED: the weights now weigh samples, or something else")
sys.exit(0 if unchanged else 1)
PYTHON
TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" "$folder/run.py"
