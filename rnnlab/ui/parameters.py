"""How a value is read from the texts of a parameter of the address, and written as such texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rnnlab.errors import SettingError
from rnnlab.knobs import Knob, Value

Texts = dict[str, list[str]]
"""The texts that an address has under each key."""


@dataclass(frozen=True)
class Link:
    """How the value under a key of the session is read from texts of the address, and written.

    `read` gives the value, or None if there is no such value, and what must be said of that.
    """

    default: Any
    read: Callable[[Sequence[str]], tuple[Any, str]]
    write: Callable[[Any], list[str]]


def of_knob(key: str, knob: Knob) -> Link:
    """A knob's value."""
    return Link(
        knob.default,
        lambda texts: meaning(key, knob, texts),
        lambda value: [knob.text(knob.default if value is None else value)],
    )


def of_several(label: str, options: Mapping[str, Any], most: int, default: Sequence[Any]) -> Link:
    """Several of these values, each by its text; at most so many."""

    def read(texts: Sequence[str]) -> tuple[list[Any] | None, str]:
        known = [text for text in dict.fromkeys(texts) if text in options][:most]
        values = [options[text] for text in known]
        if [*texts] in (known, [""]):
            return values, ""
        kept = ", ".join(known) or "what it begins with"
        sentence = f"{label} can be at most {most} of those below, so the page takes {kept}."
        return values or None, sentence

    names = {value: text for text, value in options.items()}
    return Link(
        list(default), read, lambda values: [names[value] for value in values or ()] or [""]
    )


def of_one(label: str, options: Mapping[str, Any], default: Any = None) -> Link:
    """One of these values, by its text; where that is the default, None stands for none."""

    def read(texts: Sequence[str]) -> tuple[Any, str]:
        if texts[-1] in options:
            return options[texts[-1]], ""
        return None, f"{label}: there is no “{texts[-1][:40]}”, so the page leaves that out."

    names = {value: text for text, value in options.items()}
    return Link(default, read, lambda value: [names[value]] if value in names else [])


def of_text(label: str, default: str, longest: int) -> Link:
    """A text that somebody has typed, of at most so many characters."""

    def read(texts: Sequence[str]) -> tuple[str | None, str]:
        if len(texts[-1]) <= longest:
            return texts[-1], ""
        return None, f"{label}: a link may carry at most {longest:,} characters of it."

    return Link(default, read, lambda value: [str(value or "")])


def meaning(key: str, knob: Knob, texts: Sequence[str]) -> tuple[Value | None, str]:
    """What these texts under a key of an address mean to a knob, and what must be said of them.

    None stands for no value of the knob, so that its default is taken.
    """
    try:
        value = knob.read(texts[-1])
    except SettingError as error:
        default = knob.default
        words = ("off", "on")[default] if isinstance(default, bool) else str(default)
        return None, f"{error} Instead of that part of the link, the page takes {words}."
    if len(texts) > 1:
        return value, f"“{key}” stands {len(texts)} times in the link: the last one counts."
    return value, ""
