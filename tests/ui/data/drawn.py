"""One part of the page of data rules, drawn alone as Streamlit draws it."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from rnnlab.settings import Settings


def _script(part: str, settings: object) -> None:
    import importlib

    importlib.import_module(f"rnnlab.ui.data.{part}").draw(settings)


def drawn(
    part: str, settings: Settings, query: dict[str, str] | None = None, **state: object
) -> AppTest:
    """The module `part` of rnnlab.ui.data, with this in the address and in the session."""
    app = AppTest.from_function(_script, default_timeout=60, args=(part, settings))
    for name, value in (query or {}).items():
        app.query_params[name] = value
    for name, value in state.items():
        app.session_state[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def texts(app: AppTest) -> list[str]:
    """What stands there to read."""
    elements = (*app.markdown, *app.caption, *app.latex, *app.info)
    return [element.value for element in elements]
