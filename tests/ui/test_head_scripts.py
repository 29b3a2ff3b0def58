"""The scripts of the head: in every page, and in nothing else."""

import asyncio
import re
from pathlib import Path

import pytest

from rnnlab.ui import scripts
from rnnlab.ui.head_scripts import FILES, SCRIPTS, HeadScripts

PAGE = b"<html><head><title>Page</title></head></html>"
BROWSER = [(b"accept", b"text/html,*/*"), (b"accept-encoding", b"gzip")]


def answer_to(headers, kind=b"text/html; charset=utf-8", body=PAGE):
    """What a browser gets that asks so, where the app answers in two pieces; and what it asked."""
    sent, asked = [], []

    async def app(scope, _receive, send):
        asked.append(dict(scope["headers"]))
        start = [(b"content-type", kind), (b"content-length", b"%d" % len(body)), (b"etag", b"1")]
        await send({"type": "http.response.start", "status": 200, "headers": start})
        await send({"type": "http.response.body", "body": body[:9], "more_body": True})
        await send({"type": "http.response.body", "body": body[9:]})

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "headers": headers}
    asyncio.run(HeadScripts(app)(scope, None, send))
    return dict(sent[0]["headers"]), b"".join(one.get("body", b"") for one in sent[1:]), asked[0]


def test_a_page_has_the_script_before_all_else_and_is_as_long_as_it_says():
    headers, page, asked = answer_to(BROWSER)
    tags = "".join(f'<script src="./{scripts.path_of(one)}"></script>' for one in SCRIPTS)
    assert f"<head>{tags}<".encode() in page
    assert int(headers[b"content-length"]) == len(page)
    assert b"etag" not in headers
    assert b"accept-encoding" not in asked


def test_a_page_asks_ahead_for_what_streamlit_draws_charts_with():
    _, page, _ = answer_to(BROWSER)
    links = re.findall(r'<link rel="prefetch"[^>]* href="\./([^"]+)"', page.decode())
    asked = {name: (FILES / name).read_text(encoding="utf-8") for name in links}
    chart = next(text for name, text in asked.items() if "VegaLite" in name)
    others = {name for name in asked if Path(name).name in chart}
    assert len(links) == 2  # a new Streamlit may call them by other names
    assert len(others) == 1


@pytest.mark.parametrize(
    ("headers", "kind"),
    [(BROWSER, b"text/css"), ([(b"accept", b"*/*")], b"text/html")],
    ids=("another kind", "not asked for as a page"),
)
def test_anything_else_is_as_it_was(headers, kind):
    got, body, _ = answer_to(headers, kind)
    assert body == PAGE
    assert got[b"etag"] == b"1"
