"""A network over time as a picture that can be pointed at: a small component of our own."""

from __future__ import annotations

from typing import Any

from rnnlab.charts import roles
from rnnlab.kinds.unrolled import Unrolled
from rnnlab.ui.component import component

_COMPONENT = component(__file__, "figure")

COLOURS = {
    "input": roles.INPUT,
    "memory": roles.RUNS[4],
    "state": roles.POSITIVE,
    "back": roles.RUNS[3],
    "output": roles.PREDICTED,
}
HINT = (
    "Point at a circle or a box, or go there with Tab and the arrow keys: all that it knows of, "
    "and all that it can change, is lit."
)


def draw(unrolled: Unrolled, key: str, title: str) -> None:
    """The picture of a network called `title`."""
    _COMPONENT(key=key, data=_told(unrolled, title))


def _told(unrolled: Unrolled, title: str) -> dict[str, Any]:
    """As the browser is told."""
    spots = [
        {
            "name": one.name,
            "label": one.label,
            "role": one.role,
            "step": one.step,
            "level": one.level,
            "words": one.words,
            "lit": sorted(unrolled.lit(one.name)),
            "before": sorted(unrolled.reaching(one.name)),
            "after": sorted(unrolled.reached(one.name)),
        }
        for one in unrolled.spots
    ]
    arrows = [{"start": a.start, "end": a.end, "way": a.way} for a in unrolled.arrows]
    return {
        "spots": spots,
        "arrows": arrows,
        "steps": unrolled.steps,
        "levels": unrolled.levels,
        "sides": unrolled.sides,
        "colours": COLOURS,
        "hint": HINT,
        "alt": f"{title}, unrolled over {unrolled.steps} steps. {unrolled.sentence}",
    }
