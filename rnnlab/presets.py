"""The syllabus: questions to ask of a network, the settings that ask them, and what one sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rnnlab.settings import Settings


@dataclass(frozen=True)
class Preset:
    """A ready experiment.

    `claim` is what the article says, `expect` what one should see and why, `afterwards` what to
    make of it, or to try next, once one has seen it. The last epoch's mean loss (nats) and
    accuracy must lie within the bounds (low, high); `measured` is the loss of the seed given, as a
    test confirms.
    """

    name: str
    title: str
    question: str
    settings: Settings
    claim: str
    expect: str
    afterwards: str
    measured: float
    loss: tuple[float, float]
    accuracy: tuple[float, float]


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


PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
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
            measured=0.3472,
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
            measured=0.6934,
            loss=(0.688, 0.698),
            accuracy=(0.48, 0.54),
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
            measured=0.6933,
            loss=(0.67, 0.70),
            accuracy=(0.45, 0.65),
        ),
    )
}


def preset_for(settings: Settings) -> Preset | None:
    """The ready experiment with exactly these settings, if there is one."""
    return next((one for one in PRESETS.values() if one.settings == settings), None)
