"""A map of runs as it fills: its picture, its buttons, and the cell that was chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from rnnlab.bounds import Bounds
from rnnlab.errors import LabError
from rnnlab.kinds.maps import MapCell, RunMap, agreement, map_sentence
from rnnlab.settings import Settings
from rnnlab.ui import links
from rnnlab.ui.kinds import filling as fillings
from rnnlab.ui.kinds import grid
from rnnlab.ui.kinds.filling import Filling
from rnnlab.ui.kinds.grid import Picture

TICK = 0.5
"""Seconds between two looks while a map fills."""

OPENED = "run_to_open"
HINT = (
    "Choose a cell, by a click or with Tab and the arrow keys, to read it. Press it once more and "
    "the training page opens with this very run."
)


def show(one: RunMap, beside: Callable[[], None] | None = None) -> None:
    """The map and all that belongs to it; `beside` draws what stands at its side."""
    found = fillings.on_show(one.name)
    live = found is not None and found.live
    st.fragment(_view, run_every=TICK if live else None)(one, live, beside)


def _view(one: RunMap, live: bool, beside: Callable[[], None] | None) -> None:
    _open_what_was_asked_for(one)
    found = fillings.on_show(one.name)
    if (found is not None and found.live) != live:
        st.rerun()
    losses = _losses(one, found)
    _bar(one, found, live)
    if beside is None:
        _grid(one, losses)
    else:
        map_side, other_side = st.columns(2, gap="large")
        with map_side:
            st.markdown("**What was reached**")
            _grid(one, losses)
        with other_side:
            beside()
    st.markdown(map_sentence(one, losses))
    if found is not None and not live:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(_afterwards(one, found, losses))
            st.button(
                "Show what was recorded",
                icon=":material/inventory_2:",
                key=f"recorded_{one.name}",
                on_click=fillings.forget,
                args=(one.name,),
            )
    _chosen(one, found, losses)


def _losses(one: RunMap, found: Filling | None) -> dict[MapCell, float]:
    if found is None:
        return fillings.recorded(one)
    return {place: event.loss for place, event in found.finished().items()}


def _bar(one: RunMap, found: Filling | None, live: bool) -> None:
    """How far it is, and the buttons that fill it."""
    seed = found.seed if found is not None else one.base.seed
    with st.container(horizontal=True, vertical_alignment="center"):
        done = len(found.finished()) if found is not None else len(one.cells)
        st.progress(done / len(one.cells), text=_status(one, found, live, done))
        if live:
            st.button("Stop", icon=":material/stop:", on_click=fillings.stop, args=(one.name,))
            return
        st.button(
            "Run it again",
            icon=":material/replay:",
            key=f"again_{one.name}",
            help=f"Trains all {len(one.cells)} networks, with the same seed.",
            on_click=fillings.start,
            args=(one.name, seed),
        )
        highest = int(Settings.all_knobs()["seed"].high or 0)
        st.button(
            "Another seed",
            icon=":material/casino:",
            key=f"seed_{one.name}",
            help="Trains them with other data and other first weights.",
            on_click=fillings.start,
            args=(one.name, seed % highest + 1),
        )


def _status(one: RunMap, found: Filling | None, live: bool, done: int) -> str:
    n = len(one.cells)
    if found is None:
        return f"Recorded: {n} networks, seed {one.base.seed}."
    views = found.views()
    if live and all(view.state == "starting" for view in views):
        return "The computing side is starting. The first time takes a few seconds."
    if live and all(view.state == "waiting" for view in views):
        return "In the queue."
    if live:
        return f"Training: {done} of {n} networks, seed {found.seed}."
    message = next((view.message for view in views if view.message), None)
    if done < n:
        return message or f"Stopped: {done} of {n} networks, seed {found.seed}."
    return f"Done: {n} networks, seed {found.seed}."


def _afterwards(one: RunMap, found: Filling, losses: Mapping[MapCell, float]) -> str:
    if found.seed != one.base.seed:
        return f"This is seed {found.seed}; the recorded map is of seed {one.base.seed}."
    return agreement(losses, fillings.recorded(one))


def _grid(one: RunMap, losses: Mapping[MapCell, float]) -> None:
    edge = one.row_knob == "window"
    line = " A line runs where windows begin to hold cause and effect." if edge else ""
    grid.draw(
        Picture(
            one,
            losses,
            alt=f"The loss that each of {len(one.cells)} networks reached.{line}",
            words=HINT,
            chosen=_picked(one),
            edge=edge,
        ),
        key=f"map_{one.name}",
        on_pick=lambda place: st.session_state.update({_key(one): place}),
        on_open=lambda place: st.session_state.update({OPENED: (one.name, place)}),
    )


def _chosen(one: RunMap, found: Filling | None, losses: Mapping[MapCell, float]) -> None:
    """The cell that was chosen: its numbers, and the way to its run."""
    place = _picked(one)
    if place is None or place not in losses:
        return
    settings = one.settings(place, found.seed if found is not None else None)
    with st.container(border=True):
        st.markdown(f"**{one.cell_title(place)}.** {_verdict(one, place, losses[place])}")
        links.settings_link(
            links.TRAINING_PAGE, settings, "Open this run", ":material/play_circle:"
        )


def _verdict(one: RunMap, place: MapCell, loss: float) -> str:
    if loss != loss:
        return "The weights ran away."
    settings = one.settings(place)
    return Bounds.of(settings).verdict(settings, loss)


def _open_what_was_asked_for(one: RunMap) -> None:
    asked = st.session_state.get(OPENED)
    if asked is None or asked[0] != one.name:
        return
    del st.session_state[OPENED]
    found = fillings.on_show(one.name)
    seed = found.seed if found is not None else None
    try:
        links.go(links.TRAINING_PAGE, one.settings(asked[1], seed))
    except LabError as error:
        st.warning(str(error))


def _picked(one: RunMap) -> MapCell | None:
    found = st.session_state.get(_key(one))
    return found if isinstance(found, MapCell) else None


def _key(one: RunMap) -> str:
    return f"chosen_{one.name}"
