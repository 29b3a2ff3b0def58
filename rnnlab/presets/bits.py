"""Questions about rules hidden in coin flips."""

from __future__ import annotations

from typing import Any

from rnnlab.presets.preset import Preset
from rnnlab.settings import Settings


def _pair(**changes: Any) -> Settings:
    values: dict[str, Any] = {
        "rule": "pair",
        "rows": 250,
        "length": 2000,
        "window": 5,
        "units": 6,
        "epochs": 15,
    }
    return Settings.of(values | changes)


def _echo(**changes: Any) -> Settings:
    values: dict[str, Any] = {
        "rule": "echo",
        "delay": 3,
        "rows": 5,
        "length": 10_000,
        "fresh_data": True,
        "window": 15,
        "units": 4,
        "optimizer": "adagrad",
        "learning_rate": 0.3,
        "epochs": 100,
    }
    return Settings.of(values | changes)


BITS: tuple[Preset, ...] = (
    Preset(
        name="pair",
        title="The pair rule",
        question="Can it learn a rule hidden in coin flips?",
        settings=_pair(),
        claim="The loss settles at about 0.35 and three in four guesses are right.",
        expect="It falls from 0.6931 (knowing nothing) to 0.3466, the best possible, and three "
        "in four guesses are right.",
        afterwards="The rule forces half of the bits. The other half are coin flips that "
        "nobody can guess and that cost ln 2 each: half of 0.6931 is 0.3466.",
        measured=0.3471,
        loss=(0.3366, 0.3566),
        accuracy=(0.74, 0.76),
    ),
    Preset(
        name="pair-too-late",
        title="The pair rule, too late",
        question="Can it learn a rule that it never sees at work?",
        settings=_pair(lag=6),
        claim="With the lag made longer than the window, the loss stays near 0.69.",
        expect="It stays at 0.6931: the causes lie six and seven steps back, a window shows "
        "five, and no gradient ever connects the two.",
        afterwards="Make the window 8 steps long and train again: now one step in eight sees "
        "its causes, and that is enough to learn from.",
        measured=0.6922,
        loss=(0.688, 0.698),
        accuracy=(0.48, 0.54),
    ),
    Preset(
        name="self-pair",
        title="The pair rule on itself",
        question="What if the sequence feeds on itself?",
        settings=_pair(rule="self-pair"),
        claim="Two equal bits in a row force the opposite one (so the article says; its code does "
        "something else).",
        expect="It falls to 0.4621, not to 0.3466: a forced bit breaks its pair, so only one step "
        "in three is forced, and two in three cost ln 2.",
        afterwards="Two thirds of 0.6931 are 0.4621. Where the pair is looked for, in the input or "
        "in the output, changes what can be known.",
        measured=0.4630,
        loss=(0.4521, 0.4721),
        accuracy=(0.655, 0.678),
    ),
    Preset(
        name="echo",
        title="The echo",
        question="Can it repeat what it heard three steps ago?",
        settings=_echo(),
        claim="It learns the echo quickly and exactly, with spikes where an epoch begins.",
        expect="It falls to almost 0 within the first epoch. The spikes at the start of each "
        "epoch stay.",
        afterwards="The spikes in the pale band are the first windows of the epochs: rows 2 to "
        "5 begin with the echo of bits that the network has never heard.",
        measured=0.0003,
        loss=(0.0, 0.01),
        accuracy=(0.99, 1.0),
    ),
    Preset(
        name="echo-too-short",
        title="The echo, window too short",
        question="Can it learn an echo that comes too late?",
        settings=_echo(window=3),
        claim="If the window is no longer than the echo step, it cannot be trained.",
        expect="It stays near 0.6931, a little less for some seeds: the state that is carried "
        "on keeps traces of the past by accident.",
        afterwards="Make the window a single step longer and train again: with 4 steps, each "
        "window holds one bit together with its echo.",
        measured=0.6924,
        loss=(0.67, 0.70),
        accuracy=(0.45, 0.65),
    ),
    Preset(
        name="lags",
        title="Two causes",
        question="Does it find both of two causes?",
        settings=_pair(rule="lags", window=20, units=16, epochs=30),
        source="Beyond the articles",
        claim="A 1 three steps ago adds a half to the chance of a 1, and one "
        "eight steps ago takes away a quarter.",
        expect="It falls from 0.6616 (knowing nothing) past 0.5192, all that lag 3 alone can "
        "give, and ends near 0.4545, which takes both.",
        afterwards="Make the window 5 steps long: it still finds lag 8, which no window shows, "
        "because the carried state keeps traces of it. Then turn “Carry the state” off: 0.6046 is "
        "all that is left.",
        measured=0.4569,
        loss=(0.4495, 0.4645),
        accuracy=(0.735, 0.765),
    ),
    Preset(
        name="parity",
        title="Odd or even",
        question="Can it tell odd from even?",
        settings=_pair(rule="parity"),
        source="Beyond the articles",
        claim="The target is 1 if exactly one of the last two coin flips was.",
        expect="It stays on the top line for a while, then falls to almost 0 at once: neither flip "
        "says anything alone, so there is no half-way.",
        afterwards="Look at the first epoch, on the logarithmic scale. Then take four bits "
        "instead of two: it stays on the plateau two to three times as long.",
        measured=0.0028,
        loss=(0.0, 0.01),
        accuracy=(0.99, 1.0),
    ),
)
