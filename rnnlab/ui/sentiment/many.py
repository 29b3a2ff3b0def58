"""Many texts: paste lines or upload a table, see every verdict, and how good they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import cast

import pandas as pd
import streamlit as st

from rnnlab.errors import LabError
from rnnlab.sentiment.examples import example_table
from rnnlab.sentiment.files.reviews import LONGEST_REVIEW, MOST_BYTES_UPLOADED, MOST_TEXTS, Texts
from rnnlab.sentiment.files.sources import pasted_texts, uploaded_text
from rnnlab.sentiment.files.table import texts_in_table
from rnnlab.sentiment.model import SentimentModel
from rnnlab.sentiment.verdicts import (
    Verdict,
    in_words,
    probabilities,
    verdicts_csv,
    verdicts_in_batches,
)
from rnnlab.ui import address
from rnnlab.ui.choices import choose_option
from rnnlab.ui.departures import PROMISE
from rnnlab.ui.encoding import EncodingChoice
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.sentiment import many_labels
from rnnlab.ui.sentiment.models import choose_model

TITLE = "Many texts"
ICON = ":material/table_rows:"
WORDS = (
    "accuracy",
    "chance",
)

PASTE, UPLOAD = "Paste lines", "Upload a table"
TYPED, FILE = "many_typed", "many_file"
TEXTS, TROUBLE = "many_texts", "many_trouble"
"""Where the session keeps the texts, and why it got none of the last ones."""
ENCODING = EncodingChoice("many_encoding")
VERDICTS = "many_judged"
"""Where the session keeps the last verdicts, with the texts and the weights."""

MEGABYTES = f"{MOST_BYTES_UPLOADED / 1e6:.0f} MB"
LIMITS = (
    f"At most {MOST_TEXTS:,} texts of {LONGEST_REVIEW:,} characters, {MEGABYTES} together. "
    f"{PROMISE}"
)

LABELS = {None: "", 0: "negative", 1: "positive"}
CORRECT = {None: "", True: "✓", False: "✗"}


@address.fragment
def draw() -> None:
    """The ways to give texts, and the verdicts on them."""
    texts = _texts()
    model = choose_model()
    if texts is None or model is None:
        return
    verdicts = _verdicts(texts, model)
    _show_verdicts(verdicts, model)
    many_labels.draw(verdicts)


def _texts() -> Texts | None:
    """The ways to give texts, what was wrong with the last ones, and those there are."""
    st.caption(LIMITS)
    way = choose_option("How to give texts", (PASTE, UPLOAD), "many_way", labelled=False)
    if way == UPLOAD:
        _file()
    else:
        _lines()
    if trouble := st.session_state.get(TROUBLE):
        st.warning(escape_markdown(trouble), icon=":material/edit:")
    if way == UPLOAD:
        ENCODING.draw(_upload)
    texts = cast(Texts | None, st.session_state.get(TEXTS))
    for notice in texts.notices if texts else ():
        st.info(escape_markdown(notice), icon=":material/info:")
    return texts


def _file() -> None:
    st.file_uploader(
        f"A CSV, TSV or JSON file, at most {MEGABYTES}: its first line names "
        "the columns, text and (if you know it) label",
        type=["csv", "tsv", "txt", "json", "jsonl", "gz"],
        key=FILE,
        on_change=_other_upload,
        help=(
            "A label is 0, neg or negative, or 1, pos or positive, or a number of stars. Leave "
            "it empty where you do not know it. Put quotation marks around a text that "
            "contains the separator."
        ),
    )
    st.download_button(
        "An example file",
        example_table,
        "texts.csv",
        "text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def _lines() -> None:
    with st.form("many_form", border=False):
        st.text_area(
            "One text a line",
            key=TYPED,
            persist_state="session",
            height=160,
            placeholder="I loved it.\nNot bad at all.\nTwo hours of my life that I want back.",
            help=(
                "You can also paste rows from a spreadsheet, if their first line names the "
                "columns text and label."
            ),
        )
        with st.container(horizontal=True):
            st.form_submit_button(
                "Judge these lines", icon=":material/gavel:", type="primary", on_click=_paste
            )
            st.form_submit_button(
                "Ten examples", icon=":material/lightbulb:", type="tertiary", on_click=_example
            )


def _paste() -> None:
    _take(partial(pasted_texts, st.session_state.get(TYPED) or ""))


def _example() -> None:
    st.session_state[TYPED] = example_table()
    _paste()


def _other_upload() -> None:
    ENCODING.forget()
    _upload()


def _upload() -> None:
    file = st.session_state.get(FILE)
    if file is not None:
        _take(lambda: _uploaded(file.getvalue(), file.name))


def _uploaded(content: bytes, name: str) -> Texts:
    decoded = uploaded_text(content, name, ENCODING.chosen)
    ENCODING.keep(decoded)
    return texts_in_table(decoded, name)


def _take(read: Callable[[], Texts]) -> None:
    """Take in new texts; those that cannot be used leave the old ones."""
    st.session_state[TROUBLE] = None
    try:
        st.session_state[TEXTS] = read()
    except LabError as error:
        st.session_state[TROUBLE] = str(error)


def _verdicts(texts: Texts, model: SentimentModel) -> tuple[Verdict, ...]:
    """The model's verdicts in the order of the texts; computed once, while a bar shows how far."""
    last, weights = st.session_state.get(VERDICTS), model.readers[0].weights
    if last is not None and last[0] is weights and last[1] == texts:
        return cast("tuple[Verdict, ...]", last[2])
    by_index: dict[int, Verdict] = {}
    bar = st.progress(0.0, _how_far(0, len(texts)))
    for batch in verdicts_in_batches(texts, partial(probabilities, model), model.vocabulary):
        by_index |= batch
        bar.progress(len(by_index) / len(texts), _how_far(len(by_index), len(texts)))
    bar.empty()
    verdicts = tuple(by_index[index] for index in range(len(texts)))
    st.session_state[VERDICTS] = (weights, texts, verdicts)
    return verdicts


def _how_far(done: int, n: int) -> str:
    return f"{done:,} of {n:,} texts judged"


def _show_verdicts(verdicts: tuple[Verdict, ...], model: SentimentModel) -> None:
    """The verdicts in a sentence, as a table, and as a file."""
    st.markdown(_summary(verdicts, model))
    st.dataframe(
        _table(verdicts),
        hide_index=True,
        column_config={
            "positive": st.column_config.ProgressColumn(
                "positive", format="%.0f%%", min_value=0, max_value=100, width=110
            ),
            "verdict": st.column_config.TextColumn("verdict", width=125),
            "text": st.column_config.TextColumn("text", width="large"),
            "unknown words": st.column_config.NumberColumn("unknown words", format="%.0f%%"),
        },
    )
    st.caption(
        "Click on a column's head to sort. The model cannot decide about texts around 50 %, "
        "and the more words of a text it does not know, the more it guesses."
    )
    st.download_button(
        f"These {len(verdicts):,} verdicts (CSV)" if len(verdicts) > 1 else "This verdict (CSV)",
        lambda: verdicts_csv(verdicts),
        "verdicts.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _summary(verdicts: tuple[Verdict, ...], model: SentimentModel) -> str:
    n_positive = sum(verdict.predicted for verdict in verdicts)
    from_high = sorted((verdict.probability for verdict in verdicts), reverse=True)
    numbers = Counter(in_words(probability) for probability in from_high)
    listed = ", ".join(f"{n:,} {kind}" for kind, n in numbers.items())
    sentences = [
        f"**{len(verdicts):,} texts, {n_positive:,} more likely positive than negative**: {listed}."
    ]
    if len(verdicts) == 1:
        sentences = [f"**One text, {listed.removeprefix('1 ')}.**"]
    long = sum(verdict.n_words > model.most_words for verdict in verdicts)
    if long:
        are, them = ("is", "it") if long == 1 else ("are", "them")
        sentences.append(
            f"{long:,} {are} longer than the {model.most_words:,} words that this model reads: of "
            f"{them}, it read the end only."
        )
    wordless = sum(not verdict.n_words for verdict in verdicts)
    if wordless:
        sentences.append(
            f"{wordless:,} hold{'s' * (wordless == 1)} no word at all, so nothing was read there."
        )
    return " ".join(sentences)


def _table(verdicts: tuple[Verdict, ...]) -> pd.DataFrame:
    """One row a text, in their order; with labels, if there are any."""
    columns: dict[str, list[object]] = {
        "positive": [100 * verdict.probability for verdict in verdicts],
        "verdict": [in_words(verdict.probability) for verdict in verdicts],
        "text": [verdict.text for verdict in verdicts],
    }
    if any(verdict.label is not None for verdict in verdicts):
        columns["label"] = [LABELS[verdict.label] for verdict in verdicts]
        columns["right"] = [CORRECT[verdict.correct] for verdict in verdicts]
    shares = (verdict.unknown_share for verdict in verdicts)
    columns["unknown words"] = [share and 100 * share for share in shares]
    return pd.DataFrame(columns)
