"""Compare: several models on the same text, and which of them forgets how a long one began."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, cast

import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from rnnlab.charts import verdicts as charts
from rnnlab.sentiment.examples import DECIDING, with_plot
from rnnlab.sentiment.model import SentimentModel
from rnnlab.sentiment.reading import RunningVerdict
from rnnlab.sentiment.verdicts import in_percent, in_words, probabilities
from rnnlab.ui import address, drawing
from rnnlab.ui.parameters import of_several
from rnnlab.ui.sentiment import models, text_box, twelve, your_review

TITLE = "Compare"
ICON = ":material/compare_arrows:"
WORDS = (
    "layer",
    "parameter",
    "state",
    "unit",
)

PICKED = "compare_models"
BIASED = 0.3
"""A verdict further than this from 50% before the first word has taken sides."""

N_WORDS = (0, 10, 25, 50, 100, 150, 200, 300, 400)
"""How much plot lies between the sentence and the end; about, for sentences stay whole."""
SHOWN = N_WORDS.index(200)
"""Which of them the table shows."""
FORGOTTEN = 0.1
"""If the verdicts on both texts are nearer than this, nothing is left of the sentence."""

COLUMNS = {
    "positive": st.column_config.ProgressColumn(
        "positive", format="%.0f%%", min_value=0, max_value=100, color="#2A89CC"
    ),
    "parameters": st.column_config.NumberColumn("parameters", format="localized"),
}
PLACES = ("at the end", "at the start")
FORGETTING_COLUMNS = {
    f"{opinion}, {place}": st.column_config.NumberColumn(f"{opinion}, {place}", format="%.0f%%")
    for place in PLACES
    for opinion in DECIDING
}


def draw() -> None:
    """The same text read by those that were picked, then the ready example."""
    available = models.models()
    if not available:
        models.choose_model()
        return
    box, picture = st.columns([2, 3], gap="large")
    with box:
        text = text_box.show()
        text_box.examples()
        picked = _pick(available)
    with picture:
        _side_by_side(text, picked)
    readers = picked or tuple(available.values())
    twelve.draw(readers)
    _forgetting(readers)
    your_review.limits()


def _pick(available: Mapping[str, SentimentModel]) -> tuple[SentimentModel, ...]:
    """Those that are to read, in their order; at first all."""
    picked = st.session_state.get(PICKED)
    if picked is not None and not {*picked} <= available.keys():
        st.session_state[PICKED] = [name for name in picked if name in available]
    names = {name: name for name in available}
    address.link_as(PICKED, of_several("Who reads it", names, len(names), tuple(names)))
    chosen = st.pills(
        "Who reads it",
        list(available),
        selection_mode="multi",
        default=list(available),
        format_func=lambda name: available[name].title,
        wrap=True,
        key=PICKED,
        persist_state="session",
    )
    return tuple(model for name, model in available.items() if name in (chosen or ()))


def _side_by_side(text: str, picked: tuple[SentimentModel, ...]) -> None:
    if not picked:
        st.info("Pick at least one model to read your text.", icon=":material/info:")
        return
    readings = {model.title: models.reading_of(model, text) for model in picked}
    if not any(reading.spans for reading in readings.values()):
        st.info("There is no word to read yet: type a review.", icon=":material/info:")
        return
    st.markdown(_agreement(readings))
    st.dataframe(_table(readings, picked), hide_index=True, column_config=COLUMNS)
    n_words = max(len(reading.spans) for reading in readings.values())
    drawing.draw(
        drawing.spec(charts.running_verdict_chart, tuple(readings), n_words),
        charts.running_verdict_table(readings),
        key="compare_so_far",
        alt="The running verdict of each model: "
        + "; ".join(
            f"{title} ends at {in_percent(reading.probability)}"
            for title, reading in readings.items()
        ),
    )
    st.caption(f"Look for words at which one curve turns and another does not.{_biased(readings)}")


def _agreement(readings: dict[str, RunningVerdict]) -> str:
    """How far they agree, in a sentence."""
    verdicts = [(reading.probability, title) for title, reading in readings.items()]
    verdicts.sort(key=lambda verdict: verdict[0])
    (lowest, low), (highest, high) = verdicts[0], verdicts[-1]
    if len(verdicts) == 1:
        return f"**{low}** says {in_words(lowest)}."
    points = round(100 * highest) - round(100 * lowest)
    sides = {in_words(probability).split()[-1] for probability, _ in verdicts}
    agree = "They agree" if len(sides) == 1 else "They do not agree"
    return (
        f"**{agree}.** {low} says {in_percent(lowest)}, {high} {in_percent(highest)}: "
        f"{points} points lie between."
    )


def _biased(readings: dict[str, RunningVerdict]) -> str:
    """Which take sides before the first word, and why that may be; "" if none does."""
    starts = {title: float(reading.probabilities[0]) for title, reading in readings.items()}
    sure = [f"{title} says {in_percent(p)}" for title, p in starts.items() if abs(p - 0.5) > BIASED]
    if not sure:
        return ""
    return (
        f" Before the first word, {' and '.join(sure)}: in training it hardly ever met a text "
        "that short, so nothing taught it to stay undecided."
    )


def _table(readings: dict[str, RunningVerdict], picked: tuple[SentimentModel, ...]) -> pd.DataFrame:
    """One row a model."""
    rows = [
        {
            "model": model.title,
            "verdict": in_words(reading.probability) if reading.spans else "–",
            "positive": 100 * reading.probability,
            "words": len(reading.spans),
            "unknown": int((~reading.known).sum()),
            "parameters": model.n_parameters,
        }
        for model, reading in zip(picked, readings.values(), strict=True)
    ]
    return pd.DataFrame(rows)


def _forgetting(readers: Sequence[SentimentModel]) -> None:
    """The verdicts of every model on four texts, and how long it can tell two of them apart."""
    st.header("Which one forgets the beginning?")
    st.markdown(
        "*The article:* a SimpleRNN judges about 85% of the reviews correctly, but cannot remember "
        "long texts.\n\n"
        f"Two texts tell the same plot. One says, at its end or at its start, “{DECIDING['loved']}”"
        f" The other says there, “{DECIDING['hated']}” Nothing else differs, and the plot judges "
        "nothing: who does not tell the two apart has forgotten that sentence."
    )
    verdicts = {
        model.title: models.cached("forgetting", model, "", partial(_on_four_texts, model))
        for model in readers
    }
    st.markdown(_least_and_most_forgetful(verdicts))
    st.dataframe(_forgetting_table(verdicts), hide_index=True, column_config=FORGETTING_COLUMNS)
    differences = {title: own[1, 0] - own[1, 1] for title, own in verdicts.items()}
    drawing.draw(
        drawing.spec(charts.forgetting_chart, tuple(differences), N_WORDS[-1]),
        charts.forgetting_table(N_WORDS, differences),
        key="compare_forgetting",
        alt="How far apart the verdicts on both texts are, from no words of plot after the "
        f"sentence to {N_WORDS[-1]}: "
        + "; ".join(f"{title} {own[0]:.0%} to {own[-1]:.0%}" for title, own in differences.items()),
    )
    st.caption(
        "Both texts begin with their sentence, and more and more plot follows. Look where a "
        "line falls to zero: from there on that network says the same of both. Among the "
        "examples of “Your review” you find the text of the one who hated it, told both ways."
    )


def _on_four_texts(model: SentimentModel) -> NDArray[Any]:
    """Probabilities: (at the end or at the start, loved or hated, words of plot)."""
    texts = [
        with_plot(opinion, at_the_end=end, n_words=n)
        for end in (True, False)
        for opinion in DECIDING
        for n in N_WORDS
    ]
    shape = 2, len(DECIDING), len(N_WORDS)
    return cast("NDArray[Any]", probabilities(model, texts).reshape(shape))


def _forgetting_table(verdicts: dict[str, NDArray[Any]]) -> pd.DataFrame:
    """One row a model: its verdicts on the four texts, in percent."""
    rows = [
        {"model": title}
        | dict(zip(FORGETTING_COLUMNS, (100 * own[:, :, SHOWN]).ravel().tolist(), strict=True))
        for title, own in verdicts.items()
    ]
    return pd.DataFrame(rows)


def _least_and_most_forgetful(verdicts: dict[str, NDArray[Any]]) -> str:
    """Which model forgot most, and which remembers most."""
    at_start = {title: own[1, :, SHOWN] for title, own in verdicts.items()}  # loved, hated
    difference = {title: float(loved - hated) for title, (loved, hated) in at_start.items()}
    least = min(difference, key=difference.__getitem__)
    most = max(difference, key=difference.__getitem__)
    sentence = f"With the sentence at the start and {N_WORDS[SHOWN]} words of plot after it, "
    loved, hated = at_start[least]
    if difference[least] < FORGOTTEN:
        sentence += (
            f"**{least}** says {in_percent(loved)} if the film was loved and "
            f"{in_percent(hated)} if it was hated: "
            "it has forgotten."
        )
    else:
        sentence += (
            f"none of them has forgotten: even **{least}** says {in_percent(loved)} and "
            f"{in_percent(hated)}."
        )
    if most != least:
        loved, hated = at_start[most]
        sentence += f" **{most}** says {in_percent(loved)} and {in_percent(hated)}."
    return sentence
