"""Scripts of pictures: loaded once, under an address that changes with what they say."""

import asyncio
import json
import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from rnnlab.ui import scripts

ADDRESS = re.compile(r'"(scripts/\w+\.js)"')


def address_in(loader: str) -> str:
    (address,) = ADDRESS.findall(loader)
    return address


def answer_to(address: str) -> Response:
    """What the server answers to a browser that asks for this address."""
    scope = {"type": "http", "method": "GET", "path": f"/{address}", "headers": []}
    matched, found = scripts.ROUTE.matches(scope)
    assert matched is Match.FULL
    return asyncio.run(scripts.ROUTE.endpoint(Request(scope | found)))


def test_a_script_is_found_where_its_loader_looks_and_may_be_kept():
    script = "export default () => 'ö'"
    answer = answer_to(address_in(scripts.loader(script)))
    assert answer.body.decode() == script
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]


def test_a_style_comes_with_its_script_and_not_with_every_picture():
    style = '.cell { content: "\'\\n"; }'
    loader = scripts.loader("export default () => 1", style)
    assert style not in loader
    script, told = answer_to(address_in(loader)).body.decode().split("export const style = ")
    assert (script.strip(), json.loads(told)) == ("export default () => 1", style)
    others = (
        scripts.loader("export default () => 1"),
        scripts.loader("export default () => 1", "p {}"),
    )
    assert len({address_in(one) for one in (loader, *others)}) == 3


def test_another_script_has_another_address_and_the_same_has_the_same():
    first, second, again = map(address_in, map(scripts.loader, ("one", "two", "one")))
    assert first == again != second
    assert answer_to(second).body == b"two"


def test_what_is_no_script_of_the_lab_is_not_found():
    assert answer_to("scripts/0123456789abcdef.js").status_code == 404
