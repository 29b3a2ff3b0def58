"""One part of the page of data rules, drawn alone as Streamlit draws it."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from rnnlab.settings import Settings
from tests.pages import opened


def _script(part: str, settings: object) -> None:
    import importlib

    importlib.import_module(f"rnnlab.ui.data.{part}").draw(settings)


def drawn(
    part: str, settings: Settings, query: dict[str, str] | None = None, **state: object
) -> AppTest:
    """The module `part` of rnnlab.ui.data, with this in the address and in the session."""
    return opened.drawn(_script, part, settings, query=query, **state)
