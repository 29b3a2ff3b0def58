"""What a visitor keeps from page to page: covered answers, the class board, the projector."""

from __future__ import annotations

from rnnlab.ui import cover, projector
from rnnlab.ui.class_board import joined


def link() -> None:
    """Keep it in the address of every page."""
    cover.link()
    joined.link()
    projector.link()


def carried() -> dict[str, str]:
    """What every link within the lab says, so that it is kept."""
    return cover.query() | joined.query() | projector.query()
