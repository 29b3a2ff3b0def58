"""What can be said of a training on reviews: where it stands, what its curves mean."""

from __future__ import annotations

from rnnlab.sentiment.files.sources import Loading
from rnnlab.sentiment.learning import Curves, ReviewsRead
from rnnlab.ui.live_run.watching import status
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.sentiment.review_run import ReviewSnapshot

ARTICLES_CLAIM = 0.85
MANY = 2_000
"""Reviews; a network that has learnt nothing from fewer needs more of them first of all."""
LEARNT_SOMETHING = 0.6
"""An accuracy on held-out reviews below this is hardly better than a coin's."""


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
        return "Its first epoch was not over, so nobody knows how well it judges held-out reviews."
    if not len(curves):
        return (
            "Watch the two accuracies part: what it learns from it will soon know, but only the "
            "dashed curve says what it has understood. A coin is right half of the time."
        )
    loss, val_loss = curves.loss[-1], curves.val_loss[-1]
    if max(curves.val_accuracy) < LEARNT_SOMETHING:
        if learnt_from is not None and learnt_from < MANY:
            return (
                f"With {curves.val_accuracy[-1]:.1%} on held-out reviews it does no better than a "
                f"coin might: {learnt_from:,} reviews are few to learn a language from. Give it "
                "thousands, or more epochs with these."
            )
        return (
            f"With {curves.val_accuracy[-1]:.1%} on held-out reviews it does hardly better than a "
            "coin. Give it more epochs, or let it read fewer words: what stood far back may be "
            "forgotten before the verdict."
        )
    turn = curves.turning_point
    if turn is not None:
        before = curves.loss[turn.epoch - 1]
        turned = (
            f"**Validation turned after epoch {turn.epoch}:** the loss on held-out reviews was "
            f"least there ({turn.loss:.3f}) and is {val_loss:.3f} now, while the training loss "
            f"went from {before:.3f} to {loss:.3f}."
        )
        if loss < before:
            return f"{turned} What helps only with reviews that it knows is called overfitting."
        return f"{turned} Both rose, so its steps may be too large: try a smaller learning rate."
    more = "" if live else " More epochs may still help."
    return (
        f"The loss on held-out reviews is at its least ({val_loss:.3f}; in training "
        f"{loss:.3f}), so it does not overfit yet.{more}"
    )


def article_sentence(curves: Curves) -> str:
    """What was measured of the article's network, and what to look at."""
    turn = curves.turning_point
    look = "Look at the dashed curves: they are what counts."
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
