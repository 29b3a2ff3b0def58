"""What the address says is what is on the screen: read where somebody arrives, written where a page
has been drawn.

Whatever can be set on a page is linked to a parameter of its address by its key in the session.
When somebody arrives, by a link, by Back or Forward, by a reload, all that is linked takes what the
address says, or what it begins with. When a script has run, the address is written, once, from all
that it has drawn. `history.js` makes one entry of the browser's history of that.

Streamlit's own way (`bind="query-params"`) changes the address a widget at a time, and leaves an
entry of the history or none for each change.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import parse_qs, urlencode

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from rnnlab.knobs import Knob
from rnnlab.ui.hold import Hold
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.parameters import Link, Texts, of_knob

Arguments = ParamSpec("Arguments")

OF_THIS_ENTRY = "&"
"""At the end of a written query: it belongs to the entry that there is, and makes no new one."""
STREAMLITS = ("embed", "embed_options")
"""Parameters that say how Streamlit shows a page, and nothing of what is on it."""


@dataclass
class _Address:
    """What a session keeps of its address.

    `arriving` are the texts with which somebody came and which wait to be read; with `all_of_them`
    every key without a text begins anew. `parts` are the links of what has been drawn, by the
    fragment that drew it. `settled`: the entry of the history holds what is on the screen. `hold`
    holds fast the `knobs` of the page; those `drawn` have a widget if nothing does, and
    of those `refused` somebody has come with another value.
    """

    page: str = ""
    arriving: Texts | None = None
    all_of_them: bool = False
    read: set[str] = field(default_factory=set)
    awaiting: bool = False
    parts: dict[Hashable, dict[str, Link]] = field(default_factory=dict)
    part: list[Hashable] = field(default_factory=lambda: [""])
    settled: bool = False
    written: Texts = field(default_factory=dict)
    about: dict[str, object] = field(default_factory=dict)
    written_about: dict[str, object] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    place: Any = None
    hold: Hold | None = None
    knobs: dict[str, Knob] = field(default_factory=dict)
    drawn: set[str] = field(default_factory=set)
    refused: dict[str, Knob] = field(default_factory=dict)


def arrive(page: str) -> None:
    """A script begins to draw this page: see whether somebody has come to it, and by what."""
    kept, context = _kept(), get_script_run_ctx()
    kept.parts, kept.part, kept.awaiting, kept.place = {}, [""], False, None
    kept.hold, kept.knobs, kept.drawn = None, {}, set()
    back = context is not None and context.is_history_navigation
    if page == kept.page and not back:
        return
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    # Who comes by the menu brings along what stands in the session.
    kept.arriving = query if back or query else None
    kept.all_of_them = kept.page != ""
    kept.page, kept.read, kept.settled = page, set(), False


def stand_for(key: str, query: Callable[[str], Mapping[str, str] | None]) -> None:
    """What somebody came with under this key stands for a whole query, such as that of a preset."""
    kept = _kept()
    texts = take(key)
    meant = query(texts[-1]) if texts else None
    if kept.arriving is not None and meant is not None:
        kept.arriving |= {name: [text] for name, text in meant.items()}


def link(key: str, knob: Knob) -> None:
    """Link what the session has under this key, a knob's value; before its widget is drawn."""
    link_as(key, of_knob(key, knob))


def link_knob(key: str, knob: Knob, *, drawn: bool = True) -> bool:
    """Link a knob that a lesson may hold fast; whether it can be turned, so that it needs a widget.

    One that is held keeps its value, and who has come with another is told so.
    """
    kept = _kept()
    kept.knobs[key] = knob
    kept.drawn |= {key} if drawn else set()
    if kept.hold is None or key in kept.hold.free:
        link(key, knob)
        return True
    st.session_state[key], spoilt = kept.hold.value_of(key, knob)
    if spoilt:
        note(spoilt)
    if kept.hold.refuses(key, knob, take(key)):
        kept.refused[key] = knob
    link(key, knob)
    return False


def hold(fast: Hold | None) -> None:
    """Hold the knobs of this page fast from here on; before any of them is linked."""
    kept = _kept()
    kept.hold = fast
    if fast is not None and kept.arriving is not None:
        kept.arriving = fast.arriving(kept.arriving)


def can_turn(key: str) -> bool:
    """Whether nothing holds the knob of this key fast."""
    kept = _kept()
    return kept.hold is None or key in kept.hold.free


def drawn_knobs() -> Mapping[str, Knob]:
    """The knobs that have a widget on the page by now, by key, in the order of the page."""
    kept = _kept()
    return {key: knob for key, knob in kept.knobs.items() if key in kept.drawn}


def query() -> dict[str, str]:
    """What the address will say of all that has been set by now; of runs nothing."""
    kept = _kept()
    return {key: texts[-1] for key, texts in _on_screen(kept).items() if key not in kept.about}


def link_as(key: str, way: Link) -> None:
    """Link what the session has under this key in a way of its own."""
    kept = _kept()
    texts = take(key)
    if texts:
        value, sentence = way.read(texts)
        if sentence:
            note(sentence)
        st.session_state[key] = way.default if value is None else value
    elif key in st.session_state and not kept.settled:
        # Said anew for Streamlit, whose widget on another page may begin with its default.
        stands = st.session_state[key]
        st.session_state[key] = stands if texts is None else way.default
    kept.parts.setdefault(kept.part[-1], {})[key] = way


def take(key: str) -> list[str] | None:
    """The texts with which somebody came under a key, for the first who asks.

    [] if there are none and the key begins anew, None if nobody has come.
    """
    kept = _kept()
    if not kept.page:  # a part of a page that is drawn alone
        arrive("alone")
    if kept.arriving is None or key in kept.read:
        return None
    kept.read.add(key)
    texts = kept.arriving.get(key, [])
    return texts if texts or kept.all_of_them else None


def say(key: str, text: str, about: object) -> None:
    """Have the address say this under a key, about something that changes by itself too.

    While it is about the same thing, another text makes no entry of its own in the history.
    """
    kept = _kept()
    way = Link(None, lambda texts: (texts[-1], ""), lambda _: [text])
    kept.parts.setdefault(kept.part[-1], {})[key] = way
    kept.about[key] = about


def await_the_rest() -> None:
    """Keep what the address says beside what is drawn by now: more will be drawn later."""
    _kept().awaiting = True


def fragment(part: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """The part of a page as Streamlit's fragment, whose own runs write the address too."""
    name = object()

    @wraps(part)
    def run(*args: Arguments.args, **options: Arguments.kwargs) -> None:
        kept, context = _kept(), get_script_run_ctx()
        kept.parts[name] = {}
        kept.part.append(name)
        try:
            part(*args, **options)
        finally:
            kept.part.pop()
        if context is not None and context.fragment_ids_this_run:
            write()

    return st.fragment(run)


def write() -> None:
    """Write what is on the screen into the address, and say what must be said of the last one."""
    kept = _kept()
    if kept.hold is not None and kept.refused:
        note(kept.hold.refusal(kept.refused))
        kept.refused = {}
    _show_notices(kept)
    query = _on_screen(kept)
    _send(kept, query)
    kept.arriving, kept.all_of_them = _waiting(kept) or None, False
    kept.settled, kept.written, kept.written_about = True, query, dict(kept.about)


def note(sentence: str) -> None:
    """Say a sentence about the address under the head of the page."""
    if sentence not in _kept().notices:
        _kept().notices.append(sentence)


def place_for_notices() -> None:
    """Here stands what must be said of the address, once the page is drawn and all is read."""
    _kept().place = st.container()


def query_of(parts: Collection[Mapping[str, Link]]) -> Texts:
    """What an address says of all that is linked: nothing of what is as it begins."""
    query: Texts = {}
    for part in parts:
        for key, way in part.items():
            value = st.session_state.get(key, way.default)
            if way.default is None or value != way.default:
                query[key] = way.write(value)
    return {key: texts for key, texts in query.items() if texts}


def _on_screen(kept: _Address) -> Texts:
    """All that the address is to say, in the order in which it was drawn."""
    if kept.hold is None:
        return query_of(kept.parts.values()) | _waiting(kept)
    ways = {key: way for part in kept.parts.values() for key, way in part.items()}
    return kept.hold.query(ways, kept.knobs) | kept.hold.others(_waiting(kept))


def _waiting(kept: _Address) -> Texts:
    """With what somebody came for pictures that are still to be drawn."""
    if kept.arriving is None or not kept.awaiting:
        return {}
    return {key: texts for key, texts in kept.arriving.items() if key not in kept.read}


def _send(kept: _Address, query: Texts) -> None:
    """Have the browser put this into its address, unless it stands there."""
    context = get_script_run_ctx()
    if context is None:
        return
    there = parse_qs(context.query_string, keep_blank_values=True)
    streamlits = {key: there.pop(key) for key in STREAMLITS if key in there}
    # What was written may be still on its way to the browser.
    if there == query and (not kept.settled or kept.written == query):
        return
    changed = {key for key in {*kept.written, *query} if kept.written.get(key) != query.get(key)}
    of_this_entry = not kept.settled or all(_by_itself(kept, key) for key in changed)
    text = urlencode(query | streamlits, doseq=True)
    message = ForwardMsg()
    message.page_info_changed.query_string = text + OF_THIS_ENTRY * of_this_entry
    context.query_string = text
    context.enqueue(message)


def _by_itself(kept: _Address, key: str) -> bool:
    """Whether another text under this key is still about the same thing."""
    about = kept.about.get(key)
    return about is not None and about is kept.written_about.get(key)


def _show_notices(kept: _Address) -> None:
    if kept.place is not None and kept.notices:
        with kept.place:
            for sentence in kept.notices:
                st.warning(escape_markdown(sentence), icon=":material/link_off:")
        kept.notices = []
    kept.place = None


def _kept() -> _Address:
    kept: _Address = st.session_state.setdefault("address", _Address())
    return kept
