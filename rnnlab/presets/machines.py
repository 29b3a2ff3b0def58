"""The questions about rules that are state machines: the paper shelf, in teaching order."""

from __future__ import annotations

from functools import partial

from rnnlab.presets.preset import NextStep, Preset, settings_of

_machine = partial(settings_of, rows=50, length=2000)

ON_MACHINES = (
    Preset(
        name="latch",
        title="The latch",
        question="Can it hold one bit for as long as it must?",
        setting="A latch is a switch that stays as it is until it is switched again. Two ones in a "
        "row switch it on, two zeros off. After every coin flip the network says whether it is on: "
        "it must hold one bit, on or off, in its memory.",
        settings=_machine(rule="latch", window=20, units=6, epochs=15),
        source="Bengio, Simard & Frasconi 1994",
        claim="To hold a bit for long, a network must be so stable that the gradient of what lay "
        "far back vanishes: so latching is hard to learn by gradient descent.",
        expect="It falls to almost 0. Coin flips bring two equal bits every other step, so it need "
        "not hold for long while it learns, and then it holds for ever.",
        afterwards="Within a window of 20 steps nearly every switch and its effect stand together, "
        "so the gradient has a short way to go. What is learnt there holds over any distance.",
        next_step=NextStep(
            knob="carry_state",
            value=False,
            question="Now every window starts with an empty memory. What will the loss be?",
            explanation="Until the first two equal bits a window does not know whether the latch "
            "is on. In windows of 20 steps the best possible is then 0.0637.",
            loss=(0.0587, 0.0737),
            accuracy=(0.96, 0.972),
        ),
        measured=0.0026,
        loss=(0.0, 0.01),
        accuracy=(0.99, 1.0),
    ),
    Preset(
        name="counting",
        title="Counting",
        question="Can it count?",
        setting="One to ten ones come, and then as many zeros, again and again. An LSTM says the "
        "next bit.",
        settings=_machine(
            rule="counting", cell="lstm", window=40, units=12, epochs=30, fresh_data=True
        ),
        source="Weiss, Goldberg & Yahav 2018",
        claim="LSTMs and networks with ReLU can count without end; GRUs and networks with tanh "
        "cannot.",
        expect="It falls past 0.4741 (it sees the last bit only) and 0.4187 (it knows how long the "
        "run is, but not how many ones there were), and ends near 0.2093: for that it must count.",
        afterwards="Only the end of the ones is chance. How many zeros follow is sure to all who "
        "have counted: ln 10 nats a block, and a block has eleven bits on average.",
        next_step=NextStep(
            knob="carry_state",
            value=False,
            question="Now every window starts with an empty memory, in the middle of some block. "
            "Does that cost anything?",
            explanation="Until the first whole block begins, nobody knows how many ones there "
            "were: the best possible in windows of 40 steps is 0.2631.",
            loss=(0.2531, 0.2781),
            accuracy=(0.885, 0.9),
        ),
        measured=0.2177,
        loss=(0.2043, 0.2243),
        accuracy=(0.91, 0.92),
    ),
    Preset(
        name="running-parity",
        title="The running parity",
        question="Can it tell odd from even for as long as a string lasts?",
        setting="Strings of 20 coin flips. After every flip a GRU says whether the ones so far "
        "are odd. Each flip counts to the end of its string.",
        settings=_machine(
            rule="running-parity", cell="gru", window=20, units=6, epochs=30, fresh_data=True
        ),
        source="OpenAI 2018",
        claim="An invitation: train an LSTM to tell the parity of 50 bits, and see whether strings "
        "of all lengths from 1 to 50 are easier than strings of 50.",
        expect="It stays at 0.6931 for a while and then falls to 0. Who has lost a single flip "
        "knows nothing any more, so nothing can be learnt halfway.",
        afterwards="It is asked after every flip, so it learns short strings first: the first "
        "target is the first flip. Asked only at the end, it would have to find all at once.",
        next_step=NextStep(
            knob="window",
            value=10,
            question="Now the strings have ten flips. Is that learnt sooner?",
            explanation="Compare where the two curves fall. What is left to learn once the first "
            "few flips are right is the same in strings of any length: one flip more.",
            loss=(0.0, 0.01),
            accuracy=(0.99, 1.0),
        ),
        measured=0.0001,
        loss=(0.0, 0.01),
        accuracy=(0.99, 1.0),
    ),
    Preset(
        name="tomita",
        title="Tomita's fifth language",
        question="Does it become the machine behind a language?",
        setting="Strings of 20 coin flips. A word has an even number of zeros and an even number "
        "of ones. After every flip a GRU says whether the string so far is a word.",
        settings=_machine(rule="tomita", language=5, cell="gru", window=20, units=10, epochs=30),
        source="Weiss, Goldberg & Yahav 2018",
        claim="A network that is right on every test may still be wrong on other words: a machine "
        "that is read out of it can show which.",
        expect="It falls past 0.3466 (it only counts how many flips came) to almost 0: then it "
        "keeps four states apart.",
        afterwards="Two parities make four states. No count of the flips alone tells them: after "
        "an even number of flips both parities are even half of the time.",
        next_step=NextStep(
            knob="language",
            value=4,
            question="The fourth language: no three zeros in a row. Is it easier?",
            explanation="Its machine forgets: a one sets it back, unless three zeros have come. So "
            "it is learnt too.",
            loss=(0.0, 0.01),
            accuracy=(0.99, 1.0),
        ),
        measured=0.0001,
        loss=(0.0, 0.01),
        accuracy=(0.99, 1.0),
    ),
    Preset(
        name="xor-in-time",
        title="Exclusive or in time",
        question="Does it find every third bit?",
        setting="Two coin flips and then whether they differ, again and again. Nothing marks where "
        "three bits end. The network says the next bit.",
        settings=_machine(rule="xor-in-time", window=20, units=16, epochs=30),
        source="Elman 1990",
        claim="The error dips at every third bit, the only one that can be known.",
        expect="It ends near 0.4621. Two of three bits are free and cost ln 2 each, and the third "
        "costs nothing, once the network has found out which it is.",
        afterwards="Two thirds of 0.6931 are 0.4621. To get there the network must do two things: "
        "tell the three places apart, and take an exclusive or.",
        next_step=NextStep(
            knob="carry_state",
            value=False,
            question="Now every window starts with an empty memory, at any of the three places. "
            "What will the loss be?",
            explanation="A window must find out anew which bit is the third. Over 20 steps the "
            "best possible is 0.5277.",
            loss=(0.5227, 0.5427),
            accuracy=(0.64, 0.67),
        ),
        measured=0.4664,
        loss=(0.4571, 0.4771),
        accuracy=(0.655, 0.678),
    ),
)
