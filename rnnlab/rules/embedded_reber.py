"""The embedded Reber grammar: the letter before last is that after the first, far back."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.rules.letter_machine import LetterMachine
from rnnlab.rules.letters import LetterRule

REBER = {
    "0": "B 1",
    "1": "T 2, P 3",
    "2": "S 2, X 4",
    "3": "T 3, V 5",
    "4": "X 3, S 6",
    "5": "P 4, V 6",
    "6": "E 7",
}
"""Reber's own grammar: where two letters may come, each does half of the time; 7 is its end."""

SURE, EITHER, OUTER = "only one letter can come", "one of two, by chance", "the outer letter again"


@dataclass(frozen=True)
class EmbeddedReberRule(LetterRule):
    """Words B o … o E without end, where o is T or P and … a word of Reber's grammar.

    A. Reber, "Implicit learning of artificial grammars", 1967; embedded by A. Cleeremans, D.
    Servan-Schreiber and J. McClelland, "Finite state automata and simple recurrent networks", 1989,
    and as here in S. Hochreiter and J. Schmidhuber, "Long short-term memory", 1997. A word has 12
    letters on average, and chance decides seven times: so the best loss is 7 ln 2 / 12, and
    8 ln 2 / 12 for who has forgotten which outer letter came.
    """

    name = "embedded-reber"
    title = "The embedded Reber grammar"
    sentence = (
        "Letters by the rules of a small grammar, between two that are the same. Say the next."
    )
    article = "memory"
    order = 76
    main_knobs = ("window", "cell", "units")
    pictured = 1  # T, an outer letter

    @property
    def derivation(self) -> str:
        """How many letters a word has, and how many of them are left to chance."""
        return r"""\begin{aligned}
\text{a word} &\quad 12 \text{ letters on average; chance decides } 7 \\
\text{best} &\quad \tfrac{7}{12} \ln 2 = 0.4043 \\
\text{forgotten} &\quad \tfrac{8}{12} \ln 2 = 0.4621
\end{aligned}"""

    @property
    def kinds(self) -> tuple[str, ...]:
        """How many letters may come, and the place where memory counts."""
        return SURE, EITHER, OUTER

    def machine(self) -> LetterMachine:
        """Reber's states twice, once for each outer letter, and three around them."""
        states = {"before a word": "B outer", "outer": "T T 0, P P 0"}
        for outer in "TP":
            for name, words in REBER.items():
                ways = ", ".join(f"{way[0]} {outer} {way[2:]}" for way in words.split(", "))
                states[f"{outer} {name}"] = ways
            states[f"{outer} 7"] = f"{outer} last"
        return LetterMachine.of("BTPSXVE", {**states, "last": "E before a word"})

    def forgotten(self) -> dict[str, tuple[str, ...]]:
        """Which outer letter came."""
        names = self.machine().names
        return {
            "outer letter forgotten": tuple(
                name.removeprefix("P ").removeprefix("T ") for name in names
            )
        }

    def kind_of_state(self, state: str) -> str:
        """By the arrows that leave it, but for the end of the inner word."""
        if state.endswith("7"):
            return OUTER
        ways = dict(self.machine().states)[state]
        return SURE if len(ways) == 1 else EITHER


RULE = EmbeddedReberRule()
