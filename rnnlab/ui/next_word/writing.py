"""Let it write: the network beside trigram and bigram, with temperature and the k likeliest."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from rnnlab.knobs import Knob
from rnnlab.language.generation import GeneratedSentences, NextWordModel, Sampling, generate_by_each
from rnnlab.language.ngram import ORDERS, ngram
from rnnlab.language.tokenizer import CHARACTERS, END, join_tokens
from rnnlab.ui.knobs import widget
from rnnlab.ui.markdown import JOINER, escape_markdown
from rnnlab.ui.next_word import sentence
from rnnlab.ui.next_word.run import NextWordView

TITLE = "Let it write"
ICON = ":material/edit_note:"
WORDS = (
    "bigram",
    "chance",
    "grammar",
    "trigram",
    "unit",
)

TEMPERATURE = Knob(
    1.0,
    "Temperature",
    "Every chance is raised to the power 1 / temperature. 0: always the likeliest word. Above "
    "1: more daring.",
    "data",
    low=0.0,
    high=2.0,
    step=0.1,
)
FROM_MINE = Knob(True, "Begin with your sentence", "Off: it begins without any word.", "data")
TOP_K = Knob(
    0,
    "Only the k likeliest",
    "Only the k likeliest words may come. 0: every word may come.",
    "data",
    low=0,
    high=50,
)
SEED = Knob(
    1,
    "Seed",
    "The number that random numbers start from, the same for all who write.",
    "data",
    low=0,
    high=9999,
)

N_SENTENCES = {False: 10, True: 4}
"""How many are written, by whether they are of a text of one's own; there they are longer."""

N_VISIBLE = 4

_INDENTATION = re.compile(r"^[ \t]+|[ \t]{2,}|\t")

FORGOTTEN = {
    "english": "who was late, where to, or what the weather was",
    "chinese": "虽然 or 因为, who was late, or which measure word came",
}
MAX_LENGTH = {False: 40, True: 160}
"""Words or characters of a sentence, by whether they are characters."""


def draw(view: NextWordView) -> None:
    """The knobs, and what each model writes."""
    prompt = sentence.ask(view)
    columns = st.columns(3, gap="medium")
    with columns[0]:
        temperature = float(widget("next_temperature", TEMPERATURE))
    with columns[1]:
        top_k = int(widget("next_k", TOP_K))
    with columns[2]:
        seed = int(widget("next_seed", SEED))
    with_prompt = widget("next_from_mine", FROM_MINE)
    st.button("Write again", icon=":material/casino:", on_click=_another_seed)
    ids = prompt.ids if with_prompt else ()
    generated = generate_by_each(
        _models(view),
        ids,
        view.corpus.grammar,
        N_SENTENCES[view.corpus.grammar is None],
        seed=seed,
        sampling=Sampling(temperature, top_k, len(ids) + MAX_LENGTH[view.unit == CHARACTERS]),
    )
    for column, (name, by_model) in zip(
        st.columns(len(generated), gap="medium"), generated.items(), strict=True
    ):
        with column:
            st.markdown(f"**{name}**")
            for words in by_model.sentences[:N_VISIBLE]:
                st.markdown(_marked(view, words, len(ids)))
    _meaning(view, generated, ids)


def _models(view: NextWordView) -> dict[str, NextWordModel]:
    models: dict[str, NextWordModel] = {} if view.model is None else {"Network": view.model}
    for name, order in ORDERS.items():
        models[name.capitalize()] = ngram(view.corpus, order)
    return models


def _marked(view: NextWordView, ids: tuple[int, ...], n_given: int) -> str:
    """A sentence; what was given is grey, and where it leaves the grammar is marked."""
    wrong = None if view.corpus.grammar is None else view.corpus.grammar.first_wrong(ids)
    ended = ids[-1:] == (END,)
    words = view.corpus.dictionary.words_of(ids[:-1] if ended else ids)
    given = _shown(words[:n_given], wrong, view.unit)
    rest = _shown(words[n_given:], None if wrong is None else wrong - n_given, view.unit)
    end = "" if ended and wrong != len(words) else " :orange-background[✗ ⏎]" if ended else " …"
    between = "" if view.unit == CHARACTERS or not given else " "
    return (f":gray[{given}]{between}" if given else "") + rest + end


def _shown(words: Sequence[str], wrong: int | None, unit: str) -> str:
    """Some words, the one at `wrong` marked if it is among them.

    They are joined first: characters that mean nothing by themselves can make an address together.
    """
    if wrong is None or not 0 <= wrong < len(words):
        line = join_tokens(words, unit)
        return escape_markdown(_INDENTATION.sub(_unbroken, line))
    before, after = (_shown(part, None, unit) for part in (words[:wrong], words[wrong + 1 :]))
    marked = f":orange-background[✗ {escape_markdown(words[wrong])}]"
    return join_tokens([part for part in (before, marked, after) if part], unit)


def _unbroken(spaces: re.Match[str]) -> str:
    """Spaces and tabs that Markdown shows as they are, and that are not the first of its text."""
    return JOINER + spaces[0].expandtabs(4).replace(" ", "\u00a0")


def _meaning(
    view: NextWordView, generated: dict[str, GeneratedSentences], prompt: tuple[int, ...]
) -> None:
    if view.corpus.grammar is None:
        st.caption(
            "A bigram knows only the last word and a trigram the last two, so their sentences "
            "make sense only for a few words. Turn the temperature to 0, and look for loops."
        )
        return
    if view.corpus.grammar.first_wrong(prompt) is not None:
        st.markdown(
            "Your beginning is not a sentence of the grammar, so no sentence can be right. The "
            "✗ marks where it leaves the grammar. See who still finds an end that makes sense."
        )
        return
    counts = [
        f"{name.lower()} {by_model.n_grammatical} of {len(by_model.sentences)}"
        for name, by_model in generated.items()
    ]
    st.markdown(
        f"Sentences that the grammar could have said: **{', '.join(counts)}**; the first "
        f"{N_VISIBLE} of each stand above. A ✗ marks the first word that the grammar never says "
        "there, and … a sentence without an end. Look what was forgotten: "
        f"{FORGOTTEN[view.settings.corpus]}."
    )


def _another_seed() -> None:
    seed = int(st.session_state.get("next_seed") or 0)
    st.session_state["next_seed"] = seed + 1 if seed < 9999 else 0
