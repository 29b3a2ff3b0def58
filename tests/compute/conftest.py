from collections.abc import Callable, Iterator
from functools import partial

import pytest

from rnnlab.compute import JobStore
from rnnlab.compute.cluster import connect


@pytest.fixture(scope="module")
def store() -> Iterator[JobStore]:
    """A store with an embedded cluster, for tests that leave it whole.

    It ends with its module: even an idle cluster takes some percent of a core.
    """
    store = JobStore(partial(connect, warm=None))
    yield store
    store.close()


@pytest.fixture
def new_store() -> Iterator[Callable[..., JobStore]]:
    """Makes stores of one's own, to be broken."""
    stores = []

    def make(**options: object) -> JobStore:
        stores.append(JobStore(partial(connect, warm=None), **options))
        return stores[-1]

    yield make
    for store in stores:
        store.close()
