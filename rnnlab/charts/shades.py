"""One scale for numbers around zero: orange above, blue below, and nothing at all at zero."""

from __future__ import annotations

import altair as alt

from rnnlab.charts import roles


def around_zero(limit: float, title: str) -> alt.Color:
    """The colour of the column `value`, from -limit to limit; what lies beyond looks like the end.

    Zero is transparent, so it is the page's own background in every theme.
    """
    hint = 1e-6 * limit
    return alt.Color(
        "value:Q",
        scale=alt.Scale(
            domain=[-limit, -hint, hint, limit],
            range=[
                roles.NEGATIVE,
                _faint(roles.NEGATIVE),
                _faint(roles.POSITIVE),
                roles.POSITIVE,
            ],
            interpolate="rgb",
            clamp=True,
        ),
        legend=alt.Legend(
            title=title,
            orient="top",
            direction="horizontal",
            gradientLength=160,
            gradientThickness=10,
            values=[-limit, 0, limit],
            titleOrient="left",
            titleLimit=150,
        ),
    )


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, 0.04)"
