"""Take away: the curve, the weights, a Keras model, and a script that trains it without the lab."""

from __future__ import annotations

import io
from typing import cast

import numpy as np
import pandas as pd
import streamlit as st

from rnnlab.compute import Job, JobView
from rnnlab.progress import SavedModel
from rnnlab.script import keras_script
from rnnlab.settings import Settings, Trained
from rnnlab.ui.answers import watch_answer
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.server import job_store, viewer
from rnnlab.ui.training.run import Moment

TITLE = "Take away"
ICON = ":material/download:"
ORDER = 100
WORK = "rnnlab.keras_models.network:keras_file"
FIRST_LOOK = 2.0
"""Seconds that a click waits for the Keras model; Keras itself may have to be loaded first."""


def fits(_settings: Settings) -> bool:
    """Everything can be taken away."""
    return True


def draw(moment: Moment) -> None:
    """A button for each file, and the script to read."""
    name = moment.settings.rule
    with st.container(horizontal=True):
        if moment.progress[-1].history is not None:
            _button("Every update (CSV)", _history(moment), f"{name}.csv", "text/csv")
        _button("Weights (.npz)", _npz(moment), f"{name}.npz", "application/octet-stream")
        _keras_button(moment)
    script = keras_script(moment.settings)
    st.markdown("**The same in plain Keras**, to run without the lab:")
    st.code(script, height=320)
    with st.container(horizontal=True):
        _button("The script (.py)", script.encode(), f"{name}.py", "text/x-python")
        if moment.settings.own is not None:
            text = moment.settings.own.text.encode()
            _button("Your series, for the script", text, "series.txt", "text/plain")
    st.caption(
        f"The weights are those after {moment.step:,} updates, of the first network. "
        "`numpy.load` and `keras.models.load_model` open them."
    )


def _button(label: str, content: bytes, name: str, kind: str) -> None:
    st.download_button(label, content, name, kind, icon=":material/download:", on_click="ignore")


def _history(moment: Moment) -> bytes:
    """One row an update; with several networks a column for each."""
    history = moment.progress[-1].history or {}
    columns: dict[str, np.ndarray] = {}
    for what, values in history.items():
        several = values.shape[1] > 1
        for number, column in enumerate(values.T):
            seed = moment.settings.seed + number
            columns[f"{what}, seed {seed}" if several else what] = column
    table = pd.DataFrame(columns)
    table.insert(0, "update", np.arange(1, len(table) + 1))
    return table.to_csv(index=False).encode()


def _npz(moment: Moment) -> bytes:
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **moment.weights)
    return file.getvalue()


def _keras_button(moment: Moment) -> None:
    """Keras lives on the compute side: ask for the file first, then offer it."""
    trained = Trained(moment.settings, moment.weights)
    asked = cast("tuple[Trained, Job] | None", st.session_state.get("keras_file"))
    if asked is None or asked[0] != trained:
        st.button(
            "Prepare the Keras model", icon=":material/build:", on_click=_ask, args=(trained,)
        )
        return

    def draw(model: SavedModel | None, view: JobView) -> None:
        if model is not None:
            name = f"{moment.settings.rule}.keras"
            _button("Keras model (.keras)", model.content, name, "application/octet-stream")
        elif view.ended:
            message = view.message or "The Keras model could not be made."
            st.error(escape_markdown(message), icon=":material/info:")
        else:
            st.button("Keras model: being made…", icon=":material/hourglass:", disabled=True)

    watch_answer(asked[1], SavedModel, draw)


def _ask(trained: Trained) -> None:
    job = job_store().start(WORK, trained, viewer())
    st.session_state["keras_file"] = (trained, job)
    job.wait(FIRST_LOOK)
