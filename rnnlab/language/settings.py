"""Every knob of a run on words, once: defaults, ranges and words; and the run's settings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from rnnlab.cells import CELLS
from rnnlab.cells.cell import Weights
from rnnlab.errors import SettingError
from rnnlab.knobs import Knob, Value, knob, knobs_of
from rnnlab.language.corpus import Corpus, of_grammar, of_text
from rnnlab.language.own_text import OwnText
from rnnlab.network import Network

OWN = "own"
CORPORA = {"english": "English grammar", "chinese": "Chinese grammar", OWN: "Your own text"}

ROWS, TIMESTEPS = 16, 40
"""One update reads so many pieces of the text side by side, each so many words long."""

FIRST_WEIGHTS = 0
"""Sets the generator of first weights apart from those of data."""

WORDS_OF_A_SENTENCE, VOCABULARY = 18, 130
"""About what the lab's grammars have."""

MOST_WORK = 1e12
"""Products of one run: a few minutes on two cores."""

SPREAD = 0.2
"""The standard deviation of a text's first embedding: in 20,000 words most words come too rarely to
grow out of Keras' 0.03 (measured on three texts: perplexity 0 to 9 % below the trigram's with
Keras' rows, 4 to 10 % with these).
"""

RATES = (0.001, 0.002, 0.003, 0.005, 0.01, 0.02)


@dataclass(frozen=True)
class WordSettings:
    """One training run on words, complete: equal settings give the same curve.

    `text` is there if and only if the corpus is one's own. Raises `SettingError` for anything the
    lab does not offer.
    """

    corpus: str = knob("english", "Text", "What there is to read.", "data", choices=tuple(CORPORA))
    text: OwnText | None = None
    sentences: int = knob(
        20_000,
        "Sentences",
        "How many sentences the grammar says for training. All models learn from the same ones.",
        "data",
        low=1000,
        high=50_000,
        step=1000,
    )
    cell: str = knob(
        "lstm", "Cell", "The kind of recurrent layer.", "network", choices=tuple(CELLS)
    )
    units: int = knob(
        64,
        "Units",
        "How many numbers the network can remember from one word to the next.",
        "network",
        low=8,
        high=128,
        step=8,
    )
    embedding: int = knob(
        32,
        "Numbers a word",
        "The size of the dense embedding: so many numbers stand for each word.",
        "network",
        low=2,
        high=128,
    )
    passes: int = knob(
        3,
        "Passes",
        "How often all is read, at most. The weights that say sentences held out best are the "
        "ones you get.",
        "training",
        low=1,
        high=40,
    )
    replaced: float = knob(
        0.0,
        "Words replaced",
        "The share of the words read that is replaced by a random one while it trains: a small "
        "text is then not so easily learnt by heart.",
        "training",
        low=0.0,
        high=0.5,
        step=0.05,
    )
    learning_rate: float = knob(
        0.01,
        "Learning rate",
        "How large a step each update takes at the start; towards the end it becomes small.",
        "training",
        choices=RATES,
    )
    seed: int = knob(
        1,
        "Seed",
        "Which random numbers: for sentences and first weights.",
        "training",
        low=0,
        high=9999,
    )

    def __post_init__(self) -> None:
        for name, one in KNOBS.items():
            object.__setattr__(self, name, one.check(getattr(self, name)))
        if (self.text is not None) != (self.corpus == OWN):
            raise SettingError("Paste or upload a text first.")
        share = self.work / MOST_WORK
        if share > 1:
            raise SettingError(
                f"These settings ask for {share:.1f} times the work that one run may do: take "
                "fewer passes, a shorter text or fewer units."
            )

    @classmethod
    def of(cls, values: dict[str, Value], text: OwnText | None = None) -> Self:
        """The settings that these values make; knobs that do not matter keep their default."""
        known = knobs_for(values["corpus"])
        given = {name: values.get(name, one.default) for name, one in known.items()}
        return cls(**given, text=text)  # type: ignore[arg-type]

    @property
    def data(self) -> Corpus:
        """What is learnt from and judged by."""
        if self.text is not None:
            return of_text(self.text)
        return of_grammar(self.corpus, self.sentences, self.seed)

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

        For a text of one's own the embedding begins larger, `SPREAD`.
        """
        n = corpus.dictionary.size
        rng = np.random.default_rng([self.seed, FIRST_WEIGHTS])
        weights = self.network(n).initial_weights(rng)
        if self.text is not None:
            rows = rng.normal(0.0, SPREAD, weights["embedding"].shape)
            weights["embedding"] = rows.astype(np.float32)
        counts = np.bincount(corpus.learn, minlength=n) + 0.1
        return weights | {"dense_bias": np.log(counts / counts.sum()).astype(np.float32)}

    @property
    def work(self) -> int:
        """About how many products the run does: a bound, from the size of what is read."""
        if self.text is None:
            places, vocabulary = self.sentences * WORDS_OF_A_SENTENCE, VOCABULARY
        else:
            places, vocabulary = self.text.tokens, self.text.most_known
        return (
            self.passes
            * places
            * (self.network(vocabulary).parameters - vocabulary * self.embedding)
        )


KNOBS = knobs_of(WordSettings)
"""The knobs of every run on words, by field name."""


_OF_TEXT: dict[str, dict[str, Any]] = {
    "cell": {"default": "gru"},
    "learning_rate": {"default": 0.005},
    "embedding": {"default": 128},
    "replaced": {"default": 0.1},
    "passes": {"default": 8},
}
"""Other defaults for a text of one's own: measured (`rnnlab.makers.language_models`)."""


def knobs_for(corpus: Value) -> dict[str, Knob]:
    """The knobs that matter for this corpus, with the defaults that suit it."""
    if corpus != OWN:
        return {name: one for name, one in KNOBS.items() if name != "replaced"}
    return {
        name: replace(one, **_OF_TEXT.get(name, {}))
        for name, one in KNOBS.items()
        if name != "sentences"
    }
