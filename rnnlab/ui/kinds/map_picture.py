"""A map of runs as it fills: its picture, its buttons, and the cell that was chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from rnnlab.bounds import Bounds, Reached, verdict
from rnnlab.kinds.maps import MapCell, RunMap, agreement, map_sentence
from rnnlab.progress import RunFinished
from rnnlab.settings import Settings
from rnnlab.ui import address, links
from rnnlab.ui.kinds import grid, map_run
from rnnlab.ui.kinds.grid import MapPicture
from rnnlab.ui.kinds.map_run import MapRun, MapSnapshot
from rnnlab.ui.live_run.stream import Feed, ProgressLine
from rnnlab.ui.live_run.watching import show_bar, show_trouble, status, watch_run
from rnnlab.ui.parameters import of_one

HINT = "Tap or click a cell to read it. Do so once more, and the training page opens with this run."
BY_KEYS = "Tab and the arrow keys go from cell to cell."


def show(run_map: RunMap, beside: Callable[[], None] | None = None) -> None:
    """The map and all that belongs to it; `beside` draws what stands at its side."""

    def draw(run: MapRun | None, snapshot: MapSnapshot, feed: Feed[RunFinished] | None) -> None:
        losses = map_run.losses(run_map, run, snapshot)
        _bar(run_map, run, snapshot, feed)
        with st.empty().container():
            show_trouble(snapshot)
        if beside is None:
            _grid(run_map, run, losses)
        else:
            map_side, other_side = st.columns(2, gap="large")
            with map_side:
                st.markdown("**What was reached**")
                _grid(run_map, run, losses)
            with other_side:
                beside()
        st.markdown(map_sentence(run_map, losses))
        if run is not None and not snapshot.live:
            _afterwards(run_map, run, losses)
        _chosen(run_map, run, losses)

    map_run.follow(run_map)
    watch_run(map_run.slot(run_map), draw, line=partial(_line, run_map))


def _line(run_map: RunMap, snapshot: MapSnapshot) -> ProgressLine:
    """How far a map is that is trained anew."""
    done, n = len(map_run.finished(run_map, snapshot)), len(run_map.cells)
    networks = f"{n} networks"
    text = status(
        snapshot,
        noun="map",
        beginning=f"Training: {done} of {networks}.",
        where=f"{done} of {networks}",
        done=f"Done: {networks}.",
        stopped="Stopped:",
    )
    return ProgressLine(text, done / n)


def _bar(
    run_map: RunMap, run: MapRun | None, snapshot: MapSnapshot, feed: Feed[RunFinished] | None
) -> None:
    """How far it is, and the buttons that fill it."""
    seed = map_run.seed_of(run_map, run)
    recorded = ProgressLine(f"Recorded: {len(run_map.cells)} networks, seed {seed}.", 1.0)
    show_bar(
        _line(run_map, snapshot) if run is not None else recorded,
        feed,
        live=snapshot.live,
        stop=map_run.slot(run_map).stop,
        key=run_map.name,
        at_rest=lambda: _start_buttons(run_map, seed),
    )


def _start_buttons(run_map: RunMap, seed: int) -> None:
    highest = int(Settings.all_knobs()["seed"].high or 0)
    st.button(
        "Run it again",
        icon=":material/replay:",
        key=f"again_{run_map.name}",
        help=f"Trains all {len(run_map.cells)} networks, with the same seed.",
        on_click=map_run.start,
        args=(run_map, seed),
    )
    st.button(
        "With other luck",
        icon=":material/casino:",
        key=f"seed_{run_map.name}",
        help="Trains them with other data and other first weights: the next seed.",
        on_click=map_run.start,
        args=(run_map, seed % highest + 1),
    )


def _afterwards(run_map: RunMap, run: MapRun, losses: Mapping[MapCell, float]) -> None:
    """How it agrees with what was recorded, and the way back to that."""
    seed = map_run.seed_of(run_map, run)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            agreement(losses, map_run.recorded(run_map))
            if seed == run_map.base.seed
            else f"This is seed {seed}; the recorded map is of seed {run_map.base.seed}."
        )
        st.button(
            "Show what was recorded",
            icon=":material/inventory_2:",
            key=f"recorded_{run_map.name}",
            on_click=map_run.slot(run_map).forget,
        )


def _grid(run_map: RunMap, run: MapRun | None, losses: Mapping[MapCell, float]) -> None:
    seed = map_run.seed_of(run_map, run)
    address.link_as(_key(run_map), of_one("The map", {_text(c): c for c in run_map.cells}))
    windows = run_map.row_knob == "window"
    line = " A line runs where windows begin to hold cause and effect." if windows else ""
    grid.draw(
        MapPicture(
            run_map,
            losses,
            alt=f"The loss that each of {len(run_map.cells)} networks reached.{line} {BY_KEYS}",
            hint=HINT,
            chosen=_picked(run_map),
        ),
        key=f"map_{run_map.name}",
        on_pick=lambda cell: st.session_state.update({_key(run_map): cell}),
        link=lambda cell: links.settings_href("training", run_map.settings(cell, seed)),
    )


def _chosen(run_map: RunMap, run: MapRun | None, losses: Mapping[MapCell, float]) -> None:
    """The cell that was chosen: its numbers, and the way to its run."""
    cell = _picked(run_map)
    if cell is None or cell not in losses:
        return
    settings = run_map.settings(cell, map_run.seed_of(run_map, run))
    with st.container(border=True):
        st.markdown(f"**{run_map.cell_title(cell)}.** {_verdict(run_map, cell, losses[cell])}")
        links.settings_link(
            links.TRAINING_PAGE, settings, "Open this run", ":material/play_circle:"
        )


def _verdict(run_map: RunMap, cell: MapCell, loss: float) -> str:
    if loss != loss:
        return "The weights grew without end."
    settings = run_map.settings(cell)
    return verdict(Bounds.of(settings), settings, Reached(settings.updates, (loss,)))


def _picked(run_map: RunMap) -> MapCell | None:
    cell = st.session_state.get(_key(run_map))
    return cell if isinstance(cell, MapCell) else None


def _text(cell: MapCell) -> str:
    return f"{cell.row} {cell.column}"


def _key(run_map: RunMap) -> str:
    return f"chosen_{run_map.name}"
