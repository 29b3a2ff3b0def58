"""The syllabus: questions to ask of a network, the settings that ask them, and what one sees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from rnnlab.knobs import Value
from rnnlab.settings import Settings


@dataclass(frozen=True)
class Preset:
    """A ready experiment: a question, the settings that ask it, and what one should see.

    `claim` is what `source` says, `expect` what one should see and why, `afterwards` what to
    make of it, or to try next, once one has seen it. The last epoch's mean loss (nats, or squared
    error) and accuracy must lie within the bounds (low, high), for at least nine of ten seeds;
    `measured` is the loss of the seed given, as tests confirm. Where the answer is a number there
    is no accuracy.
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
    accuracy: tuple[float, float] | None = None
    source: str = "The article"

    @property
    def reached(self) -> str:
        """The measured loss with its unit."""
        if self.settings.network.classes:
            return f"{self.measured:.4f} nats"
        return f"{self.measured:.2g} (mean squared error)"


def _settings(**values: Value) -> Settings:
    return Settings.of(values)


_pair = partial(_settings, rule="pair", rows=250, length=2000, window=5, units=6, epochs=15)
_echo = partial(
    _settings,
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
_sine = partial(
    _settings,
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
"""The settings of the articles' experiments; what a question asks otherwise is handed in."""

_ALL = (
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
        expect="It stays at 0.6931. The causes lie six and seven steps back and a window shows "
        "five, so no gradient ever connects a cause with its effect.",
        afterwards="Make the window 8 steps long and train again: now one step in eight has its "
        "causes in its window, and that is enough to learn from.",
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
        expect="It falls to 0.4621, not to 0.3466. After a forced bit the last two bits differ, so "
        "the next one is free: only one step in three is forced, and the other two cost ln 2 each.",
        afterwards="Two thirds of 0.6931 are 0.4621. It makes a difference whether the pair is "
        "looked for in the input or in the output.",
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
        afterwards="Each spike in the pale band is the first window of an epoch: rows 2 to 5 "
        "begin with the echo of bits that the network has never seen.",
        measured=0.0003,
        loss=(0.0, 0.01),
        accuracy=(0.99, 1.0),
    ),
    Preset(
        name="echo-too-short",
        title="The echo, window too short",
        question="Can it learn an echo that comes too late?",
        settings=_echo(window=3),
        claim="If the window is not longer than the delay of the echo, the network cannot learn.",
        expect="It stays near 0.6931, with some seeds a little lower: the carried state keeps "
        "traces of the past by accident.",
        afterwards="Make the window one step longer and train again: with 4 steps, each window "
        "holds one bit together with its echo.",
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
        claim="A 1 three steps ago raises the chance of a 1 by ½, and a 1 eight steps ago lowers "
        "it by ¼.",
        expect="It falls from 0.6616 (knowing nothing) past 0.5192, the best with lag 3 alone, and "
        "ends near 0.4545: for that it must use both causes.",
        afterwards="Make the window 5 steps long: it still finds lag 8, which no window shows, "
        "because the carried state keeps traces of it. Then turn “Carry the state” off: now "
        "nothing can get below 0.6046.",
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
        claim="The target is 1 if exactly one of the last two coin flips was a 1.",
        expect="It stays on the top line for a while, then falls to almost 0 all at once. One flip "
        "alone says nothing, so nothing can be learnt halfway.",
        afterwards="Look at the first epoch, on the logarithmic scale. Then take four bits "
        "instead of two: it stays on the top line two to three times as long.",
        measured=0.0028,
        loss=(0.0, 0.01),
        accuracy=(0.99, 1.0),
    ),
    Preset(
        name="toy",
        title="The toy regression",
        question="Can four units add up to thirty?",
        settings=_settings(rule="toy", units=4, epochs=2000),
        claim="After 2,000 updates the loss is 0.0070, and it says 10.0004, 19.9999 and 29.855.",
        expect="The loss falls from a few hundred to a few thousandths. The answers 10 and 20 are "
        "right; 30 is missed by a little.",
        afterwards="Open “What it says” to see why. For the third sequence nearly every unit has "
        "reached its limit of 1, where tanh hardly changes any more. Only the weights of the "
        "read-out can still grow.",
        measured=0.0036,
        loss=(0.0, 0.02),
    ),
    Preset(
        name="sine",
        title="The sine wave",
        question="Can it see where a wave is going?",
        settings=_sine(),
        claim="Two LSTM layers of 30 units follow the sine closely.",
        expect="The two lines lie on top of each other. Yet it is only a little better than “same "
        "as last value”: the points are so close together that the last value is hardly wrong.",
        afterwards="A sine obeys x[t+1] = 2 cos(w) x[t] - x[t-1] exactly. Open “On its own” to "
        "see how long the network keeps up the wave when it reads its own predictions.",
        measured=0.0001,
        loss=(0.0, 0.0005),
    ),
    Preset(
        name="sine-as-printed",
        title="The sine wave, as printed",
        question="Does the printed code use its memory at all?",
        settings=_sine(as_printed=True),
        claim="The same network. But the code, as printed, feeds ten values as one single step.",
        expect="It learns faster and ends lower, without remembering anything. There is only one "
        "time step, so no state is handed on, and ten weights for ten values are all that a sine "
        "needs.",
        afterwards="The article also prints a root mean squared error under the name “Mean Square "
        "Error”. Here each has its own name.",
        measured=2.8e-6,
        loss=(0.0, 0.00005),
    ),
)

PRESETS: dict[str, Preset] = {preset.name: preset for preset in _ALL}
"""In teaching order, by name."""


def preset_for(settings: Settings) -> Preset | None:
    """The ready experiment with exactly these settings, if there is one."""
    return next((preset for preset in _ALL if preset.settings == settings), None)
