"""How right a model of sentiment is on many texts: the confusion table, and its reliability."""

from __future__ import annotations

import altair as alt
import pandas as pd

from rnnlab.charts import roles
from rnnlab.charts.elements import Chart, by_name, diagonal, fixed, layered, table_chart, tooltips
from rnnlab.sentiment.evaluation import Calibration, ConfusionMatrix

LABELS = ("negative", "positive")
RIGHT, MISTAKE = "right", "mistake"


def confusion_chart() -> Chart:
    """A tile for each label (down) and verdict (across), the darker the more of its label's row.

    The chart of a `confusion_table`. Tiles of right verdicts and of mistakes differ in colour, and
    each says in words what it is.
    """
    scale = alt.Scale(domain=list(LABELS))
    axis = alt.Axis(labelAngle=0, labelFontSize=13, ticks=False, domain=False)
    base = table_chart().encode(
        x=alt.X("verdict:N", title="The verdict", scale=scale, axis=axis),
        y=alt.Y("label:N", title="The label", scale=scale, axis=axis),
        tooltip=tooltips(
            ("label:N", "Label"),
            ("verdict:N", "Verdict"),
            ("texts:Q", "Texts", ","),
            ("share:Q", "Of those with this label", ".1%"),
        ),
    )
    colours = by_name({RIGHT: roles.PREDICTED, MISTAKE: roles.TARGET})
    shades = alt.Scale(domain=[0, 1], range=[0.04, 0.55])
    tiles = base.mark_rect(stroke=roles.TRUTH, strokeOpacity=0.5).encode(
        color=alt.Color("outcome:N", scale=colours, legend=None),
        fillOpacity=alt.FillOpacity("share:Q", scale=shades, legend=None),
    )
    numbers = base.mark_text(fontSize=24, dy=-8, color=roles.INK).encode(
        text=alt.Text("texts:Q", format=",")
    )
    verdict = "(datum.outcome == 'right' ? '✓ right' : '✗ mistake')"
    words = base.transform_calculate(
        words=f"{verdict} + ', ' + format(datum.share, '.0%')"
    ).mark_text(fontSize=13, dy=16, color=roles.INK)
    return layered(tiles, numbers, words.encode(text="words:N"), height=240)


def confusion_table(confusion: ConfusionMatrix) -> pd.DataFrame:
    """Four rows: label, verdict, texts, share (of the texts with this label), outcome.

    Of a label that no text has, the share is 0.
    """
    rows = [
        {
            "label": LABELS[label],
            "verdict": LABELS[verdict],
            "texts": texts,
            "share": texts / max(sum(of_label), 1),
            "outcome": RIGHT if label == verdict else MISTAKE,
        }
        for label, of_label in enumerate(confusion.counts)
        for verdict, texts in enumerate(of_label)
    ]
    return pd.DataFrame(rows)


def confusion_numbers(confusion: ConfusionMatrix) -> pd.DataFrame:
    """The same as a small table: a row for each label, a column for each verdict, and sums."""
    (right_0, wrong_0), (wrong_1, right_1) = confusion.counts
    return pd.DataFrame(
        [
            ("negative", right_0, wrong_0, right_0 + wrong_0),
            ("positive", wrong_1, right_1, wrong_1 + right_1),
            ("all", right_0 + wrong_1, wrong_0 + right_1, confusion.n),
        ],
        columns=["label", "said negative", "said positive", "all"],
    )


def confusion_alt(confusion: ConfusionMatrix) -> str:
    """The four numbers, for those who cannot see the picture."""
    (right_0, wrong_0), (wrong_1, right_1) = confusion.counts
    return (
        f"Confusion table: of {right_0 + wrong_0:,} negative texts {right_0:,} are called negative "
        f"and {wrong_0:,} positive; of {wrong_1 + right_1:,} positive ones {right_1:,} are called "
        f"positive and {wrong_1:,} negative."
    )


def reliability_chart() -> Chart:
    """A point for each tenth of the probabilities, with a bar; on the diagonal they are true.

    The chart of a `reliability_table`. A larger point stands for more texts.
    """
    scale = fixed(-0.02, 1.02)
    axis = alt.Axis(format=".0%", values=[0, 0.2, 0.4, 0.6, 0.8, 1], gridOpacity=0.5)
    base = table_chart().encode(
        x=alt.X(
            "probability:Q", title="Said: probability of being positive", scale=scale, axis=axis
        ),
        tooltip=tooltips(
            ("bin:N", "Probabilities"),
            ("n:Q", "Texts", ","),
            ("probability:Q", "Said, mean", ".1%"),
            ("positive:Q", "Positive", ","),
            ("share:Q", "So many are", ".1%"),
            ("low:Q", "Bar from", ".1%"),
            ("high:Q", "Bar to", ".1%"),
        ),
    )
    bars = base.mark_rule(color=roles.PREDICTED, strokeWidth=3, opacity=0.45)
    sizes = alt.Scale(type="sqrt", rangeMin=40, rangeMax=260, domainMin=0)
    points = base.mark_point(color=roles.PREDICTED, filled=True, opacity=1).encode(
        y=alt.Y("share:Q", title="True: share of positive texts", scale=scale, axis=axis),
        size=alt.Size("n:Q", scale=sizes, legend=None),
    )
    bars = bars.encode(y="low:Q", y2="high:Q")
    return layered(diagonal("probability", "share"), bars, points, height=340)


def reliability_table(calibration: Calibration) -> pd.DataFrame:
    """One row a bin that has texts: probability, share, low, high (the bar), n, positive, bin."""
    rows = [
        (
            tenth.mean_probability,
            tenth.share,
            *tenth.interval,
            tenth.n,
            tenth.positive,
            f"{tenth.low:.0%} to {tenth.high:.0%}",
        )
        for tenth in calibration.bins
    ]
    return pd.DataFrame(
        rows, columns=["probability", "share", "low", "high", "n", "positive", "bin"]
    )


def reliability_alt(calibration: Calibration) -> str:
    """Every point in words."""
    points = "; ".join(
        f"said {tenth.mean_probability:.0%}, so were {tenth.share:.0%} of {tenth.n:,}"
        for tenth in calibration.bins
    )
    return f"Probabilities said against shares that were so, beside the diagonal: {points}."
