"""How a grammar is written down: one line for what a name may stand for, and how often.

    sentence = 3: {who} {was} late | {who} slept
    who = i | the twins
    was[who: i] = was
    was[who: the twins] = were

A choice is words and {names}; a number and a colon before it is its weight, else 1. A line that
ends with | goes on in the next. What a name
became is remembered in the same sentence: a line with [who: i] holds where {who} became "i".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rnnlab.errors import SettingError

START = "sentence"
"""The name that every sentence begins with."""

_LINE = re.compile(r"(\w+)(?:\[(\w+): ([^\]]+)\])? = (.*)")
_OPEN = re.compile(r"\|[ ]*\n\s*")
_CHOICE = re.compile(r"(?:([\d.]+):)?(.*)")


@dataclass(frozen=True)
class Choice:
    """One of the things that a name may stand for: its text, its parts, and how often it comes."""

    text: str
    parts: tuple[str, ...]
    share: float


@dataclass(frozen=True, eq=False)
class Notation:
    """A grammar as it is written.

    `choices` has them by name and by what the name depends on, a remembered text or None;
    `depends_on` says which name that is.
    """

    choices: dict[tuple[str, str | None], tuple[Choice, ...]]
    depends_on: dict[str, str]

    @classmethod
    def of(cls, text: str) -> Notation:
        """Read a grammar; a `SettingError` for a line that is none."""
        choices: dict[tuple[str, str | None], tuple[Choice, ...]] = {}
        depends_on: dict[str, str] = {}
        for line in filter(None, map(str.strip, _OPEN.sub("| ", text).splitlines())):
            found = _LINE.fullmatch(line)
            if found is None:
                raise SettingError(
                    f"A line of a grammar is “name = choices”, but this is {line!r}."
                )
            name, other, values, right = found.groups()
            if other is not None:
                depends_on[name] = other
            for value in [None] if values is None else values.split(", "):
                choices[name, value] = _choices(right)
        return cls(choices, depends_on)

    def of_name(self, name: str, remembered: dict[str, str]) -> tuple[Choice, ...]:
        """What a name may stand for, given what others became."""
        other = self.depends_on.get(name)
        key = (name, None if other is None else remembered.get(other))
        if key not in self.choices:
            raise SettingError(f"The grammar does not say what {name} is here ({key[1]}).")
        return self.choices[key]

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that it can say, sorted."""
        every = {part for all_of in self.choices.values() for one in all_of for part in one.parts}
        return tuple(sorted(part for part in every if name_of(part) is None))


@cache
def needed(notation: Notation, parts: tuple[str, ...]) -> frozenset[str]:
    """The names whose texts must be remembered to say these parts."""
    found: set[str] = set()
    seen: set[str] = set()
    names = [name_of(part) for part in parts]
    while names:
        name = names.pop()
        if name is None or name in seen:
            continue
        seen.add(name)
        if name in notation.depends_on:
            found.add(notation.depends_on[name])
        for (own, _), choices in notation.choices.items():
            if own == name:
                names += [name_of(part) for one in choices for part in one.parts]
    return frozenset(found)


def name_of(part: str) -> str | None:
    """The name that a part in braces is, or None for a word."""
    return part[1:-1] if part.startswith("{") and part.endswith("}") else None


def _choices(right: str) -> tuple[Choice, ...]:
    found = [_CHOICE.fullmatch(one.strip()) for one in right.split("|")]
    pairs = [(float(one[1] or 1), one[2].strip()) for one in found if one is not None]
    total = sum(weight for weight, _ in pairs)
    return tuple(Choice(text, tuple(text.split()), weight / total) for weight, text in pairs)
