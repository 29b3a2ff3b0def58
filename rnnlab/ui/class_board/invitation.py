"""How a class comes to a board: its code, the link to what it trains, and a QR code."""

from __future__ import annotations

import streamlit as st

from rnnlab.knobs import Knob
from rnnlab.lessons import LESSONS
from rnnlab.presets import PRESETS
from rnnlab.settings import Settings
from rnnlab.ui import address, cover, links, projector, qr, visit
from rnnlab.ui.class_board import joined
from rnnlab.ui.knobs import Panel

QUESTION = "board_question"
"""The key of what the link opens; the address of the class's board has it, too."""
INVITATION = "invitation"
"""How `projector.css` calls what stands below the pictures once there are some."""
AS_TURNED = "As the training page stands"
_LESSONS = {f"lesson-{name}": lesson for name, lesson in LESSONS.items()}
TO_TRAIN = Knob(
    next(iter(PRESETS)),
    "What the link opens",
    f"A question or a lesson of the lab, or with “{AS_TURNED}” every knob as you left it there.",
    "data",
    choices=(*PRESETS, *_LESSONS, AS_TURNED),
)


def choose(code: str) -> None:
    """For the teacher: choose what the class trains; the links, and what to know of them."""
    address.link(QUESTION, TO_TRAIN)
    words, picture = st.columns([3, 1], gap="medium")
    with words:
        st.header(f"Code {code}")
        st.selectbox(
            TO_TRAIN.label,
            TO_TRAIN.choices,
            format_func=_title,
            help=TO_TRAIN.help,
            key=QUESTION,
            persist_state="session",
        )
        link = _link(code)
        st.markdown("**For the class:** the link, or its QR code.")
        st.code(link, language=None, wrap_lines=True)
        if links.leads_only_here(link):
            st.markdown(links.ONLY_HERE)
        shown = {QUESTION: _chosen()} | (_turned() if _chosen() == AS_TURNED else {})
        st.markdown("**For the projector:** this board without your buttons.")
        st.code(
            links.page_address(joined.query_of(code) | shown | projector.ON, "board"),
            language=None,
            wrap_lines=True,
        )
        st.caption(
            f"Any other link of the lab takes part, too, also to a lesson of your own: write "
            f"“&board={code}” at its end. The address of *this* page is yours alone, for with it "
            "one moderates: bookmark it, and send it to nobody."
        )
    with picture:
        _code(link, code)


def show(code: str) -> None:
    """For the class: the code, the link and its QR code."""
    address.link(QUESTION, TO_TRAIN)
    link, (page, query) = _link(code), _place()
    with st.container(key=INVITATION):
        words, picture = st.columns([3, 1], gap="medium")
    with words:
        st.header(f"Code {code}")
        st.page_link(
            f"pages/{page}.py",
            label="**Take part here**, or by the link or the QR code",
            icon=":material/play_circle:",
            query_params=query | visit.carried(),
        )
        st.code(link, language=None, wrap_lines=True)
    with picture:
        _code(link, code)


def _chosen() -> str:
    return str(st.session_state.get(QUESTION) or TO_TRAIN.default)


def _title(choice: str) -> str:
    if choice in _LESSONS:
        return f"Lesson: {_LESSONS[choice].title}"
    return PRESETS[choice].question if choice in PRESETS else AS_TURNED


def _link(code: str) -> str:
    """The full link for the class, whose screens are no projectors."""
    page, query = _place()
    return links.page_address(query | cover.query() | joined.query_of(code), page)


def _place() -> tuple[str, dict[str, str]]:
    """What the class trains: the page, and what its address says of it."""
    if (lesson := _LESSONS.get(_chosen())) is not None:
        return lesson.steps[0].page, {"lesson": lesson.name}
    return "training", {"preset": _chosen()} if _chosen() in PRESETS else _turned()


def _turned() -> dict[str, str]:
    """What a link says for the training page to open as it stands."""
    panel = Panel(Settings)
    settings = panel.make(panel.standing())
    return {} if settings is None else links.settings_query(settings)


def _code(link: str, code: str) -> None:
    qr.show(link, f"QR code: opens what to train, with the board {code}", width=220)
