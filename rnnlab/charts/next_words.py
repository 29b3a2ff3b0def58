"""The next word: the likeliest ones, what each word of a sentence cost, and the learning curve."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rnnlab.charts import roles
from rnnlab.charts.elements import (
    FURNITURE,
    Chart,
    by_name,
    dashed,
    fixed,
    layered,
    legend_above,
    table_chart,
    tooltips,
)
from rnnlab.language.settings import LanguageProgress

NETWORK, TRUTH, TRIGRAM, BIGRAM = "network", "true chance", "trigram", "bigram"
COLOURS = {
    NETWORK: roles.PREDICTED,
    TRUTH: roles.TRUTH,
    TRIGRAM: roles.RUNS[1],
    BIGRAM: roles.RUNS[3],
}
SHAPES = {NETWORK: "circle", TRUTH: "stroke", TRIGRAM: "triangle-up", BIGRAM: "diamond"}
MARKS = SHAPES | {NETWORK: "square", TRUTH: "M-.15,-.8H.15V.8H-.15Z"}
"""The shapes of the marks beside each other: the network's is a bar, the truth an upright line."""

ROW_HEIGHT = 28
COST_HEIGHT = 150

VALIDATION, TRAINING = "sentences held out", "sentences learnt from"
EARLIER = "held out, run before"
LINE_COLOURS = {VALIDATION: roles.LOSS, TRAINING: roles.TARGET, EARLIER: roles.BEFORE}
LINE_DASHES = {VALIDATION: [1, 0], TRAINING: [4, 3], EARLIER: [1, 2]}
BEST = "best possible"
"""No curve comes below this line, so its label stands there."""

SAME_LABEL = 0.05
"""Lines nearer than this share of the axis have their labels on both sides."""

LOWEST, HIGHEST = 0.8, 2.5
"""Where the axis of perplexity begins and ends, as shares of the lowest and the highest line."""


def next_words_chart(
    words: tuple[str, ...], predictors: tuple[str, ...], longest: float = 1.0
) -> Chart:
    """A line for each word: a bar as long as the network's probability, marks for the others'.

    The network's stands at the end of the line, too.
    The chart of a `next_words_table`; `predictors` are those that it has, and the axis ends at the
    probability `longest`.
    """
    quarters = [k * longest / 4 for k in range(5)]
    axis = alt.Axis(labelFontSize=14, labelOverlap=False, ticks=False, domain=False)
    legend = legend_above(columns=4)
    base = table_chart().encode(
        y=alt.Y("word:N", title=None, scale=alt.Scale(domain=list(words)), axis=axis),
        x=alt.X(
            "probability:Q",
            title="Chance to come next",
            scale=fixed(0, longest),
            axis=alt.Axis(format=".0%", values=quarters, gridOpacity=0.5, orient="top"),
        ),
        color=alt.Color("predictor:N", scale=by_name(COLOURS, predictors), legend=legend),
        tooltip=tooltips(
            ("word:N", "Word"), ("predictor:N", "Who says it"), ("probability:Q", "Chance", ".2%")
        ),
    )
    network, truth, counted = (
        base.transform_filter(alt.FieldOneOfPredicate("predictor", list(names)))
        for names in ((NETWORK,), (TRUTH,), (TRIGRAM, BIGRAM))
    )
    shape = alt.Shape("predictor:N", scale=by_name(MARKS, predictors), legend=legend)
    marks = [
        network.mark_bar(height=16, opacity=0.75),
        truth.mark_tick(thickness=4, size=ROW_HEIGHT - 6, opacity=1),
        counted.mark_point(size=60, strokeWidth=2, opacity=1).encode(shape=shape),
    ]
    if NETWORK in predictors:
        marks.append(_at_the_end(network))
    return layered(*marks, height=ROW_HEIGHT * len(words) + FURNITURE)


def _at_the_end(network: alt.Chart) -> alt.Chart:
    """The network's probabilities in numbers, at the right of their lines."""
    numbers: alt.Chart = network.mark_text(align="left", dx=8, fontSize=13).encode(
        text=alt.Text("probability:Q", format=".1%"),
        x=alt.value("width"),
        color=alt.value(roles.INK),
    )
    return numbers


def next_words_table(
    words: Sequence[str], ids: Sequence[int], probabilities: Mapping[str, NDArray[np.float64]]
) -> pd.DataFrame:
    """One row a word and predictor: word, predictor, probability."""
    rows = [
        (word, predictor, float(of_words[number]))
        for predictor, of_words in probabilities.items()
        for word, number in zip(words, ids, strict=True)
    ]
    return pd.DataFrame(rows, columns=["word", "predictor", "probability"])


def word_costs_chart(words: tuple[str, ...], predictors: tuple[str, ...]) -> Chart:
    """Up: nats that each word cost, word by word; the chart of a `word_costs_table`."""
    legend = legend_above(columns=4)
    base = table_chart().encode(
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
        color=alt.Color("predictor:N", scale=by_name(COLOURS, predictors), legend=legend),
        tooltip=tooltips(
            ("word:N", "Word"),
            ("predictor:N", "Who"),
            ("probability:Q", "Chance that it was given", ".2%"),
            ("cost:Q", "Nats", ".3f"),
        ),
    )
    points = base.mark_point(filled=False, size=70, strokeWidth=2, opacity=1).encode(
        shape=alt.Shape("predictor:N", scale=by_name(SHAPES, predictors), legend=legend),
        xOffset=alt.XOffset("predictor:N", sort=list(predictors)),
    )
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=roles.BOUND).encode(y="zero:Q")
    return layered(zero, points, height=COST_HEIGHT + FURNITURE)


def word_costs_table(
    words: Sequence[str], probabilities: Mapping[str, NDArray[np.float64]]
) -> pd.DataFrame:
    """One row a word and predictor; `probabilities` (words,) are those that each word was given.

    place (from 0), word, predictor, probability, and cost in nats: -ln of the probability. A word
    that was given none has no cost to draw.
    """
    rows = [
        (place, word, predictor, p, -np.log(p) if p > 0 else None)
        for predictor, of_words in probabilities.items()
        for place, (word, p) in enumerate(zip(words, of_words.tolist(), strict=True))
    ]
    table = pd.DataFrame(rows, columns=["place", "word", "predictor", "probability", "cost"])
    return table.astype({"cost": float})


def perplexity_curve(
    lines: tuple[tuple[str, float], ...], epochs: float, *, earlier: bool = False
) -> Chart:
    """Perplexity by epochs, logarithmic, so that equal heights are equal nats.

    The chart of a `perplexity_table`; `lines` are names and perplexities to compare with, and
    `earlier` says whether the run before is in it. The curve enters from above, out of view.
    """
    low = min(value for _, value in lines) * LOWEST
    high = max(value for _, value in lines) * HIGHEST
    # Of circles dashes would leave parts; a line shows them.
    line = {"symbolType": "stroke", "symbolSize": 400, "symbolStrokeWidth": 2.5}
    legend = legend_above(columns=2, labelLimit=200, **line)
    names = [VALIDATION, TRAINING] + [EARLIER] * earlier
    base = (
        table_chart()
        .transform_calculate(drawn=f"min(datum.perplexity, {2 * high})")
        .encode(
            x=alt.X("epochs:Q", title="Passes through the text", scale=fixed(0, epochs)),
            y=_perplexities(low, high),
            color=alt.Color("sentences:N", scale=by_name(LINE_COLOURS, names), legend=legend),
            tooltip=tooltips(
                ("update:Q", "Update", ","),
                ("epochs:Q", "Passes", ".2f"),
                ("sentences:N", "Judged on"),
                ("perplexity:Q", "Perplexity", ".4~g"),
                ("nats:Q", "Loss (nats a word)", ".4f"),
            ),
        )
    )
    curve = base.mark_line(strokeWidth=2, clip=True).encode(
        strokeDash=alt.StrokeDash("sentences:N", scale=by_name(LINE_DASHES, names), legend=legend)
    )
    points = base.transform_filter(f"datum.sentences == '{VALIDATION}'").mark_point(
        filled=True, size=35, opacity=1, clip=True
    )
    return layered(*_lines(lines, low, high), curve, points, height=300 + FURNITURE)


def _perplexities(low: float, high: float) -> alt.Y:
    digits = [digit * 10.0**power for power in range(-1, 5) for digit in (1, 1.5, 2, 3, 5, 7)]
    marks = [value for value in digits if low <= value <= high]
    return alt.Y(
        "drawn:Q",
        title="Perplexity (equal heights are equal nats)",
        scale=fixed(low, high, log=True),
        axis=alt.Axis(values=marks, format="~g", gridOpacity=0.4),
    )


def perplexity_table(
    progress: Sequence[LanguageProgress], earlier: Sequence[LanguageProgress] = ()
) -> pd.DataFrame:
    """Two rows a point: update, epochs, sentences (that it was evaluated on), nats, perplexity.

    Of an `earlier` run one a point: what it was on the sentences held out.
    """
    evaluated = [(point, EARLIER, point.validation_loss) for point in earlier]
    for point in progress:
        evaluated += [(point, VALIDATION, point.validation_loss), (point, TRAINING, point.loss)]
    rows = [
        (point.step, point.epochs_done, sentences, nats, math.exp(min(nats, 50)))
        for point, sentences, nats in evaluated
    ]
    return pd.DataFrame(rows, columns=["update", "epochs", "sentences", "nats", "perplexity"])


def _lines(
    lines: tuple[tuple[str, float], ...], low: float, high: float
) -> tuple[alt.Chart, alt.Chart]:
    """Dashed, with labels; where two lie near, the lower one is named below its line."""
    falling = sorted(lines, key=lambda line: -line[1])
    heights = [math.log(value / low) / math.log(high / low) for _, value in falling]
    above = [
        name != BEST and (number == 0 or heights[number - 1] - heights[number] > SAME_LABEL)
        for number, (name, _) in enumerate(falling)
    ]
    labels = [f"{name} {value:.4g} ({math.log(value):.3f} nats)" for name, value in falling]
    values = [value for _, value in falling]
    base = alt.Chart(pd.DataFrame({"drawn": values, "label": labels, "above": above}))
    base = base.encode(y="drawn:Q")
    text = base.mark_text(
        align="right",
        baseline=alt.expr("datum.above ? 'bottom' : 'top'"),
        dx=-4,
        dy=alt.expr("datum.above ? -3 : 4"),
        fontSize=12,
        color=roles.INK,
    ).encode(x=alt.value("width"), text="label:N")
    return dashed(base, strokeWidth=1.5), text
