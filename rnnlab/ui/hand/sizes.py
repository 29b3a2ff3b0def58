"""The sizes of the bench: features, units and steps. What a smaller size hides is kept."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from rnnlab.cells import CELLS
from rnnlab.handcheck.bench import (
    MAX_FEATURES,
    MAX_TIMESTEPS,
    MAX_UNITS,
    WEIGHTS,
    matrix_shapes,
)
from rnnlab.handcheck.matrices import (
    Place,
    TextRows,
    cells_by_place,
    format_link,
    parse_cells,
    resized,
)

SIZES = {
    "features": (
        "Features",
        MAX_FEATURES,
        "How many numbers come in at each step. Keras: the last number of the input's shape.",
    ),
    "units": (
        "Units",
        MAX_UNITS,
        "How many numbers the layer keeps in its state. Keras: `units`.",
    ),
    "timesteps": (
        "Steps",
        MAX_TIMESTEPS,
        "How many steps the sequence has. The same weights are used at each of them.",
    ),
}


def choose_sizes(cell_name: str, cells: Mapping[str, TextRows]) -> None:
    """Fields of the sizes which the matrices have."""
    kernel = cells["kernel"]
    columns = len(kernel[0]) if kernel else 1
    standing = (len(kernel), columns // CELLS[cell_name].n_gates, len(cells["inputs"]))
    for (name, (label, limit, explanation)), size in zip(SIZES.items(), standing, strict=True):
        key = f"hand_{name}"
        st.session_state[key] = min(max(size, 1), limit)
        st.number_input(
            label,
            1,
            limit,
            help=explanation,
            key=key,
            on_change=_resize,
            args=(cell_name,),
        )
    st.caption("What a smaller size hides comes back with the larger one.")


def forget(cell_name: str) -> None:
    """Forget what smaller sizes have hidden: other numbers stand on the bench now."""
    st.session_state.pop(f"{cell_name}_hidden", None)


def _resize(cell_name: str) -> None:
    """Cut every matrix to the chosen sizes, or add what it had there before, else zeros."""
    sizes = {name: int(st.session_state[f"hand_{name}"]) for name in SIZES}
    hidden: dict[str, dict[Place, str]] = st.session_state.setdefault(f"{cell_name}_hidden", {})
    for name, shape in matrix_shapes(cell_name, **sizes).items():
        key = f"{cell_name}_{name}"
        groups = CELLS[cell_name].n_gates if name in WEIGHTS else 1
        rows = parse_cells(st.session_state[key])
        kept = hidden.setdefault(name, {})
        kept |= cells_by_place(rows, groups)
        st.session_state[key] = format_link(resized(rows, shape, groups, kept))
