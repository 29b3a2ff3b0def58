"""Make a model that travels with the lab, and print its figures.

python -m rnnlab.sentiment.train MODEL [--reviews PATH] [--into FILE]

PATH is a folder or a table of reviews; without it those that `RNNLAB_REVIEWS` names are taken, or
Keras' IMDB. The same reviews give the same model.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from rnnlab.errors import LabError
from rnnlab.sentiment.learning import Curves, Learning
from rnnlab.sentiment.model import Reader, SentimentModel
from rnnlab.sentiment.review_training import ARTICLE, ReviewTraining
from rnnlab.sentiment.sources import VARIABLE
from rnnlab.sentiment.stored import MODELS, write
from rnnlab.training.reviews import learn
from rnnlab.training.reviews.corpus import Corpus, held_out
from rnnlab.training.reviews.gather import gathered


class Recipe(Protocol):
    """How a model is made."""

    def make(self, name: str, corpus: Corpus) -> SentimentModel:
        """Train it on this corpus; what is held out of that is the recipe's own business."""


@dataclass(frozen=True)
class AsSet:
    """One network, trained as its settings say, with the weights that it ends with."""

    title: str
    sentence: str
    settings: ReviewTraining

    def make(self, name: str, corpus: Corpus) -> SentimentModel:
        """Train, telling epoch by epoch how it goes."""
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


RECIPES: dict[str, Recipe] = {
    "article": AsSet(
        "The article's network",
        "SimpleRNN(32) on 10,000 words, 500 of each review, zeros in front of shorter ones.",
        ARTICLE,
    ),
}
"""The models by name; each says how it is made."""


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def epoch_in_words(one: Learning) -> str:
    """The numbers of an epoch in one line."""
    loss, accuracy = one.training
    val_loss, val_accuracy = one.validation or one.training
    return (
        f"epoch {one.epoch:2} of {one.epochs}: loss {loss:.4f}, accuracy {accuracy:.4f}, "
        f"val_loss {val_loss:.4f}, val_accuracy {val_accuracy:.4f}, {one.seconds:.1f} s"
    )


def the_corpus() -> Corpus:
    """The reviews that the environment names, or Keras'."""
    for one in gathered(None):
        if isinstance(one, Corpus):
            return one
        say(getattr(one, "doing", ""))
    raise LabError("There are no reviews.")


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, print, write."""
    parser = argparse.ArgumentParser(prog="python -m rnnlab.sentiment.train")
    parser.add_argument("model", choices=sorted(RECIPES))
    parser.add_argument("--reviews", help="a folder or a table of reviews")
    parser.add_argument("--into", type=Path, help="the file to write")
    asked = parser.parse_args(arguments)
    if asked.reviews:
        os.environ[VARIABLE] = asked.reviews
    into: Path = asked.into or MODELS / f"{asked.model}.npz"
    try:
        model = RECIPES[asked.model].make(asked.model, the_corpus())
    except LabError as error:
        sys.exit(str(error))
    into.parent.mkdir(parents=True, exist_ok=True)
    write(model, into)
    for figure, value in model.figures.items():
        say(f"{figure}: {value:g}")
    say(f"{into.name}: {into.stat().st_size / 1e6:.2f} MB, {model.n_parameters:,} parameters")


if __name__ == "__main__":
    main()
