"""Make a sentiment model that travels with the lab, and print its figures.

python -m rnnlab.makers sentiment_model MODEL [--reviews PATH] [--phrases TREES]
    [--held-back TABLE …] [--into FILE]

PATH is a folder or a table of reviews; without it those that `RNNLAB_REVIEWS` names are taken, or
Keras' IMDB. TREES is a file of the Stanford Sentiment Treebank (Socher et al. 2013), in brackets;
without it a model learns from reviews alone. A TABLE, with tabs, has a column "text" of what a
model is to be judged by: nothing that is made by rule says the same. The same files give the same
model.
"""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rnnlab.cells import cell
from rnnlab.errors import LabError
from rnnlab.makers import say
from rnnlab.makers.sentiment.from_pieces import FromPieces, Report
from rnnlab.makers.sentiment.pieces import PieceTraining
from rnnlab.makers.sentiment.treebank import SentenceTree, read_treebank
from rnnlab.network import MEAN_MAX, Network
from rnnlab.sentiment.files.sources import VARIABLE
from rnnlab.sentiment.model import MODELS, Reader, SentimentModel, write_model
from rnnlab.sentiment.review_training import ARTICLE, Curves, ReviewProgress, ReviewTraining
from rnnlab.sentiment.vocabulary import LARGEST_VOCABULARY, words
from rnnlab.training.review_corpus import ReviewCorpus, held_out, load_corpus
from rnnlab.training.reviews import learn

PHRASES, MADE = 0.4, 0.25
"""The shares of updates that read phrases of the treebank, and phrases made by rule."""


@dataclass(frozen=True)
class FromSettings:
    """One network, trained by its settings as on the page, with the weights that it ends with."""

    title: str
    sentence: str
    settings: ReviewTraining

    def make(
        self,
        name: str,
        corpus: ReviewCorpus,
        report: Report,
        sentences: Sequence[SentenceTree] = (),
        held_back: Iterable[tuple[str, ...]] = (),
    ) -> SentimentModel:
        """Train, reporting epoch by epoch how it goes, on reviews alone."""
        del sentences, held_back
        s, history = self.settings, []
        training, validation = held_out(corpus, s.validation_split)
        for progress in learn(s, training, validation):
            history.append(progress.brief())
            if progress.validation is not None:
                report(epoch_sentence(progress))
        curves, weights = Curves.of(history), progress.weights or {}
        figures = {
            "learnt from": len(training),
            "held out": len(validation),
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


def epoch_sentence(progress: ReviewProgress) -> str:
    """The numbers of an epoch in one line."""
    loss, accuracy = progress.training
    val_loss, val_accuracy = progress.validation or progress.training
    return (
        f"epoch {progress.epoch:2} of {progress.epochs}: loss {loss:.4f}, accuracy {accuracy:.4f}, "
        f"val_loss {val_loss:.4f}, val_accuracy {val_accuracy:.4f}, {progress.seconds:.1f} s"
    )


def _causal(name: str) -> FromPieces:
    """What memory buys can only be seen if all that differs is the cell."""
    title = cell(name).title
    return FromPieces(
        title,
        f"{title}(32) on 10,000 words, from the first word to the last.",
        PieceTraining(
            Network(cell=name, units=32, features=64, outputs=1, last_step=True, vocabulary=10_000),
            updates=2_500,
            learning_rate=0.003,
            short=(PHRASES, MADE),
        ),
    )


BEST = Network(
    cell="gru",
    units=64,
    features=128,
    outputs=1,
    last_step=True,
    vocabulary=LARGEST_VOCABULARY,
    bidirectional=True,
    pooling=MEAN_MAX,
)


def _for_short_texts(seed: int) -> PieceTraining:
    return PieceTraining(
        BEST,
        updates=6_000,
        learning_rate=0.003,
        words=2_048,
        seed=seed,
        short=(0.5, 0.22, 0.13),
        lengths=(8, 12, 16, 25, 40),
    )


RECIPES: dict[str, FromSettings | FromPieces] = {
    "article": FromSettings(
        "The article's network",
        "SimpleRNN(32) on 10,000 words, 500 of each review, zeros in front of shorter ones.",
        ARTICLE,
    ),
    "best": FromPieces(
        "The lab's best",
        "GRU(64) in both directions on 20,000 words, two more for texts below 150 words, "
        "and what phrases of up to three words are worth.",
        PieceTraining(BEST, updates=2_500, learning_rate=0.003, short=(PHRASES, MADE)),
        short=tuple(_for_short_texts(seed) for seed in (1, 2)),
        phrases=True,
    ),
    **{name: _causal(name) for name in ("simple_rnn", "lstm", "gru")},
}
"""The models by name; each says how it is made."""


def corpus() -> ReviewCorpus:
    """The reviews that the environment names, or Keras'."""
    for event in load_corpus(None):
        if isinstance(event, ReviewCorpus):
            return event
        say(getattr(event, "doing", ""))
    raise LabError("There are no reviews.")


def texts_of(table: Path) -> Iterator[tuple[str, ...]]:
    """The texts of a table with tabs, as their words."""
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield tuple(words(row["text"]))


def main(arguments: Sequence[str]) -> None:
    """Train, print, write."""
    parser = argparse.ArgumentParser(prog="python -m rnnlab.makers sentiment_model")
    parser.add_argument("model", choices=sorted(RECIPES))
    parser.add_argument("--reviews", help="a folder or a table of reviews")
    parser.add_argument("--phrases", type=Path, help="a file of trees with labels")
    parser.add_argument("--held-back", type=Path, nargs="*", default=[], help="tables of texts")
    parser.add_argument("--into", type=Path, help="the file to write")
    options = parser.parse_args(arguments)
    if options.reviews:
        os.environ[VARIABLE] = options.reviews
    into: Path = options.into or MODELS / f"{options.model}.npz"
    sentences = read_treebank(options.phrases) if options.phrases else []
    held_back = [text for table in options.held_back for text in texts_of(table)]
    model = RECIPES[options.model].make(options.model, corpus(), say, sentences, held_back)
    into.parent.mkdir(parents=True, exist_ok=True)
    write_model(model, into)
    for figure, value in model.figures.items():
        say(f"{figure}: {value:g}")
    say(f"{into.name}: {into.stat().st_size / 1e6:.2f} MB, {model.n_parameters:,} parameters")
