"""What comes next, after every word: the network's chances, the true ones, and a way to go on."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from rnnlab.charts import next_words as charts
from rnnlab.charts.next_words import BIGRAM, NETWORK, TRIGRAM, TRUTH
from rnnlab.knobs import Knob
from rnnlab.language.generation import Prompt
from rnnlab.language.ngram import ORDERS, ngram
from rnnlab.language.tokenizer import END
from rnnlab.ui import address, drawing
from rnnlab.ui.choices import choose_position
from rnnlab.ui.knobs import widget
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.next_word import sentence
from rnnlab.ui.next_word.run import NextWordView

TITLE = "What comes next"
ICON = ":material/format_list_numbered:"
WORDS = (
    "bigram",
    "chance",
    "grammar",
    "nat",
    "perplexity",
    "trigram",
    "unit",
)

MAX_BARS, MAX_BUTTONS = 10, 6
AXIS_ENDS = (0.08, 0.2, 0.4, 1.0)
"""Where an axis of probabilities may end."""

POSITION = "next_at"
"""Where the session keeps after which word one looks, and in which sentence."""

FIRST_SHOWN = 2
"""How many of those who predict are shown before one asks for all."""
ALL = "next_all"
ALL_KNOB = Knob(
    False,
    "Counting beside it",
    "Trigram and bigram only count which words followed the last two, or the last one.",
    "data",
)

Floats = NDArray[np.float64]
ByModel = dict[str, Floats]
"""Probabilities by the name of the model that gives them, as the charts have it."""


def draw(view: NextWordView) -> None:
    """The sentence, the likeliest next words as bars and as buttons, and what each word cost."""
    prompt = sentence.ask(view)
    address.link(ALL, ALL_KNOB)
    picture = st.container()
    index = position(prompt, view)
    with picture:
        _likeliest(view, prompt, index)
    _losses(view, prompt)


def _likeliest(view: NextWordView, prompt: Prompt, index: int) -> None:
    """The likeliest words after the first `index` of the sentence: a sentence, bars, buttons."""
    by_model = _shown(next_probabilities(view, prompt.ids[:index]))
    first = by_model[NETWORK if NETWORK in by_model else TRIGRAM]
    likeliest = [int(number) for number in np.argsort(-first, kind="stable")[:MAX_BARS]]
    words = tuple(view.corpus.dictionary.words_of(likeliest))
    previous = "nothing" if index == 0 else f"“{escape_markdown(prompt.words[index - 1])}”"
    listed = ", ".join(
        f"{word} {_rounded(first[number])}" for word, number in zip(words, likeliest, strict=True)
    )
    read = prompt.words[max(0, index - ORDERS[TRIGRAM] + 1) : index]
    st.markdown(_meaning(by_model, likeliest[0], words[0], read))
    drawing.draw(
        drawing.own_spec(
            charts.next_words_chart, words, tuple(by_model), _axis_end(by_model, likeliest)
        ),
        charts.next_words_table(words, likeliest, by_model),
        key="next_words",
        alt=f"The likeliest words after {previous}: {listed}.",
    )
    _buttons(view, prompt, index, likeliest)
    widget(ALL, ALL_KNOB)


def position(prompt: Prompt, view: NextWordView) -> int:
    """After how many words one looks: at the end, unless one goes back."""
    end = len(prompt.ids)
    if st.session_state.get(f"{POSITION}_of") != (view.settings.corpus, prompt.ids):
        st.session_state[f"{POSITION}_of"] = (view.settings.corpus, prompt.ids)
        st.session_state[POSITION] = end
    return choose_position(
        POSITION,
        "After how many words",
        0,
        end,
        default=end,
        help_text="0 is before the first word. Go back to see what was expected at each place.",
    )


def next_probabilities(view: NextWordView, ids: tuple[int, ...]) -> ByModel:
    """Those of every next word, (vocabulary,)."""
    by_model: ByModel = {}
    if view.model is not None:
        by_model[NETWORK] = view.model.next_probabilities(ids)
    if view.corpus.grammar is not None:
        true = view.corpus.grammar.next_probabilities(ids)
        by_model |= {} if true is None else {TRUTH: true}
    for name, order in ORDERS.items():
        by_model[name] = ngram(view.corpus, order).next_probabilities(ids)
    return by_model


def _shown(by_model: ByModel) -> ByModel:
    """The network and the truth, or who is there instead; all if one asks for them."""
    if st.session_state.get(ALL):
        return by_model
    return dict(list(by_model.items())[:FIRST_SHOWN])


def _buttons(view: NextWordView, prompt: Prompt, index: int, likeliest: list[int]) -> None:
    """Each of the likeliest words goes on the sentence; only at its end."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for rank, number in enumerate(likeliest[:MAX_BUTTONS]):
            word = escape_markdown(view.corpus.dictionary.word(number))
            st.button(
                word,
                key=f"next_word_{rank}",
                on_click=sentence.append,
                args=(view, prompt, number),
                disabled=index < len(prompt.ids),
                help="The sentence ends; begin a new one." if number == END else "Go on with it.",
            )
        st.button(
            "Take one back",
            icon=":material/backspace:",
            type="tertiary",
            disabled=not prompt.ids,
            on_click=sentence.remove_last,
            args=(view, prompt),
        )


def _meaning(by_model: ByModel, number: int, likeliest: str, read: Sequence[str]) -> str:
    """The probabilities of the likeliest word, and what the trigram `read`."""
    word = escape_markdown(likeliest)
    read_words = escape_markdown(" ".join(read))
    sees = f"only “{read_words}”" if read_words else "only the start"
    if NETWORK not in by_model:
        return (
            f"The trigram, which sees {sees}, gives **{word}** {by_model[TRIGRAM][number]:.1%}, "
            f"and the bigram {by_model[BIGRAM][number]:.1%}. No network has read this text yet: "
            "train one in “Train it”, and its bars join these marks."
        )
    sentence = f"The network gives **{word}** {by_model[NETWORK][number]:.1%}"
    if TRUTH in by_model:
        true = by_model[TRUTH][number]
        sentence += f"; the grammar's true chance is {true:.1%} (grey mark)"
    if TRIGRAM in by_model:
        sentence += f"; the trigram, which sees {sees}, says {by_model[TRIGRAM][number]:.1%}"
    return f"{sentence}.{_cost(by_model)}"


def _cost(by_model: ByModel) -> str:
    """What it costs here not to know the truth; "" if nobody knows it."""
    if TRUTH not in by_model:
        return ""
    true, trigram = by_model[TRUTH], by_model.get(TRIGRAM)
    network = _divergence(true, by_model[NETWORK])
    also = "" if trigram is None else f" and the trigram {_divergence(true, trigram):.3f}"
    return f" Being so far from the truth costs the network {network:.3f} nats here{also}."


def _divergence(true: Floats, expected: Floats) -> float:
    """What it costs on average to expect these where others are true (Kullback & Leibler 1951)."""
    possible = true > 0
    ratio = true[possible] / np.maximum(expected[possible], 1e-30)
    return float(np.sum(true[possible] * np.log(ratio)))


def _losses(view: NextWordView, prompt: Prompt) -> None:
    """What every word of the sentence cost."""
    if not prompt.ids:
        return
    by_model = _shown(_probabilities_of_words(view, prompt.ids))
    st.header("What your words cost")
    drawing.draw(
        drawing.own_spec(charts.word_costs_chart, prompt.words, tuple(by_model)),
        charts.word_costs_table(prompt.words, by_model),
        key="next_costs",
        alt="What each word of your sentence cost, in nats: "
        + ", ".join(f"{name} {_mean_loss(given):.2f} a word" for name, given in by_model.items()),
    )
    first = NETWORK if NETWORK in by_model else TRIGRAM
    given = by_model[first]
    dearest = int(given.argmin())
    mean = _mean_loss(given)
    st.markdown(
        "The higher a mark, the less the word was expected. The most expensive word for the "
        f"{first} was **{escape_markdown(prompt.words[dearest])}**, which was given "
        f"{given[dearest]:.2%}: −ln of that is {-math.log(max(given[dearest], 1e-30)):.2f} "
        f"nats. The mean over your {len(prompt.ids)} words is {mean:.2f} nats, a perplexity of "
        f"{math.exp(mean):.1f}."
    )


def _probabilities_of_words(view: NextWordView, ids: tuple[int, ...]) -> ByModel:
    """Those that each word of the sentence was given before it came, (words,)."""
    by_model: ByModel = {}
    grammar = view.corpus.grammar
    if view.model is not None:
        by_model[NETWORK] = view.model.probabilities(ids)[np.arange(len(ids)), list(ids)]
    if grammar is not None:
        true = [grammar.next_probabilities(ids[:n]) for n in range(len(ids))]
        by_model[TRUTH] = np.array(
            [0.0 if row is None else row[word] for row, word in zip(true, ids, strict=True)]
        )
    for name, order in ORDERS.items():
        by_model[name] = ngram(view.corpus, order).probabilities_of(np.array(ids, np.int32))
    return by_model


def _mean_loss(probabilities: Floats) -> float:
    return float(-np.log(np.maximum(probabilities, 1e-30)).mean())


def _axis_end(by_model: ByModel, likeliest: list[int]) -> float:
    """Where the axis of probabilities ends, so that small ones can still be seen."""
    highest = max(float(probabilities[likeliest].max()) for probabilities in by_model.values())
    return next(end for end in AXIS_ENDS if end >= min(highest, 1.0))


def _rounded(probability: float) -> str:
    """In whole percents, but never 0% of what may come."""
    return f"{probability:.0%}" if probability >= 0.005 else "<1%"
