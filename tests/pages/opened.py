"""The lab's pages as a visitor without a browser has them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from streamlit.testing.v1 import AppTest

from rnnlab.settings import Settings

ROOT = Path(__file__).parents[2]
APP = str(ROOT / "app.py")
TRAINING = "pages/training.py"


def opened(page: str = "", state: dict[str, object] | None = None, **query: str) -> AppTest:
    """A page that was opened with this query, in a session with this state."""
    app = AppTest.from_file(APP, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    for key, value in (state or {}).items():
        app.session_state[key] = value
    if page:
        app.switch_page(page)
    app.run()
    assert not app.exception, app.exception
    return app


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
