"""What the labels of a file mean, positive, negative or neither, as all of them together tell."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from typing import NamedTuple

from rnnlab.sentiment.files.label_words import ADVERBS, NEGATIVE, NEITHER, POSITIVE
from rnnlab.sentiment.files.names import ends_in
from rnnlab.sentiment.files.reviews import ReviewsError

PREFIX = "__label__"
"""What stands before every label in files for fastText."""

PREFIX_OF_MODELS = "label_"
"""What stands before the numbers of kinds that models write."""

WORDS: dict[str, int | None] = {
    **dict.fromkeys(NEGATIVE, 0),
    **dict.fromkeys(POSITIVE, 1),
    **dict.fromkeys(NEITHER, None),
}
"""Labels in lower case; with None a text is neither."""

STARS = ("stars", "star", "rating", "score", "overall")
"""What a column of stars is called, in lower case."""

WRITE = "write 0, neg or negative, or 1, pos or positive"
MOSTLY = 0.9
"""The share of 0 and 1 among numbers that says the others are mistakes."""
FEWEST_STEPS = 4
"""Different numbers that make a scale which begins at 0."""
MOST_SHOWN = 8
OF_TEN = 4, 7
"""Negative up to the first, positive from the second on, as Maas et al. (2011) cut IMDB's."""
LONGEST = 40
"""Characters; what is longer is no label."""

_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{1,3})?", re.ASCII)
_ADVERB = re.compile(rf"(?:{'|'.join(ADVERBS)})[ _-](?=\w)")
_RATING = re.compile(
    r"(?:rated )?([0-9]{1,2}(?:[.,][0-9])?)(?:[ _-]?stars?| ?(?:/|out of|of) ?(5|10)(?: stars)?)",
    re.ASCII,
)
_SIGNS = re.compile(r"([★⭐]{1,5})\ufe0f?☆{0,4}")


class Scale(NamedTuple):
    """The meaning of each label, as `plain_label` gives it; None is neither.

    `notice` says how labels were understood that may be meant otherwise.
    """

    meanings: Mapping[str, int | None]
    notice: str | None = None

    def knows(self, cell: str) -> bool:
        """Whether this is a label."""
        return plain_label(cell) in self.meanings

    def label(self, cell: str) -> int | None:
        """1, 0, or None for neither; a `KeyError` unless it is a label."""
        return self.meanings[plain_label(cell)]


def plain_label(cell: str) -> str:
    """A label without what is around it, in lower case."""
    plain = cell.strip()
    if len(plain) > LONGEST:
        return plain
    plain = plain.strip("\"'").strip().lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain.replace("\u2212", "-"))
    plain = plain.removeprefix(PREFIX).removeprefix(PREFIX_OF_MODELS)
    return _ADVERB.sub("", plain, count=1)


def rating(label: str) -> tuple[str, int] | None:
    """The number of a label that says of how many it is: "4 stars", "7/10", "★★★★☆"."""
    signs, words = _SIGNS.fullmatch(label), _RATING.fullmatch(label)
    if signs:
        return str(len(signs[1])), 5
    return (words[1], int(words[2] or 5)) if words else None


def scale_of(cells: Collection[str], column: str = "") -> Scale:
    """What the labels in these cells mean; cells that mean nothing are no labels of the scale.

    Numbers are 0 and 1, −1 and 1, 0 and 4 (perhaps 2 between them), 1 and 2 behind `PREFIX`, or
    steps from bad to good: 0 to 4, 1 to 5 or 1 to 10. All numbers together tell which; `column` is
    what the file calls them. A `ReviewsError` if they do not: whoever calls 1 and 2 labels may mean
    stars, or the second of two kinds.
    """
    counts = Counter(plain_label(cell) for cell in cells if cell.strip())
    prefixed = all(cell.strip().lower().startswith(PREFIX) for cell in cells if cell.strip())
    ratings = {label: read for label in counts if (read := rating(label))}
    numbers = {label: _number(label) for label in counts if _NUMBER.fullmatch(label)}
    numbers |= {label: _number(number) for label, (number, _) in ratings.items()}
    of_ten = bool(ratings) and {most for _, most in ratings.values()} == {10}
    stars = bool(ratings) or ends_in(column, STARS) is not None
    n_usual = sum(counts[label] for label, number in numbers.items() if number in (0, 1))
    n_numbers = sum(counts[label] for label in numbers)
    begins_at_1 = 0 not in numbers.values() and (prefixed or stars)
    if not numbers or (
        n_usual >= MOSTLY * n_numbers and 2 not in numbers.values() and not begins_at_1
    ):
        usual = {label: int(number) for label, number in numbers.items() if number in (0, 1)}
        return Scale(WORDS | {"0": 0, "1": 1} | usual)
    negative, positive = OF_TEN if of_ten else _limits({*numbers.values()}, stars, prefixed)
    of_numbers: dict[str, int | None] = {
        label: 1 if number >= positive else 0 if number <= negative else None
        for label, number in numbers.items()
    }
    return Scale(WORDS | of_numbers, _notice(of_numbers, numbers))


def _limits(numbers: set[float], stars: bool, prefixed: bool) -> tuple[float, float]:
    """Up to which number labels are negative, and from which on they are positive."""
    least, most, several = min(numbers), max(numbers), len(numbers) >= FEWEST_STEPS
    if numbers <= {-1, 0, 1} and least == -1:
        return -1, 1
    if numbers <= {0, 2, 4} and not stars:
        return 0, 4
    if prefixed and numbers <= {1, 2}:
        return 1, 2
    shares = 0 < least < 0.5 or (least == 0 and most <= 1)
    if (least >= 1 and most == 5) or (stars and least >= 0 and most <= 5 and not shares):
        return 2, 4
    if least == 0 and most == 4 and several:
        return 1, 3
    if 5 < most <= 10 and (least >= 1 or (least == 0 and several)):
        return OF_TEN
    shown = sorted(numbers)[:MOST_SHOWN]
    raise ReviewsError(
        f"Of the labels {', '.join(f'{number:g}' for number in shown)}"
        f"{' …' if len(numbers) > len(shown) else ''} it is not clear which are positive; {WRITE}."
    )


def _notice(of_numbers: Mapping[str, int | None], numbers: Mapping[str, float]) -> str:
    """Which numbers were taken for what."""
    parts = []
    for meaning, name in ((0, "negative"), (1, "positive"), (None, "neither")):
        labels = sorted(
            (n for n, label in of_numbers.items() if label is meaning), key=numbers.__getitem__
        )
        if labels:
            more = " …" if len(labels) > MOST_SHOWN else ""
            parts.append(f"{', '.join(labels[:MOST_SHOWN])}{more} as {name}")
    return f"Labels were read so: {'; '.join(parts)}."


def _number(label: str) -> float:
    return float(label.replace(",", "."))
