"""A teacher's own lesson: this page as it stands, what may be turned, a question; all in a link.

Nothing is stored: the address of the page holds what is chosen here, and the link the lesson.
"""

from __future__ import annotations

import streamlit as st

from rnnlab.errors import SettingError
from rnnlab.knobs import Knob
from rnnlab.lessons import HIDEABLE, OF_THE_VISIT, PAGES, Step, pack
from rnnlab.lessons.packing import (
    LONGEST_OPTION,
    LONGEST_QUESTION,
    LONGEST_TASK,
    MOST_MINUTES,
    MOST_OPTIONS,
)
from rnnlab.ui import address, lesson_glance, lessons, links, qr
from rnnlab.ui.knobs import widget
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.parameters import of_several, of_text

OPEN = "make"
"""The key of the switch, and how all keys here begin."""
QUESTION, TASK, TURN, HIDE, MINUTES = (
    f"{OPEN}_{name}" for name in ("question", "task", "turn", "hide", "minutes")
)
OPTIONS = tuple(f"{OPEN}_option_{number}" for number in range(1, MOST_OPTIONS + 1))
RIGHT = f"{OPEN}_right"
RIGHT_LABEL, UNSAID = "Which guess is right?", "Not said"
OPEN_KNOB = Knob(
    False,
    "Make a lesson of this page",
    "For teachers: set the page as your class should find it, choose what may be turned, write a "
    "question, and get a link and its QR code. Nothing is stored: the link holds it all.",
    "data",
)
MINUTES_KNOB = Knob(5, "Minutes", "About how long it takes.", "data", low=1, high=MOST_MINUTES)
MOST_ON_A_WALL = 400
"""Characters of a link whose QR code a telephone still reads from the back of a room."""


def offer(page: str) -> None:
    """The switch at the end of a page, and what it opens; not within a lesson."""
    if page not in PAGES or lessons.current() is not None:
        return
    address.link(OPEN, OPEN_KNOB)
    if not st.toggle(
        OPEN_KNOB.label, value=False, help=OPEN_KNOB.help, key=OPEN, persist_state="session"
    ):
        return
    with st.container(border=True):
        try:
            step = _step(page)
            link = pack(step)  # what does not fit into one is said before anything is shown
            knobs = {key: knob for key, knob in address.drawn_knobs().items() if _of_page(key)}
            lesson_glance.show(step, knobs)
            _show(link, page)
        except SettingError as error:
            st.warning(escape_markdown(str(error)), icon=":material/link_off:")


def _step(page: str) -> Step:
    """What is chosen here, with the page as it stands."""
    question = _text(QUESTION, "Your question", "What happens if …?", LONGEST_QUESTION)
    task = _text(TASK, "What is to be done", "Guess, press Train, and …", LONGEST_TASK)
    options, right = _guess()
    with st.grid(3, min_column_width=220):
        turn = _several(TURN, "What may be turned", _turnable())
        hide = _several(HIDE, "What is hidden", HIDEABLE) if page == "training" else []
        minutes = int(widget(MINUTES, MINUTES_KNOB))  # after what of the page can be turned
    return Step(
        title=PAGES[page],
        question=question or "What do you see?",
        task=task,
        page=page,
        minutes=minutes,
        opens={key: text for key, text in address.query().items() if _of_page(key)},
        turn=tuple(turn),
        hides=tuple(hide),
        options=options,
        right=right,
    )


def _guess() -> tuple[tuple[str, ...], str]:
    """The options of a guess as they are typed, each once, and the right one, "" if it is not said.

    Of a single one nobody guesses, so that there is none.
    """
    with st.grid(MOST_OPTIONS, min_column_width=150):
        typed = [
            _text(key, f"Guess {number}", "leave empty for none", LONGEST_OPTION)
            for number, key in enumerate(OPTIONS, 1)
        ]
    options = tuple(dict.fromkeys(filter(None, typed)))
    if len(options) < 2:
        return (), ""
    choices = (UNSAID, *options)
    address.link_as(RIGHT, of_text(RIGHT_LABEL, UNSAID, LONGEST_OPTION))
    if st.session_state.get(RIGHT) not in choices:
        st.session_state[RIGHT] = UNSAID
    right = st.selectbox(
        RIGHT_LABEL,
        choices,
        help="It stays covered until a student asks for it.",
        key=RIGHT,
        persist_state="session",
        width=320,
    )
    return options, "" if right == UNSAID else right


def _show(word: str, page: str) -> None:
    """The link and its QR code."""
    link = links.page_address({lessons.LESSON: word}, page)
    text, picture = st.columns([3, 1], gap="large")
    with text:
        st.code(link, language=None, wrap_lines=True)
        st.link_button("Try it as your class will", link, icon=":material/open_in_new:")
        sentence = "Whoever opens it finds the page as it stands now, and only what you left open."
        if links.leads_only_here(link):
            sentence += f" {links.ONLY_HERE}"
        elif len(link) > MOST_ON_A_WALL:
            sentence += " It is long: show the QR code large, or send the link."
        st.markdown(sentence)
    with picture:
        qr.show(link, "QR code of the link to this lesson", width=260)


def _turnable() -> dict[str, str]:
    """What of the page can be left open: its knobs as they stand there, by key."""
    return {key: knob.label for key, knob in address.drawn_knobs().items()}


def _of_page(key: str) -> bool:
    """Whether a parameter of the address is about the page, and so part of the lesson."""
    return key not in OF_THE_VISIT and not key.startswith(OPEN)


def _text(key: str, label: str, placeholder: str, longest: int) -> str:
    address.link_as(key, of_text(label, "", longest))
    typed = st.text_input(
        label, max_chars=longest, placeholder=placeholder, key=key, persist_state="session"
    )
    return " ".join((typed or "").split())


def _several(key: str, label: str, options: dict[str, str]) -> list[str]:
    """Some of these options, by key; what is no longer among them is left out."""
    names = {name: name for name in options}
    chosen = st.session_state.get(key)
    if chosen is not None and not {*chosen} <= names.keys():
        st.session_state[key] = [name for name in chosen if name in names]
    address.link_as(key, of_several(label, names, len(names), ()))
    return list(
        st.multiselect(
            label,
            list(options),
            format_func=options.__getitem__,
            key=key,
            persist_state="session",
            placeholder="Nothing",
        )
    )
