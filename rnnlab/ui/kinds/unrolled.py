"""A network over time as a picture that can be pointed at: a small component of our own."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rnnlab.charts import roles
from rnnlab.kinds.unrolled import Unrolled
from rnnlab.ui.drawing import component

_COMPONENT = component(__file__, "figure")

COLOURS = {
    "input": roles.INPUT,
    "memory": roles.RUNS[4],
    "state": roles.STATE,
    "backward": roles.RUNS[1],
    "output": roles.PREDICTED,
}
HINT = (
    "Tap an answer, or point at it: what lights up is all that it can know of. Or an input: all "
    "that it can change."
)
BY_KEYS = "Tab and the arrow keys go from one to the next."


def draw(unrolled: Unrolled, key: str, title: str) -> None:
    """The picture of a network called `title`."""
    _COMPONENT(key=key, data=_data(unrolled, title))


def _data(unrolled: Unrolled, title: str) -> dict[str, Any]:
    """What the browser gets: the graph, and of each node all that is highlighted with it."""
    nodes = [
        asdict(node)
        | {
            "sentence": unrolled.sentence_of(node.name),
            "ancestors": sorted(unrolled.graph.ancestors(node.name)),
            "descendants": sorted(unrolled.graph.descendants(node.name)),
        }
        for node in unrolled.nodes
    ]
    return {
        "nodes": nodes,
        "edges": list(map(asdict, unrolled.edges)),
        "steps": unrolled.steps,
        "levels": unrolled.n_levels,
        "levelTitles": unrolled.level_titles,
        "colours": COLOURS,
        "hint": HINT,
        "alt": f"{title}, unrolled over {unrolled.steps} steps. {unrolled.sentence} {BY_KEYS}",
    }
