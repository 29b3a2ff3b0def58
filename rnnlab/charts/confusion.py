"""The confusion table as a picture: what texts are across from what is said of them."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.table import TABLE
from rnnlab.sentiment.score import Score

KINDS = ("negative", "positive")
RIGHT, MISTAKE = "right", "mistake"
HEIGHT = 240


def confusion_chart() -> alt.LayerChart | alt.FacetChart:
    """A tile for each label (down) and verdict (across), the darker the more of its label's row.

    The chart of a `confusion_table`. Tiles of right verdicts and of mistakes differ in colour, and
    each says in words what it is.
    """
    base = alt.Chart(alt.NamedData(TABLE)).encode(
        x=alt.X("verdict:N", title="The verdict", scale=alt.Scale(domain=list(KINDS)), axis=AXIS),
        y=alt.Y("label:N", title="The label", scale=alt.Scale(domain=list(KINDS)), axis=AXIS),
        tooltip=[
            alt.Tooltip("label:N", title="Label"),
            alt.Tooltip("verdict:N", title="Verdict"),
            alt.Tooltip("texts:Q", title="Texts", format=","),
            alt.Tooltip("share:Q", title="Of those with this label", format=".1%"),
        ],
    )
    tiles = base.mark_rect(stroke=roles.TRUTH, strokeOpacity=0.5).encode(
        color=alt.Color(
            "what:N",
            scale=alt.Scale(domain=[RIGHT, MISTAKE], range=[roles.PREDICTED, roles.TARGET]),
            legend=None,
        ),
        fillOpacity=alt.FillOpacity(
            "share:Q", scale=alt.Scale(domain=[0, 1], range=[0.04, 0.55]), legend=None
        ),
    )
    numbers = base.mark_text(fontSize=24, dy=-8, color=roles.INK).encode(
        text=alt.Text("texts:Q", format=",")
    )
    words = base.transform_calculate(
        said="(datum.what == 'right' ? '✓ right' : '✗ mistake') + ', ' + format(datum.share, '.0%')"
    ).mark_text(fontSize=13, dy=16, color=roles.INK)
    return alt.layer(tiles, numbers, words.encode(text="said:N")).properties(height=HEIGHT)


AXIS = alt.Axis(labelAngle=0, labelFontSize=13, ticks=False, domain=False)


def confusion_table(score: Score) -> pd.DataFrame:
    """Four rows: label, verdict, texts, share (of the texts with this label), what (right or not).

    Of a label that no text has, the share is 0.
    """
    rows = [
        (
            KINDS[label],
            KINDS[verdict],
            score.counts[label][verdict],
            score.counts[label][verdict] / max(sum(score.counts[label]), 1),
            RIGHT if label == verdict else MISTAKE,
        )
        for label in (0, 1)
        for verdict in (0, 1)
    ]
    return pd.DataFrame(rows, columns=["label", "verdict", "texts", "share", "what"])


def confusion_numbers(score: Score) -> pd.DataFrame:
    """The same as a small table: a row for each label, a column for each verdict, and sums."""
    (right_0, wrong_0), (wrong_1, right_1) = score.counts
    said = [right_0 + wrong_1, wrong_0 + right_1]
    return pd.DataFrame(
        [
            ("negative", right_0, wrong_0, right_0 + wrong_0),
            ("positive", wrong_1, right_1, wrong_1 + right_1),
            ("all", *said, score.n),
        ],
        columns=["label", "said negative", "said positive", "all"],
    )


def confusion_alt(score: Score) -> str:
    """The four numbers, for who cannot see the picture."""
    (right_0, wrong_0), (wrong_1, right_1) = score.counts
    return (
        f"Confusion table: of {right_0 + wrong_0:,} negative texts {right_0:,} are called negative "
        f"and {wrong_0:,} positive; of {wrong_1 + right_1:,} positive ones {right_1:,} are called "
        f"positive and {wrong_1:,} negative."
    )
