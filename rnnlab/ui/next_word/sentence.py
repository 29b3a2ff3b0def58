"""The sentence that a visitor types: in the address, but for one about a text of their own."""

from __future__ import annotations

import streamlit as st

from rnnlab.language.generation import MAX_TOKENS, Prompt, read_prompt
from rnnlab.language.tokenizer import CHARACTERS, END, join_tokens
from rnnlab.ui import address
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.next_word import known_words
from rnnlab.ui.next_word.run import NextWordView
from rnnlab.ui.parameters import of_text

FIRST = {
    "english": "she was late for school because",
    "chinese": "虽然 天气 很 冷 ， 但是 我 的 弟弟",
    "own": "",
}
MAX_CHARACTERS = 500
HELP = {
    True: "It stands in the address: who gets the link, reads it.",
    False: "It stays between you and this server, as your text does.",
}
MAX_QUOTED = 30
"""Of a longer word the beginning is quoted."""


def ask(view: NextWordView) -> Prompt:
    """The line to type in, what of it is read, and what is not."""
    key = _key(view)
    first = FIRST[view.settings.corpus]
    if view.settings.text is None:
        address.link_as(key, of_text("Your sentence", first, MAX_CHARACTERS))
    st.session_state.setdefault(key, first)
    st.text_input(
        "Your sentence, or its beginning",
        key=key,
        max_chars=MAX_CHARACTERS,
        persist_state="session",
        placeholder="Type a word that is in the text, and press Enter",
        help=HELP[view.settings.text is None],
    )
    if view.unit != CHARACTERS:
        known_words.offer(key, view.corpus.dictionary.words)
    prompt = read_prompt(str(st.session_state.get(key) or ""), view.corpus, view.unit)
    _warn(prompt, view)
    return prompt


def append(view: NextWordView, prompt: Prompt, number: int) -> None:
    """Put a word after those that were read, or begin anew after an end."""
    tokens = [] if number == END else [*prompt.words, view.corpus.dictionary.word(number)]
    st.session_state[_key(view)] = join_tokens(tokens, view.unit)


def remove_last(view: NextWordView, prompt: Prompt) -> None:
    """Take the last word away."""
    st.session_state[_key(view)] = join_tokens(prompt.words[:-1], view.unit)


def no_network_yet(view: NextWordView) -> None:
    """Say where to train one, as no network has read this text."""
    name = view.settings.text.name if view.settings.text is not None else "this text"
    st.info(
        f"No network has read “{escape_markdown(name)}” yet. Open “Train it” and press Train. "
        "Bigram and trigram have already counted it.",
        icon=":material/fitness_center:",
    )


def _warn(prompt: Prompt, view: NextWordView) -> None:
    """What is not in the dictionary, with words like it; what the grammar never says."""
    if prompt.dropped:
        st.caption(f"The last {MAX_TOKENS} are read; those before are left out.")
    if prompt.unknown is not None:
        thing = "sign" if view.unit == CHARACTERS else "word"
        near = ", ".join(f"“{escape_markdown(word)}”" for word in prompt.nearest)
        like = f" Known and spelt alike: {near}." if near else ""
        consequence = (
            "so your sentence is read up to there."
            if view.corpus.grammar is not None
            else "so it is read as <unknown>."
        )
        others = len({*prompt.words} - {*view.corpus.dictionary.words, prompt.unknown})
        more = f" So {'are' if others > 1 else 'is'} {others} more." if others else ""
        st.warning(
            f"“{escape_markdown(_quoted(prompt.unknown))}” is no {thing} of this dictionary, "
            f"{consequence}{more}{like}",
            icon=":material/dictionary:",
        )
    elif prompt.ungrammatical is not None:
        st.info(
            f"The grammar never says “{escape_markdown(prompt.ungrammatical)}” there, so no "
            "true chance exists for what follows. See what the others say.",
            icon=":material/rule:",
        )


def _quoted(word: str) -> str:
    """A word, or the beginning of one that fills lines."""
    return word if len(word) <= MAX_QUOTED else f"{word[:MAX_QUOTED]}…"


def _key(view: NextWordView) -> str:
    return f"next_sentence_{view.settings.corpus}"
