"""A text of one's own to learn from: how large it may be, and what of it is for what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from rnnlab.errors import SettingError
from rnnlab.language.segments import lines_of_characters, sentences_of_words

MOST_BYTES = 2_000_000
LEAST_TOKENS = 2_000
LEAST_SENTENCES = 50
MOST_WORDS = 2_000
MOST_CHARACTERS = 200
"""Numbers of a dictionary; what is rarer is unknown."""

WORDS, CHARACTERS = UNITS = ("words", "characters")


@dataclass(frozen=True)
class OwnText:
    """A text, and whether its words or its characters are read.

    Raises `SettingError` where it is too long or too short.
    """

    name: str
    text: str
    unit: str = WORDS

    def __post_init__(self) -> None:
        n_bytes = len(self.text.encode(errors="replace"))
        if n_bytes > MOST_BYTES:
            raise SettingError(
                f"A text may have at most {MOST_BYTES / 1e6:.0f} MB, but “{self.name}” has "
                f"{n_bytes / 1e6:.1f}."
            )
        n_tokens, n_sentences = self.tokens, self.n_sentences
        one = "sentences" if self.unit == WORDS else "lines"
        if n_tokens < LEAST_TOKENS or n_sentences < LEAST_SENTENCES:
            raise SettingError(
                f"A text needs at least {LEAST_TOKENS:,} {self.unit} in {LEAST_SENTENCES} {one}, "
                f"but “{self.name}” has {n_tokens:,} in {n_sentences:,}."
            )

    @property
    def sentences(self) -> list[list[str]]:
        """Its sentences, or its lines, cut into what is read."""
        return _sentences(self.text, self.unit)

    @cached_property
    def n_sentences(self) -> int:
        """How many sentences, or lines, it has."""
        return len(self.sentences)

    @property
    def most_known(self) -> int:
        """The size of its dictionary, at most."""
        return MOST_WORDS if self.unit == WORDS else MOST_CHARACTERS

    @cached_property
    def tokens(self) -> int:
        """How many words or characters it has."""
        return sum(map(len, self.sentences))


# Ten times as large as the text, so not a part of it: a text stays as long as its run, and travels.
@lru_cache(maxsize=2)
def _sentences(text: str, unit: str) -> list[list[str]]:
    cut = sentences_of_words if unit == WORDS else lines_of_characters
    return cut(text)
