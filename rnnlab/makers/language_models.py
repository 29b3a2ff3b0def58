"""Make the networks that travel with the lab for the next word, and measure what the page says.

python -m rnnlab.makers language_models                  both grammars, three seeds each
python -m rnnlab.makers language_models --text FILE N    the first N words of a text file, too
python -m rnnlab.makers language_models --ship           keep the networks that travel with the lab

Perplexity is of sentences that nothing was learnt or chosen by; seconds are of the whole run, the
time in brackets without compiling.
"""

from __future__ import annotations

import math
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rnnlab.language.corpus import OwnText
from rnnlab.language.grammars import GRAMMARS
from rnnlab.language.model import ship
from rnnlab.language.ngram import baselines
from rnnlab.language.settings import OWN, LanguageProgress, LanguageSettings
from rnnlab.makers import say
from rnnlab.training.language import train

SEEDS = (1, 2, 3)


def measure(settings: LanguageSettings) -> LanguageProgress:
    """Train; the last progress of the run, after a line about it."""
    first: LanguageProgress | None = None
    for last in train(settings):
        first = first or last
    limits = baselines(settings.data)
    reached = math.exp(last.test_loss or math.nan)
    against = (
        f"trigram {limits.trigram:.2f} ({reached / limits.trigram - 1:+.1%})"
        if limits.best is None
        else f"best possible {limits.best:.4f} ({reached / limits.best - 1:+.1%}), "
        f"trigram {limits.trigram:.4f}, bigram {limits.bigram:.4f}"
    )
    without_compiling = last.seconds - (first.seconds if first else 0.0)
    say(
        f"{settings.corpus:<8} seed {settings.seed} {settings.cell} {settings.units}: "
        f"{reached:.4f}, {against}; {settings.data.training.size:,} words, {last.step:,} updates, "
        f"{last.seconds:.1f} s ({without_compiling:.1f}), best after {last.best_epochs:.3g} passes"
    )
    return last


def main(arguments: Sequence[str]) -> None:
    """Measure, and ship if asked to."""
    parser = ArgumentParser(
        "python -m rnnlab.makers language_models",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--text", nargs=2, metavar=("FILE", "N"), help="a text to learn, too")
    parser.add_argument("--ship", action="store_true", help="keep the networks of the first seed")
    options = parser.parse_args(arguments)
    for corpus in GRAMMARS:
        for seed in SEEDS:
            settings = replace(LanguageSettings(corpus=corpus), seed=seed)
            last = measure(settings)
            if seed == SEEDS[0] and options.ship:
                say(f"kept in {ship(settings, last)}")
    if options.text:
        file, n_words = options.text
        words = Path(file).read_text(encoding="utf-8").split(" ")
        text = OwnText("text", " ".join(words[: int(n_words)]))
        for seed in SEEDS:
            measure(LanguageSettings.of({"corpus": OWN, "seed": seed}, text=text))
