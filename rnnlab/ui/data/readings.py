"""Where the article's words and its code differ: two series, and what each lets one know."""

from __future__ import annotations

import streamlit as st

from rnnlab.charts.bit_series import forced_targets_chart, forced_targets_table
from rnnlab.settings import Settings
from rnnlab.survey.two_readings import Reading, two_readings
from rnnlab.ui import drawing

START, SHOWN = 20, 16

WORDS = {
    "pair": (
        "The code: `pair`",
        "It looks at the **inputs**, coin flips that nothing can change. Two equal ones force "
        "the target after them.",
        r"""\begin{aligned}
\text{forced}&\quad P(\text{two flips equal}) = \tfrac12 \\
\text{loss}&\quad \tfrac12 \cdot 0 + \tfrac12 \ln 2 = 0.3466
\end{aligned}""",
    ),
    "self-pair": (
        "The words: `self-pair`",
        "It looks at **the series itself**: each target is the next input. A forced bit differs "
        "from the one before it, so it breaks its pair.",
        r"""\begin{aligned}
\text{forced}&\quad e = \tfrac12 (1 - e) \;\Rightarrow\; e = \tfrac13 \\
\text{loss}&\quad \tfrac13 \cdot 0 + \tfrac23 \ln 2 = 0.4621
\end{aligned}""",
    ),
}


def draw(settings: Settings) -> None:
    """Both readings beside each other, each with a stretch, its derivation and what is counted."""
    both = _readings(settings.rows, settings.length, settings.seed)
    for place, one in zip(st.columns(2, gap="large"), both, strict=True):
        with place:
            _draw_one(one)
    code, words = both
    st.caption(
        "In `self-pair`, e is the share of equal neighbours. After an equal pair always comes a "
        "change; after a change, an equal pair every other time: e = ½ (1 - e). So chance has "
        f"two steps in three instead of one in two, and the best loss rises from {code.loss:.4f} "
        f"to {words.loss:.4f}; counted with your seed, from {code.lost:.4f} to {words.lost:.4f}. "
        "Both are the article's own case: the pair lies one step back, and there is no noise."
    )


@st.cache_data(max_entries=10, show_spinner=False)
def _readings(rows: int, length: int, seed: int) -> tuple[Reading, Reading]:
    """The article's own case: the pair is one step back, and there is no noise."""
    return two_readings(Settings(rows=rows, length=length, seed=seed))


def _draw_one(one: Reading) -> None:
    title, words, formula = WORDS[one.name]
    n_steps = len(one.forced)
    st.markdown(f"**{title}.** {words}")
    drawing.draw(
        drawing.spec(forced_targets_chart),
        forced_targets_table(one.series, one.forced, START, SHOWN),
        key=f"look_reading_{one.name}",
        alt=f"{SHOWN} inputs and targets of {one.name}, with a mark under each forced target.",
    )
    st.latex(formula, width="content")
    st.caption(
        f"▲ marks a forced target. With your seed {one.counted:.2%} of {n_steps:,} steps are "
        f"forced, in theory {one.share:.2%}. Who knows the rule loses {one.lost:.4f} nats a step, "
        f"forced or not; in theory {one.loss:.4f}."
    )
