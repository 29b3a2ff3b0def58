"""Inside a language model: the one-hot word, its embedding, the states, and a map of all words."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.elements import (
    Chart,
    by_name,
    fixed,
    layered,
    legend_above,
    table_chart,
    tooltips,
)
from rnnlab.charts.heat_map import diverging_colour

CELL, LEGEND, AXIS = 22, 70, 60
STRIP = 36

CHOSEN, NEAR, OTHER = "your word", "nearest to it", "others"
COLOURS = {CHOSEN: roles.TARGET, NEAR: roles.INPUT, OTHER: roles.TRUTH}
SHAPES = {CHOSEN: "diamond", NEAR: "triangle-up", OTHER: "circle"}
SIZES = {CHOSEN: 120, NEAR: 60, OTHER: 30}

MAP_HEIGHT, MAP_PADDING = 560, 40
SCREEN, PHONE, NARROW = 900.0, 300.0, 560
"""Pixels: how wide the map is at least on either, and below which width it is a phone's."""

LETTER, LINE, DOT, LABEL_GAP = 6.0, 13.0, 2.5, 6
"""Pixels: a letter's width, a line's height, a point's radius, and from its middle to its name."""


def one_hot_chart(vocabulary: int, word: str, number: int) -> Chart:
    """A strip with a cell for each number of the dictionary, of which one is 1.

    The chart of a `one_hot_table`.
    """
    base = table_chart().encode(
        x=alt.X(
            "left:Q",
            title=f"{vocabulary:,} numbers: all 0, but number {number} is 1",
            scale=fixed(0, vocabulary),
            axis=alt.Axis(format="d", grid=False),
        )
    )
    cells = base.mark_rect(color=roles.INPUT, stroke=roles.INPUT).encode(
        x2="right:Q",
        opacity=alt.condition("datum.value > 0", alt.value(1), alt.value(0.15)),
        tooltip=tooltips(("number:Q", "number"), ("value:Q", "value")),
    )
    on_the_left = number > vocabulary / 2
    label = base.transform_filter("datum.value > 0").mark_text(
        align="right" if on_the_left else "left",
        dx=-6 if on_the_left else 14,
        fontSize=13,
        color=roles.INK,
    )
    label = label.encode(text=alt.value(f"{word} = {number}"))
    return layered(cells, label, height=STRIP + AXIS)


def one_hot_table(vocabulary: int, number: int) -> pd.DataFrame:
    """One row for each run of equal numbers: left, right, number, value."""
    runs = [(0, number, 0), (number, number + 1, 1), (number + 1, vocabulary, 0)]
    rows = [(left, right, left, value) for left, right, value in runs if right > left]
    return pd.DataFrame(rows, columns=["left", "right", "number", "value"])


def embedding_chart(n_numbers: int, limit: float, title: str) -> Chart:
    """The numbers that stand for a word, as bars up and down; the chart of an `embedding_table`."""
    colour = alt.condition("datum.value > 0", alt.value(roles.POSITIVE), alt.value(roles.NEGATIVE))
    bars = (
        table_chart()
        .mark_bar()
        .encode(
            x=alt.X(
                "place:O",
                title=title,
                scale=alt.Scale(domain=list(range(1, n_numbers + 1))),
                axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False),
            ),
            y=alt.Y(
                "value:Q", title="Value", scale=fixed(-limit, limit), axis=alt.Axis(tickCount=3)
            ),
            color=colour,
            tooltip=tooltips(("place:O", "place"), ("value:Q", "value", ".4f")),
        )
    )
    return layered(bars, height=90 + AXIS)


def embedding_table(values: NDArray[np.floating]) -> pd.DataFrame:
    """One row a number: place (from 1), value."""
    return pd.DataFrame({"place": np.arange(1, len(values) + 1), "value": values.astype(float)})


def word_states_chart(words: tuple[str, ...], n_units: int) -> Chart:
    """A column for each unit and a line for each word, as shades from -1 to 1.

    The chart of a `word_states_table`; the word that is looked at has a mark.
    """
    base = table_chart().encode(
        x=alt.X(
            "unit:O",
            title="Unit",
            scale=alt.Scale(domain=list(range(1, n_units + 1))),
            axis=alt.Axis(labelOverlap=True, labelAngle=0, ticks=False),
        ),
        y=alt.Y(
            "place:O",
            title=None,
            scale=alt.Scale(domain=list(range(len(words)))),
            axis=alt.Axis(
                labelExpr=f"{list(words)}[datum.value]",
                labelFontSize=13,
                labelOverlap=False,
                ticks=False,
            ),
        ),
        tooltip=tooltips(("word:N", "After"), ("unit:O", "Unit"), ("value:Q", "State", ".3f")),
    )
    cells = base.mark_rect().encode(color=diverging_colour(1.0, "State"))
    mark = base.transform_filter("datum.selected && datum.unit == 1").mark_tick(
        color=roles.INK, thickness=4, orient="vertical", xOffset=-8
    )
    return layered(cells, mark, height=CELL * len(words) + LEGEND + AXIS)


def word_states_table(
    words: Sequence[str], states: NDArray[np.floating], selected: int
) -> pd.DataFrame:
    """One row a cell of states (words, units): place, word, unit (from 1), value, selected."""
    place, unit = np.indices(states.shape).reshape(2, -1)
    return pd.DataFrame(
        {
            "place": place,
            "word": np.array(list(words), object)[place],
            "unit": unit + 1,
            "value": states.ravel().astype(float),
            "selected": place == selected,
        }
    )


def word_map_chart(share: tuple[float, float]) -> Chart:
    """All words in two dimensions: those that stand for numbers alike lie together.

    The chart of a `word_map_table`. `share` is how much of all differences each direction shows.
    """
    scale = alt.Scale(nice=False, zero=False, padding=MAP_PADDING)
    axis = alt.Axis(labels=False, ticks=False, gridOpacity=0.3)
    first = f"First direction ({share[0]:.0%} of the differences)"
    second = f"Second direction ({share[1]:.0%})"
    base = table_chart().encode(
        x=alt.X("x:Q", title=first, scale=scale, axis=axis),
        y=alt.Y("y:Q", title=second, scale=scale, axis=axis),
        color=alt.Color("kind:N", scale=by_name(COLOURS), legend=legend_above()),
        tooltip=tooltips(
            ("word:N", "Word"), ("number:Q", "Number"), ("count:Q", "Times read", ",")
        ),
    )
    points = base.mark_point(filled=True, opacity=0.9).encode(
        shape=alt.Shape("kind:N", scale=by_name(SHAPES), legend=legend_above()),
        size=alt.Size("kind:N", scale=by_name(SIZES), legend=None),
    )
    words = (
        base.transform_calculate(named=f"width < {NARROW} ? datum.on_a_phone : datum.on_a_screen")
        .mark_text(align="left", dx=LABEL_GAP, fontSize=12, color=roles.INK)
        .encode(text="named:N", color=alt.value(roles.INK))
    )
    return layered(points, words, height=MAP_HEIGHT)


def names_with_room(
    words: Sequence[str], places: NDArray[np.float64], order: Sequence[int], width: float
) -> list[bool]:
    """Whether each word's name fits beside its point on a map so wide, the first in `order` first.

    A name lies neither on another one nor on any point; the first in `order` has its name anyway.
    """
    low, spread = places.min(axis=0), np.ptp(places, axis=0)
    inside = np.array([width, MAP_HEIGHT]) - 2 * MAP_PADDING
    x, y = (MAP_PADDING + (places - low) / np.where(spread > 0, spread, 1) * inside).T
    left, right = x + LABEL_GAP, x + LABEL_GAP + LETTER * np.array([_letters(w) for w in words])
    named: list[int] = []
    for word in order:
        beside = np.abs(y - y[word]) < LINE / 2 + DOT
        on_points = beside & (x + DOT > left[word]) & (x - DOT < right[word])
        on_points[word] = False
        lines = np.abs(y[named] - y[word]) < LINE
        on_names = lines & (left[named] < right[word]) & (left[word] < right[named])
        if not named or not (on_points.any() or on_names.any() or right[word] > width):
            named.append(word)
    return [word in named for word in range(len(words))]


def _letters(word: str) -> int:
    """How wide a word is: a Chinese character takes the room of two letters."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in word)


def word_map_table(
    words: Sequence[str],
    numbers: Sequence[int],
    counts: Sequence[int],
    places: NDArray[np.float64],
    chosen: int,
    near: Collection[int],
) -> pd.DataFrame:
    """One row a word: word, number, count, x, y, kind; `chosen` and `near` are word numbers.

    `on_a_screen` and `on_a_phone` are the word again where its name has room beside its point.
    """
    kinds = [
        CHOSEN if number == chosen else NEAR if number in near else OTHER for number in numbers
    ]
    order = sorted(
        range(len(words)), key=lambda word: (list(SHAPES).index(kinds[word]), -counts[word])
    )
    named = {
        name: [word if free else "" for word, free in zip(words, room, strict=True)]
        for name, width in (("on_a_screen", SCREEN), ("on_a_phone", PHONE))
        for room in (names_with_room(words, places, order, width),)
    }
    return pd.DataFrame(
        {
            "word": list(words),
            **named,
            "number": list(numbers),
            "count": list(counts),
            "x": places[:, 0],
            "y": places[:, 1],
            "kind": kinds,
        }
    )
