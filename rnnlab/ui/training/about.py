"""What stands under an experiment: the code that ran, its link, and where it is from."""

from __future__ import annotations

import inspect
from textwrap import dedent

import streamlit as st

from rnnlab.cells import cell
from rnnlab.settings import Settings
from rnnlab.ui import sources
from rnnlab.ui.links import address
from rnnlab.ui.training import run as runs

WORDS = (
    "accuracy",
    "activation",
    "baseline",
    "best possible",
    "bias",
    "bit",
    "carried state",
    "cause",
    "chance",
    "delay",
    "dropout",
    "epoch",
    "fresh bits",
    "gate",
    "gradient",
    "grammar",
    "held out",
    "input",
    "kernel",
    "knowing nothing",
    "lag",
    "learning rate",
    "learnt by heart",
    "loss",
    "mean squared error",
    "memory capacity",
    "nat",
    "optimizer",
    "overfitting",
    "parameter",
    "prediction",
    "read-out",
    "recurrent kernel",
    "root mean squared error",
    "row",
    "seed",
    "standard deviation",
    "state",
    "state machine",
    "target",
    "time step",
    "unit",
    "update",
    "weight",
    "window",
)
"""Those that the page uses, its knobs and views among it."""


def show(settings: Settings) -> None:
    """The last lines of the training page."""
    layer = cell(settings.cell)
    with st.expander("Show the code", icon=":material/code:"):
        st.caption("The data in plain NumPy: x are the inputs, y the targets.")
        st.code(settings.data.numpy_code(), wrap_lines=True)
        st.caption(
            f"One step of {layer.title} in NumPy. What trains is the same calculation, compiled; a "
            "test holds the two against each other."
        )
        st.code(dedent(inspect.getsource(type(layer).step)), wrap_lines=True)
    with st.expander("The link to this experiment", icon=":material/link:"):
        st.code(address(settings), language=None, wrap_lines=True)
        st.caption(
            "Everybody who opens it and presses Train gets the same curve to the last digit."
            if settings.own is None
            else "It holds every knob, but not your numbers."
        )
        run = runs.SLOT.on_show()
        if run is not None and run.task.rates:
            st.caption("You changed the learning rate on the way; that is not in the link.")
    sources.show(settings.data)
