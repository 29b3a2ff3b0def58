"""What comes next, after every word: the network's chances, the true ones, and a way to go on."""

from __future__ import annotations

import math

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from rnnlab.charts.next_words import (
    BIGRAM,
    NETWORK,
    TRIGRAM,
    TRUTH,
    next_words_chart,
    next_words_table,
)
from rnnlab.charts.word_costs import word_costs_chart, word_costs_table
from rnnlab.language import baselines
from rnnlab.language.dictionary import END
from rnnlab.language.reading import Reading
from rnnlab.ui import drawing
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.next_word import sentence
from rnnlab.ui.next_word.runs import Shown
from rnnlab.ui.place import place

TITLE = "What comes next"
ICON = ":material/format_list_numbered:"

MOST_BARS, MOST_BUTTONS = 10, 6
AXES = (0.08, 0.2, 0.4, 1.0)
"""Where an axis of chances may end."""

AT = "next_at"
"""Where the session keeps after which word one looks, and of which sentence."""

Floats = NDArray[np.float64]
Said = dict[str, Floats]


def draw(shown: Shown) -> None:
    """The sentence, the likeliest next words as bars and as buttons, and what each word cost."""
    reading = sentence.ask(shown)
    at = position(reading, shown)
    said = everyone(shown, reading.ids[:at])
    first = NETWORK if NETWORK in said else TRIGRAM
    order = [int(one) for one in np.argsort(-said[first], kind="stable")[:MOST_BARS]]
    _buttons(shown, reading, at, order, said[first])
    words = tuple(shown.corpus.dictionary.said(order))
    before = "nothing" if at == 0 else f"“{escape_markdown(reading.words[at - 1])}”"
    drawing.draw(
        drawing.spec(next_words_chart, words, tuple(said), _longest(said, order)),
        next_words_table(words, order, said),
        key="next_words",
        alt=f"The likeliest words after {before}: {_in_words(words, order, said[first])}.",
    )
    st.markdown(_meaning(said, order, words, reading, at))
    _costs(shown, reading)


def position(reading: Reading, shown: Shown) -> int:
    """After how many words one looks: at the end, unless one goes back."""
    if st.session_state.get(f"{AT}_of") != (shown.settings.corpus, reading.ids):
        st.session_state[f"{AT}_of"] = (shown.settings.corpus, reading.ids)
        st.session_state[AT] = len(reading.ids)
    return place(
        AT,
        "After how many words",
        0,
        len(reading.ids),
        at_first=len(reading.ids),
        about="0 is before the first word. Go back to see what was expected there.",
    )


def everyone(shown: Shown, ids: tuple[int, ...]) -> Said:
    """The chances of every next word, by who says them."""
    said: Said = {}
    if shown.model is not None:
        said[NETWORK] = shown.model.next(ids)
    truth = None if shown.corpus.grammar is None else shown.corpus.grammar.next(ids)
    if truth is not None:
        said[TRUTH] = truth
    for name, order in ((TRIGRAM, baselines.TRIGRAM), (BIGRAM, baselines.BIGRAM)):
        said[name] = baselines.ngram(shown.corpus, order).next(ids)
    return said


def _buttons(shown: Shown, reading: Reading, at: int, order: list[int], chances: Floats) -> None:
    """Each of the likeliest words goes on the sentence; only at its end."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for rank, number in enumerate(order[:MOST_BUTTONS]):
            word = escape_markdown(shown.corpus.dictionary.word(number))
            st.button(
                f"{word} {_rounded(chances[number])}",
                key=f"next_word_{rank}",
                on_click=sentence.go_on,
                args=(shown, reading, number),
                disabled=at < len(reading.ids),
                help="The sentence ends; begin a new one." if number == END else "Go on with it.",
            )
        st.button(
            "Take one back",
            icon=":material/backspace:",
            type="tertiary",
            disabled=not reading.ids,
            on_click=sentence.back,
            args=(shown, reading),
        )


def _meaning(
    said: Said, order: list[int], words: tuple[str, ...], reading: Reading, at: int
) -> str:
    """The numbers of the likeliest word, and what the n-gram could see."""
    number, word = order[0], escape_markdown(words[0])
    seen = " ".join(escape_markdown(one) for one in reading.words[max(0, at - 2) : at])
    seen = f"only “{seen}”" if seen else "only the start"
    if NETWORK not in said:
        return (
            f"The trigram, which sees {seen}, gives **{word}** {said[TRIGRAM][number]:.1%}, and "
            f"the bigram {said[BIGRAM][number]:.1%}. No network has read this text yet: train one "
            "in “Train it”, and its bars join these marks."
        )
    parts = [f"The network gives **{word}** {said[NETWORK][number]:.1%}"]
    if TRUTH in said:
        parts.append(f"the grammar's true chance is {said[TRUTH][number]:.1%} (grey mark)")
    parts.append(f"the trigram, which sees {seen}, says {said[TRIGRAM][number]:.1%}")
    if TRUTH in said:
        apart = {who: _apart(said[TRUTH], said[who]) for who in (NETWORK, TRIGRAM)}
        return (
            f"{'; '.join(parts)}. Being so far from the truth costs the network "
            f"{apart[NETWORK]:.3f} nats here and the trigram {apart[TRIGRAM]:.3f}."
        )
    return f"{'; '.join(parts)}."


def _apart(truth: Floats, said: Floats) -> float:
    """What it costs on average to expect `said` where `truth` holds (Kullback & Leibler 1951)."""
    there = truth > 0
    return float(np.sum(truth[there] * np.log(truth[there] / np.maximum(said[there], 1e-30))))


def _costs(shown: Shown, reading: Reading) -> None:
    """What every word of the sentence cost."""
    if not reading.ids:
        return
    given = _given(shown, reading.ids)
    st.subheader("What your words cost")
    drawing.draw(
        drawing.spec(word_costs_chart, reading.words, tuple(given)),
        word_costs_table(reading.words, given),
        key="next_costs",
        alt="What each word of your sentence cost, in nats: "
        + ", ".join(f"{who} {_mean(one):.2f} a word" for who, one in given.items()),
    )
    first = NETWORK if NETWORK in given else TRIGRAM
    dearest = int(given[first].argmin())
    mean = _mean(given[first])
    st.markdown(
        f"The higher a mark, the less the word was expected. Dearest for the {first} was "
        f"**{escape_markdown(reading.words[dearest])}**, given {given[first][dearest]:.2%}: "
        f"−ln of it is {-math.log(max(given[first][dearest], 1e-30)):.2f} nats. The mean over your "
        f"{len(reading.ids)} words is {mean:.2f} nats, a perplexity of {math.exp(mean):.1f}."
    )


def _given(shown: Shown, ids: tuple[int, ...]) -> Said:
    """The chance that each word of the sentence was given, by who gave it."""
    given: Said = {}
    if shown.model is not None:
        given[NETWORK] = shown.model.after_each(ids)[np.arange(len(ids)), list(ids)]
    if shown.corpus.grammar is not None:
        true = [shown.corpus.grammar.next(ids[:n]) for n in range(len(ids))]
        given[TRUTH] = np.array(
            [0.0 if one is None else one[word] for one, word in zip(true, ids, strict=True)]
        )
    stream = np.array(ids, np.int32)
    for name, order in ((TRIGRAM, baselines.TRIGRAM), (BIGRAM, baselines.BIGRAM)):
        given[name] = baselines.ngram(shown.corpus, order).chances_of(stream)
    return given


def _mean(given: Floats) -> float:
    return float(-np.log(np.maximum(given, 1e-30)).mean())


def _longest(said: Said, order: list[int]) -> float:
    """Where the axis of the chances ends, so that small ones can still be seen."""
    highest = max(float(one[order].max()) for one in said.values())
    return next(end for end in AXES if end >= min(highest, 1.0))


def _rounded(chance: float) -> str:
    """A chance in whole percents, but never 0% of what may come."""
    return f"{chance:.0%}" if chance >= 0.005 else "<1%"


def _in_words(words: tuple[str, ...], order: list[int], chances: Floats) -> str:
    return ", ".join(f"{one} {_rounded(chances[k])}" for one, k in zip(words, order, strict=True))
