"""A training on reviews as it happens: curves, numbers, and what they mean."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from rnnlab.charts.review_training import learning_chart, learning_table, recorded_table
from rnnlab.sentiment.learning import Curves
from rnnlab.sentiment.review_training import ARTICLE, ReviewTraining
from rnnlab.sentiment.stored import shipped, shipped_names
from rnnlab.ui import drawing
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.sentiment import review_runs, train_knobs, train_words
from rnnlab.ui.sentiment.review_runs import ReviewLook, ReviewRun

TICK = 0.5
"""Seconds: how often the picture is drawn anew while a training goes on."""

OWN, ARTICLES = "Your training", "The article's, recorded"


def show(settings: ReviewTraining | None) -> None:
    """The live view of the training on show; before there is one, the article's figure.

    `settings` are what the knobs say, `None` if they make no sense together.
    """
    run = review_runs.on_show()
    look = run.look() if run is not None else None
    live, awaited = (look.live, look.awaited) if look is not None else (False, False)
    tick = TICK if live or awaited else None
    st.fragment(_view, run_every=tick)(run, settings, live, awaited)


def recorded() -> Curves | None:
    """The article's training as it was recorded, epoch by epoch."""
    history = shipped("article").history if "article" in shipped_names() else {}
    return Curves(**history) if history else None


def _view(
    run: ReviewRun | None, settings: ReviewTraining | None, live: bool, awaited: bool
) -> None:
    if run is not review_runs.on_show():  # a button in here has begun another one
        st.rerun()
    if run is None:
        _article()
        return
    look = run.look()
    if (live and not look.live and _told_of_its_end(run)) or (awaited and not look.awaited):
        st.rerun()
    _bar(look, live)
    with st.empty().container():  # a place of their own: else they push the curves elsewhere
        _messages(run, look, settings)
    nothing = look.view.ended and not look.told
    if nothing or _picture() == ARTICLES:
        _article()
    else:
        _own(run, look)


def _told_of_its_end(run: ReviewRun) -> bool:
    """Whether this view has said already that the training is over; from now on it has.

    What a script draws just before it runs anew never arrives.
    """
    told = st.session_state.get("review_told_of_its_end") is run
    st.session_state["review_told_of_its_end"] = run
    return told


def _bar(look: ReviewLook, live: bool) -> None:
    """How far it is, and the button that stops it."""
    told = look.told
    with st.container(horizontal=True, vertical_alignment="center"):
        share = told[-1].step / told[-1].steps if told else 0.0
        st.progress(share, text=escape_markdown(train_words.status(look)))
        st.button(
            "Stop",
            icon=":material/stop:",
            on_click=review_runs.stop,
            disabled=not live,
            key="review_stop",
        )


def _messages(run: ReviewRun, look: ReviewLook, settings: ReviewTraining | None) -> None:
    """Trouble of the training, then what the knobs say that it does not do."""
    if look.view.message:
        tell = st.error if look.view.state == "failed" else st.info
        tell(escape_markdown(look.view.message), icon=":material/info:")
    if settings is not None and settings != run.settings:
        old = run.settings.values
        turned = ", ".join(
            f"{ReviewTraining.all_knobs()[name].label} {old[name]} → {value}"
            for name, value in settings.values.items()
            if value != old[name]
        )
        st.markdown(
            f":material/tune: Turned since this training: {escape_markdown(turned)}. "
            "Press Train to see it."
        )


def _picture() -> str:
    """Which curves to look at."""
    if recorded() is None:
        return OWN
    chosen = st.segmented_control(
        "Picture",
        [OWN, ARTICLES],
        default=OWN,
        required=True,
        label_visibility="collapsed",
        key="review_picture",
    )
    return chosen or OWN


def _article() -> None:
    """The article's figure, from the run that was recorded."""
    curves = recorded()
    if curves is not None:
        st.markdown(train_words.article_sentence(curves))
        table = recorded_table(curves)
        _curves(len(curves), table, train_words.in_words(curves), "review_article")


def _own(run: ReviewRun, look: ReviewLook) -> None:
    """The visitor's own training: curves, numbers, meaning."""
    curves = look.curves
    beside = recorded() if run.settings != ARTICLE else None
    # Another text would be another picture, so it stays the same while the training goes on.
    words = "" if look.live else train_words.in_words(curves)
    table = learning_table(look.told, run.settings.epochs, beside)
    _curves(run.settings.epochs, table, words, "review_own", beside=beside is not None)
    _numbers(curves, look)
    learnt_from = look.gathered.learnt_from if look.gathered is not None else None
    st.markdown(train_words.meaning(curves, live=look.live, learnt_from=learnt_from))
    _offer_less(run, look)
    if look.gathered is not None:
        st.caption(train_words.about_the_reviews(look.gathered))


def _curves(
    epochs: int, table: pd.DataFrame, words: str, key: str, *, beside: bool = False
) -> None:
    with st.grid(2, min_column_width=300):
        for measure in ("accuracy", "loss"):
            drawing.draw(
                drawing.spec(learning_chart, measure, epochs, recorded=beside),
                table,
                key=f"{key}_{measure}",
                alt=f"{measure.title()} by epoch, in training and on validation. {words}".strip(),
            )


def _numbers(curves: Curves, look: ReviewLook) -> None:
    """The shares that it judges rightly: of what it learns from, and of what is held out."""
    now = f"{look.told[-1].training.accuracy:.1%}" if look.told else "–"
    last = f"{curves.val_accuracy[-1]:.1%}" if len(curves) else "–"
    best = f"{max(curves.val_accuracy):.1%}" if len(curves) else "–"
    with st.grid(3, min_column_width=80):
        st.metric("In training", now, help="Of this epoch so far, before learning from each.")
        st.metric("Held out", last, help="Of all held-out reviews, after the last epoch.")
        st.metric("Best so far", best, help="The best of the epochs, on held-out reviews.")


def _offer_less(run: ReviewRun, look: ReviewLook) -> None:
    """Offer to train once more and to stop where validation turned."""
    turn = look.curves.turning_point
    if look.live or turn is None:
        return
    st.button(
        f"Train again, to epoch {turn.epoch} only",
        icon=":material/replay:",
        help="The same settings give the same curve, so you get the network from before it turned.",
        on_click=train_knobs.start_with,
        args=(replace(run.settings, epochs=turn.epoch), run.task.upload),
        key="review_again",
    )
