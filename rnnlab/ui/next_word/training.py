"""Train it: the curve of perplexity, beside n-grams of the same text and the best possible."""

from __future__ import annotations

import math

import streamlit as st

from rnnlab.charts.next_words import perplexity_curve, perplexity_table
from rnnlab.language.ngram import Baselines, baselines
from rnnlab.language.settings import WordSettings
from rnnlab.ui import drawing
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.next_word import controls, runs
from rnnlab.ui.next_word.runs import Look, Shown

TITLE = "Train it"
ICON = ":material/show_chart:"

TICK = 0.4
"""Seconds between two looks at a run that goes on."""


def draw(shown: Shown) -> None:
    """Knobs and buttons beside the curve."""
    left, right = st.columns([1, 2], gap="large")
    with left:
        settings = controls.knobs(shown.settings)
        if settings is not None:
            st.caption(_size(settings, shown))
            st.button(
                "Train",
                type="primary",
                icon=":material/play_arrow:",
                width="stretch",
                on_click=runs.start,
                args=(settings,),
            )
    with right:
        look = runs.look(shown.settings)
        live = look is not None and look.live
        st.fragment(_view, run_every=TICK if live else None)(shown.settings, live)


def _size(settings: WordSettings, shown: Shown) -> str:
    network = settings.network(shown.corpus.dictionary.size)
    n = settings.data.training.size
    return (
        f"{network.parameters:,} parameters, {network.features * network.outputs:,} of them in the "
        f"embedding · {n:,} {shown.unit} to learn from, {settings.epochs} times"
    )


def _view(settings: WordSettings, live: bool) -> None:
    look = runs.look(settings)
    if live and look is not None and not look.live:
        if st.session_state.get("next_told") == look.progress[-1:]:
            st.rerun()
        st.session_state["next_told"] = look.progress[-1:]
    of = settings if look is None else look.settings
    known = baselines(of.data)
    _bar(look, of)
    progress = () if look is None else look.progress
    drawing.draw(
        drawing.spec(perplexity_curve, known.lines[1:], float(of.epochs)),
        perplexity_table(progress),
        key="next_curve",
        alt="Perplexity by passes. "
        + "; ".join(f"{name} {value:.4g}" for name, value in known.lines),
    )
    _numbers(look, known)
    st.markdown(_meaning(look, known))


def _bar(look: Look | None, settings: WordSettings) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        progress = () if look is None else look.progress
        share = progress[-1].step / progress[-1].steps if progress else 0.0
        if progress and progress[-1].complete:
            share = 1.0
        st.progress(share, text=_status(look))
        st.button(
            "Stop",
            icon=":material/stop:",
            disabled=look is None or not look.live,
            on_click=runs.stop,
            args=(settings,),
        )
    if look is not None and look.view.message:
        tell = st.error if look.view.state == "failed" else st.info
        tell(escape_markdown(look.view.message), icon=":material/info:")


def _status(look: Look | None) -> str:
    if look is None:
        return "Press Train and watch the perplexity fall."
    view, progress = look.view, look.progress
    if view.state == "starting":
        return "The computing side is starting. The first time takes a few seconds."
    if view.state == "waiting" and not progress:
        ahead = (view.place or 1) - 1
        return f"In the queue: {ahead} before this run." if ahead else "Next in the queue."
    if not progress:
        return "It did not begin." if view.ended else "Compiling the network…"
    last = progress[-1]
    if last.complete:
        early = last.step < last.steps
        why = " It stopped early: nothing better came for some passes." if early else ""
        return f"Done: {last.step:,} updates in {last.seconds:.1f} s.{why}"
    where = f"update {last.step:,} of {last.steps:,}, pass {math.ceil(last.epochs_done)}"
    return f"Stopped at {where}." if view.ended else f"Training: {where}."


def _numbers(look: Look | None, known: Baselines) -> None:
    progress = () if look is None else look.progress
    with st.grid(4, min_column_width=110):
        shown = "–"
        if progress:
            shown = f"{math.exp(min(progress[-1].reached, 50)):.4g}"
        st.metric("Network", shown, help=NETWORK)
        st.metric("Trigram", f"{known.trigram:.4g}", help=NGRAM)
        st.metric("Bigram", f"{known.bigram:.4g}", help=NGRAM)
        best = "unknown" if known.best is None else f"{known.best:.4g}"
        st.metric("Best possible", best, help=BEST)


NETWORK = (
    "The perplexity of the best weights so far, on sentences that are not learnt from; when "
    "training is done, on others that had no say in anything: the same as for the n-grams."
)
NGRAM = "Interpolated Kneser-Ney smoothing, counted in the same text, judged on the same sentences."
BEST = "e to the entropy of the grammar, exactly. Of a text that somebody wrote, nobody knows it."


def _meaning(look: Look | None, known: Baselines) -> str:
    """What the numbers say, with the visitor's own."""
    if look is None or not look.progress:
        best = (
            f", and {known.best:.3f} is the best that anything can reach"
            if known.best is not None
            else ""
        )
        return (
            f"A perplexity of {known.uniform:,.0f} means: every word of the dictionary is as "
            f"likely. A trigram reaches {known.trigram:.4g}{best}. Watch where the curve ends."
        )
    last = look.progress[-1]
    nats = last.reached
    reached = math.exp(min(nats, 50))
    against = (
        f"below the trigram's {known.trigram:.4g}: memory beats two words"
        if reached < known.trigram
        else f"not yet below the trigram's {known.trigram:.4g}"
    )
    text = f"The network is at {reached:.4g} ({nats:.3f} nats a word), {against}."
    if known.best is not None:
        above = reached / known.best - 1
        return f"{text} That is {above:.1%} above the best possible, {known.best:.4g}."
    if math.exp(last.validation_loss) > 1.05 * math.exp(last.best_loss):
        text += " By now it learns its text by heart and says other sentences worse."
    if look.settings.replaced:
        text += (
            f" The sentences learnt from look dearer than they are: {look.settings.replaced:.0%} "
            "of the words that it reads there are replaced."
        )
    return f"{text} The weights of pass {last.best_epochs:.3g} were best, and are kept."
