"""A grammar as it is written: production rules with probabilities, and what a name depends on.

    sentence = 3: {who} {was} late | {who} slept
    who = i | the twins
    was[who: i] = was
    was[who: the twins] = were

The right side of a production is words and {names}; a number and a colon before it is its weight,
else 1. A line that ends with | goes on in the next. What a name became is remembered within its
sentence: a line with [who: i] holds where {who} became "i".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rnnlab.errors import SettingError

START = "sentence"
"""The name that every sentence begins with."""

_LINE = re.compile(r"(\w+)(?:\[(\w+): ([^\]]+)\])? = (.*)")
_CONTINUED = re.compile(r"\|[ ]*\n\s*")
_WEIGHTED = re.compile(r"(?:([\d.]+):)?(.*)")


@dataclass(frozen=True)
class Production:
    """One of the things that a name may become: its text, its symbols, and its probability."""

    text: str
    symbols: tuple[str, ...]
    probability: float


@dataclass(frozen=True, eq=False)
class Productions:
    """All productions of a grammar.

    `of_names` has them by name and by what the name depends on, a remembered text or None;
    `depends_on` says which name that is.
    """

    of_names: dict[tuple[str, str | None], tuple[Production, ...]]
    depends_on: dict[str, str]

    @classmethod
    def parse(cls, text: str) -> Productions:
        """Read a grammar; a `SettingError` for a line that is no production."""
        of_names: dict[tuple[str, str | None], tuple[Production, ...]] = {}
        depends_on: dict[str, str] = {}
        for line in filter(None, map(str.strip, _CONTINUED.sub("| ", text).splitlines())):
            match = _LINE.fullmatch(line)
            if match is None:
                raise SettingError(
                    f"A line of a grammar is “name = choices”, but this is {line!r}."
                )
            name, other, values, right = match.groups()
            if other is not None:
                depends_on[name] = other
            for value in [None] if values is None else values.split(", "):
                of_names[name, value] = _parse_right_side(right)
        return cls(of_names, depends_on)

    def of(self, name: str, remembered: dict[str, str]) -> tuple[Production, ...]:
        """What a name may become, given what others became."""
        other = self.depends_on.get(name)
        key = (name, None if other is None else remembered.get(other))
        if key not in self.of_names:
            raise SettingError(f"The grammar does not say what {name} is here ({key[1]}).")
        return self.of_names[key]

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that a sentence can have, sorted."""
        symbols = {
            symbol
            for productions in self.of_names.values()
            for production in productions
            for symbol in production.symbols
        }
        return tuple(sorted(symbol for symbol in symbols if name_of(symbol) is None))


@cache
def names_to_remember(grammar: Productions, symbols: tuple[str, ...]) -> frozenset[str]:
    """The names whose texts must be remembered to expand these symbols."""
    needed: set[str] = set()
    visited: set[str] = set()
    names = [name_of(symbol) for symbol in symbols]
    while names:
        name = names.pop()
        if name is None or name in visited:
            continue
        visited.add(name)
        if name in grammar.depends_on:
            needed.add(grammar.depends_on[name])
        for (left, _), productions in grammar.of_names.items():
            if left == name:
                names += [name_of(symbol) for right in productions for symbol in right.symbols]
    return frozenset(needed)


def name_of(symbol: str) -> str | None:
    """The name that a symbol in braces is, or None for a word."""
    return symbol[1:-1] if symbol.startswith("{") and symbol.endswith("}") else None


def _parse_right_side(right: str) -> tuple[Production, ...]:
    matches = [_WEIGHTED.fullmatch(choice.strip()) for choice in right.split("|")]
    pairs = [(float(match[1] or 1), match[2].strip()) for match in matches if match is not None]
    total = sum(weight for weight, _ in pairs)
    return tuple(Production(text, tuple(text.split()), weight / total) for weight, text in pairs)
