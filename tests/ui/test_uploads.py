"""The budget of what a session uploads: before a stub, and before Streamlit's own endpoint."""

from __future__ import annotations

import asyncio
import http.client
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

import pytest

from rnnlab.ui.uploads import BUDGET, REFUSAL, UploadBudget
from tests.lab import Lab, running_lab
from tests.protocol import Visitor

MEGABYTE = 1_000_000


class Store:
    """An application that keeps every body it is sent, as Streamlit keeps files."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}

    def held(self, session: str) -> int:
        return sum(len(body) for path, body in self.bodies.items() if f"/{session}/" in path)

    async def __call__(self, scope, receive, send) -> None:
        body = b""
        while True:
            message = await receive()
            body += message["body"]
            if not message.get("more_body"):
                break
        self.bodies[scope["path"]] = body
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def put(app, path: str, chunks: AsyncIterator[bytes], method: str = "PUT", **headers: str):
    """The status, the body, and how many chunks were taken."""
    sent: list[dict] = []
    n_taken = 0

    async def receive() -> dict:
        nonlocal n_taken
        async for chunk in chunks:
            n_taken += 1
            return {"type": "http.request", "body": chunk, "more_body": True}
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "headers": [(name.replace("_", "-").encode(), v.encode()) for name, v in headers.items()],
    }
    await app(scope, receive, send)
    return sent[0]["status"], b"".join(m.get("body", b"") for m in sent), n_taken


async def chunks(n_chunks: int, size: int = 10) -> AsyncIterator[bytes]:
    for _ in range(n_chunks):
        await asyncio.sleep(0)
        yield b"x" * size


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def app(store: Store) -> UploadBudget:
    return UploadBudget(store, budget=100, held=store.held)


def upload(session: str, file: str) -> str:
    return f"/base/_stcore/upload_file/{session}/{file}"


def test_files_are_taken_up_to_the_last_byte_of_the_budget(app, store):
    async def all_files():
        for file in range(10):
            assert (await put(app, upload("anna", f"{file}"), chunks(1)))[0] == 204
        return await put(app, upload("anna", "10"), chunks(1, size=1))

    status, body, _ = asyncio.run(all_files())
    assert (status, body.decode()) == (413, REFUSAL)
    assert store.held("anna") == 100


def test_another_session_has_a_budget_of_its_own(app, store):
    async def both():
        await put(app, upload("anna", "1"), chunks(10))
        return await put(app, upload("ben", "1"), chunks(10))

    assert asyncio.run(both())[0] == 204
    assert store.held("ben") == 100


def test_a_file_that_was_removed_gives_its_bytes_back(app, store):
    async def twice():
        await put(app, upload("anna", "1"), chunks(10))
        store.bodies.clear()
        return await put(app, upload("anna", "2"), chunks(10))

    assert asyncio.run(twice())[0] == 204


def test_the_bytes_that_arrive_count_not_those_that_a_header_announces(app, store):
    status, _, n_taken = asyncio.run(
        put(app, upload("anna", "1"), chunks(1000), content_length="10")
    )
    assert (status, n_taken) == (413, 11)
    assert store.bodies == {}


def test_what_is_announced_too_large_is_refused_before_it_is_read(app):
    status, _, n_taken = asyncio.run(
        put(app, upload("anna", "1"), chunks(1000), content_length="101")
    )
    assert (status, n_taken) == (413, 0)


def test_uploads_at_the_same_time_share_the_budget_and_a_refused_one_gives_back(app, store):
    async def at_once():
        both = [put(app, upload("anna", f"{file}"), chunks(8)) for file in range(2)]
        first = [status for status, *_ in await asyncio.gather(*both)]
        return first, (await put(app, upload("anna", "3"), chunks(2)))[0]

    first, later = asyncio.run(at_once())
    assert sorted(first) == [204, 413]
    assert later == 204
    assert store.held("anna") == 100


@pytest.mark.parametrize(
    ("path", "method"),
    [(upload("anna", "1"), "DELETE"), ("/_stcore/health", "PUT"), ("/", "POST")],
)
def test_nothing_else_is_counted(app, path, method):
    status, *_ = asyncio.run(put(app, path, chunks(1000), method=method))
    assert status == 204


# Before Streamlit's own endpoint, in a real server.


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> Iterator[Lab]:
    with running_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


def send_file(lab: Lab, method: str, session: str, file: str, n_bytes: int = 0) -> int:
    """Send a file of so many bytes, as the widget does; the status of the answer."""
    connection = http.client.HTTPConnection(urlsplit(lab.url).netloc, timeout=30)
    mark = b"marked"
    body = b'--%s\r\ncontent-disposition: form-data; name="f"; filename="f.csv"\r\n\r\n%s' % (
        mark,
        b"1" * n_bytes + b"\r\n--%s--\r\n" % mark,
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={mark.decode()}"}
    headers |= _token(lab)
    try:
        connection.request(
            method, f"/_stcore/upload_file/{session}/{file}", body or None, headers=headers
        )
        return connection.getresponse().status
    finally:
        connection.close()


def _token(lab: Lab) -> dict[str, str]:
    """What shows that the request comes from a page of this server."""
    connection = http.client.HTTPConnection(urlsplit(lab.url).netloc, timeout=30)
    connection.request("GET", "/_stcore/health")
    cookies = connection.getresponse().headers.get_all("Set-Cookie") or []
    connection.close()
    (value,) = [
        cookie.split(";")[0].partition("=")[2]
        for cookie in cookies
        if cookie.startswith("_streamlit_xsrf=")
    ]
    return {"Cookie": f"_streamlit_xsrf={value}", "X-Xsrftoken": value}


@pytest.mark.processes
def test_a_session_gets_its_budget_under_whatever_ids_and_has_it_back_with_each_file(lab):
    async def visit() -> tuple[list[int], int, int, int]:
        async with Visitor(lab.url) as visitor:
            await visitor.settled(0)
            name = visitor.session
            size = 4 * MEGABYTE
            statuses = [
                await asyncio.to_thread(send_file, lab, "PUT", name, f"file-{number}", size)
                for number in range(10)
            ]
            removed = await asyncio.to_thread(send_file, lab, "DELETE", name, "file-0")
            again = await asyncio.to_thread(send_file, lab, "PUT", name, "file-10", size)
            above = await asyncio.to_thread(send_file, lab, "PUT", name, "file-11", size)
            return statuses, removed, again, above

    statuses, removed, again, above = asyncio.run(visit())
    n_taken = BUDGET // (4 * MEGABYTE)
    assert statuses == [204] * n_taken + [413] * (10 - n_taken)
    assert (removed, again, above) == (204, 204, 413)


@pytest.mark.processes
def test_who_has_no_session_uploads_nothing(lab):
    assert send_file(lab, "PUT", "nobody", "1", MEGABYTE) == 400
