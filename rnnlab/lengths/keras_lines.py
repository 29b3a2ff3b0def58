"""What Keras does at steps under a mask: a few lines each, with what they print.

The lines run as they stand, after `PRELUDE`; a test runs them in the installed Keras. A layer that
only sums what it reads makes every number one that can be done in the head.
"""

from __future__ import annotations

from typing import NamedTuple

PRELUDE = """\
import numpy as np
from keras import layers, ops

x = np.array([1, 2, 4, 9, 9], "float32").reshape(1, 5, 1)
behind = np.array([[True, True, True, False, False]])
sums = dict(activation="linear", kernel_initializer="ones",
            recurrent_initializer="ones")

def numbers(values):
    return np.asarray(values).squeeze().astype(float).tolist()
"""


class KerasLines(NamedTuple):
    """Lines of Keras, what they print, what that means, and what to look at in it."""

    name: str
    title: str
    sentence: str
    code: str
    prints: str


MASKED = (
    KerasLines(
        "repeated",
        "Under a mask a layer repeats its last output",
        "It has summed 1, 2 and 4. The two nines are under the mask: look how 7 stands there "
        "three times. Without the mask it would go on to 16 and 25.",
        "layer = layers.SimpleRNN(1, return_sequences=True, **sums)\n"
        "print(numbers(layer(x, mask=behind)), numbers(layer(x)))",
        "[1.0, 3.0, 7.0, 7.0, 7.0] [1.0, 3.0, 7.0, 16.0, 25.0]",
    ),
    KerasLines(
        "last",
        "So the last step holds the answer",
        "`return_sequences=False` takes the last output, and under the mask that is the one after "
        "the last real step. Padding behind does no harm if there is a mask.",
        "print(numbers(layers.SimpleRNN(1, **sums)(x, mask=behind)))",
        "7.0",
    ),
    KerasLines(
        "zeros",
        "In both directions it writes zeros instead",
        "Each pair is the sum from the start and the sum from the end. Look at the last two: "
        "zeros, where a layer alone repeats. What reads these outputs without the mask takes the "
        "zeros for numbers.",
        "both = layers.Bidirectional(layers.SimpleRNN(1, return_sequences=True, **sums))\n"
        "print(numbers(both(x, mask=behind)))",
        "[[1.0, 7.0], [3.0, 6.0], [7.0, 4.0], [0.0, 0.0], [0.0, 0.0]]",
    ),
    KerasLines(
        "hidden_state",
        "Before the first real step it shows zeros, not its state",
        "The state begins at 5, and nothing is read: the state stays 5, but the output is 0. A "
        "layer that reads a long text in pieces (`stateful=True`) shows 0 for a text that ended in "
        "an earlier piece.",
        "layer = layers.SimpleRNN(1, return_state=True, **sums)\n"
        "nothing = np.zeros((1, 5), bool)\n"
        'start = [np.array([[5]], "float32")]\n'
        "output, state = layer(x, mask=nothing, initial_state=start)\n"
        "print(numbers(output), numbers(state))",
        "0.0 5.0",
    ),
    KerasLines(
        "max",
        "`GlobalMaxPooling1D` does not look at the mask",
        "The mean is that of −1, −2 and −4. The largest of them is −1, but it says 0: that stands "
        "under the mask, where `Masking` has put zeros. Keras only warns that the mask ends here.",
        "masked = layers.Masking(mask_value=-9.0)(-x)\n"
        "print(numbers(layers.GlobalAveragePooling1D()(masked)))\n"
        "print(numbers(layers.GlobalMaxPooling1D()(masked)))",
        "-2.3333332538604736\n0.0",
    ),
    KerasLines(
        "nothing_to_average",
        "The mean of nothing is no number",
        "A text without one known word is all padding. Its mean is 0 / 0, and with it the loss of "
        "the whole batch.",
        "print(numbers(layers.GlobalAveragePooling1D()(x, mask=np.zeros((1, 5), bool))))",
        "nan",
    ),
    KerasLines(
        "lost",
        "`+` loses the mask, `Add` keeps it",
        "Both sum the same numbers. But only layers hand masks on: after `+`, `*`, `ops.relu` or "
        "a slice the mask is gone, and the next layer reads the padding.",
        "masked = layers.Masking(mask_value=9.0)(x)\n"
        "def has_mask(tensor):\n"
        '    return getattr(tensor, "_keras_mask", None) is not None\n'
        "print(has_mask(layers.Add()([masked, masked])), has_mask(masked + masked))\n"
        "print(has_mask(layers.ReLU()(masked)), has_mask(ops.relu(masked)))",
        "True False\nTrue False",
    ),
    KerasLines(
        "loss",
        "The loss is the mean over the real steps",
        "The errors are 1, 2 and 4, and then 9 twice under the mask: (1 + 4 + 16) / 3 = 7. Without "
        "the mask it is (1 + 4 + 16 + 81 + 81) / 5.",
        "from keras import losses\n"
        "loss = losses.MeanSquaredError()\n"
        "masked = layers.Masking(mask_value=9.0)(x)\n"
        "print(numbers(loss(np.zeros_like(x), masked)), numbers(loss(np.zeros_like(x), x)))",
        "7.0 36.599998474121094",
    ),
    KerasLines(
        "weights",
        "A weight for each sample weighs the steps",
        "Three samples of three steps, and only the first one is to count: 9 / 6 real steps = 1.5. "
        "Keras lays the weights along the steps instead, and counts the first step of each "
        "sample; without a mask, too. Write the weights as (samples, steps).",
        "from keras import losses\n"
        "three = np.array([[0, 0, 3], [0, 2, 2], [1, 1, 1]], 'float32')[..., None]\n"
        "error = losses.MeanSquaredError(), np.zeros_like(three), layers.Masking()(three)\n"
        "print(numbers(error[0](*error[1:], sample_weight=np.array([1, 0, 0]))))\n"
        "print(numbers(error[0](*error[1:], sample_weight=np.array([[1] * 3, [0] * 3, [0] * 3]))))",
        "0.1666666716337204\n1.5",
    ),
    KerasLines(
        "nan",
        "A NaN under a mask poisons the gradient",
        "The answer is a number: the mask hides the NaN. The gradient of the kernel is none, "
        "because 0 times NaN is NaN, and one update later no weight is. Put 0 under masks.",
        "import tensorflow as tf\n"
        "layer, holed = layers.SimpleRNN(1, **sums), x.copy()\n"
        "holed[0, 3:] = np.nan\n"
        "with tf.GradientTape() as tape:\n"
        "    answer = layer(tf.constant(holed), mask=behind)\n"
        "gradient = tape.gradient(answer, layer.trainable_variables)\n"
        "print(numbers(answer), [numbers(part) for part in gradient])",
        "7.0 [nan, 4.0, 3.0]",
    ),
)

SHAPES = (
    KerasLines(
        "time_distributed",
        "`TimeDistributed`: the same layer at every step",
        "Two sentences of three words become two numbers, one for each sentence. Look at the "
        "second sentence: its last word is under the mask, so its sum is 4 + 9 = 13.",
        "sentences = np.array([[[1, 2, 4], [4, 9, 0]]], 'float32')[..., None]\n"
        "of_each = layers.TimeDistributed(layers.SimpleRNN(1, **sums))\n"
        "print(numbers(of_each(layers.Masking()(sentences))))",
        "[7.0, 13.0]",
    ),
    KerasLines(
        "many_to_many",
        "Many to many with unequal lengths: an answer at every real step",
        "Two sequences, of three steps and of two. The loss takes the five real steps: the sum of "
        "the squares is 1 + 9 + 49 + 9 + 144 = 212, and 212 / 5 = 42.4. The padded step has an "
        "output, but it does not count.",
        "from keras import losses\n"
        "two = layers.Masking()(np.array([[1, 2, 4], [3, 9, 0]], 'float32')[..., None])\n"
        "answers = layers.SimpleRNN(1, return_sequences=True, **sums)(two)\n"
        "print(numbers(answers))\n"
        "print(numbers(losses.MeanSquaredError()(np.zeros((2, 3, 1)), answers)))",
        "[[1.0, 3.0, 7.0], [3.0, 12.0, 12.0]]\n42.400001525878906",
    ),
    KerasLines(
        "return_state",
        "`return_state`: what one layer ends with, another begins with",
        "The first layer sums 1, 2 and 4 and hands on its state, 7: the two nines are under the "
        "mask. The second one begins at 7 and goes on with 1 and 1. So an encoder hands a sentence "
        "to a decoder.",
        "output, state = layers.SimpleRNN(1, return_state=True, **sums)(x, mask=behind)\n"
        "decoder = layers.SimpleRNN(1, return_sequences=True, **sums)\n"
        "print(numbers(state), numbers(decoder(np.ones((1, 2, 1)), initial_state=[state])))",
        "7.0 [8.0, 9.0]",
    ),
)
