"""Components of the lab's own: each a module with a style sheet and a script of the same name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st


def component(module_file: str, root_class: str) -> Callable[..., Any]:
    """The component of the module `module_file`: grid.py has its grid.css and grid.js beside it.

    It draws into one empty element of the class `root_class`.
    """
    source = Path(module_file)
    return st.components.v2.component(
        f"rnnlab_{source.stem}",
        html=f'<div class="{root_class}"></div>',
        css=source.with_suffix(".css").read_text(encoding="utf-8"),
        js=source.with_suffix(".js").read_text(encoding="utf-8"),
    )
