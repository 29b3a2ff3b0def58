"""The recipe of a model that is trained as its settings say, as on the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

from rnnlab.sentiment.learning import Curves, ReviewProgress
from rnnlab.sentiment.model import Reader, SentimentModel
from rnnlab.sentiment.review_training import ReviewTraining
from rnnlab.training.reviews.corpus import Corpus, held_out
from rnnlab.training.reviews.run import learn


@dataclass(frozen=True)
class AsSet:
    """One network, trained as its settings say, with the weights that it ends with."""

    title: str
    sentence: str
    settings: ReviewTraining

    def make(self, name: str, corpus: Corpus, say: Callable[[str], None]) -> SentimentModel:
        """Train, saying epoch by epoch how it goes."""
        s, told = self.settings, []
        learnt, judged = held_out(corpus, s.validation_split)
        for one in learn(s, learnt, judged):
            told.append(one.brief())
            if one.validation is not None:
                say(epoch_in_words(one))
        curves, weights = Curves.of(told), one.weights or {}
        figures = {
            "learnt from": len(learnt),
            "held out": len(judged),
            "last validation accuracy": curves.val_accuracy[-1],
            "best validation accuracy": max(curves.val_accuracy),
            "best epoch": curves.best,
        }
        return SentimentModel(
            name,
            self.title,
            self.sentence,
            (Reader(s.network, weights),),
            most_words=s.length,
            padded_to=s.length,
            figures=figures,
            history=asdict(curves),
        )


def epoch_in_words(one: ReviewProgress) -> str:
    """The numbers of an epoch in one line."""
    loss, accuracy = one.training
    val_loss, val_accuracy = one.validation or one.training
    return (
        f"epoch {one.epoch:2} of {one.epochs}: loss {loss:.4f}, accuracy {accuracy:.4f}, "
        f"val_loss {val_loss:.4f}, val_accuracy {val_accuracy:.4f}, {one.seconds:.1f} s"
    )
