"""Typed rules by the thousand: each means what it was made to mean, or is refused at a place."""

from __future__ import annotations

import itertools
import operator
import random
import string
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from rnnlab.rules.expression import parse
from rnnlab.rules.expression_parser import ExpressionError

Meaning = Callable[[dict[int, int]], Fraction]


class NotBitsError(Exception):
    """A sign that takes 0 or 1 was given something else."""


class Maker:
    """Makes texts together with what they mean: nothing is parsed here.

    A made thing is (text, how tightly it binds, meaning); what binds too loosely for its place
    gets parentheses, and others get some by chance.
    """

    SIGNS = (
        ("or", 1, lambda a, b: Fraction(a or b), True),
        ("xor", 2, lambda a, b: Fraction(a != b), True),
        ("and", 3, lambda a, b: Fraction(a and b), True),
        ("<", 5, operator.lt, False),
        ("<=", 5, operator.le, False),
        ("==", 5, operator.eq, False),
        ("=", 5, operator.eq, False),
        ("!=", 5, operator.ne, False),
        (">=", 5, operator.ge, False),
        (">", 5, operator.gt, False),
        ("+", 6, operator.add, False),
        ("-", 6, operator.sub, False),
        ("*", 7, operator.mul, False),
    )

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.lags = rng.sample(range(13), rng.randint(1, 4))

    def make(self, size: int) -> tuple[str, int, Meaning]:
        if size <= 1:
            return self.leaf()
        if self.rng.random() < 0.15:
            return self.negated(size)
        sign, level, does, logic = self.rng.choice(self.SIGNS)
        left = self.make(size // 2)
        right = self.make(size - size // 2)
        # Of equal signs the left comes first, but comparisons are not chained.
        text = f"{self.at(left, level + (level == 5))} {sign} {self.at(right, level + 1)}"

        def meaning(bits: dict[int, int]) -> Fraction:
            a, b = left[2](bits), right[2](bits)
            if logic and not {a, b} <= {0, 1}:
                raise NotBitsError
            return Fraction(does(a, b))

        return text, level, meaning

    def leaf(self) -> tuple[str, int, Meaning]:
        if self.rng.random() < 0.3:
            number = self.rng.choice(["0", "1", "0.5", ".25", "0.1", "2", "1.", "0.3333"])
            return number, 9, lambda _: Fraction(number)
        lag = self.rng.choice(self.lags)
        return (f"x[t-{lag}]" if lag else "x[t]"), 9, lambda bits: Fraction(bits[lag])

    def negated(self, size: int) -> tuple[str, int, Meaning]:
        inner = self.make(size - 1)
        if self.rng.random() < 0.5:
            return f"-{self.at(inner, 8)}", 8, lambda bits: -inner[2](bits)

        def meaning(bits: dict[int, int]) -> Fraction:
            value = inner[2](bits)
            if value not in (0, 1):
                raise NotBitsError
            return 1 - value

        return f"not {self.at(inner, 4)}", 4, meaning

    def at(self, made: tuple[str, int, Meaning], level: int) -> str:
        """The text where what stands must bind at least so tightly."""
        return made[0] if made[1] >= level and self.rng.random() < 0.9 else f"({made[0]})"


def expected(meaning: Meaning, lags: list[int]) -> list[float] | None:
    """The value for each combination of bits, or `None` where it is no probability."""
    values = []
    for combination in itertools.product((0, 1), repeat=len(lags)):
        try:
            value = meaning(dict(zip(lags, combination, strict=True)))
        except NotBitsError:
            return None
        if not 0 <= value <= 1:
            return None
        values.append(float(value))
    return values


def test_made_rules_mean_what_they_were_made_to_mean():
    rng = random.Random(5)
    understood = refused = 0
    while understood < 400 or refused < 400:
        maker = Maker(rng)
        text, _, meaning = maker.make(rng.randint(1, 12))
        lags = sorted(lag for lag in maker.lags if (f"x[t-{lag}]" if lag else "x[t]") in text)
        if len(text) > 200:
            continue
        table = expected(meaning, lags)
        if table is None:
            refused += 1
            with pytest.raises(ExpressionError, match=r"takes 0 or 1|a probability lies between"):
                parse(text)
        else:
            understood += 1
            causes = parse(text)
            assert causes.lags == tuple(lags)
            assert causes.table.ravel().tolist() == table, text


PIECES = [
    *("x[t-1]", "x[t]", "x[t-12]", "x[t-3]", "x[t-13]", "x", "[", "]", "t", "-", "(", ")", ":"),
    *("and", "or", "xor", "not", "+", "*", "<", "<=", "==", "=", "!=", ">=", ">", ",", " ", "  "),
    *("0", "1", "0.5", ".", "1e9", "1e400", "9" * 13, "9" * 12, "\n", "\t", "−", "×", "⊕", "¬"),
    *("__class__", "lambda", "import os", "^", "&", "|", "%", "/", "\x00", "½", "²", "٣", "🎉"),
]


def random_text(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.35:
        return " ".join(rng.choices(PIECES, k=rng.randint(0, 30)))
    if kind < 0.6:
        text = Maker(rng).make(rng.randint(1, 30))[0]
        for _ in range(rng.randint(0, 3)):  # and something happens to it
            place = rng.randint(0, len(text))
            text = text[:place] + rng.choice([*PIECES, ""]) + text[place + rng.randint(0, 3) :]
        return text
    if kind < 0.8:
        return bytes(rng.choices(range(256), k=rng.randint(0, 220))).decode("latin-1")
    if kind < 0.9:
        return "".join(rng.choices(string.printable, k=rng.randint(0, 60)))
    return "".join(chr(rng.randrange(0x110000)) for _ in range(rng.randint(0, 40)))


def nasty_texts() -> list[str]:
    """A thousand texts that have brought other readers down."""
    openings = ("(", "-", "+", "not ", "x[", "x[t-", "((x[t]", "¬", "(-", "(not ", "- -", "[", "{")
    counts = (1, 7, 24, 25, 26, 60, 99, 100, 199, 200, 201, 1000, 10_000, 10**5)
    nested = [opening * count + tail for opening in openings for count in counts
              for tail in ("", "1", "x[t-1]" + ")" * count)]  # fmt: skip
    chains = [sign.join(["x[t-1]"] * count) for count in (2, 20, 40, 500)
              for sign in (" and ", "+", "*", "==", "<", " not ", ",", ":", " ", "-")]  # fmt: skip
    products = ["*".join([number] * count) for count in (2, 15, 100)
                for number in ("9" * 12, "0.000000000001", "1", "0.99999999999")]  # fmt: skip
    numbers = ["1e400", "-1e400", "1e-400", "inf", "nan", "Infinity", "0x10", "0b1", "1_0", "1j",
               "9" * 12, "9" * 13, "9" * 4301, "9" * 10**6, "." * 50, "0." + "0" * 5000 + "1",
               "1.e5", "00", "-0", "1..2", "٣", "１", "²", "½", "Ⅷ", "𝟏", "0٫5"]  # fmt: skip
    code = ["__import__('os').system('true')", "lambda: 1", "f'{1}'", "x.__class__", "x[t].real",
            "().__class__.__bases__", "exec('1')", "eval", "globals()", "x[t-1] if 1 else 0",
            "[x for x in x]", "{1: 2}", "x[t-1];1", "x := 1", "print(1)", "1 # comment", "'''",
            '"x[t]"', "`x`", "\\x41", "$(ls)", "${x}", "{{x}}", "%s", "<script>", "x[__t__]",
            "x[t-1][t-1]", "x[t-(1)]", "x[t-1.5]", "x[t--1]", "x[t-1", "x]t[", "x[t-x[t-1]]",
            "True", "None", "and", "or not", "not and", "x[t-1]!", "!x[t]", "~1", "1<2<3", "1=2=3",
            "a" * 199, "_", "x" * 200, "t", "xor" * 60]  # fmt: skip
    odd = [chr(code) for code in (0, 7, 8, 9, 11, 12, 13, 0x85, 0xA0, 0xAD, 0x200B, 0x2028,
                                  0x202E, 0xD800, 0xDFFF, 0xFEFF, 0xFFFF, 0x1F389)]  # fmt: skip
    frames = ("{}", "x[t-1] {}", "{} x[t-1]", "x[t{}-1]", "x[t-1{}]", "0.{}5", "x[t] a{}nd x[t]",
              "({})", "not {}", "x[t-1]: 0 {}")  # fmt: skip
    strange = [frame.format(char) for frame in frames for char in odd]
    in_frames = [frame.format(text) for frame in frames[1:3] for text in (*numbers, *code)]
    return [*nested, *chains, *products, *numbers, *code, *strange, *in_frames]


def check_refusal(error: ExpressionError, text: str) -> None:
    said = str(error)
    assert 0 <= error.position <= len(text)
    assert said.startswith(f"At character {error.position + 1}: ")
    assert len(said) < 400
    assert said.encode()


def count_understood(texts: list[str]) -> int:
    """Read all; every one must be understood or be refused with a place in it."""
    understood = 0
    for text in texts:
        try:
            causes = parse(text)
        except ExpressionError as error:
            check_refusal(error, text)
        else:
            understood += 1
            assert causes.table.shape == (2,) * len(causes.lags)
            assert np.all((causes.table >= 0) & (causes.table <= 1))
            assert set(causes.lags) <= set(range(13))
    return understood


def test_nasty_texts_are_understood_or_refused():
    texts = nasty_texts()
    assert len(set(texts)) >= 1000
    assert count_understood(texts) > 20


def test_random_texts_are_understood_or_refused():
    rng = random.Random(1)
    assert count_understood([random_text(rng) for _ in range(3_000)]) > 40
