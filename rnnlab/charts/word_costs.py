"""What each word of a sentence cost: -ln of the chance that it was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.next_words import COLOURS, WHO
from rnnlab.charts.table import FURNITURE, TABLE

SHAPES = {"network": "circle", "true": "stroke", "trigram": "triangle-up", "bigram": "diamond"}
HEIGHT = 150


def word_costs_chart(
    words: tuple[str, ...], who: tuple[str, ...]
) -> alt.LayerChart | alt.FacetChart:
    """Up: nats that each word cost, word by word; the chart of a `word_costs_table`."""
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X(
            "place:O",
            title=None,
            scale=alt.Scale(domain=list(range(len(words)))),
            axis=alt.Axis(
                labelExpr=f"{list(words)}[datum.value]",
                labelAngle=-45,
                labelFontSize=13,
                labelOverlap=False,
                ticks=False,
            ),
        ),
        y=alt.Y("cost:Q", title="Cost (nats)", axis=alt.Axis(format=".2~f", tickCount=5)),
        color=alt.Color(
            "who:N",
            scale=alt.Scale(domain=list(who), range=[COLOURS[WHO.index(one)] for one in who]),
            legend=alt.Legend(title=None, orient="top", columns=4),
        ),
        tooltip=[
            alt.Tooltip("word:N", title="Word"),
            alt.Tooltip("who:N", title="Who"),
            alt.Tooltip("chance:Q", title="Chance that it was given", format=".2%"),
            alt.Tooltip("cost:Q", title="Nats", format=".3f"),
        ],
    )
    shape = alt.Shape(
        "who:N",
        scale=alt.Scale(domain=list(who), range=[SHAPES[one] for one in who]),
        legend=alt.Legend(title=None, orient="top", columns=4),
    )
    points = base.mark_point(filled=False, size=70, strokeWidth=2, opacity=1).encode(
        shape=shape, xOffset=alt.XOffset("who:N", sort=list(who))
    )
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=roles.BOUND).encode(y="zero:Q")
    return alt.layer(zero, points).properties(height=HEIGHT + FURNITURE)


def word_costs_table(
    words: Sequence[str], chances: Mapping[str, NDArray[np.float64]]
) -> pd.DataFrame:
    """One row a word and one who says it; `chances` (words,) are those that each word was given.

    place (from 0), word, who, chance, and cost in nats; a word given none has no cost to draw.
    """
    rows = [
        (place, word, who, chance, -np.log(chance) if chance > 0 else None)
        for who, given in chances.items()
        for place, (word, chance) in enumerate(zip(words, given.tolist(), strict=True))
    ]
    table = pd.DataFrame(rows, columns=["place", "word", "who", "chance", "cost"])
    return table.astype({"cost": float})
