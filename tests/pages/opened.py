"""The lab's pages as a visitor without a browser has them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test
from streamlit.util import calc_hash

from rnnlab.settings import Settings

ROOT = Path(__file__).parents[2]
APP = str(ROOT / "app.py")
TRAINING = "pages/training.py"


class Pages(PagesManager):
    """Those that app.py names, as in the server: AppTest goes by the folder called pages."""


PagesManager.uses_pages_directory = False
app_test.PagesManager = Pages


def opened(page: str = "", state: dict[str, object] | None = None, **query: str) -> AppTest:
    """A page that was opened with this query, in a session with this state."""
    app = AppTest.from_file(APP, default_timeout=60)
    if page:
        app._page_hash = calc_hash(Path(page).stem)
    return _begun(app, query, state or {})


def drawn(
    script: Callable[..., None],
    *arguments: object,
    query: Mapping[str, str] | None = None,
    **state: object,
) -> AppTest:
    """A script alone, as Streamlit runs it, with this in the address and in the session."""
    app = AppTest.from_function(script, default_timeout=60, args=arguments)
    return _begun(app, query or {}, state)


def _begun(app: AppTest, query: Mapping[str, str], state: Mapping[str, object]) -> AppTest:
    for name, value in query.items():
        app.query_params[name] = value
    for key, value in state.items():
        app.session_state[key] = value
    return fine(app.run())


def fine(app: AppTest) -> AppTest:
    """The same, if its script ran to its end."""
    assert not app.exception, app.exception
    return app


def texts(app: AppTest) -> str:
    """What stands on it to read, but for labels."""
    prose = (*app.header, *app.markdown, *app.caption, *app.latex)
    boxes = (*app.info, *app.success, *app.warning)
    return "\n".join(element.value for element in (*prose, *boxes))


def component_data(app: AppTest, name: str) -> dict[str, Any]:
    """What each of the lab's components of this name is given, by its key."""
    return {
        drawn.proto.id.rpartition("-")[2]: json.loads(drawn.proto.json)
        for drawn in app.get("bidi_component")
        if drawn.proto.component_name == f"rnnlab_{name}"
    }


def press(app: AppTest, label: str) -> AppTest:
    """What follows a click on the button with this label."""
    (button,) = [button for button in app.button if button.label == label]
    return fine(button.click().run())


@cache
def opened_once(page: str, **query: str) -> AppTest:
    """The same, for those who only look."""
    return opened(page, **query)


def settings_on(app: AppTest) -> Settings:
    """What Train would train."""
    rule = app.session_state["rule"]
    shown = {
        name for name, knob in Settings.knobs({"rule": rule}).items() if len(knob.choices) != 1
    }
    return Settings.of({name: app.session_state[name] for name in shown})
