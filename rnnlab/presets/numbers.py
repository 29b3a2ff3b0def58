"""Questions about numbers: sums, and waves."""

from __future__ import annotations

from typing import Any

from rnnlab.presets.preset import Preset
from rnnlab.settings import Settings


def _sine(**changes: Any) -> Settings:
    values: dict[str, Any] = {
        "rule": "sine",
        "rows": 32,
        "window": 10,
        "cell": "lstm",
        "units": 30,
        "layers": 2,
        "optimizer": "adagrad",
        "learning_rate": 0.1,
        "epochs": 32,
    }
    return Settings.of(values | changes)


NUMBERS: tuple[Preset, ...] = (
    Preset(
        name="toy",
        title="The toy regression",
        question="Can four units add up to thirty?",
        settings=Settings.of({"rule": "toy", "units": 4, "epochs": 2000}),
        claim="After 2,000 updates the loss is 0.0070, and it says 10.0004, 19.9999 and 29.855.",
        expect="The loss falls from some hundreds to a few thousandths. 10 and 20 are hit; 30 is "
        "missed by a little.",
        afterwards="Open “What it says” to see why: for the third sequence nearly every unit is "
        "at its limit of 1, where tanh hardly moves any more, and only the read-out can still "
        "grow.",
        measured=0.0036,
        loss=(0.0, 0.02),
    ),
    Preset(
        name="sine",
        title="The sine wave",
        question="Can it see where a wave is going?",
        settings=_sine(),
        claim="Two LSTM layers of 30 units follow the sine closely.",
        expect="The two lines lie on each other, and yet it is only a little better than “same "
        "as last value”: the points are so close that standing still is hardly wrong.",
        afterwards="A sine obeys x[t+1] = 2 cos(w) x[t] - x[t-1] exactly. Open “On its own” to "
        "see how long the network keeps the wave when it reads its own predictions.",
        measured=0.0001,
        loss=(0.0, 0.0005),
    ),
    Preset(
        name="sine-as-printed",
        title="The sine wave, as printed",
        question="Does the printed code use its memory at all?",
        settings=_sine(as_printed=True),
        claim="The same network. But the code, as printed, feeds ten values as one single step.",
        expect="It learns faster and ends lower, without remembering anything: with one step "
        "nothing recurs, and ten weights on ten values are all that a sine needs.",
        afterwards="The article also prints a root mean squared error under the name “Mean Square "
        "Error”. Here is each under its own name.",
        measured=2.8e-6,
        loss=(0.0, 0.00005),
    ),
)
