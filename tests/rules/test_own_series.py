"""A user's own series: kept as it came, standardised for the network, and cut without a leak."""

from __future__ import annotations

import pickle
from statistics import fmean, pstdev

import numpy as np
import pytest

from rnnlab.errors import SettingError
from rnnlab.rules.own_series import OwnSeries
from rnnlab.rules.series import OwnSeriesRule
from tests.rules.cases import wobble

SERIES = OwnSeriesRule()
TOO_SMALL = [1e9 + t % 3 for t in range(60)]
LATE = [0.0] * 54 + [1.0] * 6


def test_a_series_keeps_its_values_as_single_precision():
    own = OwnSeries.of("mine", range(50))
    assert own.array.dtype == np.float32
    assert own.array.tolist() == list(range(50))
    assert own.values[4:8] == b"\x00\x00\x80\x3f"  # 1.0, the low byte first
    with pytest.raises(ValueError, match="read-only"):
        own.array[0] = 7


def test_a_series_is_a_value_that_travels():
    own = wobble()
    assert own == wobble()
    assert hash(own) == hash(wobble())
    assert own != wobble(399)
    held = pickle.loads(pickle.dumps(OwnSeriesRule(own)))
    assert held.own == own


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (range(49), "'mine' must have 50 to 20,000 values, but it has 49."),
        (range(20_001), "'mine' must have 50 to 20,000 values, but it has 20,001."),
        ([2.5] * 60, "All values of 'mine' are 2.5: there is nothing to learn."),
        (
            [float("nan"), *range(60)],
            "The values of 'mine' must be numbers between -3.40282e+38 and 3.40282e+38.",
        ),
        (
            [1e39, *range(60)],
            "The values of 'mine' must be numbers between -3.40282e+38 and 3.40282e+38.",
        ),
        (
            LATE,
            "The first nine tenths of 'mine', which the network learns from, hardly change: "
            "there is nothing to learn.",
        ),
        (
            TOO_SMALL,
            "The values of 'mine' differ too little for their size: "
            "take the same number away from all of them first.",
        ),
    ],
)
def test_a_series_that_cannot_be_learnt_is_refused(values, sentence):
    with pytest.raises(SettingError) as refusal:
        OwnSeries.of("mine", values)
    assert str(refusal.value) == sentence


def test_the_rule_asks_for_a_file_where_it_has_none():
    for call in (
        lambda: SERIES.samples(5),
        lambda: SERIES.n_samples(5),
        lambda: SERIES.baselines(5),
        lambda: SERIES.train_test_values(),
        lambda: SERIES.updates_per_epoch(32, 2000, 5),
        lambda: SERIES.scale,
        lambda: SERIES.centre,
    ):
        with pytest.raises(SettingError) as refusal:
            call()
        assert (
            str(refusal.value)
            == "Upload a file of numbers first, and choose what the lab asks about it."
        )
    assert SERIES.shape(7) == (7, 1)
    assert "series.txt" in SERIES.numpy_code()


@pytest.mark.parametrize(("n_values", "n_test"), [(50, 5), (59, 5), (60, 6), (400, 40)])
def test_the_last_tenth_is_the_test_and_every_value_of_it_a_target(n_values, n_test):
    own = wobble(n_values)
    held = OwnSeriesRule(own)
    for window in (1, 5, 30):
        samples = held.samples(window)
        said = samples.test_targets * held.scale + held.centre
        assert said == pytest.approx(own.array[-n_test:], abs=1e-4)
        assert len(samples.targets) == n_values - n_test - window
        before = samples.test_inputs[0, :, 0] * held.scale + held.centre
        assert before == pytest.approx(own.array[-n_test - window : -n_test], abs=1e-4)


def test_the_values_for_training_have_mean_0_and_deviation_1():
    own = wobble()
    held = OwnSeriesRule(own)
    learnt = own.array[:360].tolist()
    assert held.centre == pytest.approx(fmean(learnt))
    assert held.scale == pytest.approx(pstdev(learnt))
    train, _ = held.train_test_values()
    assert fmean(train.tolist()) == pytest.approx(0, abs=1e-6)
    assert pstdev(train.tolist()) == pytest.approx(1, abs=1e-6)


def test_the_test_does_not_change_what_is_learnt():
    own = wobble()
    other = OwnSeries.of("wobble", [*own.array[:360], *([1000.0] * 40)])
    mine, theirs = OwnSeriesRule(own).samples(6), OwnSeriesRule(other).samples(6)
    np.testing.assert_array_equal(mine.inputs, theirs.inputs)
    np.testing.assert_array_equal(mine.targets, theirs.targets)


def test_the_unit_of_the_user_does_not_matter():
    celsius = wobble()
    fahrenheit = OwnSeries.of("wobble", celsius.array.astype(float) * 1.8 + 32)
    mine, theirs = OwnSeriesRule(celsius), OwnSeriesRule(fahrenheit)
    np.testing.assert_allclose(mine.samples(6).inputs, theirs.samples(6).inputs, atol=1e-5)
    assert mine.baselines(6) == pytest.approx(theirs.baselines(6), rel=1e-4)
    assert theirs.scale == pytest.approx(1.8 * mine.scale)


def by_loops(train: list[float], test: list[float]) -> dict[str, float]:
    """The baselines in plain Python; the recurrence by its two normal equations."""
    pairs = list(zip(train[1:-1], train[:-2], train[2:], strict=True))
    uu = sum(u * u for u, _, _ in pairs)
    uv = sum(u * v for u, v, _ in pairs)
    vv = sum(v * v for _, v, _ in pairs)
    uz = sum(u * z for u, _, z in pairs)
    vz = sum(v * z for _, v, z in pairs)
    a = (uz * vv - vz * uv) / (uu * vv - uv * uv)
    b = (vz * uu - uz * uv) / (uu * vv - uv * uv)
    series = train[-2:] + test
    places = range(2, len(series))
    return {
        "always the mean": fmean((z - fmean(train)) ** 2 for z in test),
        "same as last value": fmean((series[t] - series[t - 1]) ** 2 for t in places),
        "two-term recurrence": fmean(
            (series[t] - a * series[t - 1] - b * series[t - 2]) ** 2 for t in places
        ),
    }


def test_the_baselines_are_those_of_plain_loops():
    held = OwnSeriesRule(wobble())
    train, test = (part.tolist() for part in held.train_test_values())
    assert held.baselines(8) == pytest.approx(by_loops(train, test), rel=1e-4)


def test_the_order_of_the_baselines_is_that_of_their_errors_not_of_habit():
    # Of white noise the last value says nothing: it doubles the error of who says the mean.
    noise = np.random.default_rng(3).normal(size=5_000)
    baselines = OwnSeriesRule(OwnSeries.of("noise", noise)).baselines(5)
    assert next(iter(baselines)) == "same as last value"
    assert baselines["same as last value"] / baselines["always the mean"] == pytest.approx(
        2, abs=0.3
    )


def test_a_window_longer_than_the_values_for_training_is_refused():
    held = OwnSeriesRule(wobble(60))  # 54 for training
    assert held.n_samples(53) == 1
    with pytest.raises(SettingError, match=r"between 1 and 53 values.* but it is 54"):
        held.samples(54)


def test_the_text_of_a_series_is_one_value_a_line():
    text = OwnSeries.of("mine", [0.1, -2.5, *range(48)]).text
    assert text.splitlines()[:3] == ["0.1", "-2.5", "0.0"]
    assert len(text.splitlines()) == 50
