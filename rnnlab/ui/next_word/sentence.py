"""The sentence that a visitor types: kept in the session, and never in the address."""

from __future__ import annotations

import streamlit as st

from rnnlab.language.dictionary import END
from rnnlab.language.own_text import CHARACTERS
from rnnlab.language.reading import LONGEST, Reading, joined, read
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.next_word.runs import Shown

FIRST = {
    "english": "she was late for school because",
    "chinese": "虽然 天气 很 冷 ， 但是 我 的 弟弟",
    "own": "",
}
MOST_CHARACTERS = 500
LONGEST_QUOTED = 30
"""Of a longer word the beginning is quoted."""


def ask(shown: Shown) -> Reading:
    """The line to type in, what of it is read, and what is not."""
    key = _key(shown)
    st.session_state.setdefault(key, FIRST[shown.settings.corpus])
    st.text_input(
        "Your sentence, as far as you like",
        key=key,
        max_chars=MOST_CHARACTERS,
        persist_state="session",
        placeholder="Type a word that is in the text, and press Enter",
        help="Nothing typed here gets into the address or leaves this server.",
    )
    reading = read(str(st.session_state.get(key) or ""), shown.corpus, shown.unit)
    _unknown(reading, shown)
    return reading


def go_on(shown: Shown, reading: Reading, number: int) -> None:
    """Put a word after those that were read, or begin anew after an end."""
    tokens = [] if number == END else [*reading.words, shown.corpus.dictionary.word(number)]
    st.session_state[_key(shown)] = joined(tokens, shown.unit)


def back(shown: Shown, reading: Reading) -> None:
    """Take the last word away."""
    st.session_state[_key(shown)] = joined(list(reading.words[:-1]), shown.unit)


def _unknown(reading: Reading, shown: Shown) -> None:
    """What is not in the dictionary, and words like it."""
    if reading.dropped:
        st.caption(f"The last {LONGEST} are read; those before are left out.")
    if reading.unknown is not None:
        thing = "sign" if shown.unit == CHARACTERS else "word"
        near = ", ".join(f"“{escape_markdown(one)}”" for one in reading.nearest)
        like = f" Known and spelt alike: {near}." if near else ""
        does = (
            "so your sentence is read up to there."
            if shown.corpus.grammar is not None
            else "so it is read as <unknown>."
        )
        st.warning(
            f"“{escape_markdown(_brief(reading.unknown))}” is no {thing} of this dictionary, "
            f"{does}{like}",
            icon=":material/dictionary:",
        )
    elif reading.ungrammatical is not None:
        st.info(
            f"The grammar never says “{escape_markdown(reading.ungrammatical)}” there, so "
            "nothing is true of what follows. See what the others make of it.",
            icon=":material/rule:",
        )


def _brief(word: str) -> str:
    """A word, or the beginning of one that fills lines."""
    return word if len(word) <= LONGEST_QUOTED else f"{word[:LONGEST_QUOTED]}…"


def _key(shown: Shown) -> str:
    return f"next_sentence_{shown.settings.corpus}"
