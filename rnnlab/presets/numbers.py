"""The questions whose answers are numbers, in teaching order."""

from __future__ import annotations

from functools import partial

from rnnlab.presets.preset import NextStep, Preset, settings_of

_sine = partial(
    settings_of,
    rule="sine",
    rows=32,
    window=10,
    cell="lstm",
    units=30,
    layers=2,
    optimizer="adagrad",
    learning_rate=0.1,
    epochs=32,
)
"""The settings of the article's sine wave; what a question asks otherwise is handed in."""

ON_NUMBERS = (
    Preset(
        name="toy",
        title="The toy regression",
        question="Can four units add up to thirty?",
        setting="Three short sequences of numbers stand for 10, 20 and 30. A network of four "
        "units sees them 2,000 times.",
        settings=settings_of(rule="toy", units=4, epochs=2000),
        claim="After 2,000 updates the loss is 0.0070, and it says 10.0004, 19.9999 and 29.855.",
        expect="The loss falls from a few hundred to a few thousandths. The answers 10 and 20 are "
        "right; 30 is missed by a little.",
        afterwards="Open “What it says” to see why. For the third sequence nearly every unit has "
        "reached its limit of 1, where tanh hardly changes any more. Only the weights of the "
        "read-out can still grow.",
        next_step=NextStep(
            knob="activation",
            value="linear",
            question="Nothing squashes the units any more. Will 30 be hit?",
            explanation="Without a limit of 1 the units grow with their inputs, so three sums are "
            "easily hit: there are 33 numbers to choose.",
            loss=(0.0, 0.0001),
        ),
        measured=0.0036,
        loss=(0.0, 0.02),
    ),
    Preset(
        name="sine",
        title="The sine wave",
        question="Can it see where a wave is going?",
        setting="Ten points of a sine wave come in, one after the other. Two LSTM layers of 30 "
        "units say the next one.",
        settings=_sine(),
        claim="Two LSTM layers of 30 units follow the sine closely.",
        expect="The two lines lie on top of each other. That alone says little: the points are so "
        "close together that “same as last value” is hardly wrong either. On the values held out "
        "the network ends at a third to two thirds of its squared error, by seed.",
        afterwards="A sine obeys x[t+1] = 2 cos(w) x[t] - x[t-1] exactly. Open “On its own” to "
        "see how long the network keeps up the wave when it reads its own predictions.",
        next_step=NextStep(
            knob="window",
            value=2,
            question="Only two points come in instead of ten. Will it still follow the wave?",
            explanation="Two points say where a sine is and which way it goes, and that is all "
            "there is to know of it: so it still follows the wave.",
            loss=(0.0, 0.0008),
        ),
        measured=0.0001,
        loss=(0.0, 0.0005),
    ),
    Preset(
        name="sine-as-printed",
        title="The sine wave, as printed",
        question="Does the printed code use its memory at all?",
        setting="The same network and the same wave. But the article’s code, as printed, hands "
        "over all ten points at once, as one single time step.",
        settings=_sine(as_printed=True),
        claim="Two LSTM layers of 30 units follow the sine closely, said of this very code.",
        expect="It learns faster and ends lower, without remembering anything. There is only one "
        "time step, so no state is handed on, and ten weights for ten values are all that a sine "
        "needs.",
        afterwards="The article also prints a root mean squared error under the name “Mean Square "
        "Error”. Here each has its own name.",
        next_step=NextStep(
            knob="window",
            value=1,
            question="Now a single point comes in. What can it still know?",
            explanation="One point says where the wave is, but not whether it rises or falls. So "
            "nothing can do clearly better than to say the same value again: the line at 0.00005.",
            loss=(0.00005, 0.0005),
        ),
        measured=2.8e-6,
        loss=(0.0, 0.00005),
    ),
    Preset(
        name="adding",
        title="The adding problem",
        question="Can it add two numbers that it saw long ago?",
        setting="Fifty random numbers between 0 and 1 come in. Two of them are marked, one in each "
        "half. After the last one a GRU of 16 units says the sum of these two.",
        settings=settings_of(rule="adding", rows=50, window=50, cell="gru", units=16, epochs=10),
        source="Hochreiter & Schmidhuber 1997",
        claim="A network with gates (their LSTM) keeps a number without loss over many steps, and "
        "ignores all others that come in between.",
        expect="At first it always says about 1 and stays near 0.1667. Then it finds the marks, "
        "and in a few hundred updates it falls past 0.0833 to almost 0.",
        afterwards="It must do three things: read a number where the mark is, shut out all others, "
        "and keep what it has read. While one of them is missing, the other two hardly pay: so "
        "nothing happens for a while, and then all at once.",
        next_step=NextStep(
            knob="cell",
            value="simple_rnn",
            question="Now a SimpleRNN, which has no gates. Will it find the sum, too?",
            explanation="It stays near 0.1667. Every step mixes the next number into its state, "
            "and on the way back through up to 49 steps the gradient fades.",
            loss=(0.14, 0.19),
        ),
        measured=0.0001,
        loss=(0.0, 0.001),
    ),
)
