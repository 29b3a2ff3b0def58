from collections.abc import Callable, Iterator
from functools import partial

import pytest

from rnnlab.compute import Board
from rnnlab.compute.cluster import connect


@pytest.fixture(scope="module")
def board() -> Iterator[Board]:
    """A board with an embedded cluster, for tests that leave it whole.

    It ends with its module: even an idle cluster takes some percent of a core.
    """
    board = Board(partial(connect, warm=None))
    yield board
    board.close()


@pytest.fixture
def new_board() -> Iterator[Callable[..., Board]]:
    """Makes boards of one's own, to be broken."""
    boards = []

    def make(**options: object) -> Board:
        boards.append(Board(partial(connect, warm=None), **options))
        return boards[-1]

    yield make
    for board in boards:
        board.close()
