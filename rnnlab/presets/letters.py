"""The questions about rules on letters: the paper shelf goes on, in teaching order."""

from __future__ import annotations

from functools import partial

from rnnlab.presets.preset import NextStep, Preset, settings_of

_letters = partial(settings_of, rows=50, length=2000, fresh_data=True)

ON_LETTERS = (
    Preset(
        name="embedded-reber",
        title="The embedded Reber grammar",
        question="Can it remember a letter through a whole word?",
        setting="A small grammar makes words. Around each word stand two equal letters, two T or "
        "two P. An LSTM says the next letter. Only if it remembers the outer letter in front can "
        "it know the one behind.",
        settings=_letters(rule="embedded-reber", cell="lstm", window=40, units=16, epochs=30),
        source="Hochreiter & Schmidhuber 1997",
        claim="Networks without gates often fail to learn this grammar. An LSTM learns it in many "
        "more runs, and faster.",
        expect="It falls past 0.4621 (it knows the grammar, but forgets the outer letter) and ends "
        "near 0.4043. A word has 12 letters on average, and chance decides seven times.",
        afterwards="The difference is a twelfth of ln 2: one letter in twelve, which is a coin "
        "flip to all who have forgotten. Take a window of 5, shorter than the way from one outer "
        "letter to the other: no gradient reaches over it. Does the loss still fall below 0.4621?",
        next_step=NextStep(
            knob="cell",
            value="simple_rnn",
            question="Now a SimpleRNN, which has no gates. Will it forget the outer letter?",
            explanation="It remembers it, too. A window of 40 letters holds whole words, so the "
            "gradient reaches from the outer letter behind a word to the one in front.",
            loss=(0.3993, 0.4293),
            accuracy=(0.68, 0.72),
        ),
        measured=0.4080,
        loss=(0.3993, 0.4143),
        accuracy=(0.69, 0.72),
    ),
    Preset(
        name="copy",
        title="The copy task",
        question="Can it say letters again after a while?",
        setting="Three letters come, each one of eight. Then nothing comes for a while, and then a "
        "call. A GRU must say the three letters again, in their order.",
        settings=_letters(rule="copy", kept=3, blanks=10, cell="gru", units=32, epochs=30),
        source="Arjovsky, Shah & Bengio 2016",
        claim="LSTMs hardly get below the loss of a network without memory, 10 ln 8 / (T + 20).",
        expect="It knows at once when letters are due and guesses them, for 0.3899. Then it learns "
        "to keep them, one after the other. With seven of ten seeds it ends below 0.01, with the "
        "others it is on its way, at 0.07 at most.",
        afterwards="In the paper, ten letters are kept over 100 steps and more. Here it is three "
        "over 10. Turn “Letters to keep” to 10 and see how much harder that is.",
        next_step=NextStep(
            knob="cell",
            value="simple_rnn",
            question="Now a SimpleRNN, which has no gates. Can it say them again, too?",
            explanation="Over ten steps it can, at least nearly: how far it gets depends on the "
            "seed. Its first recurrent weights are a rotation, so what it has read is turned "
            "around from step to step, but hardly fades.",
            loss=(0.0, 0.15),
            accuracy=(0.92, 1.0),
        ),
        measured=0.0005,
        loss=(0.0, 0.1),
        accuracy=(0.95, 1.0),
    ),
    Preset(
        name="temporal-order",
        title="Temporal order",
        question="Does it know which of two letters came first?",
        setting="Thirty letters come. Two of them are an X or a Y, one near the beginning, one "
        "behind the middle; all others mean nothing. At the end a GRU says which two they were, "
        "in their order.",
        settings=_letters(
            rule="temporal-order", cell="gru", units=32, epochs=30, learning_rate=0.01, seed=2
        ),
        source="Hochreiter & Schmidhuber 1997",
        claim="LSTMs learn to tell the order of two letters that are far apart; no other network "
        "of its time does.",
        expect="It knows at once when an answer is due and guesses one of four: 0.0462 a step, "
        "which is ln 4 once in 30 steps. Then it finds the letters that count, and falls to "
        "almost 0, with each of ten seeds.",
        afterwards="To know both letters but not their order would cost 0.0116, half of ln 2 once "
        "in 30 steps. In the paper a string has 100 letters and more. Turn “Letters in a string” "
        "up and see how long it takes to find the two.",
        next_step=NextStep(
            knob="cell",
            value="simple_rnn",
            question="Now a SimpleRNN, which has no gates. Will it tell the order, too?",
            explanation="It goes on guessing: what it has read of the first letter is overwritten "
            "by the letters after it, before it has learnt to keep it. With three of ten seeds it "
            "finds the order in time, so it can, but its luck decides.",
            loss=(0.0, 0.05),
            accuracy=(0.96, 1.0),
        ),
        measured=2e-05,
        loss=(0.0, 0.001),
        accuracy=(0.99, 1.0),
    ),
)
