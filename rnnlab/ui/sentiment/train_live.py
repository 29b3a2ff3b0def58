"""A training on reviews as it happens: curves, numbers, and what they mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

import pandas as pd
import streamlit as st

from rnnlab.charts.review_training import (
    EARLIER,
    RECORDED,
    learning_chart,
    learning_table,
    recorded_table,
)
from rnnlab.sentiment.files.sources import Loading
from rnnlab.sentiment.model import shipped, shipped_names
from rnnlab.sentiment.review_training import (
    ARTICLE,
    Curves,
    ReviewProgress,
    ReviewsRead,
    ReviewTraining,
)
from rnnlab.ui import drawing
from rnnlab.ui.choices import choose_option
from rnnlab.ui.live_run import run_before
from rnnlab.ui.live_run.stream import Feed, ProgressLine
from rnnlab.ui.live_run.watching import show_bar, show_trouble, status, turned_since, watch_run
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.sentiment import review_run
from rnnlab.ui.sentiment.review_run import ReviewRun, ReviewSnapshot

ReviewFeed: TypeAlias = Feed[ReviewProgress] | None

OWN, ARTICLES = "Your training", "The article's, recorded"

ARTICLES_CLAIM = 0.85
MANY = 2_000
"""Reviews; a network that has learnt nothing from fewer needs more of them first of all."""
LEARNT_SOMETHING = 0.6
"""An accuracy on held-out reviews below this is hardly better than a coin's."""


def show(settings: ReviewTraining | None) -> None:
    """The live view of the training on show; before there is one, the article's figure.

    `settings` are what the knobs say, `None` if they make no sense together.
    """

    def draw(run: ReviewRun | None, snapshot: ReviewSnapshot, feed: ReviewFeed) -> None:
        if run is None:
            _article()
        else:
            _draw(run, snapshot, settings, feed)

    watch_run(review_run.SLOT, draw, line=_line)


def recorded() -> Curves | None:
    """The article's training as it was recorded, epoch by epoch."""
    history = shipped("article").history if "article" in shipped_names() else {}
    return Curves(**history) if history else None


def _line(snapshot: ReviewSnapshot) -> ProgressLine:
    """Where the training stands."""
    return ProgressLine(where(snapshot), snapshot.last.share if snapshot.last is not None else 0.0)


def _draw(
    run: ReviewRun, snapshot: ReviewSnapshot, settings: ReviewTraining | None, feed: ReviewFeed
) -> None:
    last = snapshot.last
    show_bar(
        _line(snapshot),
        feed,
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
    return choose_option("Picture", (OWN, ARTICLES), "review_picture", labelled=False)


def _article() -> None:
    """The article's figure, from the run that was recorded."""
    curves = recorded()
    if curves is not None:
        st.markdown(article_sentence(curves))
        table = recorded_table(curves)
        _curves(len(curves), table, in_words(curves), "review_article")


def _own(run: ReviewRun, snapshot: ReviewSnapshot) -> None:
    """The visitor's own training: curves, numbers, meaning."""
    curves = Curves.of(snapshot.progress)
    beside, caption = _beside(run)
    # Another text would be another picture, so it stays the same while the training goes on.
    words = "" if snapshot.live else in_words(curves)
    table = learning_table(snapshot.progress, run.task.settings.epochs, beside)
    _curves(
        run.task.settings.epochs, table, words, "review_own", beside=beside[0] if beside else ""
    )
    if caption:
        st.caption(caption)
    _numbers(curves, snapshot)
    reviews = next((event for event in snapshot.events if isinstance(event, ReviewsRead)), None)
    learnt_from = reviews.learnt_from if reviews is not None else None
    st.markdown(meaning(curves, live=snapshot.live, learnt_from=learnt_from))
    _offer_less(run, snapshot)
    if reviews is not None:
        st.caption(about_the_reviews(reviews))


def _beside(run: ReviewRun) -> tuple[tuple[str, Curves] | None, str]:
    """The other training in the picture, and what it is: the one before, else the article's."""
    earlier = run_before.before(review_run.SLOT, run)
    if earlier is not None and len(curves := Curves.of(earlier.progress)):
        before, now = earlier.task.settings, run.task.settings
        return (EARLIER, curves), run_before.sentence(before, now, "the reviews")
    articles = recorded() if run.task.settings != ARTICLE else None
    return (RECORDED, articles) if articles is not None else None, ""


def _curves(epochs: int, table: pd.DataFrame, words: str, key: str, *, beside: str = "") -> None:
    with st.grid(2, min_column_width=300):
        for measure in ("accuracy", "loss"):
            drawing.draw(
                drawing.spec(learning_chart, measure, epochs, beside=beside),
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
        st.metric(
            "In training",
            now,
            help=("In this epoch so far; each review is judged before it is learnt from."),
        )
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


def where(snapshot: ReviewSnapshot) -> str:
    """Where the training stands, in one line."""
    doing = [event.doing for event in snapshot.events if isinstance(event, Loading)]
    beginning = doing[-1] if doing else "Beginning…"
    last = snapshot.last
    if last is None:
        return status(snapshot, noun="training", beginning=beginning)
    first = snapshot.progress[0]
    seconds = last.seconds - first.seconds
    left = (last.steps - last.step) * seconds / max(1, last.step - first.step)
    return status(
        snapshot,
        where=f"update {last.step:,} of {last.steps:,}, epoch {last.epoch} of {last.epochs}",
        done=f"Done: {last.steps:,} updates in {last.seconds:.0f} s.",
        left=f", {left:.0f} s left" if seconds else "",
    )


def meaning(curves: Curves, *, live: bool, learnt_from: int | None = None) -> str:
    """What the curves say: what to watch for, then whether and where validation turned."""
    if not len(curves) and not live:
        return (
            "Its first epoch was not over, so it is not known how well it judges held-out reviews."
        )
    if not len(curves):
        return (
            "Watch the two accuracies move apart: it will soon know the reviews that it learns "
            "from, but only the dashed curve shows what it has understood. A coin is right "
            "half of the time."
        )
    if max(curves.val_accuracy) < LEARNT_SOMETHING:
        return _no_better_than_a_coin(curves.val_accuracy[-1], learnt_from)
    loss, val_loss = curves.loss[-1], curves.val_loss[-1]
    turn = curves.turning_point
    if turn is not None:
        before = curves.loss[turn.epoch - 1]
        turned = (
            f"**Validation turned after epoch {turn.epoch}:** there the loss on held-out reviews "
            f"was lowest ({turn.loss:.3f}). It is {val_loss:.3f} now, while the training loss went "
            f"from {before:.3f} to {loss:.3f}."
        )
        if loss < before:
            return (
                f"{turned} It now learns what helps only with the reviews it knows: that is "
                "overfitting."
            )
        return f"{turned} Both rose, so its steps may be too large: try a smaller learning rate."
    more = "" if live else " More epochs may still help."
    return (
        f"The loss on held-out reviews has never been lower ({val_loss:.3f}; in training "
        f"{loss:.3f}), so it does not overfit yet.{more}"
    )


def _no_better_than_a_coin(accuracy: float, learnt_from: int | None) -> str:
    """What may help a network that has learnt next to nothing."""
    if learnt_from is not None and learnt_from < MANY:
        return (
            f"{accuracy:.1%} on held-out reviews is no better than tossing a coin: {learnt_from:,} "
            "reviews are few to learn a language from. Give it thousands, or more epochs with "
            "these."
        )
    return (
        f"{accuracy:.1%} on held-out reviews is hardly better than tossing a coin. Give it more "
        "epochs, or let it read fewer words: it may forget the first ones before the verdict."
    )


def article_sentence(curves: Curves) -> str:
    """What was measured of the article's network, and what to look at."""
    turn = curves.turning_point
    look = "Look at the dashed curves: only they count."
    if turn is not None:
        look = (
            f"Look at the losses: on held-out reviews it is least after epoch {turn.epoch} "
            f"({turn.loss:.2f}) and ends at {curves.val_loss[-1]:.2f}, while in training it falls "
            f"on to {curves.loss[-1]:.2f}: from there on reviews are learnt by heart."
        )
    return (
        f"**The article's figure, from a run recorded in this lab:** at best, after epoch "
        f"{curves.best}, {max(curves.val_accuracy):.1%} of the held-out reviews are judged rightly "
        f"(the article: about {ARTICLES_CLAIM:.0%}). {look}"
    )


def about_the_reviews(gathered: ReviewsRead) -> str:
    """What was learnt from and judged on."""
    notices = "".join(f" {notice}" for notice in gathered.notices)
    if gathered.repeated:
        notices = (
            f" {gathered.repeated:,} of them repeat another one word for word; equal ones are on "
            f"one side, so that none is judged which it has learnt from.{notices}"
        )
    return escape_markdown(
        f"Learns from {gathered.learnt_from:,} reviews of “{gathered.name}” and is judged on "
        f"{gathered.held_out:,} others: shuffled once, then the last ones held out, as Keras does "
        f"it. Reviews of the same film may be on both sides.{notices}"
    )


def in_words(curves: Curves) -> str:
    """The curves for who cannot see them."""
    if not len(curves):
        return "No epoch is done yet."
    return (
        f"After {len(curves)} epochs: training loss {curves.loss[-1]:.3f} and accuracy "
        f"{curves.accuracy[-1]:.1%}, validation loss {curves.val_loss[-1]:.3f} and accuracy "
        f"{curves.val_accuracy[-1]:.1%}; best validation accuracy {max(curves.val_accuracy):.1%} "
        f"after epoch {curves.best}."
    )
