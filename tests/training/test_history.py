"""What a run reports, and when: chunks, snapshots, means, the end, and what ends it early."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from rnnlab.engine import Chunk
from rnnlab.errors import SettingError, TrainingError
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings
from rnnlab.training import architecture
from rnnlab.training.history import POINTS, PRODUCTS_PER_CHUNK, History, chunk_ends

LONG = Settings(rows=1, length=20_000, window=5, epochs=25)  # 100,000 updates
HEAVY = Settings(rows=2, units=64, layers=3, cell="lstm", length=20_000, window=10, epochs=2)
WEIGHTS = {"dense_bias": np.ones(2, np.float32)}


def chunk(updates: int, networks: int = 1, loss: float = 0.5) -> Chunk:
    losses = np.full((updates, networks), loss, np.float32)
    return Chunk(losses, 1 - losses, np.zeros((1, 5), np.float32))


def events_of(settings: Settings, chunks: int) -> list[TrainingProgress]:
    """A run reported in equal chunks."""
    history, size = History(Plan(settings), [], []), settings.updates // chunks
    return [
        history.record(size * number, chunk(size), WEIGHTS, None) for number in range(1, chunks + 1)
    ]


def test_there_are_about_fifty_snapshots_most_of_them_early():
    events = events_of(LONG, 500)
    shot = [event.step / LONG.updates for event in events if event.snapshot]
    assert 40 <= len(shot) <= 51
    assert shot[-1] == 1, "the end is among them"
    assert shot[0] < 0.01
    assert np.median(shot) < 0.3
    gaps = np.diff(shot)
    assert gaps[-5:].mean() > 3 * gaps[:5].mean()


def test_a_run_of_few_chunks_has_a_snapshot_of_each():
    assert all(event.snapshot for event in events_of(LONG, 20))


def test_the_snapshots_of_a_large_network_weigh_no_more_than_four_megabytes():
    # Three LSTM layers of 64 units: (1 + 64 + 1) and 2 x (64 + 64 + 1) rows of 4 x 64 weights.
    parameters = 256 * (66 + 2 * 129) + 65 * 2
    shot = sum(event.snapshot for event in events_of(HEAVY, 500))
    assert 2 <= shot <= 4e6 / (4 * parameters)
    assert shot > 5


@given(st.integers(1, 400), st.integers(0, 50), st.integers(1, 2000))
def test_moments_are_as_many_as_there_should_be_and_the_end_is_one(size, n_moments, until):
    settings = Settings(rows=1, length=2000, window=1, epochs=1)
    history, moments = History(Plan(settings, until=until), [], []), []
    for start, end in pairwise([0, *range(size, until, size), until]):
        moments.append(history.is_moment(end, n_moments))
        history.record(end, chunk(end - start), WEIGHTS, None)
    assert sum(moments) <= n_moments + 1
    assert moments[-1] == (n_moments > 0)


def test_a_point_is_about_its_own_chunk():
    settings = Settings(networks=2, rows=1, length=100, window=10, epochs=2)
    history = History(Plan(settings, rates=((4, 1.0),)), [], [])
    losses = np.array([[1, 2], [3, 4], [5, 6], [7, 12]], np.float32)
    uneven = Chunk(losses, losses / 12, np.zeros((1, 10), np.float32))
    event = history.record(4, uneven, WEIGHTS, None)
    assert (event.step, event.steps, event.epoch) == (4, 20, 1)
    assert (event.losses, event.loss, event.max_loss) == ((4, 6), 5, 12)
    assert event.accuracy == pytest.approx(5 / 12)
    assert event.learning_rate == 0.01
    event = history.record(11, chunk(7, 2), WEIGHTS, None)
    assert (event.epoch, event.learning_rate) == (2, 1.0)
    assert event.history is None


def test_the_end_of_a_plan_has_the_history_up_to_there():
    settings = Settings(rows=1, length=100, window=10, epochs=2)
    history = History(Plan(settings, until=7), [], [])
    history.record(3, chunk(3, loss=0.25), WEIGHTS, None)
    event = history.record(7, chunk(4, loss=0.75), WEIGHTS, None)
    np.testing.assert_array_equal(event.history["loss"][:, 0], [0.25] * 3 + [0.75] * 4)
    np.testing.assert_array_equal(event.history["accuracy"][:, 0], [0.75] * 3 + [0.25] * 4)
    assert set(event.parts) == {"data", "compile", "updates"}
    assert history.events[-1].history is None, "what is reported again is brief"


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_the_update_at_which_one_of_the_networks_ran_away_is_named(bad):
    settings = Settings(networks=3, rows=1, length=20_000, window=1, epochs=1, learning_rate=0.5)
    history = History(Plan(settings), [], [])
    history.record(1200, chunk(1200, 3), WEIGHTS, None)
    lost = chunk(50, 3)
    lost.losses[33:, 2] = bad
    with pytest.raises(TrainingError, match=r"At update 1,234 the loss .* below 0\.5, clip"):
        history.record(1250, lost, WEIGHTS, None)


def test_weights_that_are_no_numbers_end_a_run_too():
    history = History(Plan(LONG), [], [])
    with pytest.raises(TrainingError, match="At update 7 the loss stopped"):
        history.record(7, chunk(7), {"dense_bias": np.array([1, np.nan], np.float32)}, None)


@st.composite
def any_settings(draw: st.DrawFn) -> Settings:
    """Settings of all sizes that the lab allows."""
    values = {
        "rule": draw(st.sampled_from(["pair", "toy", "sine"])),
        "cell": draw(st.sampled_from(["simple_rnn", "lstm"])),
        "rows": draw(st.integers(1, 500)),
        "length": draw(st.integers(100, 20_000)),
        "window": draw(st.integers(1, 100)),
        "units": draw(st.integers(1, 64)),
        "layers": draw(st.integers(1, 3)),
        "networks": draw(st.integers(1, 16)),
        "epochs": draw(st.one_of(st.integers(1, 20), st.integers(1, 5000))),
    }
    try:
        return Settings.of(values)
    except SettingError:
        assume(False)
        raise


@given(any_settings())
@example(Settings(rows=1, length=100, window=100, epochs=1))
@example(Settings(rows=1, length=100, window=100, epochs=2))
@example(Settings(rows=1, length=100, window=50, epochs=250))
@example(Settings(rows=1, length=100, window=50, epochs=251))
@example(Settings(rows=1, length=20_000, window=1, epochs=25, units=1))
@example(Settings(rows=500, length=20_000, window=100, epochs=2, units=64))
def test_chunks_end_one_after_the_other_and_never_hold_too_much(settings):
    capacity = architecture(settings).capacity
    ends = chunk_ends(settings, capacity)
    sizes = [after - before for before, after in pairwise([0, *ends])]
    assert min(sizes) > 0
    assert ends[-1] == settings.updates
    assert max(sizes) <= capacity
    assert max(sizes) == 1 or max(sizes) * settings.work_per_update <= PRODUCTS_PER_CHUNK
    assert ends[0] == 1, "a run begins with a tiny chunk"
    if settings.epochs <= POINTS:
        n = settings.updates_per_epoch
        assert set(ends) >= {n * epoch for epoch in range(1, settings.epochs + 1)}


@given(any_settings())
def test_a_curve_has_some_hundred_points_if_there_are_as_many_updates(settings):
    ends = chunk_ends(settings, 10**9)
    assert len(ends) >= min(settings.updates, POINTS)
    if settings.updates * settings.work_per_update < PRODUCTS_PER_CHUNK:
        assert len(ends) <= 850


def test_the_first_chunks_double_and_the_first_epoch_has_more_of_them():
    settings = Settings(rows=10, length=20_000, window=5, epochs=10)  # 4,000 updates an epoch
    ends = chunk_ends(settings, 1024)
    assert ends[:6] == [1, 3, 7, 15, 31, 63]
    in_first = sum(end <= 4000 for end in ends)
    in_second = sum(4000 < end <= 8000 for end in ends)
    assert in_second == 25
    assert in_first > 1.5 * in_second


def test_a_small_capacity_makes_small_chunks():
    assert chunk_ends(Settings(rows=10, length=100, window=10, epochs=1), 1) == [*range(1, 11)]
