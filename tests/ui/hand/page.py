"""The hand check as a visitor without a browser has it, and a pretended compute side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from rnnlab.compute import JobView
from rnnlab.handcheck.bench import ARTICLE
from rnnlab.ui.hand.bench_controls import query_of
from tests.pages.opened import component_data, opened
from tests.ui.fake_jobs import FakeJob

PAGE = "pages/hand_check.py"
ARTICLES = query_of(ARTICLE) | {"cover": "false"}
"""What a link to the article's numbers says that covers nothing."""


class FakeKeras:
    """A job store that remembers every question and shows the view that `answer` makes of it."""

    def __init__(self) -> None:
        self.questions: list[tuple[str, Any]] = []
        self.answer: Callable[[Any], JobView] = lambda _: JobView("running")

    def start(self, work: str, question: object, _viewer: str) -> FakeJob:
        self.questions.append((work, question))
        return FakeJob(question, work, self.answer(question))


def open_part(part: str, state: dict[str, object] | None = None, **query: str) -> AppTest:
    return opened(PAGE, state, part=part, **query)


def matrices(app: AppTest) -> dict[str, list[dict[str, Any]]]:
    """The items of each line of matrices, as the browser gets them, by the line's key."""
    return {key: data["items"] for key, data in component_data(app, "matrices").items()}


def matrix(app: AppTest, key: str, symbol: str) -> dict[str, Any]:
    """The matrix of a line with this symbol over it."""
    (item,) = [item for item in matrices(app)[key] if item.get("symbol") == symbol]
    return item


def numbers(app: AppTest, key: str, symbol: str) -> np.ndarray:
    return np.array(matrix(app, key, symbol)["cells"], dtype=float)
