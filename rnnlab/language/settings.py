"""A next-word run: every knob, declared once, the settings they make, and what it reports."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from rnnlab.cells.cell import Weights
from rnnlab.errors import SettingError
from rnnlab.knobs import Configuration, Knob, Value, knob
from rnnlab.language.corpus import Corpus, OwnText, grammar_corpus, text_corpus
from rnnlab.network import Network
from rnnlab.progress import Progress
from rnnlab.settings import knobs as shared
from rnnlab.settings import limits, memory

OWN = "own"
CORPORA = {"english": "English grammar", "chinese": "Chinese grammar", OWN: "Your own text"}

ROWS, TIMESTEPS = 16, 40
"""One update reads so many sequences of the text side by side, each so many words long."""

FIRST_WEIGHTS = 0
"""Sets the generator of first weights apart from those of data."""

SENTENCE_WORDS, VOCABULARY = 18, 130
"""About what the lab's grammars have: words of a sentence, and of the dictionary."""

MAX_PRODUCTS = 1e12
"""Products of one run: a few minutes on two cores."""

BYTES_OF_A_WORD = 100
"""Bytes of a worker for each word: as a word, as numbers, and in its place in a sequence."""

BYTES_OF_EVALUATION = 120_000_000
"""Bytes for evaluating sentences that are held out, as many at once as is sensible."""

EMBEDDING_SPREAD = 0.2
"""The standard deviation of a text's first embedding: in 20,000 words most words come too rarely to
grow out of Keras' 0.03 (measured on three texts: perplexity 0 to 9 % below the trigram's with
Keras' rows, 4 to 10 % with these).
"""

RATES = (0.001, 0.002, 0.003, 0.005, 0.01, 0.02)


@dataclass(frozen=True)
class LanguageSettings(Configuration):
    """One next-word run, complete: equal settings give the same curve.

    `text` is there if and only if the corpus is one's own. Raises `SettingError` for anything the
    lab does not offer.
    """

    corpus: str = knob("english", "Text", "What there is to read.", "data", choices=tuple(CORPORA))
    text: OwnText | None = None
    sentences: int = knob(
        20_000,
        "Sentences",
        "How many sentences the grammar makes for training. All models learn from the same ones.",
        "data",
        low=1000,
        high=50_000,
        step=1000,
    )
    cell: str = shared.CELL.field(default="lstm")
    units: int = shared.UNITS.field(
        default=64,
        help="How many numbers the network can remember from one word to the next. Keras: `units`.",
        low=8,
        high=128,
        step=8,
    )
    embedding: int = knob(
        32,
        "Numbers a word",
        "The size of the embedding: how many numbers stand for each word. Keras: `output_dim`.",
        "network",
        low=2,
        high=128,
    )
    epochs: int = shared.EPOCHS.field(
        default=3,
        label="Passes",
        help="How often the whole text is read, at most: Keras calls these `epochs`. In the end "
        "you get the weights that were best on the sentences held out.",
        high=40,
        url_name="passes",
    )
    replaced: float = knob(
        0.0,
        "Words replaced",
        "While it trains, this share of the words is replaced by random ones, so that a small text "
        "is not learnt by heart so easily.",
        "training",
        low=0.0,
        high=0.5,
        step=0.05,
    )
    learning_rate: float = shared.LEARNING_RATE.field(
        help="How far an update moves the weights at the start. Towards the end it becomes small.",
        choices=RATES,
    )
    seed: int = shared.SEED.field(
        help="The number that random numbers start from: those of the sentences and first weights."
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.text is not None) != (self.corpus == OWN):
            raise SettingError("Paste or upload a text first.")
        limits.check_work(
            self.work, MAX_PRODUCTS, "run", "take fewer passes, a shorter text or fewer units"
        )

    @classmethod
    def knobs(cls, values: Mapping[str, Value]) -> dict[str, Knob]:
        """The knobs that matter for the corpus among these values, with defaults that suit it."""
        knobs = cls.all_knobs()
        own = values.get("corpus", knobs["corpus"].default) == OWN
        changes, idle = (_TEXT_DEFAULTS, "sentences") if own else ({}, "replaced")
        return {
            name: replace(knob, **changes.get(name, {}))
            for name, knob in knobs.items()
            if name != idle
        }

    @property
    def peak_bytes(self) -> int:
        """The most bytes of memory that a worker takes for the run."""
        n_words, vocabulary = self._size
        window = memory.window_bytes(self.network(vocabulary), ROWS, TIMESTEPS, slots=2)
        return window + n_words * BYTES_OF_A_WORD + BYTES_OF_EVALUATION

    @property
    def private(self) -> bool:
        """Whether they hold what a visitor has typed or uploaded."""
        return self.text is not None

    @property
    def data(self) -> Corpus:
        """What is learnt from and tested on."""
        if self.text is not None:
            return text_corpus(self.text)
        return grammar_corpus(self.corpus, self.sentences, self.seed)

    def network(self, vocabulary: int) -> Network:
        """The network that is trained, for a dictionary of this size."""
        return Network(
            cell=self.cell,
            units=self.units,
            features=self.embedding,
            outputs=vocabulary,
            last_step=False,
            vocabulary=vocabulary,
        )

    def first_weights(self, corpus: Corpus) -> Weights:
        """Weights as Keras draws them, but biases that know how often each word comes.

        For a text of one's own the embedding begins larger, `EMBEDDING_SPREAD`.
        """
        n = corpus.dictionary.size
        rng = np.random.default_rng([self.seed, FIRST_WEIGHTS])
        weights = self.network(n).initial_weights(rng)
        if self.text is not None:
            rows = rng.normal(0.0, EMBEDDING_SPREAD, weights["embedding"].shape)
            weights["embedding"] = rows.astype(np.float32)
        counts = np.bincount(corpus.training, minlength=n) + 0.1
        return weights | {"dense_bias": np.log(counts / counts.sum()).astype(np.float32)}

    @property
    def work(self) -> int:
        """About how many products the run does: a bound, from the size of what is read."""
        n_words, vocabulary = self._size
        products_a_word = self.network(vocabulary).parameters - vocabulary * self.embedding
        return self.epochs * n_words * products_a_word

    @property
    def _size(self) -> tuple[int, int]:
        """About how many words there are to read, and how many in the dictionary, at most."""
        if self.text is None:
            return self.sentences * SENTENCE_WORDS, VOCABULARY
        return self.text.n_tokens, self.text.max_vocabulary


_TEXT_DEFAULTS: dict[str, dict[str, Any]] = {
    "cell": {"default": "gru"},
    "learning_rate": {"default": 0.005},
    "embedding": {"default": 128},
    "replaced": {"default": 0.1},
    "epochs": {"default": 8},
}
"""Other defaults for a text of one's own: measured (`rnnlab.makers.language_models`)."""


@dataclass(frozen=True, kw_only=True)
class LanguageProgress(Progress):
    """A next-word run after some more updates; losses are in nats a token.

    `loss` is the mean over these updates, `validation_loss` the one on sentences that are not
    learnt from. `weights` are those with the least validation loss so far, `best_loss`, after
    `best_epochs`. A complete run, which may have stopped early, also has `test_loss`: that of these
    weights on sentences that had no say in anything.
    """

    loss: float
    validation_loss: float
    learning_rate: float
    best_loss: float = math.inf
    best_epochs: float = 0.0
    test_loss: float | None = None

    def __post_init__(self) -> None:
        if self.best_loss == math.inf:
            object.__setattr__(self, "best_loss", self.validation_loss)
            object.__setattr__(self, "best_epochs", self.epochs_done)

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do, be it that nothing better came for long."""
        return self.test_loss is not None

    @property
    def reached(self) -> float:
        """The loss of the best weights, on test sentences as soon as there is one."""
        return self.best_loss if self.test_loss is None else self.test_loss

    def after(self, previous: LanguageProgress) -> Self:
        """This progress, with the best weights so far: the previous ones if it is not better."""
        if self.validation_loss <= previous.best_loss:
            return self
        return replace(
            self,
            weights=previous.weights,
            best_loss=previous.best_loss,
            best_epochs=previous.best_epochs,
        )
