"""The loss curve of a run: it follows the run's stream, so that a point comes without a script."""

from __future__ import annotations

from typing import Any

from rnnlab.bounds import Bounds
from rnnlab.charts.loss_curve import loss_curve
from rnnlab.settings import Settings
from rnnlab.ui.drawing import component
from rnnlab.ui.live_run.bar import STREAM
from rnnlab.ui.live_run.stream import Feed

_COMPONENT = component(__file__, "loss", STREAM)


def draw(
    settings: Settings, bounds: Bounds, feed: Feed[Any] | None, *, epochs: int, log: bool, alt: str
) -> None:
    """The curve over the first `epochs` epochs, or the empty picture of what theory allows.

    Its points come by the stream, or with the picture where no stream comes through.
    """
    picture = loss_curve(bounds, settings.updates_per_epoch, epochs, log=log)
    _COMPONENT(
        key="loss_curve",
        data={**picture, "stream": feed and feed.source, "rows": feed and feed.rows(), "alt": alt},
    )
