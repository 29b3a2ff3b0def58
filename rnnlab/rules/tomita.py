"""Tomita's languages: are the bits so far a word of the language?"""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.knobs import knob
from rnnlab.rules.state_machine import Machine, MachineState
from rnnlab.rules.strings import StringRule

LANGUAGES = {
    4: "no three zeros in a row",
    5: "an even number of zeros, and of ones",
    6: "ones less zeros divisible by three",
}


@dataclass(frozen=True)
class TomitaRule(StringRule):
    """y[t] = 1 if x[1], ..., x[t] is a word of the fourth, fifth or sixth language.

    Of the seven of M. Tomita, "Dynamic construction of finite automata from examples using
    hill-climbing", 1982, those that G. Weiss, Y. Goldberg and E. Yahav, "Extracting automata from
    recurrent neural networks using queries and counterexamples", 2018 (arXiv 1711.09576), and many
    before them asked of networks.
    """

    name = "tomita"
    title = "Tomita's languages"
    sentence = "A string of coin flips comes in. Say after each whether it is a word so far."
    article = "memory"
    order = 85
    main_knobs = ("language", "window", "cell", "units")

    language: int = knob(
        default=5,
        label="Language",
        help="Words of 4 have no three zeros in a row. Words of 5 have an even number of zeros and "
        "an even number of ones. In words of 6 the number of ones less that of zeros is divisible "
        "by three.",
        topic="data",
        choices=tuple(LANGUAGES),
    )

    @property
    def _without_noise(self) -> str:
        return f"{self.sentence} A word has {LANGUAGES[self.language]}."

    def machine(self) -> Machine:
        """The smallest one that accepts the language."""
        return {4: _no_three_zeros, 5: _both_even, 6: _by_three}[self.language]()


def _no_three_zeros() -> Machine:
    return Machine.of(
        MachineState("no zero", on_0="one zero", on_1="no zero", output=1.0),
        MachineState("one zero", on_0="two zeros", on_1="no zero", output=1.0),
        MachineState("two zeros", on_0="three zeros", on_1="no zero", output=1.0),
        MachineState("three zeros", on_0="three zeros", on_1="three zeros", output=0.0),
    )


def _both_even() -> Machine:
    return Machine.of(
        MachineState("both even", on_0="zeros odd", on_1="ones odd", output=1.0),
        MachineState("zeros odd", on_0="both even", on_1="both odd", output=0.0),
        MachineState("ones odd", on_0="both odd", on_1="both even", output=0.0),
        MachineState("both odd", on_0="ones odd", on_1="zeros odd", output=0.0),
    )


def _by_three() -> Machine:
    return Machine.of(
        MachineState("remainder 0", on_0="remainder 2", on_1="remainder 1", output=1.0),
        MachineState("remainder 1", on_0="remainder 0", on_1="remainder 2", output=0.0),
        MachineState("remainder 2", on_0="remainder 1", on_1="remainder 0", output=0.0),
    )


RULE = TomitaRule()
