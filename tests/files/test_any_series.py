"""Any file is a series, a question or a refusal, in a time that goes with its size."""

from __future__ import annotations

import re
import string

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rnnlab.errors import LabError
from rnnlab.rules.own_series import FEWEST_VALUES, MOST_VALUES, example_csv
from rnnlab.rules.series import OwnSeriesRule
from tests.files.growth import stays_linear
from tests.files.national import STYLES, in_style
from tests.files.people import read, values


def is_fine_or_refused(content: str | bytes) -> bool:
    """Whether the file was read, and then everything about it works; or it was refused."""
    try:
        own = read(content).series
    except LabError:
        return False
    if own is None:
        return False
    assert FEWEST_VALUES <= len(own.array) <= MOST_VALUES
    held = OwnSeriesRule(own)
    samples = held.samples(5)
    for numbers in (samples.inputs, samples.test_inputs, samples.targets, samples.test_targets):
        assert np.isfinite(numbers).all()
    assert all(np.isfinite(error) for error in held.baselines(5).values())
    return True


@given(st.binary(max_size=400))
def test_any_bytes_are_a_series_or_refused(content):
    is_fine_or_refused(content)


@given(st.text(alphabet=string.digits + ',;.\t\n\r"-+e nai\ufeffä', max_size=400))
@example("0001,0")  # a year and a value, in a single row
def test_any_scribble_is_a_series_or_refused(content):
    is_fine_or_refused(content)


def whole_numbers(most: int) -> st.SearchStrategy[int]:
    """None like -999 or 99990, which many instruments write for no value: such are left out."""
    plain = re.compile(r"-?9{2,}0*")
    return st.integers(-most, most).filter(lambda number: not plain.fullmatch(str(number)))


NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.floats(-1e6, 1e6)


@given(st.lists(NUMBERS, min_size=3, max_size=12), st.sampled_from([10, 50]), st.booleans())
def test_any_numbers_are_a_series_or_refused(numbers, times, header):
    lines = [repr(number) for number in numbers * times]
    is_fine_or_refused("\n".join(["value", *lines] if header else lines))


@given(st.lists(whole_numbers(10**6), min_size=50, max_size=80), st.sampled_from(",;\t"))
def test_whole_numbers_come_back_as_they_were(numbers, separator):
    if len(set(numbers[:45])) > 1:
        text = "\n".join(f"a{separator}{number}" for number in numbers)
        assert values(read(text)) == numbers


def test_the_example_is_a_file_that_the_lab_reads():
    text = example_csv()
    assert text == example_csv()
    lines = text.splitlines()
    assert len(lines) == 601
    assert lines[1].startswith("2014-01-06,")
    found = read(text)
    assert not found.notices
    assert is_fine_or_refused(text)
    numbers = np.array(values(found))
    # A trend of 0.05 a week over 520 weeks (ten seasons): 26 between a week and its later twin.
    assert np.mean(numbers[520:] - numbers[:80]) == pytest.approx(26, abs=1.5)
    # Half a season apart the curve is upside down: a swing of 20 up and 20 down.
    assert np.ptp(numbers[:52]) == pytest.approx(40, abs=12)


@given(
    st.sampled_from(sorted(STYLES)),
    st.lists(whole_numbers(10**7), min_size=50, max_size=60, unique=True),
    st.integers(0, 3),
    st.sampled_from(",;\t"),
    st.booleans(),
)
def test_a_file_in_any_national_style_is_equal_or_asked_about_or_refused(
    style, numbers, decimals, separator, quoted
):
    quote = '"' * quoted
    cells = [quote + in_style(number, style, decimals) + quote for number in numbers]
    text = "\n".join(f"{2000 + t}-01-01{separator}{cell}" for t, cell in enumerate(cells))
    try:
        found = read(text)
    except LabError:
        assert not quoted
        return
    if found.series is not None:
        assert values(found) == pytest.approx([n / 10**decimals for n in numbers], rel=1e-6)


@pytest.mark.parametrize("sign", ["1", ",", "1,", "1;", '"', "'", "-", "a", " ", "\n", "sep="])
def test_a_long_piece_of_anything_is_no_fault_of_the_lab(sign):
    for beginning in ("", "value\n", "a,b\n1,"):
        is_fine_or_refused(beginning + sign * 20_000)
        is_fine_or_refused(f"{beginning}{sign * 20_000},5\n" * 3)


LINES = (
    *("7\n", "2019-01-01,7.5\n", "2019-01-01;1.044,5\n2019-01-02;45,5\n", "2019-01-01,1,044\n"),
    *(
        "1 January 2019,5\n2 January 2019,6\n",
        "1,2,3,4,5,6,7,8\n",
        "x\n",
        "1,",
        "1;",
        '"',
        "1,1,2\n1,2\n",
    ),
    *("04/30/2019,1\n04/29/2019,2\n", "$7*8\n", "2019,5\n", ",\n", "12:30,5\n"),
)


@pytest.mark.parametrize("line", LINES)
def test_twice_the_file_takes_about_twice_the_time(line):
    def read_file(n_bytes: int) -> None:
        is_read(("a,b\n" + line * (n_bytes // len(line)))[:n_bytes])

    assert stays_linear(read_file, 250_000)


def is_read(content: str) -> bool:
    try:
        return read(content) is not None
    except LabError:
        return False
