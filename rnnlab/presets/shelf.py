"""The paper shelf: a question for each claim of a paper, and what the paper shows for it."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.papers import PAPERS, Paper
from rnnlab.presets import PRESETS
from rnnlab.presets.preset import Preset


@dataclass(frozen=True)
class Card:
    """A paper's claim as an experiment: its `papers`, the first of them its source.

    `shows` says what the paper itself shows, `differs` what is done otherwise here.
    """

    preset: Preset
    papers: tuple[Paper, ...]
    shows: str
    differs: str


def _card(preset: str, *papers: str, shows: str, differs: str) -> Card:
    return Card(PRESETS[preset], tuple(PAPERS[name] for name in papers), shows, differs)


SHELF = (
    _card(
        "latch",
        "latching",
        shows="The longer a bit must be held, the fewer of its runs succeed.",
        differs="There, a string begins with the bit that must be held to its end. Here, it is "
        "switched again and again, so most of the ways are short.",
    ),
    _card(
        "adding",
        "memory",
        "identity",
        "unitary",
        shows="LSTMs that learn it over 100, 500 and 1,000 steps. In the second paper networks "
        "with tanh and no gates fail at 150 steps, where LSTMs learn it.",
        differs="There, numbers between −1 and 1, and both marks in the first half. Here, as in "
        "the third paper, numbers between 0 and 1, and a mark in each half. One often reads that "
        "always answering 1 costs 0.1767. It costs 1/6 = 0.1667, whichever two are marked; 0.1767 "
        "is what always answering 0.9 costs, 1/6 + 0.1².",
    ),
    _card(
        "counting",
        "counting",
        "long counting",
        shows="LSTMs that were trained on short strings of the language get much longer ones "
        "right, and GRUs do not. The second paper finds that no kind counts reliably on strings "
        "that are far longer than those of the training.",
        differs="There, networks say whether a string belongs to the language. Here, they say the "
        "next bit of one long series.",
    ),
    _card(
        "running-parity",
        "parity",
        shows="Nothing: it asks.",
        differs="There, the network is asked once, at the end of a string. Here, after every bit.",
    ),
    _card(
        "tomita",
        "extraction",
        "languages",
        shows="Machines that were read out of trained networks, and short words on which a network "
        "errs that had passed all of its tests.",
        differs="There, the machine is found with questions to the network. Here, the data's own "
        "machine is known, and every word can be checked against it.",
    ),
    _card(
        "xor-in-time",
        "structure",
        shows="Its curve of the error over twelve bits in a row falls at every third one.",
        differs="There, the squared error of a network with two units. Here, the loss in nats, "
        "which has an exact least value.",
    ),
    _card(
        "embedded-reber",
        "memory",
        "reber",
        shows="Many more runs of its LSTMs succeed than of the networks without gates that it "
        "compares, and they learn it from fewer words.",
        differs="There, small networks learn from single words, one after the other, with other "
        "ways to update. Here, from 50 rows side by side with Adam.",
    ),
    _card(
        "copy",
        "unitary",
        "memory",
        shows="Ten letters, kept over 100 steps and more: its own networks learn it, and the curve "
        "of an LSTM hardly leaves the line of a network without memory.",
        differs="There, hundreds of steps and long training. Here, as many letters and steps as "
        "are learnt in some seconds.",
    ),
    _card(
        "temporal-order",
        "memory",
        "hard lags",
        shows="LSTMs with a few units that say the order of two letters in strings of 100 to 110, "
        "and of three.",
        differs="There, strings of unequal length, learnt one after the other, and an answer only "
        "at the end. Here, strings of 30 and 50 side by side; before the end the answer is a "
        "blank.",
    ),
)
"""In teaching order."""


def papers_of(rule: str) -> tuple[Paper, ...]:
    """The papers on the shelf that ask networks for the rule of this name."""
    return next((card.papers for card in SHELF if card.preset.settings.rule == rule), ())
