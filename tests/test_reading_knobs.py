"""Every knob of the lab, read from text: equal values are equal however they are written."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnlab.errors import LabError, SettingError
from rnnlab.handcheck.sequential import SequentialModel
from rnnlab.handcheck.written_out import Loop
from rnnlab.kinds.unrolled import Unrolled
from rnnlab.knobs import LONGEST_NUMBER, Knob, number_from
from rnnlab.language.settings import LanguageSettings
from rnnlab.rules import RULES
from rnnlab.sentiment.review_training import ReviewTraining
from rnnlab.settings import Settings


def every_knob() -> Iterator[tuple[str, Knob]]:
    """Every knob that is registered, by a name for the test."""
    for kind in (Settings, LanguageSettings, ReviewTraining, Unrolled, SequentialModel, Loop):
        for name, knob in kind.all_knobs().items():
            yield f"{kind.__name__}.{name}", knob
    for rule, made in RULES.items():
        for name, knob in made.all_knobs().items():
            yield f"{rule}.{name}", knob


KNOBS = dict(every_knob())


def ways_to_write(value: object) -> st.SearchStrategy[str]:
    """The usual ways to write a value."""
    if isinstance(value, bool):
        word = st.sampled_from(("true", "yes", "on", "1") if value else ("false", "no", "off", "0"))
        return st.builds(
            lambda word, how: how(word), word, st.sampled_from((str, str.title, str.upper))
        )
    if isinstance(value, str):
        return st.just(value)
    number = float(value)
    ways = [
        repr(value),
        f"{number:.17g}",
        f"{number:e}",
        f"{number:.20E}",
        f"+{value}",
        f" {value} ",
    ]
    with_commas = f"{number:,.17g}"
    if number >= 1000 and (isinstance(value, int) or "." in with_commas):
        ways.append(with_commas)
    written = f"{number:.25f}".rstrip("0")
    if float(written) == number and len(written) < LONGEST_NUMBER and not written.endswith("."):
        ways.append(written + "00" if len(written.partition(".")[2]) == 3 else written)
        ways.append(ways[-1].replace(".", ","))
    ways += [repr(number), f"{number!r}00" if "e" not in repr(number) else repr(number)]
    if 0 < number < 1:
        ways.append(f"{number:.25f}".removeprefix("0"))
    return st.sampled_from([way for way in ways if plainly(way) == number])


def plainly(way: str) -> float:
    """The number in a text in which a lone comma before three digits, none of them in front
    a zero, stands between thousands; `float` knows fewer kinds of space than `strip`."""
    way = way.strip()
    if "." in way or re.fullmatch(r"[-+]?[1-9]\d{0,2}(,\d{3})+(e[-+]?\d+)?", way, re.IGNORECASE):
        return float(way.replace(",", ""))
    return float(way.replace(",", ".").replace("−", "-"))


def values(knob: Knob) -> st.SearchStrategy:
    if knob.choices:
        return st.sampled_from(knob.choices)
    if isinstance(knob.default, bool):
        return st.booleans()
    if isinstance(knob.default, str):
        return st.text(max_size=knob.longest)
    low, high = knob.low or 0, 10**6 if knob.high is None else knob.high
    if isinstance(knob.default, int):
        return st.integers(int(low), int(high))
    return st.floats(low, high)


@given(st.data())
@settings(max_examples=2000)
def test_a_value_comes_back_equal_however_it_is_written(data):
    knob = KNOBS[data.draw(st.sampled_from(sorted(KNOBS)))]
    value = data.draw(values(knob))
    read = knob.read(data.draw(ways_to_write(value)))
    assert read == value
    assert type(read) is type(value)
    assert knob.read(knob.text(read)) == read


TEXTS = (
    st.text(max_size=60)
    | st.from_regex(r"[-+ ]?[\d.,_]{0,6}(e[-+]?\d{0,4})?", fullmatch=True)
    | st.sampled_from(
        ["0\x1f", "nan", "-inf", "1e999", "9" * 5000, "True", "None", "0x10", "٣", "½", "1_0"]
    )
)


@given(name=st.sampled_from(sorted(KNOBS)), text=TEXTS)
@settings(max_examples=2000)
def test_any_text_is_a_value_that_fits_or_refused_in_a_sentence(name, text):
    knob = KNOBS[name]
    try:
        value = knob.read(text)
    except SettingError as refusal:
        sentence = str(refusal)
        assert sentence.startswith(f"{knob.label} must be ")
        assert sentence.endswith(".")
        assert len(sentence) < 400
    else:
        assert knob.check(value) == value
        if isinstance(value, int | float) and not isinstance(value, bool):
            assert plainly(text) == value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1), ("1.0", 1), ("1e0", 1), (".1", 0.1), ("0.10", 0.1), ("1e-3", 0.001), ("5.", 5),
        ("1,000", 1000), ("20,000.5", 20_000.5), ("9007199254740993", 9007199254740993),
        ("0,001", 0.001), ("0,5", 0.5), (",5", 0.5), ("1,00", 1.0), ("1,5e-3", 0.0015), ("−1", -1),
        ("1,000,000", 10**6), ("0,001,000", None), ("1.000,5", None), ("1,5.5", None),
        ("1 000", None), ("5%", None), ("1/2", None), ("1_000", None), ("0x1", None), ("", None),
        (".", None), ("-", None),
        ("1e", None), ("nan", None), ("inf", None), ("1e999", math.inf), ("1" * 41, None),
    ],
)  # fmt: skip
def test_a_number_is_read_in_the_usual_ways_and_in_no_other(text, number):
    assert number_from(text) == number


@pytest.mark.parametrize("name", ["Settings.learning_rate", "Loop.strength", "Settings.noise"])
def test_a_comma_before_three_digits_says_nothing_sure_where_decimals_may_stand(name):
    for text in ("1,000", "1,500", "-2,250"):
        with pytest.raises(SettingError, match="with a point before its decimals, but it is"):
            KNOBS[name].read(text)
    assert KNOBS["Settings.learning_rate"].read("0,001") == 0.001


def test_a_comma_before_three_digits_is_between_thousands_in_whole_numbers():
    assert KNOBS["Settings.seed"].read("1,000") == 1000


KEYS = sorted(knob.url_name or name for name, knob in Settings.all_knobs().items())


@given(st.lists(st.tuples(st.sampled_from(KEYS) | st.text(max_size=9), TEXTS), max_size=5))
@settings(max_examples=2000)
def test_any_link_is_settings_that_it_would_be_written_as_or_refused_in_a_sentence(pairs):
    made = settings_or_refusal(dict(parse_qsl(urlencode(pairs))))
    if isinstance(made, Settings):
        assert settings_or_refusal(made.to_query()) == made
    else:
        assert 20 < len(made) < 600


def settings_or_refusal(query: dict[str, str]) -> Settings | str:
    try:
        return Settings.of(Settings.read(query))
    except LabError as refusal:
        return str(refusal)
