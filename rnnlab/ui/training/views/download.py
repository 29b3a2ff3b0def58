"""Download: the curve, the weights, a Keras model, and a script that trains it without the lab."""

from __future__ import annotations

import io
from typing import cast

import numpy as np
import pandas as pd
import streamlit as st

from rnnlab.compute import Job, JobView
from rnnlab.conversion import conversions
from rnnlab.progress import SavedModel
from rnnlab.script import keras_script
from rnnlab.settings import Settings, Trained
from rnnlab.ui.answers import watch_answer
from rnnlab.ui.markdown import escape_markdown
from rnnlab.ui.server import job_store, viewer
from rnnlab.ui.training.run import Moment

TITLE = "Download"
ICON = ":material/download:"
ORDER = 100
WORK = "rnnlab.keras_models.network:keras_file"
FIRST_LOOK = 2.0
"""Seconds that a click waits for the Keras model; Keras itself may have to be loaded first."""


def fits(_settings: Settings) -> bool:
    """Everything can be taken away."""
    return True


def draw(moment: Moment) -> None:
    """A button for each file, the script to read, and the way to other runtimes."""
    name = f"{moment.settings.rule}-seed-{moment.settings.seed}"
    with st.container(horizontal=True):
        if moment.progress[-1].history is not None:
            _button("Every update (CSV)", _history(moment), f"{name}.csv", "text/csv")
        elif moment.progress:
            _button("Every point (CSV)", _points(moment), f"{name}-points.csv", "text/csv")
        _button("Weights (.npz)", _npz(moment), f"{name}.npz", "application/octet-stream")
        _keras_buttons(moment, name)
    script = keras_script(moment.settings)
    st.markdown("**The same in plain Keras**, to run without the lab:")
    with st.expander("Read the script", icon=":material/code:"):
        st.code(script, wrap_lines=True)
    with st.container(horizontal=True):
        _button("The script (.py)", script.encode(), f"{name}.py", "text/x-python")
        if moment.settings.own is not None:
            text = moment.settings.own.text.encode()
            _button("Your series, for the script", text, "series.txt", "text/plain")
    st.caption(
        f"The weights are those after {moment.step:,} updates, of the first network. "
        "`numpy.load` opens the .npz file; a row of points is the mean since the row before."
    )
    with st.expander("Go on from the Keras model in ONNX or LiteRT", icon=":material/output:"):
        for conversion in conversions(moment.settings, name):
            st.markdown(f"**{conversion.runtime}**. {conversion.about}")
            st.code(conversion.install, language="bash", wrap_lines=True)
            st.code(conversion.code, wrap_lines=True)


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


def _points(moment: Moment) -> bytes:
    """One row for each point of the curve of a run that was stopped; its mean since the last."""
    seeds = [moment.settings.seed + number for number in range(moment.settings.networks)]
    names = ["loss"] if len(seeds) == 1 else [f"loss, seed {seed}" for seed in seeds]
    table = pd.DataFrame([point.losses for point in moment.progress], columns=names)
    table.insert(0, "update", [point.step for point in moment.progress])
    if moment.settings.network.classes:
        table["accuracy"] = [point.accuracy for point in moment.progress]
    table["learning rate"] = [point.learning_rate for point in moment.progress]
    return table.to_csv(index=False).encode()


def _npz(moment: Moment) -> bytes:
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **moment.weights)
    return file.getvalue()


def _keras_buttons(moment: Moment, name: str) -> None:
    """Keras lives on the compute side: ask for the files first, then offer them."""
    trained = Trained(moment.settings, moment.weights)
    asked = cast("tuple[Trained, Job] | None", st.session_state.get("keras_file"))
    if asked is None or asked[0] != trained:
        st.button(
            "Prepare the Keras model", icon=":material/build:", on_click=_ask, args=(trained,)
        )
        return

    def draw(model: SavedModel | None, view: JobView) -> None:
        if model is not None:
            kind = "application/octet-stream"
            _button("Keras model (.keras)", model.content, f"{name}.keras", kind)
            _button("Weights for Keras (.h5)", model.weights, f"{name}.weights.h5", kind)
            st.caption(versions_sentence(model.keras_version, name))
        elif view.ended:
            message = view.message or "The Keras model could not be made."
            st.error(escape_markdown(message), icon=":material/info:")
        else:
            st.button("Keras model: being made…", icon=":material/hourglass:", disabled=True)

    watch_answer(asked[1], SavedModel, draw)


def versions_sentence(version: str, name: str) -> str:
    """Which Keras opens which file."""
    return (
        f"Keras {version} wrote both. The model opens with `keras.models.load_model` in this "
        "version and later ones, not in older ones. There, build the model with the lines of the "
        f'script before `optimizer =`, then `model.load_weights("{name}.weights.h5")`; it was '
        "tried with 3.10 and 3.14."
    )


def _ask(trained: Trained) -> None:
    job = job_store().start(WORK, trained, viewer())
    st.session_state["keras_file"] = (trained, job)
    job.wait(FIRST_LOOK)
