"""What a visitor keeps from page to page is said by every link within the lab."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from rnnlab.lessons import OF_THE_VISIT
from tests.pages.opened import opened

KEPT = {"cover": "false", "board": "7KXW3P", "projector": "on"}

PLACES = [
    ("home", {}),
    ("papers", {}),
    ("hand_check", {}),
    ("kinds", {"about": "One or many"}),
    ("data_rules", {"look": "Download"}),
    ("teachers", {"teach": "What students say"}),
    ("data_rules", {"lesson": "pair", "step": "2"}),
]


def test_what_is_kept_is_all_that_is_about_the_visit_and_no_lesson() -> None:
    assert {*KEPT, "lesson", "step"} == {*OF_THE_VISIT}


@pytest.mark.parametrize(("page", "query"), PLACES)
def test_a_link_with_a_query_keeps_it(page: str, query: dict[str, str]) -> None:
    app = opened(f"pages/{page}.py", **query, **KEPT)
    links = [dict(parse_qsl(link.proto.query_string)) for link in app.get("page_link")]
    with_query = [said for said in links if said]  # one without brings along the session
    assert with_query
    for said in with_query:
        assert said.items() >= KEPT.items(), said
