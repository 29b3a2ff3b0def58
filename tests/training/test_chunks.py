"""When a run tells something."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, example, given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.settings import Settings
from rnnlab.training import architecture
from rnnlab.training.chunks import POINTS, WORK_PER_CHUNK, ends


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
    found = ends(settings, capacity)
    sizes = [after - before for before, after in pairwise([0, *found])]
    assert min(sizes) > 0
    assert found[-1] == settings.updates
    assert max(sizes) <= capacity
    assert max(sizes) == 1 or max(sizes) * settings.work_per_update <= WORK_PER_CHUNK
    assert found[0] == 1, "a run begins with a tiny chunk"
    if settings.epochs <= POINTS:
        n = settings.updates_per_epoch
        assert set(found) >= {n * epoch for epoch in range(1, settings.epochs + 1)}


@given(any_settings())
def test_a_curve_has_some_hundred_points_if_there_are_as_many_updates(settings):
    found = ends(settings, 10**9)
    assert len(found) >= min(settings.updates, POINTS)
    if settings.updates * settings.work_per_update < WORK_PER_CHUNK:
        assert len(found) <= 850


def test_the_first_chunks_double_and_the_first_epoch_has_more_of_them():
    settings = Settings(rows=10, length=20_000, window=5, epochs=10)  # 4,000 updates an epoch
    found = ends(settings, 1024)
    assert found[:6] == [1, 3, 7, 15, 31, 63]
    in_first = sum(end <= 4000 for end in found)
    in_second = sum(4000 < end <= 8000 for end in found)
    assert in_second == 25
    assert in_first > 1.5 * in_second


def test_a_small_capacity_makes_small_chunks():
    assert ends(Settings(rows=10, length=100, window=10, epochs=1), 1) == [*range(1, 11)]
