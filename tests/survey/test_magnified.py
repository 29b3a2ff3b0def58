"""One window magnified: its bits, its links, and what the edge cuts."""

from __future__ import annotations

import pytest

from rnnlab.errors import SettingError
from rnnlab.rules.layout import into_rows, into_windows
from rnnlab.settings import Settings
from rnnlab.survey.cut import ABOVE, EARLIER, INSIDE, NOWHERE
from rnnlab.survey.magnified import MOST_STEPS, magnified, missing_sentence
from rnnlab.survey.strip import series_of


def small(rule: str = "pair", window: int = 5, **parameters: int) -> Settings:
    return Settings(rule=rule, parameters=parameters, rows=4, length=100, window=window)


@pytest.mark.parametrize("row", [0, 3])
@pytest.mark.parametrize("window", [0, 1, 19])
def test_its_bits_are_those_of_the_batch(row, window):
    settings = small()
    series = series_of(settings)
    shown = [one for one in magnified(settings, row, window).places if one.in_window]
    for name, bits in (("x", series.inputs), ("y", series.targets)):
        batch = into_windows(into_rows(bits, 4), 5)[window, row]
        assert [getattr(one, name) for one in shown] == batch.tolist()


def test_before_the_edge_stand_the_causes_and_nothing_more():
    shown = magnified(small(lag=3), 2, 1)  # lags 3 and 4: four places before the window
    before = [one for one in shown.places if not one.in_window]
    assert [one.place for one in before] == [1, 2, 3, 4]
    assert [one.t for one in before] == [201, 202, 203, 204]


@pytest.mark.parametrize(
    ("row", "window", "fates"),
    [
        (0, 0, [NOWHERE, NOWHERE, INSIDE, INSIDE, INSIDE]),
        (1, 0, [ABOVE, ABOVE, INSIDE, INSIDE, INSIDE]),
        (1, 1, [EARLIER, EARLIER, INSIDE, INSIDE, INSIDE]),
    ],
)
def test_the_worst_cause_of_each_target_on_paper(row, window, fates):
    assert list(magnified(small(), row, window).fates().values()) == fates


def test_before_the_series_there_are_no_bits():
    places = magnified(small(), 0, 0).places
    assert [(one.t, one.x) for one in places[:2]] == [(-2, None), (-1, None)]


def test_every_target_has_a_link_to_each_cause():
    shown = magnified(small("lags"), 1, 3)
    assert len(shown.links) == 5 * 2
    assert {(one.target - one.cause) for one in shown.links} == {3, 8}


def test_of_a_long_window_the_beginning_is_shown():
    shown = magnified(small(window=50), 1, 1)
    assert sum(one.in_window for one in shown.places) == MOST_STEPS
    assert shown.hidden == 50 - MOST_STEPS


@pytest.mark.parametrize(("row", "window"), [(4, 0), (0, 20), (-1, 0)])
def test_a_window_that_is_not_there_is_refused(row, window):
    with pytest.raises(SettingError, match="4 rows of 20 windows"):
        magnified(small(), row, window)


@pytest.mark.parametrize(
    ("settings", "row", "window", "carried", "words"),
    [
        (small(), 1, 1, True, "its first 2 targets lose a cause beyond it; the carried state"),
        (small(), 1, 1, False, "no state is carried over it, but no gradient crosses it"),
        (small(), 1, 0, True, "Here a row begins: its first 2 targets lose a cause"),
        (small("echo", delay=1), 1, 1, True, "its first target loses a cause"),
        (small("own", expression="x[t]"), 1, 1, True, "Every target in this window has all"),
        (small("pair", lag=6), 1, 2, True, "all 5 targets shown lose a cause"),
        (small("lags"), 1, 1, True, "3 of them have a cause left of the beginning of the row"),
    ],
)
def test_the_edge_of_this_very_window_is_told(settings, row, window, carried, words):
    assert words in missing_sentence(magnified(settings, row, window), carried)
