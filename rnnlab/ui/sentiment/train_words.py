"""What can be said of a training on reviews: where it stands, what its curves mean."""

from __future__ import annotations

from rnnlab.sentiment.learning import Curves, ReviewsRead
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.sentiment.review_runs import ReviewLook

ARTICLES_CLAIM = 0.85
MANY = 2_000
"""Reviews; a network that has learnt nothing from fewer needs more of them first of all."""
LEARNT_SOMETHING = 0.6
"""An accuracy on held-out reviews below this is hardly better than a coin's."""


def status(look: ReviewLook) -> str:
    """Where the training stands, in one line."""
    view, told = look.view, look.told
    if view.state == "starting":
        return "The computing side is starting. The first time takes a few seconds."
    if view.state == "waiting":
        ahead = (view.place or 1) - 1
        return f"In the queue: {ahead} before this training." if ahead else "Next in the queue."
    if not told:
        return "It did not begin." if view.ended else look.doing or "Beginning…"
    last = told[-1]
    if look.complete:
        return f"Done: {last.steps:,} updates in {last.seconds:.0f} s."
    where = f"update {last.step:,} of {last.steps:,}, epoch {last.epoch} of {last.epochs}"
    if view.ended:
        return f"Stopped at {where}."
    seconds = last.seconds - told[0].seconds
    left = (last.steps - last.step) * seconds / max(1, last.step - told[0].step)
    return f"Training: {where}" + (f", {left:.0f} s left." if seconds else ".")


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
