"""The bench's controls: cell, activation, sizes, every matrix in cells and as text, and a unit.

The text of each matrix is what the address holds; its cells are a nicer way to write it.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from rnnlab.cells import CELLS, Cell
from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.handcheck.bench import (
    FIRST_BENCHES,
    LABELS,
    MAX_FEATURES,
    MAX_TIMESTEPS,
    MAX_UNITS,
    WEIGHTS,
    Bench,
    matrix_shapes,
)
from rnnlab.handcheck.equations import state_symbols
from rnnlab.handcheck.matrices import (
    MatrixError,
    TextRows,
    format_link,
    parse_cells,
    parse_numbers,
    resized,
)
from rnnlab.knobs import Knob
from rnnlab.ui import address, links
from rnnlab.ui.hand.matrices import Edit, MatrixView, Role, draw_matrices
from rnnlab.ui.knobs import set_value, widget

MAX_LINK_LENGTH = 2000
"""Characters of an address; many programs cut off longer ones."""

MAX_COLUMNS = MAX_UNITS * max(cell.n_gates for cell in CELLS.values())

ROLES: dict[str, Role] = {
    "kernel": "input",
    "recurrent_kernel": "state",
    "bias": "bias",
    "inputs": "input",
    "state": "state",
    "target": "target",
}
SYMBOLS = {
    "kernel": "W",
    "recurrent_kernel": "U",
    "bias": "b",
    "inputs": "x",
    "state": "h_0",
    "target": "y",
}
SIZES = {
    "features": (
        "Features",
        MAX_FEATURES,
        ("How many numbers come in at each step. Keras: the last number of the input's shape."),
    ),
    "units": (
        "Units",
        MAX_UNITS,
        ("How many numbers the layer keeps in its state. Keras: `units`."),
    ),
    "timesteps": (
        "Steps",
        MAX_TIMESTEPS,
        ("How many steps the sequence has. The same weights are used at each of them."),
    ),
}
CELL = Knob("simple_rnn", "Cell", "The kind of recurrent layer.", "network", choices=tuple(CELLS))
ACTIVATION = Knob(
    "linear",
    "Activation",
    "The function that squashes the sum; the formula names it. linear changes nothing. Keras: "
    "`activation`.",
    "network",
    choices=tuple(ACTIVATIONS),
)
UNIT = "hand_unit"
UNIT_KNOB = Knob(
    1,
    "Unit to spell out",
    "Its column is highlighted in every matrix. You can also click on a column.",
    "data",
)


def choose_bench(without: tuple[str, ...] = ()) -> Bench:
    """Draw every control; the bench that they make, or the last valid one.

    Matrices `without` which the page does well have no cells unless something is wrong in them.
    """
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cell_name = str(widget("hand_cell", CELL))
        default = FIRST_BENCHES[cell_name]
        activation = replace(ACTIVATION, default=default.activation)
        chosen = str(widget(f"{cell_name}_activation", activation))
        sizes = st.container(horizontal=True, width=460)
        st.button(
            "The first example",
            icon=":material/restart_alt:",
            on_click=put_on_bench,
            args=(default,),
            help="Puts every number back to where it was when you came.",
        )
    box = st.container()
    texts = _texts(cell_name, default)
    bench, error = _bench(cell_name, chosen, texts)
    with sizes:
        _sizes(cell_name, texts)
    with box:
        _matrices(cell_name, texts, error, without)
    return _last_valid(bench, cell_name)


def put_on_bench(bench: Bench) -> None:
    """Put these numbers on the bench. Only before the controls are drawn, or in a callback."""
    set_value("hand_cell", bench.cell)
    set_value(f"{bench.cell}_activation", bench.activation)
    for name in LABELS:
        set_value(f"{bench.cell}_{name}", format_link(getattr(bench, name)))


def choose_unit(units: int) -> int:
    """The unit (from 0) whose products are spelled out, and whose columns are highlighted."""
    if units == 1:
        return 0
    if st.session_state.get(UNIT, 1) not in range(1, units + 1):
        st.session_state[UNIT] = units
    return int(widget(UNIT, replace(UNIT_KNOB, choices=tuple(range(1, units + 1))))) - 1


def select_unit(column: int) -> None:
    """Choose the unit of a column that was clicked."""
    st.session_state[UNIT] = column + 1


def row_label(name: str, cell: Cell) -> str:
    """What the rows of a matrix are, where that needs saying."""
    if name == "inputs":
        return "a row for each step"
    if name == "state":
        return ", below it ".join(state_symbols(cell)) if len(state_symbols(cell)) > 1 else ""
    return "b, below it d" if name == "bias" and len(cell.weight_shapes(1, 1)["bias"]) > 1 else ""


def _last_valid(bench: Bench | None, cell_name: str) -> Bench:
    """The bench itself, or the one before it: a mistyped number loses nothing."""
    key = f"{cell_name}_bench"
    if bench is None:
        st.info("Until you correct it, you see the numbers from before.", icon=":material/history:")
        return st.session_state.get(key, FIRST_BENCHES[cell_name])  # type: ignore[no-any-return]
    st.session_state[key] = bench
    return bench


def _texts(cell_name: str, default: Bench) -> dict[str, str]:
    """The text of each matrix, which is a field of its own, folded away with the link."""
    with st.expander("The matrices as text, to paste or to share", icon=":material/data_array:"):
        st.caption("Put _ or a space between numbers, and __ or a semicolon between rows.")
        defaults = {name: format_link(getattr(default, name)) for name in LABELS}
        for name, label in LABELS.items():
            knob = Knob(defaults[name], label, "", "data", longest=MAX_LINK_LENGTH)
            address.link(f"{cell_name}_{name}", knob)
        texts = {
            name: st.text_input(
                label,
                defaults[name],
                max_chars=MAX_LINK_LENGTH,
                key=f"{cell_name}_{name}",
                persist_state="session",
            )
            for name, label in LABELS.items()
        }
        changed = {name: text for name, text in texts.items() if text != defaults[name]}
        _link(cell_name, {f"{cell_name}_{name}": text for name, text in changed.items()})
    return texts


def _link(cell_name: str, changed: dict[str, str]) -> None:
    """The address of this bench, unless it is so long that programs would cut it."""
    query = {"hand_cell": st.session_state.get("hand_cell") or cell_name}
    for key in (f"{cell_name}_activation", "part"):
        if value := st.session_state.get(key):
            query[key] = str(value)
    link = links.page_address(query | changed)
    if len(link) > MAX_LINK_LENGTH:
        st.warning(
            f"The link to this bench would have {len(link):,} characters, and beyond "
            f"{MAX_LINK_LENGTH:,} many programs cut it off: use shorter numbers or smaller "
            "matrices.",
            icon=":material/link_off:",
        )
    else:
        st.code(link, language=None, wrap_lines=True)
        st.caption("Everybody who opens this link sees exactly these numbers.")


def _bench(
    cell_name: str, activation: str, texts: dict[str, str]
) -> tuple[Bench | None, MatrixError | None]:
    try:
        matrices = {
            name: parse_numbers(name, LABELS[name], parse_cells(text))
            for name, text in texts.items()
        }
        return Bench(cell_name, activation, **matrices), None
    except MatrixError as error:
        return None, error


def _sizes(cell_name: str, texts: dict[str, str]) -> None:
    """The sizes that the matrices have, and fields to change them."""
    kernel, inputs = parse_cells(texts["kernel"]), parse_cells(texts["inputs"])
    columns = len(kernel[0]) if kernel else 1
    sizes = (len(kernel), columns // CELLS[cell_name].n_gates, len(inputs))
    for (name, (label, limit, explanation)), size in zip(SIZES.items(), sizes, strict=True):
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
            width=140,
        )


def _resize(cell_name: str) -> None:
    """Cut every matrix to the chosen sizes, or add zeros."""
    sizes = {name: int(st.session_state[f"hand_{name}"]) for name in SIZES}
    for name, shape in matrix_shapes(cell_name, **sizes).items():
        key = f"{cell_name}_{name}"
        groups = CELLS[cell_name].n_gates if name in WEIGHTS else 1
        rows = parse_cells(st.session_state[key])
        st.session_state[key] = format_link(resized(rows, shape, groups))


def _matrices(
    cell_name: str, texts: dict[str, str], error: MatrixError | None, without: tuple[str, ...]
) -> None:
    """Every matrix as cells to edit; an error stands under the matrix that it is in."""

    def edited(edit: Edit) -> None:
        st.session_state[f"{cell_name}_{edit.name}"] = format_link(edit.cells)

    cell = CELLS[cell_name]
    views = []
    for name, label in LABELS.items():
        note = str(error) if error is not None and error.matrix == name else ""
        if name in without and not note:
            continue
        rows, gates = _rectangular(parse_cells(texts[name])), cell.gates if name in WEIGHTS else ()
        views.append(
            MatrixView(
                label, rows, ROLES[name], row_label(name, cell), name=name, gates=gates, note=note
            )
        )
    draw_matrices(views, f"bench_{cell_name}", on_edit=edited)


def _rectangular(rows: TextRows) -> TextRows:
    """Rows of one length, so that a missing number is a cell too; no more than a bench has."""
    rows = tuple(row[:MAX_COLUMNS] for row in rows[:MAX_TIMESTEPS])
    columns = max(map(len, rows), default=1)
    typed = [["" if cell == "?" else cell for cell in row] for row in rows]
    return tuple((*row, *("",) * (columns - len(row))) for row in typed) or (("",),)
