"""Several networks on as many cores as are free: each once, in their order, never too many."""

from collections.abc import Iterator
from threading import Barrier, get_ident

import pytest

from rnnlab.engine.side_by_side import MOST, side_by_side
from rnnlab.progress import spare_cores


@pytest.fixture
def free(request: pytest.FixtureRequest) -> Iterator[int]:
    before = spare_cores.set(lambda: request.param)
    yield request.param
    spare_cores.reset(before)


@pytest.mark.usefixtures("free")
@pytest.mark.parametrize("free", [0, 1, 2, 100], indirect=True)
@pytest.mark.parametrize("n", [1, 2, 7, 16])
def test_each_gives_its_result_in_its_place(n):
    assert side_by_side(lambda one: one * one, range(n)) == [one * one for one in range(n)]


@pytest.mark.parametrize("free", [1, 2], indirect=True)
def test_so_many_compute_at_the_same_time_as_cores_are_free(free):
    together = Barrier(1 + free, timeout=30)
    threads = side_by_side(lambda _: (together.wait(), get_ident())[1], range(2 * (1 + free)))
    assert len(set(threads)) == 1 + free


@pytest.mark.parametrize("free", [0, 100], indirect=True)
def test_never_more_than_memory_is_counted_for_and_alone_in_its_own_thread(free):
    threads = set(side_by_side(lambda _: get_ident(), range(50)))
    assert len(threads) <= (MOST if free else 1)
    assert get_ident() in threads


@pytest.mark.usefixtures("free")
@pytest.mark.parametrize("free", [1], indirect=True)
@pytest.mark.parametrize("bad", [0, 1])
def test_what_one_raises_is_raised(bad):
    def fail(one: int) -> None:
        if one == bad:
            raise ArithmeticError(one)

    with pytest.raises(ArithmeticError):
        side_by_side(fail, range(4))
