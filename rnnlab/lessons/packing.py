"""A teacher's own lesson as a word of an address: all of it, so that nothing is stored anywhere.

    ~ zlib of JSON, in letters that an address has

One without a guess among options has eight parts, one with them two more.
It is read strictly, for anybody can write one: what it holds are names, texts and lists of them,
each no longer than it must be, and texts are only ever shown as text.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import Any

from rnnlab.errors import SettingError
from rnnlab.lessons.lesson import Lesson, Step

BEGINNING = "~"
"""What no lesson that travels with the lab begins with."""

MOST_PACKED, MOST_BYTES = 1_500, 8_000
"""Characters of the word, which a QR code must hold too, and bytes of what it unpacks to."""

LONGEST_TITLE, LONGEST_QUESTION, LONGEST_TASK = 60, 150, 400
LONGEST_OPTION, MOST_OPTIONS = 40, 4
LONGEST_NAME, LONGEST_VALUE, MOST_NAMES = 60, 600, 60
MOST_MINUTES = 90

SPOILT = "This link holds no lesson that can be read: ask for it once more."


def pack(step: Step) -> str:
    """A lesson of this one step, as a word; a `SettingError` if it holds more than a link may."""
    parts = [
        step.title,
        step.question,
        step.task,
        step.page,
        step.minutes,
        dict(step.opens),
        list(step.turn),
        list(step.hides),
        *([list(step.options), step.right] if step.options else []),
    ]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    packed = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    if len(text.encode()) > MOST_BYTES or len(packed) + 1 > MOST_PACKED:
        raise SettingError(
            f"A link may hold {MOST_PACKED:,} characters of a lesson, but this one has "
            f"{len(packed) + 1:,}: shorten what is typed on the page, or the question."
        )
    word = BEGINNING + packed
    unpack(word)  # what could not be read must not be written
    return word


def unpack(word: str) -> Lesson:
    """The lesson that a word holds; a `SettingError` if it holds none."""
    if len(word) > MOST_PACKED or not word.startswith(BEGINNING):
        raise SettingError(SPOILT)
    parts = _parts(word[1:])
    if not isinstance(parts, list) or len(parts) not in (8, 10):
        raise SettingError(SPOILT)
    title, question, task, page, minutes, opens, turn, hides, options, right = (*parts, [], "")[:10]
    if type(minutes) is not int or not 1 <= minutes <= MOST_MINUTES:
        raise SettingError(SPOILT)
    if not isinstance(opens, dict) or len(opens) > MOST_NAMES:
        raise SettingError(SPOILT)
    step = Step(
        title=_text(title, LONGEST_TITLE),
        question=_text(question, LONGEST_QUESTION),
        task=_text(task, LONGEST_TASK),
        page=_text(page, LONGEST_NAME),
        minutes=minutes,
        opens={_text(k, LONGEST_NAME): _text(v, LONGEST_VALUE) for k, v in opens.items()},
        turn=_names(turn),
        hides=_names(hides),
        options=_options(options),
        right=_text(right, LONGEST_OPTION),
    )
    return Lesson(name=word, title=step.title, sentence=step.task, steps=(step,))


def _parts(packed: str) -> Any:
    """What the letters stand for; never more than `MOST_BYTES` of it are unpacked."""
    try:
        data = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(data, MOST_BYTES)
        if not unpacking.eof or unpacking.unused_data:
            raise SettingError(SPOILT)
        return json.loads(text.decode())
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        raise SettingError(SPOILT) from None


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise SettingError(SPOILT)
    return value


def _options(values: object) -> tuple[str, ...]:
    """Two or more different texts among which one guesses, or none."""
    if not isinstance(values, list) or len(values) == 1 or len(values) > MOST_OPTIONS:
        raise SettingError(SPOILT)
    options = tuple(_text(value, LONGEST_OPTION) for value in values)
    if not all(options) or len({*options}) < len(options):
        raise SettingError(SPOILT)
    return options


def _names(values: object) -> tuple[str, ...]:
    if not isinstance(values, list) or len(values) > MOST_NAMES:
        raise SettingError(SPOILT)
    return tuple(_text(value, LONGEST_NAME) for value in values)
