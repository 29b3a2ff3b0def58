"""The recipe of the models that judge short texts as well: learnt from pieces, then calibrated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells.cell import Floats
from rnnlab.errors import SettingError
from rnnlab.makers.sentiment.evaluation import figures
from rnnlab.makers.sentiment.held_out_texts import HeldOutTexts
from rnnlab.makers.sentiment.made_phrases import PlainWords, made_phrases, plain_words
from rnnlab.makers.sentiment.phrase_learning import learn_phrases
from rnnlab.makers.sentiment.pieces import PieceTraining, learn_pieces
from rnnlab.makers.sentiment.sayings import made_sayings, with_words
from rnnlab.makers.sentiment.short_texts import ShortTexts
from rnnlab.makers.sentiment.treebank import (
    EncodedPhrases,
    HeldOutPhrases,
    SentenceTree,
    distinct,
    held_out_sentences,
)
from rnnlab.makers.sentiment.weight_fitting import fit_weighing
from rnnlab.makers.sentiment.word_vectors import word_vectors
from rnnlab.sentiment import forward, model
from rnnlab.sentiment.files.reviews import ReviewsError
from rnnlab.sentiment.model import Reader, SentimentModel
from rnnlab.sentiment.vocabulary import (
    LARGEST_VOCABULARY,
    SPECIAL,
    START,
    UNKNOWN,
    Ids,
    Vocabulary,
)
from rnnlab.training.review_corpus import ReviewCorpus

HELD_OUT = 0.1
HELD_OUT_SENTENCES = 1_100
SPLIT_SEED = 1
N_MADE = 60_000
N_SAYINGS = 20_000
LONGEST_RUN = 100
VECTOR_DEVIATION = 0.5
"""The standard deviation of the numbers in the word vectors."""
Report = Callable[[str], None]


@dataclass(frozen=True)
class Material:
    """What a model learns from, and what is held out; without a treebank only reviews.

    `held_back` are texts, as their words, that nothing made by rule may say.
    """

    learnt: ReviewCorpus
    held_out: ReviewCorpus
    phrases: EncodedPhrases | None = None
    held_out_phrases: HeldOutPhrases | None = None
    held_back: frozenset[tuple[str, ...]] = frozenset()

    @classmethod
    def of(
        cls,
        corpus: ReviewCorpus,
        sentences: Sequence[SentenceTree] = (),
        held_back: Iterable[tuple[str, ...]] = (),
    ) -> Self:
        """The reviews by film, and the sentences of a treebank with all their phrases."""
        reviews = by_film(corpus, HELD_OUT, SPLIT_SEED)
        if not sentences:
            return cls(*reviews)
        learnt, held_out = held_out_sentences(sentences, HELD_OUT_SENTENCES, SPLIT_SEED)
        labelled = distinct(learnt)
        return cls(
            *reviews,
            EncodedPhrases.of(labelled),
            HeldOutPhrases.of(held_out, learnt),
            frozenset({*distinct(held_out)} - {*labelled} | {*held_back}),
        )


@dataclass(frozen=True)
class FromPieces:
    """A network that learns from pieces of 90 % of the reviews, and what may stand beside it.

    With a treebank it learns from its phrases too, and from `N_MADE` made by rule of its words.
    Beside it may be networks for `short` texts, which share its word vectors and learn from sayings
    too, and with `phrases` a linear model: that knows words better than a network, and order worse.
    Of what is held out, one half at a time says how much the logits of the first network, of the
    mean of the others and of the phrases count in texts of which length, the first in long ones and
    the others in short ones; the figures are of the other half. The model goes by all of it.
    """

    title: str
    sentence: str
    training: PieceTraining
    short: tuple[PieceTraining, ...] = ()
    phrases: bool = False
    most_words: int = 600

    def make(
        self,
        name: str,
        corpus: ReviewCorpus,
        report: Report,
        sentences: Sequence[SentenceTree] = (),
        held_back: Iterable[tuple[str, ...]] = (),
    ) -> SentimentModel:
        """Train it, reporting how it goes, with the sentences of a treebank or without."""
        material = Material.of(corpus, sentences, held_back)
        plain = self._plain_words(material)
        labelled = self._labelled(material, plain, self.training.seed)
        reader = self._reader(material.learnt, labelled, report)
        short: list[Reader] = []
        if self.short and plain is not None:
            plain = with_words(plain)
            embedding = reader.weights["embedding"]
            for training in self.short:
                labelled = self._labelled(material, plain, training.seed, N_SAYINGS)
                short.append(_learnt(training, embedding, material.learnt, labelled, report))
        phrases = self._phrases(material.learnt, labelled, report) if self.phrases else None
        return self.weighed(name, material, reader, short, phrases)

    def weighed(
        self,
        name: str,
        material: Material,
        reader: Reader,
        short: Sequence[Reader],
        phrases: model.Phrases | None,
    ) -> SentimentModel:
        """The model of these parts: how much each counts, and how good they are together."""
        held_out = HeldOutTexts.of(material, self._inputs)
        inputs = [np.concatenate([np.array([START], np.int32), ids]) for ids in held_out.texts]
        columns = [forward.logits(reader, inputs)]
        if short:
            columns.append(np.mean([forward.logits(own, inputs) for own in short], axis=0))
        if phrases is not None:
            columns.append(np.array([phrases.logit(ids) for ids in held_out.texts]))
        logits = np.column_stack(columns)
        fitted = fit_weighing(logits, held_out, bool(short))
        weights = tuple(
            (first, *(rest[0] / len(short) for _ in short), *rest[bool(short) :])
            for first, *rest in fitted.weights
        )
        return SentimentModel(
            name,
            self.title,
            self.sentence,
            (reader, *short),
            phrases,
            weighing=replace(fitted, weights=weights),
            most_words=self.most_words,
            figures=figures(held_out, logits, bool(short)) | {"learnt from": len(material.learnt)},
        )

    def _plain_words(self, material: Material) -> PlainWords | None:
        """The words of the treebank that say something by themselves."""
        if material.phrases is None:
            return None
        names = np.array(["", *SPECIAL[1:], *Vocabulary.of(LARGEST_VOCABULARY).words])
        texts = (names[ids] for ids in material.learnt.ids)
        return plain_words(material.phrases.by_words, texts)

    def _labelled(
        self, material: Material, plain: PlainWords | None, seed: int, n_sayings: int = 0
    ) -> list[EncodedPhrases]:
        """The phrases of the treebank, those made of plain words, and sayings if so many."""
        if material.phrases is None or plain is None:
            return []
        made = [made_phrases(plain, N_MADE, np.random.default_rng(seed))]
        if n_sayings:
            made.append(made_sayings(plain, n_sayings, np.random.default_rng([seed, 1])))
        new = [
            {words: p for words, p in own.items() if words not in material.held_back}
            for own in made
        ]
        return [material.phrases, *map(EncodedPhrases.of, new)]

    def _reader(
        self, corpus: ReviewCorpus, labelled: Sequence[EncodedPhrases], report: Report
    ) -> Reader:
        network = self.training.network
        rng = np.random.default_rng(self.training.seed)
        report(f"Numbers for {network.vocabulary:,} words, from the words beside them.")
        vectors = word_vectors(corpus.ids, network.vocabulary, network.features, rng)
        vectors *= np.float32(VECTOR_DEVIATION)
        training = self.training if labelled else replace(self.training, short=())
        return _learnt(training, vectors, corpus, labelled, report)

    def _phrases(
        self, corpus: ReviewCorpus, labelled: Sequence[EncodedPhrases], report: Report
    ) -> model.Phrases:
        report("Weights of phrases.")
        rng = np.random.default_rng(self.training.seed)
        n_words = self.training.network.vocabulary
        texts = [ids for phrases in labelled for ids in phrases.ids]
        targets = np.concatenate([[], *(phrases.targets for phrases in labelled)])
        phrases = learn_phrases(corpus.ids, corpus.labels, n_words, rng, (texts, targets))
        report(f"{len(phrases.keys):,} phrases.")
        return phrases

    def _inputs(self, ids: NDArray[Any]) -> Ids:
        """The last words of a review, in the network's vocabulary."""
        last = ids[-self.most_words :].astype(np.int32)
        return np.where(last < self.training.network.vocabulary, last, UNKNOWN).astype(np.int32)


def _learnt(
    training: PieceTraining,
    vectors: Floats,
    corpus: ReviewCorpus,
    labelled: Sequence[EncodedPhrases],
    report: Report,
) -> Reader:
    """A network that has learnt from pieces and from what is labelled."""
    report(f"From pieces, and {', '.join(f'{len(own):,}' for own in labelled) or 'no'} phrases.")

    def report_update(update: int, loss: float) -> None:
        report(f"update {update:,} of {training.updates:,}: loss {loss:.4f}")

    by_length = [ShortTexts(phrases.ids, phrases.targets) for phrases in labelled]
    return Reader(
        training.network, learn_pieces(training, vectors, corpus, report_update, by_length)
    )


def by_film(corpus: ReviewCorpus, share: float, seed: int) -> tuple[ReviewCorpus, ReviewCorpus]:
    """Reviews to learn from, and about this share of all, held out; a film is on one side only.

    That is as sure as what the reviews say of their films, or their order does (`in_whole_films`):
    Keras' own come shuffled. A review whose very text is learnt from is left out of the other side.
    """
    is_held_out = in_whole_films(corpus, share, seed)
    training = corpus.subset(np.flatnonzero(~is_held_out))
    held_out = corpus.subset(np.flatnonzero(is_held_out))
    known = {ids.tobytes() for ids in training.ids}
    new = np.array([ids.tobytes() not in known for ids in held_out.ids], dtype=bool)
    if not new.any():
        raise ReviewsError(f"The reviews of '{corpus.name}' are all alike; add different ones.")
    return training, held_out.subset(np.flatnonzero(new))


def in_whole_films(corpus: ReviewCorpus, share: float, seed: int) -> NDArray[np.bool_]:
    """Which reviews are held out, about this share of all: whole films.

    If the reviews do not say which film they are about, neighbours stay together, in runs of
    `LONGEST_RUN` or 1/20 of all: data sets list one film after another.
    """
    if not 0 < share < 1:
        raise SettingError(f"The share held out lies between 0 and 1, but it is {share}.")
    groups = _groups(corpus)
    sizes = np.bincount(groups)
    if len(sizes) < 2:
        raise ReviewsError(
            f"The reviews of '{corpus.name}' are all about one film; add some of another, so that "
            "the network is judged on a film it has not read of."
        )
    order = np.random.default_rng(seed).permutation(len(sizes))
    distance = abs(np.cumsum(sizes[order])[:-1] - share * len(corpus))
    held_out: NDArray[np.bool_] = np.isin(groups, order[: int(distance.argmin()) + 1])
    return held_out


def _groups(corpus: ReviewCorpus) -> NDArray[np.intp]:
    """The number, from 0, of the film of each review, or of the run of neighbours it is in."""
    if corpus.films is not None:
        numbers = {film: number for number, film in enumerate(dict.fromkeys(corpus.films))}
        return np.array([numbers[film] for film in corpus.films], dtype=np.intp)
    run = min(LONGEST_RUN, max(1, len(corpus) // 20))
    return np.arange(len(corpus), dtype=np.intp) // run
