"""Train it: the curve of perplexity, beside n-grams of the same text and the best possible."""

from __future__ import annotations

import math
from typing import TypeAlias

import streamlit as st

from rnnlab.charts.next_words import perplexity_curve, perplexity_table
from rnnlab.language.ngram import Baselines, baselines
from rnnlab.language.settings import LanguageProgress, LanguageSettings
from rnnlab.ui import drawing
from rnnlab.ui.live_run import run_before
from rnnlab.ui.live_run.stream import Feed, ProgressLine
from rnnlab.ui.live_run.watching import show_bar, show_trouble, status, watch_run
from rnnlab.ui.next_word import controls
from rnnlab.ui.next_word import run as runs
from rnnlab.ui.next_word.run import LanguageRun, LanguageSnapshot, NextWordView

TITLE = "Train it"
ICON = ":material/show_chart:"
WORDS = (
    "best possible",
    "bigram",
    "chance",
    "embedding",
    "held out",
    "learnt by heart",
    "loss",
    "nat",
    "parameter",
    "perplexity",
    "trigram",
    "unit",
    "update",
    "weight",
)

LanguageFeed: TypeAlias = Feed[LanguageProgress] | None


def draw(view: NextWordView) -> None:
    """Knobs and buttons beside the curve."""
    left, right = st.columns([1, 2], gap="large")
    with left:
        settings = controls.knobs(view.settings)
        if settings is not None:
            st.caption(_size(settings, view))
            st.button(
                "Train",
                type="primary",
                icon=":material/play_arrow:",
                width="stretch",
                on_click=runs.start,
                args=(settings,),
            )

    def picture(run: LanguageRun | None, snapshot: LanguageSnapshot, feed: LanguageFeed) -> None:
        _draw(view.settings if run is None else run.task, run, snapshot, feed)

    with right:
        watch_run(runs.slot(view.settings), picture, line=_line)


def _size(settings: LanguageSettings, view: NextWordView) -> str:
    network = settings.network(view.corpus.dictionary.size)
    n = settings.data.training.size
    return (
        f"{network.parameters:,} parameters, {network.features * network.outputs:,} of them in the "
        f"embedding · {n:,} {view.unit} to learn from, {settings.epochs} times"
    )


def _draw(
    settings: LanguageSettings,
    run: LanguageRun | None,
    snapshot: LanguageSnapshot,
    feed: LanguageFeed,
) -> None:
    """The picture of a run with these settings, or of one that is still to come."""
    baseline = baselines(settings.data)
    last = snapshot.last
    at_first = ProgressLine("Press Train and watch the perplexity fall.", 0.0)
    show_bar(
        _line(snapshot) if run is not None else at_first,
        feed,
        live=snapshot.live,
        stop=runs.slot(settings).stop,
        key="next",
    )
    show_trouble(snapshot)
    earlier = run_before.before(runs.slot(settings), run)
    drawing.draw(
        drawing.own_spec(
            perplexity_curve,
            baseline.lines[1:],
            float(settings.epochs),
            earlier=earlier is not None,
        ),
        perplexity_table(snapshot.progress, earlier.progress if earlier else ()),
        key="next_curve",
        alt="Perplexity by passes. "
        + "; ".join(f"{name} {value:.4g}" for name, value in baseline.lines),
    )
    if earlier is not None:
        st.caption(run_before.sentence(earlier.task, settings, "the text"))
    _numbers(last, baseline)
    st.markdown(_meaning(settings, last, baseline))


def _line(snapshot: LanguageSnapshot) -> ProgressLine:
    """Where the training stands."""
    last = snapshot.last
    if last is None:
        return ProgressLine(status(snapshot), 0.0)
    early = last.step < last.steps
    why = " It stopped early: for some passes nothing got better." if early else ""
    text = status(
        snapshot,
        where=f"update {last.step:,} of {last.steps:,}, pass {last.epoch}",
        done=f"Done: {last.step:,} updates in {last.seconds:.1f} s.{why}",
    )
    return ProgressLine(text, last.share)


def _numbers(last: LanguageProgress | None, baseline: Baselines) -> None:
    with st.grid(4, min_column_width=110):
        reached = f"{math.exp(min(last.reached, 50)):.4g}" if last is not None else "–"
        st.metric("Network", reached, help=NETWORK)
        st.metric("Trigram", f"{baseline.trigram:.4g}", help=NGRAM)
        st.metric("Bigram", f"{baseline.bigram:.4g}", help=NGRAM)
        best = "unknown" if baseline.best is None else f"{baseline.best:.4g}"
        st.metric("Best possible", best, help=BEST)


NETWORK = (
    "The perplexity of the best weights so far, on sentences that it does not learn from. When "
    "training is done it is measured on other sentences, which were used for nothing else; so "
    "it is for the n-grams."
)
NGRAM = "Interpolated Kneser-Ney smoothing, counted in the same text, judged on the same sentences."
BEST = (
    "e to the power of the grammar's entropy, exactly. For a text that somebody wrote, nobody "
    "knows it."
)


def _meaning(settings: LanguageSettings, last: LanguageProgress | None, baseline: Baselines) -> str:
    """What the numbers say, with the visitor's own."""
    if last is None:
        best = (
            f", and {baseline.best:.3f} is the best that anything can reach"
            if baseline.best is not None
            else ""
        )
        return (
            f"A perplexity of {baseline.uniform:,.0f} means: every word of the dictionary is as "
            f"likely as any other. A trigram reaches {baseline.trigram:.4g}{best}. Watch where "
            "the curve ends."
        )
    nats = last.reached
    reached = math.exp(min(nats, 50))
    against = (
        f"below the trigram's {baseline.trigram:.4g}: memory beats two words"
        if reached < baseline.trigram
        else f"not yet below the trigram's {baseline.trigram:.4g}"
    )
    text = f"The network is at {reached:.4g} ({nats:.3f} nats a word), {against}."
    if baseline.best is not None:
        above = reached / baseline.best - 1
        return f"{text} That is {above:.1%} above the best possible, {baseline.best:.4g}."
    if math.exp(last.validation_loss) > 1.05 * math.exp(last.best_loss):
        text += " By now it learns its text by heart, and gets worse on other sentences."
    if settings.replaced:
        text += (
            " On the sentences that it learns from it looks worse than it is: "
            f"{settings.replaced:.0%} of the words that it reads there are replaced."
        )
    return f"{text} The weights of pass {last.best_epochs:.3g} were best, and are kept."
