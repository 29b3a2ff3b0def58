"""The questions about rules on bits, in teaching order."""

from __future__ import annotations

from functools import partial

from rnnlab.presets.preset import NextStep, Preset, settings_of

_pair = partial(settings_of, rule="pair", rows=250, length=2000, window=5, units=6, epochs=15)
_echo = partial(
    settings_of,
    rule="echo",
    delay=3,
    rows=5,
    length=10_000,
    fresh_data=True,
    window=15,
    units=4,
    optimizer="adagrad",
    learning_rate=0.3,
    epochs=100,
)
"""The settings of the articles' experiments; what a question asks otherwise is handed in."""

ON_BITS = (
    Preset(
        name="pair",
        title="The pair rule",
        question="Can it learn a rule hidden in coin flips?",
        setting="Two equal coin flips in a row force the next bit to be the opposite one. After "
        "two different flips, chance decides.",
        settings=_pair(),
        claim="The loss settles at about 0.35 and three in four guesses are right.",
        expect="It falls from 0.6931 (knowing nothing) to 0.3466, the best possible, and three in "
        "four guesses are right.",
        afterwards="The rule forces half of the bits. The other half are coin flips that nobody "
        "can guess and that cost ln 2 each: half of 0.6931 is 0.3466.",
        next_step=NextStep(
            knob="lag",
            value=3,
            question="Now two equal flips force a bit three steps later (lag 3). Will it still "
            "find the rule?",
            explanation="The pair now lies three and four steps back. A window of five steps "
            "still shows it together with its effect, so it is learnt.",
            loss=(0.3366, 0.3666),
            accuracy=(0.74, 0.76),
        ),
        measured=0.3471,
        loss=(0.3366, 0.3566),
        accuracy=(0.74, 0.76),
    ),
    Preset(
        name="pair-too-late",
        title="The pair rule, too late",
        question="Can it learn a rule that it never sees at work?",
        setting="The pair rule again, but the pair now lies six and seven steps back, and the "
        "network is shown windows of five steps.",
        settings=_pair(lag=6),
        claim="With the lag made longer than the window, the loss stays near 0.69.",
        expect="It ends at 0.6931. The causes lie six and seven steps back and a window shows "
        "five, so no gradient ever connects a cause with its effect.",
        afterwards="Nothing is wrong with the network: it saw no cause beside its effect.",
        next_step=NextStep(
            knob="window",
            value=8,
            question="A window of eight steps shows the pair and its effect together, if only "
            "once. Will that be enough?",
            explanation="One step in eight now has both its causes in the window. What the "
            "network learns there it uses everywhere, since its state is carried on.",
            loss=(0.3366, 0.42),
            accuracy=(0.73, 0.76),
        ),
        measured=0.6922,
        loss=(0.688, 0.698),
        accuracy=(0.48, 0.54),
    ),
    Preset(
        name="self-pair",
        title="The pair rule on itself",
        question="What if the sequence feeds on itself?",
        setting="Two equal bits in a row force the opposite one, as before. But now the series "
        "reads itself: each bit that comes out is the next one to come in.",
        settings=_pair(rule="self-pair"),
        claim="Two equal bits in a row force the opposite one (so the article says; its code does "
        "something else).",
        expect="It falls to 0.4621, not to 0.3466. After a forced bit the last two bits differ, "
        "so the next one is free: only one step in three is forced, and the other two cost ln 2 "
        "each.",
        afterwards="Two thirds of 0.6931 are 0.4621. It makes a difference whether the pair is "
        "looked for in the input or in the output.",
        next_step=NextStep(
            knob="carry_state",
            value=False,
            question="Now every window starts with an empty memory. Does that cost anything?",
            explanation="The first step of each window sees only the last bit, not the one before "
            "it: the best possible is then 0.4970 instead of 0.4621.",
            loss=(0.4870, 0.5070),
            accuracy=(0.65, 0.68),
        ),
        measured=0.4630,
        loss=(0.4521, 0.4721),
        accuracy=(0.655, 0.678),
    ),
    Preset(
        name="echo",
        title="The echo",
        question="Can it repeat what it heard three steps ago?",
        setting="Every coin flip comes back unchanged, three steps later. The network has four "
        "units and reads windows of 15 steps.",
        settings=_echo(),
        claim="It learns the echo quickly and exactly, with spikes where an epoch begins.",
        expect="It falls to almost 0 within the first epoch. The spikes at the start of each "
        "epoch stay.",
        afterwards="Each spike in the pale band is the first window of an epoch: rows 2 to 5 "
        "begin with the echo of bits that the network has never seen.",
        next_step=NextStep(
            knob="carry_state",
            value=False,
            question="Now every window starts with an empty memory. What will the loss be?",
            explanation="The first three steps of each window echo flips from before it, which "
            "nobody knows any more. 3 of 15 steps cost 0.6931 each: that makes 0.1386.",
            loss=(0.1336, 0.1486),
            accuracy=(0.89, 0.91),
        ),
        measured=0.0003,
        loss=(0.0, 0.01),
        accuracy=(0.99, 1.0),
    ),
    Preset(
        name="echo-too-short",
        title="The echo, window too short",
        question="Can it learn an echo that comes too late?",
        setting="The same echo, three steps late. But now the network is shown windows of only "
        "three steps.",
        settings=_echo(window=3),
        claim="If the window is not longer than the delay of the echo, the network cannot learn.",
        expect="It stays near 0.6931, with some seeds a little lower: the carried state keeps "
        "traces of the past by accident.",
        afterwards="A flip and its echo lie three steps apart, so a window of three steps never "
        "holds both.",
        next_step=NextStep(
            knob="window",
            value=4,
            question="One step more: does that change anything?",
            explanation="With four steps each window holds one flip together with its echo. The "
            "gradient connects the two, and the carried state does the rest.",
            loss=(0.0, 0.001),
            accuracy=(0.99, 1.0),
        ),
        measured=0.6924,
        loss=(0.67, 0.70),
        accuracy=(0.45, 0.65),
    ),
    Preset(
        name="lags",
        title="Two causes",
        question="Does it find both of two causes?",
        setting="A 1 three steps ago raises the chance of a 1 by ½, and a 1 eight steps ago "
        "lowers it by ¼. The network reads windows of 20 steps.",
        settings=_pair(rule="lags", window=20, units=16, epochs=30),
        source="Beyond the articles",
        claim="It finds both. One cause alone would not take it below 0.5192.",
        expect="It falls from 0.6616 (knowing nothing) past 0.5192, the best with lag 3 alone, "
        "and ends near 0.4545: for that it must use both causes.",
        afterwards="Both causes lie within a window of 20 steps, so the gradient reaches each of "
        "them.",
        next_step=NextStep(
            knob="window",
            value=5,
            question="A window of five steps never shows the cause that lies eight steps back. "
            "Will it still be found?",
            explanation="The carried state keeps traces of older flips, and the network learns to "
            "read them, though no gradient reaches that far back.",
            loss=(0.4495, 0.4695),
            accuracy=(0.735, 0.765),
        ),
        measured=0.4569,
        loss=(0.4495, 0.4645),
        accuracy=(0.735, 0.765),
    ),
    Preset(
        name="parity",
        title="Odd or even",
        question="Can it tell odd from even?",
        setting="The target is 1 if exactly one of the last two coin flips was a 1.",
        settings=_pair(rule="parity"),
        source="Beyond the articles",
        claim="Knowing one flip alone is worth nothing, so it must find both at once.",
        expect="It stays on the top line for a while, then falls to almost 0 all at once. One "
        "flip alone says nothing, so nothing can be learnt halfway.",
        afterwards="Look at the first epoch, on the logarithmic scale: nothing, and then all at "
        "once. With four bits instead of two it stays on the top line two to three times as long.",
        next_step=NextStep(
            knob="activation",
            value="linear",
            question="Without tanh the network only adds and multiplies by weights. Can it still "
            "tell odd from even?",
            explanation="Whatever its weights, a sum cannot be high for 01 and 10 and low for 00 "
            "and 11. It takes a function that bends, such as tanh.",
            loss=(0.688, 0.698),
            accuracy=(0.47, 0.53),
        ),
        measured=0.0028,
        loss=(0.0, 0.01),
        accuracy=(0.99, 1.0),
    ),
)
