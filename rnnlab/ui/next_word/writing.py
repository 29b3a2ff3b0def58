"""Let it write: the network beside trigram and bigram, with temperature and the k likeliest."""

from __future__ import annotations

import re

import streamlit as st

from rnnlab.knobs import Knob
from rnnlab.language import baselines
from rnnlab.language.contest import Written, contest, first_wrong
from rnnlab.language.dictionary import END
from rnnlab.language.own_text import CHARACTERS
from rnnlab.language.reading import joined
from rnnlab.language.writing import NextWord
from rnnlab.ui import controls
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.next_word import sentence
from rnnlab.ui.next_word.runs import Shown

TITLE = "Let it write"
ICON = ":material/edit_note:"

TEMPERATURE = Knob(
    1.0,
    "Temperature",
    "Chances to the power 1 / temperature. 0: always the likeliest word. Above 1: bolder.",
    "data",
    low=0.0,
    high=2.0,
    step=0.1,
)
MOST = Knob(
    0,
    "Only the k likeliest",
    "Words beyond the k likeliest are never taken. 0: all may come.",
    "data",
    low=0,
    high=50,
)
SEED = Knob(
    1, "Seed", "Which random numbers. The same for all who write.", "data", low=0, high=9999
)

WRITTEN = {False: 10, True: 4}
"""Sentences, by whether they are of a text of one's own; there they are longer."""

SHOWN = 4

FORGOTTEN = {
    "english": "who was late, where to, or what the weather was",
    "chinese": "虽然 or 因为, who was late, or which measure word came",
}
LONGEST = {False: 40, True: 160}
"""Words or characters of a sentence, by whether they are characters."""


def draw(shown: Shown) -> None:
    """The knobs, and what each model writes."""
    reading = sentence.ask(shown)
    first, second, third = st.columns(3, gap="medium")
    with first:
        temperature = float(controls.widget("next_temperature", TEMPERATURE))
    with second:
        most = int(controls.widget("next_k", MOST))
    with third:
        seed = int(controls.widget("next_seed", SEED))
    from_mine = st.toggle(
        "Begin with your sentence", value=True, key="next_from_mine", bind="query-params"
    )
    st.button("Write again", icon=":material/casino:", on_click=_another_seed)
    models: dict[str, NextWord] = {}
    if shown.model is not None:
        models["Network"] = shown.model
    models["Trigram"] = baselines.ngram(shown.corpus, baselines.TRIGRAM)
    models["Bigram"] = baselines.ngram(shown.corpus, baselines.BIGRAM)
    begin = reading.ids if from_mine else ()
    own = shown.corpus.grammar is None
    written = contest(
        models,
        begin,
        shown.corpus.grammar,
        WRITTEN[own],
        seed=seed,
        temperature=temperature,
        most=most,
        longest=len(begin) + LONGEST[shown.unit == CHARACTERS],
    )
    for column, (name, one) in zip(
        st.columns(len(written), gap="medium"), written.items(), strict=True
    ):
        with column:
            _column(shown, name, one, len(begin))
    _meaning(shown, written, begin)


def _column(shown: Shown, name: str, written: Written, begin: int) -> None:
    st.markdown(f"**{name}**")
    for one in written.sentences[:SHOWN]:
        st.markdown(_as_sentence(_marked(shown, one, begin)))


def _as_sentence(text: str) -> str:
    """What begins like a heading or a list in Markdown, but is none."""
    return re.sub(r"^(\d*)([#+\-=.)])", r"\1\\\2", text)


def _marked(shown: Shown, said: tuple[int, ...], begin: int) -> str:
    """A sentence; what was given is grey, and where it leaves the grammar is marked."""
    wrong = None if shown.corpus.grammar is None else first_wrong(shown.corpus.grammar, said)
    whole = said[-1:] == (END,)
    words = shown.corpus.dictionary.said(said[:-1] if whole else said)
    parts = [escape_markdown(word) for word in words]
    if wrong is not None and wrong < len(parts):
        parts[wrong] = f":orange-background[✗ {parts[wrong]}]"
    given = joined(parts[:begin], shown.unit)
    rest = joined(parts[begin:], shown.unit)
    end = "" if whole and wrong != len(words) else " :orange-background[✗ ⏎]" if whole else " …"
    between = "" if shown.unit == CHARACTERS or not given else " "
    return (f":gray[{given}]{between}" if given else "") + rest + end


def _meaning(shown: Shown, written: dict[str, Written], begin: tuple[int, ...]) -> None:
    if shown.corpus.grammar is None:
        st.caption(
            "A bigram sees one word back and a trigram two: their sentences hang together only so "
            "far. Turn the temperature to 0, and look for loops."
        )
        return
    if first_wrong(shown.corpus.grammar, begin) is not None:
        st.markdown(
            "The beginning that you gave is none of the grammar's, so no sentence can be right. "
            "The ✗ marks where it leaves the grammar. Look who still finds a sensible end."
        )
        return
    counted = [
        f"{name.lower()} {one.right} of {len(one.sentences)}" for name, one in written.items()
    ]
    st.markdown(
        f"Sentences that the grammar could have said: **{', '.join(counted)}**; the first {SHOWN} "
        "of each stand above. A ✗ marks the first word that the grammar never says there, and … a "
        f"sentence without an end. Look what was forgotten: {FORGOTTEN[shown.settings.corpus]}."
    )


def _another_seed() -> None:
    known = int(st.session_state.get("next_seed") or 0)
    st.session_state["next_seed"] = known + 1 if known < 9999 else 0
