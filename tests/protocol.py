"""A visitor without a browser: a client of Streamlit's own protocol.

It does what the page in a browser does: it opens the page by its address, keeps the elements that
the server sends and the messages that the server may refer to later, tells every widget's value
with each run that it asks for, follows the streams of the pictures, and looks when they ask for it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter
from typing import Any, Self, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

TIMEOUT = 60.0  # seconds, for anything that must come at last on a busy machine
LARGEST = 2**28  # bytes of one message
RECONNECT = 1.5  # seconds after which a stream that broke off is followed again
UNKNOWN = 4404  # the code with which a stream closes that the server no longer has
NO_TOKEN = "PLACEHOLDER_AUTH_TOKEN"
"""What a browser sends where nobody has logged in."""

Value = TypeVar("Value")


@dataclass
class Placed:
    """An element on the page: its kind, what it is, and the run and fragment that drew it."""

    kind: str
    body: Any
    fragment: str
    run: str

    @cached_property
    def data(self) -> dict[str, Any]:
        """What the script gave to a component of the lab's own; nothing of any other element."""
        if self.kind != "bidi_component":
            return {}
        text = self.body.json or self.body.mixed.json
        data = json.loads(text) if text else None
        return data if isinstance(data, dict) else {}

    @property
    def stream(self) -> str:
        """The address of the stream that it follows."""
        return str(self.data.get("stream") or "")

    def looks(self, stream: str) -> bool:
        """Whether it looks when this stream asks for it."""
        return self.stream == stream and self.body.component_name.endswith("bar")


@dataclass
class CachedMessage:
    """A large message that the server may refer to by its hash."""

    message: ForwardMsg
    fragment: str
    last_use: int


class Visitor:
    """One tab that has opened `address`; `async with` opens and closes it.

    Tabs of one browser have the same `cookie` (`new_cookie`); without any, each is a browser.
    `n_bytes` have come over all its connections, and `finished` runs of the whole script have come
    to their end. `trouble` is what went wrong with a connection.
    """

    def __init__(self, address: str, cookie: str = ""):
        parts = urlsplit(address)
        self.cookie = cookie
        self.host = parts.netloc
        self.page = parts.path.strip("/")
        self.query: dict[str, str] = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.session = ""
        self.elements: dict[tuple[int, ...], Placed] = {}
        self.n_bytes = 0
        self.last_message_at = 0.0
        self.finished = 0
        self.trouble: BaseException | None = None
        self._states: dict[str, WidgetState] = {}
        self._cache: dict[str, CachedMessage] = {}
        self._runs = 0
        self._run = ""
        self._page_hash = ""
        self._largest_age = 2
        self._news = asyncio.Event()
        self._socket: ClientConnection | None = None
        self._receiving: asyncio.Task[None] | None = None
        self._streams: dict[str, asyncio.Task[None]] = {}
        self._over: set[str] = set()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def open(self) -> None:
        """Connect and ask for the page; again after `close`, to the same session."""
        self.trouble = None
        protocols = ["streamlit", NO_TOKEN, *([self.session] if self.session else [])]
        self._socket = await self._connect("_stcore/stream", protocols)
        self._receiving = self._begin(self._receive(self._socket))
        await self.rerun()

    async def close(self) -> None:
        """Leave, as a tab that is closed."""
        for task in (self._receiving, *self._streams.values()):
            if task is not None:
                task.cancel()
        self._streams.clear()
        if self._socket is not None:
            await self._socket.close()

    def _connect(self, path: str, protocols: Sequence[str] | None = None) -> connect:
        return connect(
            f"ws://{self.host}/{path}",
            subprotocols=protocols,  # type: ignore[arg-type]
            origin=f"http://{self.host}",  # type: ignore[arg-type]
            max_size=LARGEST,
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
            compression=None,
            ping_interval=None,  # browsers do not
            open_timeout=TIMEOUT,
        )

    async def rerun(self, fragment: str = "") -> None:
        """Ask for a run of the script, or of one of its fragments."""
        state = ClientState(
            query_string=urlencode(self.query),
            page_script_hash=self._page_hash,
            page_name="" if self._page_hash else self.page,
            fragment_id=fragment,
            cached_message_hashes=list(self._cache),
        )
        state.widget_states.widgets.extend(self._states.values())
        state.context_info.timezone = "UTC"
        state.context_info.locale = "en"
        state.context_info.url = f"http://{self.host}/{self.page}?{state.query_string}"
        if self._socket is not None:
            await self._socket.send(BackMsg(rerun_script=state).SerializeToString())

    async def turn(self, label: str, value: Any) -> None:
        """Give the widget of this label a value, as a visitor does."""
        placed = self.widget(label)
        self._states[placed.body.id] = state_of(placed, value)
        if placed.body.query_param_key:
            self.query[placed.body.query_param_key] = f"{value}"
        await self.rerun(placed.fragment)

    async def press(self, label: str) -> None:
        """Press the button of this label."""
        placed = self.widget(label)
        await self._trigger(placed, WidgetState(id=placed.body.id, trigger_value=True))

    async def _send_trigger(self, placed: Placed, event: str, value: Any) -> None:
        """What a component of the lab's own tells by its `setTriggerValue`."""
        state = WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{placed.body.id}__events")
        state.json_trigger_value = json.dumps([{"event": event, "value": value}])
        await self._trigger(placed, state)

    def widget(self, label: str) -> Placed:
        """The widget of this label; KeyError if there is none."""
        for placed in self.elements.values():
            if getattr(placed.body, "label", None) == label:
                return placed
        raise KeyError(f"No widget is called {label!r}.")

    def offers(self, label: str) -> bool:
        """Whether there is a widget of this label."""
        return any(
            getattr(placed.body, "label", None) == label for placed in self.elements.values()
        )

    def placed(self, kind: str) -> Iterator[Placed]:
        """The elements of this kind, in the order of the page."""
        for path in sorted(self.elements):
            if self.elements[path].kind == kind:
                yield self.elements[path]

    def text(self) -> str:
        """What stands on the page in words."""
        bodies = (placed.body for _, placed in sorted(self.elements.items()))
        return "\n".join(
            str(getattr(body, "text", "") or getattr(body, "body", "")) for body in bodies
        )

    async def until(self, value: Callable[[], Value | None], timeout: float = TIMEOUT) -> Value:
        """Wait for a true value, which can only come with news of the server."""
        async with asyncio.timeout(timeout):
            while not (result := value()):
                if self.trouble is not None:
                    raise self.trouble
                self._news.clear()
                await self._news.wait()
        return result

    async def settled(self, after: int, timeout: float = TIMEOUT) -> float:
        """Wait for the end of a whole run beyond the first `after`; when its last message came."""
        await self.until(lambda: self.finished > after, timeout)
        return self.last_message_at

    def placed_anew(self, placed: Placed) -> None:
        """Called with every element that is drawn, for those who look closer."""

    def heard(self, news: dict[str, Any]) -> None:
        """Called with every message of a stream, likewise."""

    async def _trigger(self, placed: Placed, state: WidgetState) -> None:
        self._states[state.id] = state
        await self.rerun(placed.fragment)
        del self._states[state.id]

    async def _receive(self, socket: ClientConnection) -> None:
        async for data in socket:
            self._take(ForwardMsg.FromString(self._count(data)))
            self._news.set()
        raise ConnectionResetError("The server has closed the connection.")

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            cached = self._cache[message.ref_hash]
            cached.last_use = self._runs
            self._draw(message, cached.message.delta)
        elif kind == "delta":
            self._remember(message)
            self._draw(message, message.delta)
        elif kind == "new_session":
            self._begin_run(message)
        elif kind == "script_finished":
            self._end_run(message)
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            text = message.page_info_changed.query_string
            self.query = dict(parse_qsl(text, keep_blank_values=True))

    def _begin_run(self, message: ForwardMsg) -> None:
        self._run = message.metadata.run.script_run_id
        session = message.new_session
        self.session = session.initialize.session_id or self.session
        self._page_hash = session.page_script_hash or self._page_hash
        self._largest_age = session.config.max_cached_message_age or self._largest_age

    def _draw(self, message: ForwardMsg, delta: Any) -> None:
        path = tuple(message.metadata.delta_path)
        if delta.WhichOneof("type") != "new_element":
            self.elements.pop(path, None)
            return
        kind = delta.new_element.WhichOneof("type") or "empty"
        body = getattr(delta.new_element, kind, None)
        placed = Placed(kind, body, delta.fragment_id, self._run)
        self.elements[path] = placed
        fresh = getattr(body, "id", "") not in self._states or getattr(body, "set_value", False)
        if kind in VALUES and fresh:
            self._states[body.id] = state_of(placed, VALUES[kind](body))
        if kind == "exception":
            self.trouble = RuntimeError(f"The page broke: {body.type} {body.message}")
        if placed.stream and not {placed.stream} & (self._streams.keys() | self._over):
            self._streams[placed.stream] = self._begin(self._follow(placed.stream))
        self.placed_anew(placed)

    def _remember(self, message: ForwardMsg) -> None:
        if message.metadata.cacheable and message.hash:
            fragment = message.delta.fragment_id
            self._cache[message.hash] = CachedMessage(message, fragment, self._runs)

    def _end_run(self, message: ForwardMsg) -> None:
        """Forget what the run that has ended did not draw again, and what was not referred to."""
        if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return
        run, fragments = message.metadata.run.script_run_id, set(message.metadata.run.fragment_ids)
        for path, placed in list(self.elements.items()):
            if placed.run != run and (not fragments or placed.fragment in fragments):
                del self.elements[path]
        on_page = {getattr(placed.body, "id", "") for placed in self.elements.values()}
        for name in self._states.keys() - on_page:
            del self._states[name]
        self._leave_streams()
        self._runs += 1
        for name, cached in list(self._cache.items()):
            of_this = not fragments or cached.fragment in fragments
            if of_this and self._runs - cached.last_use > self._largest_age:
                del self._cache[name]  # as the page does: a run of a fragment leaves all others
        self.finished += not fragments

    def _leave_streams(self) -> None:
        """Leave the streams that no picture follows any more."""
        followed = {placed.stream for placed in self.elements.values()}
        for address in self._streams.keys() - followed:
            self._streams.pop(address).cancel()

    async def _follow(self, address: str) -> None:
        while True:
            async with self._connect(address) as socket:
                with suppress(ConnectionClosed):
                    async for data in socket:
                        await self._hear(address, self._count(data))
                if socket.close_code == UNKNOWN:
                    self._over.add(address)
            if address in self._over:
                return
            await asyncio.sleep(RECONNECT)

    async def _hear(self, address: str, data: str | bytes) -> None:
        news = json.loads(data)
        if news.get("over"):
            self._over.add(address)
        self.heard(news)
        self._news.set()
        if "look" in news:
            bar = next((each for each in self.elements.values() if each.looks(address)), None)
            if bar is not None:
                value = {"number": news["look"], "blocked": False}
                await self._send_trigger(bar, "look", value)

    def _count(self, data: Any) -> Any:
        self.n_bytes += len(data)
        self.last_message_at = perf_counter()
        return data

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Do this beside all else; what goes wrong there ends every wait."""

        async def guarded() -> None:
            try:
                await work
            except Exception as problem:
                self.trouble = problem
            finally:
                self._news.set()

        return asyncio.create_task(guarded())


def new_cookie(url: str) -> str:
    """The cookie that a browser gets which comes for the first time."""
    with urlopen(f"{url}/_stcore/health") as answer:
        return str(answer.headers["Set-Cookie"]).partition(";")[0]


def state_of(placed: Placed, value: Any) -> WidgetState:
    """A widget's value as it travels."""
    state, body = WidgetState(id=placed.body.id), placed.body
    if value is None:
        return state
    if placed.kind == "slider" and not body.options:
        numbers = value if isinstance(value, list) else [value]
        state.double_array_value.data.extend(map(float, numbers))
    elif placed.kind in ("slider", "button_group"):
        texts = value if isinstance(value, list) else [str(value)]
        state.string_array_value.data.extend(texts)
    elif placed.kind == "checkbox":
        state.bool_value = value
    elif placed.kind == "number_input" and body.data_type == body.INT:
        state.int_value = int(value)
    elif placed.kind == "number_input":
        state.double_value = float(value)
    else:
        state.string_value = value
    return state


def _of_slider(body: Any) -> list[Any]:
    if not body.options:
        return list(body.value if body.set_value else body.default)
    if body.set_value:
        return list(body.raw_value)
    return [body.options[int(index)] for index in body.default]


def _of_options(body: Any) -> list[str]:
    if body.set_value:
        return list(body.raw_values)
    return [_content(body.options[index]) for index in body.default]


def _content(option: Any) -> str:
    return str(option.content)


def _of_selectbox(body: Any) -> str:
    return str(body.raw_value) if body.set_value else str(body.options[body.default])


def _of_entry(body: Any) -> Any:
    name = "value" if body.set_value else "default"
    optional = body.DESCRIPTOR.fields_by_name[name].has_presence
    return getattr(body, name) if not optional or body.HasField(name) else None


VALUES: dict[str, Callable[[Any], Any]] = {
    "slider": _of_slider,
    "button_group": _of_options,
    "selectbox": _of_selectbox,
    "number_input": _of_entry,
    "checkbox": _of_entry,
    "text_input": _of_entry,
}
"""The value that a widget of each kind has when the server has drawn it."""
