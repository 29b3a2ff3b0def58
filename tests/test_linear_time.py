"""What is typed, pasted or sent in a link is read in linear time: twice the text, twice the time.

Each reader gets texts that make a careless one slow: they look like what it wants, to their end.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from contextlib import suppress
from statistics import median
from urllib.parse import parse_qsl

import pytest

from rnnlab.errors import LabError
from rnnlab.handcheck.marking import read_answer
from rnnlab.handcheck.matrices import format_link, parse_cells, parse_numbers, resized
from rnnlab.knobs import number_from
from rnnlab.language.settings import LanguageSettings
from rnnlab.language.tokenizer import Dictionary, tokenize
from rnnlab.rules import make_rule
from rnnlab.rules.expression import parse
from rnnlab.rules.expression_parser import LONGEST
from rnnlab.sentiment.vocabulary import Vocabulary, word_spans
from rnnlab.settings import Settings
from rnnlab.ui.hand.whole_matrices import MAX_LINK_LENGTH
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.sentiment.edit import changed
from rnnlab.ui.sentiment.text_box import MOST_IN_A_LINK

MEGABYTE = 1_000_000
"""Of what is longer than a page lets through, less will do."""
LEAST = 2e-3
"""Seconds of the processor below which a time says nothing; the text is read again until then."""
REPEATS = 3

DICTIONARY = Dictionary(tuple(f"{'ab' * 9}{number}" for number in range(500)))
ENGLISH = Vocabulary.of(10_000)


def matrix(text: str) -> None:
    rows = parse_cells(text)
    resized(rows, (3, 3))
    format_link(rows)
    parse_numbers("kernel", "W", rows)


def rule(text: str) -> None:
    make_rule("own", {"expression": text})


def link(text: str) -> None:
    Settings.of(Settings.read(dict(parse_qsl(text))))


def next_words(text: str) -> None:
    for word in tokenize(text, DICTIONARY):
        if DICTIONARY.id_of(word) == 1:
            DICTIONARY.nearest(word)


def review(text: str) -> None:
    spans = word_spans(text)
    ENGLISH.ids(span.word for span in spans)


def two_reviews(text: str) -> None:
    old, new = text.split(), text[: len(text) // 2].split()
    changed(old, new)


DIGITS, SPACES, WORDS = "1" * 10, " " * 10, "a b c d e "
READERS: dict[str, tuple[Callable[[str], object], int, tuple[str, ...]]] = {
    "own rule": (rule, MEGABYTE, (DIGITS, SPACES, "x[t-1]+", "((((", "0.1*", "not ", "x[t - ")),
    "own table": (parse, MEGABYTE, ("x[t-1] x[t-2]: 0.1 ", "0.5 ", ": : ")),
    "rule within its limit": (rule, LONGEST, ("x[t-1]*", "0.12345678901*", "(", "not ", "- ")),
    "table within its limit": (parse, LONGEST, ("0.25 ", "x[t-1] ", "1 , ")),
    "matrix": (
        matrix,
        MEGABYTE // 5,
        (DIGITS, SPACES, "1_", "1__", "1;", "1,", "\r\n", "_ ", "1 "),
    ),
    "matrix in a link": (matrix, MAX_LINK_LENGTH, ("1_", "1__", "?", "9")),
    "knob": (number_from, MEGABYTE, (DIGITS, SPACES, "1,", "1,000", "1e", "1.", "-")),
    "link": (link, MEGABYTE, ("seed=1&", "&", "=", "%31", "a+", "rule=own&", "expression=x[t-1]")),
    "sentence of next words": (next_words, 500, ("a", "ab" * 9 + " ", "' ", "a'", "́")),
    "review": (review, MEGABYTE, ("a", WORDS, "<br ", "<", "'", "́", "don't ", "ﬀ", "。")),
    "review in a link": (review, MOST_IN_A_LINK, ("a", WORDS, "<br ")),
    "two reviews": (two_reviews, MEGABYTE, (WORDS, "a ", "same word ")),
    "answer of an exercise": (read_answer, MEGABYTE, (DIGITS, SPACES, "1/", "+ ", "1,")),
    "foreign words": (
        escape_markdown,
        MEGABYTE,
        ("*", ":", ":a", ":a:", "a@", "http", "www.", "&#", "&a", "- ", "\n", "<->", " ->", "1"),
    ),
    "settings of next words": (
        lambda text: LanguageSettings.read({"seed": text, "units": text}),
        MEGABYTE,
        (DIGITS, SPACES, "1e5"),
    ),
}
CASES = [(name, piece) for name, (_, _, pieces) in READERS.items() for piece in pieces]


def seconds(read: Callable[[str], object], text: str) -> float:
    """The processor's time for one reading, the median of some; errors are answers too."""
    times = []
    for _ in range(REPEATS):
        began, n_read = time.process_time(), 0
        while n_read == 0 or time.process_time() - began < LEAST:
            with suppress(LabError):
                read(text)
            n_read += 1
        times.append((time.process_time() - began) / n_read)
    return median(times)


@pytest.mark.parametrize(("name", "piece"), CASES, ids=repr)
def test_twice_the_text_takes_no_more_than_twice_the_time(name, piece):
    read, limit, _ = READERS[name]
    whole = piece * (limit // len(piece))
    gc.disable()  # a collection costs what other tests have left behind
    try:
        ratios = []
        for _ in range(3):
            half, full = (seconds(read, part + "!") for part in (whole[: len(whole) // 2], whole))
            ratios.append(full / half)
            if ratios[-1] < 2.6:
                break
    finally:
        gc.enable()
    assert min(ratios) < 3
