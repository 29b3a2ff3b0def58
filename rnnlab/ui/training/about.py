"""What stands under an experiment: the code that ran, its link, and where it is from."""

from __future__ import annotations

import inspect
from textwrap import dedent

import streamlit as st

from rnnlab.cells import cell
from rnnlab.settings import Settings
from rnnlab.ui.links import address
from rnnlab.ui.training import run as runs


def show(settings: Settings) -> None:
    """The last lines of the training page."""
    layer = cell(settings.cell)
    with st.expander("Show the code", icon=":material/code:"):
        st.caption("The data in plain NumPy: x are the inputs, y the targets.")
        st.code(settings.data.numpy_code(), wrap_lines=True)
        st.caption(
            f"One step of {layer.title} in NumPy; the engine's compiled twin is tested on it."
        )
        st.code(dedent(inspect.getsource(type(layer).step)), wrap_lines=True)
    with st.expander("The link to this experiment", icon=":material/link:"):
        st.code(address(settings), language=None, wrap_lines=True)
        st.caption(
            "Whoever opens it and presses Train gets the same curve to the last digit."
            if settings.own is None
            else "It holds every knob, but not your numbers."
        )
        run = runs.SLOT.on_show()
        if run is not None and run.task.rates:
            st.caption("The learning rate was turned on the way; that is not in the link.")
    st.caption(f"After the article “{settings.data.article}”.")
