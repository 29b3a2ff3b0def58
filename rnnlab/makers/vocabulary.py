"""Make the list of words that travels with the lab, from Keras' word index of the film reviews.

python -m rnnlab.makers vocabulary imdb_word_index.json [--into FILE]

The index is what `keras.datasets.imdb.get_word_index()` downloads: a JSON object, words to ranks.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from rnnlab.errors import SettingError
from rnnlab.sentiment.vocabulary import N_WORDS, WORDS


def ranked(index: object) -> list[str]:
    """The words of an index (word to rank, from 1) by rank; a `SettingError` if it is none."""
    words = {}
    if isinstance(index, dict):
        words = {rank: word for word, rank in index.items() if isinstance(rank, int)}
    in_order = [str(words[rank]) for rank in sorted(words)]
    if not words or sorted(words) != list(range(1, len(words) + 1)):
        raise SettingError("This is no word index: its ranks are not 1, 2, 3 and so on.")
    unfit = next((word for word in in_order if {*word} & {"\n", "\r", " "}), None)
    if unfit is not None:
        raise SettingError(f"The word index holds {unfit!r}, which is more than a word.")
    return in_order


def make_vocabulary(index: Path, into: Path = WORDS, number: int = N_WORDS) -> None:
    """Write the most frequent words of an index, one a line, in UTF-8."""
    words = ranked(json.loads(index.read_text(encoding="utf-8")))[:number]
    if len(words) < number:
        raise SettingError(f"'{index.name}' has {len(words):,} words, but {number:,} are needed.")
    into.write_text("".join(f"{word}\n" for word in words), encoding="utf-8", newline="\n")


def main(arguments: Sequence[str]) -> None:
    """Read the index, write the list."""
    parser = argparse.ArgumentParser(prog="python -m rnnlab.makers vocabulary")
    parser.add_argument("index", type=Path, help="imdb_word_index.json")
    parser.add_argument("--into", type=Path, default=WORDS, help="the file to write")
    options = parser.parse_args(arguments)
    make_vocabulary(options.index, options.into)
