"""Scripts of pictures: loaded once, under an address that changes with what they say."""

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from rnnlab.ui import scripts

ADDRESS = re.compile(r'"(scripts/\w+\.js)"')


@pytest.fixture
def browser() -> TestClient:
    return TestClient(Starlette(routes=[scripts.ROUTE]))


def address_in(loader: str) -> str:
    (address,) = ADDRESS.findall(loader)
    return address


def test_a_script_is_found_where_its_loader_looks_and_may_be_kept(browser):
    script = "export default () => 'ö'"
    answer = browser.get(address_in(scripts.loader(script)))
    assert answer.text == script
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]


def test_another_script_has_another_address_and_the_same_has_the_same(browser):
    first, second, again = map(address_in, map(scripts.loader, ("one", "two", "one")))
    assert first == again != second
    assert browser.get(second).text == "two"


def test_what_is_no_script_of_the_lab_is_not_found(browser):
    assert browser.get("scripts/0123456789abcdef.js").status_code == 404
