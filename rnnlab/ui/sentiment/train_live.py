"""A training on reviews as it happens: curves, numbers, and what they mean."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from rnnlab.charts.review_training import learning_chart, learning_table, recorded_table
from rnnlab.sentiment.learning import Curves, ReviewsRead
from rnnlab.sentiment.review_training import ARTICLE, ReviewTraining
from rnnlab.sentiment.stored import shipped, shipped_names
from rnnlab.ui import drawing
from rnnlab.ui.live_run.watching import show_bar, show_trouble, turned_since, watch_run
from rnnlab.ui.sentiment import review_run, train_words
from rnnlab.ui.sentiment.review_run import ReviewRun, ReviewSnapshot

OWN, ARTICLES = "Your training", "The article's, recorded"


def show(settings: ReviewTraining | None) -> None:
    """The live view of the training on show; before there is one, the article's figure.

    `settings` are what the knobs say, `None` if they make no sense together.
    """

    def draw(run: ReviewRun | None, snapshot: ReviewSnapshot) -> None:
        if run is None:
            _article()
        else:
            _draw(run, snapshot, settings)

    watch_run(review_run.SLOT, draw)


def recorded() -> Curves | None:
    """The article's training as it was recorded, epoch by epoch."""
    history = shipped("article").history if "article" in shipped_names() else {}
    return Curves(**history) if history else None


def _draw(run: ReviewRun, snapshot: ReviewSnapshot, settings: ReviewTraining | None) -> None:
    last = snapshot.last
    show_bar(
        train_words.where(snapshot),
        last.share if last is not None else 0.0,
        live=snapshot.live,
        stop=review_run.SLOT.stop,
        key="review",
    )
    with st.empty().container():  # a place of their own: else they push the curves elsewhere
        show_trouble(snapshot)
        if settings not in (None, run.task.settings):
            st.markdown(turned_since(run.task.settings, settings, "training"))
    if (last is None and not snapshot.live) or _picture() == ARTICLES:
        _article()
    else:
        _own(run, snapshot)


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


def _own(run: ReviewRun, snapshot: ReviewSnapshot) -> None:
    """The visitor's own training: curves, numbers, meaning."""
    curves = Curves.of(snapshot.progress)
    beside = recorded() if run.task.settings != ARTICLE else None
    # Another text would be another picture, so it stays the same while the training goes on.
    words = "" if snapshot.live else train_words.in_words(curves)
    table = learning_table(snapshot.progress, run.task.settings.epochs, beside)
    _curves(run.task.settings.epochs, table, words, "review_own", beside=beside is not None)
    _numbers(curves, snapshot)
    reviews = next((event for event in snapshot.events if isinstance(event, ReviewsRead)), None)
    learnt_from = reviews.learnt_from if reviews is not None else None
    st.markdown(train_words.meaning(curves, live=snapshot.live, learnt_from=learnt_from))
    _offer_less(run, snapshot)
    if reviews is not None:
        st.caption(train_words.about_the_reviews(reviews))


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


def _numbers(curves: Curves, snapshot: ReviewSnapshot) -> None:
    """The shares that it judges rightly: of what it learns from, and of what is held out."""
    now = f"{snapshot.last.training.accuracy:.1%}" if snapshot.last else "–"
    last = f"{curves.val_accuracy[-1]:.1%}" if len(curves) else "–"
    best = f"{max(curves.val_accuracy):.1%}" if len(curves) else "–"
    with st.grid(3, min_column_width=80):
        st.metric("In training", now, help="Of this epoch so far, before learning from each.")
        st.metric("Held out", last, help="Of all held-out reviews, after the last epoch.")
        st.metric("Best so far", best, help="The best of the epochs, on held-out reviews.")


def _offer_less(run: ReviewRun, snapshot: ReviewSnapshot) -> None:
    """Offer to train once more and to stop where validation turned."""
    turn = Curves.of(snapshot.progress).turning_point
    if snapshot.live or turn is None:
        return
    st.button(
        f"Train again, to epoch {turn.epoch} only",
        icon=":material/replay:",
        help="The same settings give the same curve, so you get the network from before it turned.",
        on_click=review_run.start_with,
        args=(replace(run.task.settings, epochs=turn.epoch), run.task.upload),
        key="review_again",
    )
