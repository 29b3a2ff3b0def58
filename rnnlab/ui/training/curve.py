"""The loss curve of a run: it follows the run's stream, so that a point comes without a script."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from rnnlab.bounds import Bounds, meanings
from rnnlab.charts.loss_curve import EarlierCurve, loss_curve
from rnnlab.settings import Settings
from rnnlab.ui.drawing import component
from rnnlab.ui.live_run.bar import STREAM
from rnnlab.ui.live_run.stream import Feed
from rnnlab.ui.training.moments import move

SVG = Path(__file__).with_name("svg.js")
"""What makes the elements of a picture."""

_PARTS = (Path(__file__).with_name(f"curve_{part}.js") for part in ("lines", "cursor"))
_COMPONENT = component(__file__, "loss-curve", STREAM, SVG, *_PARTS, height=385)

KEY = "loss_curve"

PASSED = (
    "◇ is where the curve reached a line or came past it. Touch a line's name to see what it means."
)
FIRST_LARGE = "The first updates have the most room, for most is learnt in them."
ALL_EQUAL = "All updates have equal room."
GO_BACK = "Drag along the curve to see the network as it was then."
BY_KEYS = " The arrow keys read a point, and Enter shows the network as it was there."


def draw(
    settings: Settings,
    bounds: Bounds,
    feed: Feed[Any] | None,
    *,
    log: bool,
    even: bool,
    alt: str,
    earlier: Sequence[EarlierCurve] = (),
    moments: Sequence[int] = (),
    moment: int | None = None,
) -> None:
    """The curve, or the empty picture of what theory allows.

    Its points come by the stream, or with the picture where no stream comes through. `earlier`
    curves lie pale beneath it. `moments` are the updates after which the network can be looked at,
    and `moment` the one that is; a click or a drag moves it.
    """
    size, words = (settings.updates_per_epoch, settings.epochs), meanings(bounds, settings)
    picture = loss_curve(bounds, *size, log=log, even=even, meanings=words, earlier=earlier)
    room = FIRST_LARGE if picture["x"]["log"] else ALL_EQUAL
    picture |= {"stream": feed and feed.source, "rows": feed and feed.rows(), "moment": moment}
    if moment is None:
        picture |= {"alt": alt, "hint": f"{room} {PASSED}", "moments": None}
    else:
        picture |= {"alt": alt + BY_KEYS, "hint": f"{GO_BACK} {PASSED}", "moments": list(moments)}
    _COMPONENT(
        key=KEY,
        data=picture,
        on_moment_change=lambda: move(st.session_state[KEY].moment, moments),
    )
