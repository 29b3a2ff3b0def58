"""A long text in pieces, because a pattern holds the interpreter until it has gone over its text.

Between two pieces the other visitors of the server get their turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable

SIZE = 50_000
"""Characters of a piece, and a few more; a pattern takes some milliseconds for them."""


def in_pieces(rest: str) -> Callable[[str], list[tuple[int, int]]]:
    """What says where the pieces of a text begin and end, in time linear in its length.

    `rest` is the pattern of what still belongs to a piece after `SIZE` characters, perhaps nothing.
    """
    piece = re.compile(f"(?s:.{{1,{SIZE}}}){rest}")
    return lambda text: [match.span() for match in piece.finditer(text)]
