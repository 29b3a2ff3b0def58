"""Dates as people write them, and what the order of a table's rows says of its series."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.files.dates import read_times
from rnnlab.files.stamps import stamp
from tests.files.people import read, values

START = date(1999, 11, 28)
VALUES = [t % 7 + 0.25 for t in range(60)]
ENGLISH = "January February March April May June July August September October November December"

WRITTEN = {
    "ISO": lambda day: f"{day}",
    "ISO with time": lambda day: f"{day}T06:30:00Z",
    "German": lambda day: f"{day:%d.%m.%Y}",
    "British": lambda day: f"{day:%d/%m/%Y}",
    "American": lambda day: f"{day.month}/{day.day}/{day.year}",
    "American, short": lambda day: f"{day:%m/%d/%y}",
    "year first, short": lambda day: f"{day:%y-%m-%d}",
    "without marks": lambda day: f"{day:%Y%m%d}",
    "in words": lambda day: f"{day.day} {ENGLISH.split()[day.month - 1]} {day.year}",
    "in American words": lambda day: f"{ENGLISH.split()[day.month - 1]} {day.day}, {day.year}",
    "Excel's": lambda day: f"{day.day}-{ENGLISH.split()[day.month - 1][:3]}-{day:%y}",
    "Chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "with a weekday": lambda day: (
        f"{['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][day.weekday()]} "
        f"{day.day} {ENGLISH.split()[day.month - 1][:3]} {day.year}"
    ),
}


@given(
    st.sampled_from(sorted(WRITTEN)),
    st.dates(date(1975, 1, 1), date(2024, 1, 1)),
    st.integers(40, 80),
)
def test_days_in_any_style_are_a_day_apart(style, start, n_days):
    days = [start + timedelta(days=t) for t in range(n_days)]
    times = read_times([WRITTEN[style](day) for day in days])
    assert times is not None
    assert {after - before for before, after in pairwise(times.days)} == {1}


@pytest.mark.parametrize(
    ("cells", "step"),
    [
        (["1949-11", "1949-12", "1950-01"], 1),
        (["11/1949", "12/1949", "1/1950"], 1),
        (["Nov 1949", "Dec 1949", "Jan 1950"], 1),
        (["Nov-49", "Dec-49", "Jan-50"], 1),
        (["1949M11", "1949M12", "1950M01"], 1),
        (["194911", "194912", "195001"], 1),
        (["1949.11", "1949.12", "1950.01"], 1),
        (["1949Q3", "1949Q4", "1950Q1"], 3),
        (["Q3 1949", "Q4 1949", "Q1 1950"], 3),
        (["1949", "1950", "1951"], 12),
        (["01/11/1949", "01/12/1949", "01/01/1950"], 1),
        (["2019-01-31", "2019-02-28", "2019-03-31"], 1),
        (["März 2019", "April 2019", "Mai 2019"], 1),
        (["févr. 2019", "mars 2019", "avr. 2019"], 1),
        (["kwiecień 2019", "maja 2019", "cze 2019"], 1),
        (["Oca 2019", "Şub 2019", "Mar 2019"], 1),
        (["Январь 2019", "февраля 2019 г.", "мар 2019"], 1),
        (["ιούν 2019", "ιούλ 2019", "αύγ 2019"], 1),
        (["abril de 2019", "maio de 2019", "junho de 2019"], 1),
        (["2019년 1월", "2019년 2월", "2019년 3월"], 1),
        (["19-Nov", "19-Dec", "20-Jan"], 1),
        (["T3 2019", "T4 2019", "T1 2020"], 3),
        (["3Q19", "4Q19", "1Q20"], 3),
        (["Q3-19", "Q4-19", "Q1-20"], 3),
        (["3. Quartal 2019", "4. Quartal 2019", "1. Quartal 2020"], 3),
        (["2019-H2", "2020-H1", "2020-H2"], 6),
        (["2009/10", "2010/11", "2011/12", "2012/13"], 12),
        (["2009-2010", "2010-2011", "2011-2012"], 12),
    ],
)
def test_months_are_evenly_spaced_however_long_they_are(cells, step):
    times = read_times(cells)
    assert times is not None
    assert times.months is not None
    assert [times.months[1] - times.months[0], times.months[2] - times.months[1]] == [step, step]


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["KW 52/2018", "KW 1/2019", "KW 2/2019"], 7),
        (["W52 2018", "W01 2019", "W02 2019"], 7),
        (["2018-W52-7", "2019-W01-1", "2019-W01-2"], 1),
        (["2018-12-31 - 2019-01-06", "2019-01-07 - 2019-01-13"], 7),
        (["30-Dec", "31-Dec", "1-Jan"], 1),
        (["27-Feb", "28-Feb", "1-Mar"], 1),
        (["27-Feb", "28-Feb", "29-Feb", "1-Mar"], 1),
        (["2-Mar", "1-Mar", "28-Feb"], -1),
        (["22:00", "23:00", "24:00"], 1 / 24),
        (["23:00", "0:00", "1:00"], 1 / 24),
        (["1.1.2019 23:00", "1.1.2019 24:00", "2.1.2019 1:00"], 1 / 24),
        (["1/1/2019 11:00 PM", "1/2/2019 12:00 AM", "1/2/2019 1:00 AM"], 1 / 24),
        (["2019010123", "2019010200", "2019010201"], 1 / 24),
        (["20190101T233000Z", "20190102T003000Z"], 1 / 24),
        (["2019-10-27T02:00+02:00", "2019-10-27T02:00+01:00", "2019-10-27T03:00+01:00"], 1 / 24),
        (["27.10.2019 02:00 CEST", "27.10.2019 02:00 CET"], 1 / 24),
        (["Sun Oct 27 2019 01:00:00 GMT+0000 (GMT)", "Sun Oct 27 2019 02:00:00 GMT+0000 (GMT)"],
         1 / 24),
        (["Di, 01.01.2019", "Mi, 02.01.2019"], 1),
        (["mar. 1 janv. 2019", "mer. 2 janv. 2019"], 1),
        (["2019/1/1(火)", "2019/1/2(水)"], 1),
        (["1. 1. 2019", "2. 1. 2019"], 1),
        (["2019. 01. 01.", "2019. 01. 02."], 1),
        (["2019.01.01.", "2019.01.02."], 1),
    ],
)  # fmt: skip
def test_days_and_hours_are_evenly_spaced_however_they_are_written(cells, days):
    times = read_times(cells)
    assert times is not None
    assert [after - before for before, after in pairwise(times.days)] == pytest.approx(
        [days] * (len(cells) - 1), abs=1e-6
    )


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "x",
        "Market 19",
        "Area 51",
        "1 out 2 of 3",
        "25:00",
        "5",
        "7.5",
        "12:30:99:1",
        "5 kg",
        "May",
        "1-2",
        "2019-01-01-01",
        "1" * 41,
    ],
)
def test_what_is_no_date_is_none(cell):
    assert stamp(cell) is None


@pytest.mark.parametrize("cells", [["2019-02-30"], ["2019-13"], ["2019-01-01", "Jan 2019"], []])
def test_days_that_do_not_exist_and_mixed_styles_are_no_column_of_dates(cells):
    assert read_times(cells) is None


def table(days: list[date], numbers: list[float] = VALUES) -> str:
    lines = [f"{day},{number}" for day, number in zip(days, numbers, strict=False)]
    return "\n".join(["day,value", *lines])


DAYS = [START + timedelta(days=t) for t in range(60)]


def test_a_series_with_the_newest_first_is_turned_round_and_it_is_said():
    found = read(table(DAYS[::-1], VALUES[::-1]))
    assert values(found) == VALUES
    assert found.notices == ("The newest row came first: the lab has turned the series round.",)
    assert found.ends == ("1999-11-28", "2000-01-26")


def test_rows_in_no_order_are_put_in_order_and_it_is_said():
    pairs = random.Random(1).sample(list(zip(DAYS, VALUES, strict=True)), 60)
    found = read(table([day for day, _ in pairs], [number for _, number in pairs]))
    assert values(found) == VALUES
    (notice,) = found.notices
    assert notice.startswith("The rows were not in the order of time")


def test_gaps_and_double_dates_are_said():
    found = read(table(DAYS[:20] + DAYS[23:30] + DAYS[31:] + DAYS[-1:]))
    double, gaps = found.notices
    assert double == "1 row has a date that came before, as in rows 57 and 58."
    assert gaps.startswith("The dates in 'day' have 2 gaps, the first between 1999-12-17 and ")


def test_a_gap_of_weekends_is_none():
    days = [START + timedelta(days=t) for t in range(90)]
    assert not read(table([day for day in days if day.weekday() < 5])).notices


def test_uneven_dates_are_said():
    days = [START + timedelta(days=t * (t % 3 + 1)) for t in range(60)]
    assert any("not evenly spaced" in notice for notice in read(table(sorted(days))).notices)


def test_several_series_below_each_other_are_not_mixed():
    found = read(table(DAYS[:30] * 2))
    assert values(found) == VALUES
    (notice,) = found.notices
    assert notice.startswith("30 rows have a date that came before, as in rows 2 and 32.")
    assert "keep one of them" in notice


def test_a_date_that_cannot_be_read_is_named_and_the_others_still_tell_the_order():
    for days, numbers, n_notices in ((DAYS, VALUES, 1), (DAYS[::-1], VALUES[::-1], 2)):
        found = read(table(days, numbers).replace("1999-12-25", "Christmas"))
        assert values(found) == VALUES
        assert len(found.notices) == n_notices
        assert "holds 'Christmas'. So the lab goes by the order of the rows." in found.notices[0]


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        ("year,month", [(t // 12 + 2000, t % 12 + 1) for t in range(60)]),
        ("Year,Month", [(t // 12 + 2000, ENGLISH.split()[t % 12]) for t in range(60)]),
        ("Year,Period", [(t // 12 + 2000, f"M{t % 12 + 1:02d}") for t in range(60)]),
        ("Jahr,Quartal", [(t // 4 + 2000, t % 4 + 1) for t in range(60)]),
        ("year,quarter", [(t // 4 + 2000, f"Q{t % 4 + 1}") for t in range(60)]),
        ("year,week", [(t // 52 + 2018, t % 52 + 1) for t in range(60)]),
        ("year,doy", [(2019, t + 1) for t in range(60)]),
        ("year,month,day,hour", [(2019, 1, t // 24 + 1, t % 24) for t in range(60)]),
        ("time (s)", [(t / 10,) for t in range(60)]),
        ("unix", [(1_546_300_800 + 60 * t,) for t in range(60)]),
        ("id", [((1_546_300_800 + 60 * t) * 1000,) for t in range(60)]),
        ("Datum", [(43_466 + t,) for t in range(60)]),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_columns_of_numbers_may_tell_the_time(names, parts, turned):
    lines = [",".join(map(str, (*part, value))) for part, value in zip(parts, VALUES, strict=True)]
    found = read("\n".join([f"{names},value", *(lines[::-1] if turned else lines)]))
    assert values(found) == VALUES
    assert len(found.notices) == turned


def test_what_the_order_of_rows_is_taken_from_is_said_where_no_date_is_known():
    lines = [f"Heisei {t},{value}" for t, value in enumerate(VALUES)]
    (notice,) = read("\n".join(["era,value", *lines])).notices
    assert "'Heisei 0' is the oldest, 'Heisei 59' the newest" in notice


def test_dates_written_in_both_ways_do_not_move_rows():
    days = [date(2019, 1, 1) + timedelta(days=t) for t in range(60)]
    written = [f"{day:%d/%m/%Y}" if day.day <= 12 else f"{day:%m/%d/%Y}" for day in days]
    lines = [f"{day},{value}" for day, value in zip(written, VALUES, strict=True)]
    found = read("\n".join(["day,value", *lines]))
    assert values(found) == VALUES
    assert "neither with the day first nor with the month first" in found.notices[0]


def test_hours_in_a_column_of_their_own_belong_to_the_day():
    lines = [f"2019-01-{1 + t // 24:02d};{t % 24}:00;{VALUES[t]}" for t in range(60)]
    found = read("\n".join(["day;time;value", *reversed(lines)]))
    assert values(found) == VALUES
    assert len(found.notices) == 1
