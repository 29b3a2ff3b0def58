"""The bench on the page: cell, activation, sizes, and every matrix as it was typed.

The address holds the text of each matrix. `BenchOnPage` is what a part of the page gets of that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from rnnlab.cells import CELLS, Cell
from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.handcheck.bench import ARTICLE, FIRST_BENCHES, LABELS, Bench
from rnnlab.handcheck.equations import state_symbols
from rnnlab.handcheck.matrices import (
    MatrixError,
    TextRows,
    format_link,
    parse_cells,
    parse_numbers,
)
from rnnlab.handcheck.places import Place
from rnnlab.knobs import Knob
from rnnlab.ui import address, lessons, visit
from rnnlab.ui.hand import sizes
from rnnlab.ui.hand.matrices import Edit, Role
from rnnlab.ui.knobs import set_value, widget

PAGE = "pages/hand_check.py"
LONGEST_TEXT = 2000
"""Characters of the text of one matrix."""

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


@dataclass(frozen=True)
class BenchOnPage:
    """The bench, the cells as they were typed, and what is wrong in them.

    With an `error` the `bench` is the last one without. The products of `unit` (from 0) are
    spelled out.
    """

    bench: Bench
    cells: dict[str, TextRows]
    unit: int = 0
    error: MatrixError | None = None

    def in_shape(self, name: str) -> bool:
        """Whether a matrix has the rows and columns that it has on the bench."""
        rows = getattr(self.bench, name)
        return [len(row) for row in self.cells[name]] == [len(row) for row in rows]

    def note(self, name: str) -> str:
        """What is wrong with a matrix."""
        return str(self.error) if self.error is not None and self.error.matrix == name else ""

    def write(self, name: str, place: Place | None = None) -> Callable[[Edit], None]:
        """Puts edited cells into a matrix; with a `place` there, unless they are all of it."""
        key, cells = key_of(self.bench.cell, name), self.cells[name]

        def edited(edit: Edit) -> None:
            is_part = place is not None and place.fits(edit.cells)
            rows = place.written(cells, edit.cells) if place and is_part else edit.cells
            st.session_state[key] = format_link(rows)

        return edited


def choose_bench() -> BenchOnPage:
    """Draw the controls, most of them folded; the table that they and the numbers make."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cell_name = str(widget("hand_cell", CELL))
        default = FIRST_BENCHES[cell_name]
        activation = replace(ACTIVATION, default=default.activation)
        cells = {name: parse_cells(text) for name, text in _texts(default).items()}
        with st.popover("Settings", icon=":material/tune:"):
            chosen = str(widget(f"{cell_name}_activation", activation))
            below = st.container()
            if lessons.current() is None:
                sizes.choose_sizes(cell_name, cells)
                st.button(
                    "First example",
                    icon=":material/restart_alt:",
                    on_click=put_on_bench,
                    args=(default,),
                    help="Puts every number back to where it was when you came.",
                )
    table = _table(cell_name, chosen, cells)
    with below:
        return replace(table, unit=_choose_unit(table.bench.units))


def link_to_article() -> None:
    """A link to the same page with the article's numbers; none in a lesson."""
    if lessons.current() is not None:
        return
    st.page_link(
        PAGE,
        label="The same with the article's numbers",
        icon=":material/article:",
        query_params=query_of(ARTICLE) | visit.carried(),
        help="Whole numbers and no squashing: 7, 3, 12 after the first step.",
    )


def put_on_bench(bench: Bench) -> None:
    """Put these numbers on the bench. Only before the controls are drawn, or in a callback."""
    sizes.forget(bench.cell)
    set_value("hand_cell", bench.cell)
    set_value(f"{bench.cell}_activation", bench.activation)
    for name in LABELS:
        set_value(key_of(bench.cell, name), format_link(getattr(bench, name)))


def query_of(bench: Bench) -> dict[str, str]:
    """What a link to this bench says."""
    first = FIRST_BENCHES[bench.cell]
    texts = {
        key_of(bench.cell, name): format_link(getattr(bench, name))
        for name in LABELS
        if getattr(bench, name) != getattr(first, name)
    }
    return {"hand_cell": bench.cell, f"{bench.cell}_activation": bench.activation, **texts}


def key_of(cell_name: str, name: str) -> str:
    """The key of a matrix's text in the session and in the address."""
    return f"{cell_name}_{name}"


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


def _choose_unit(units: int) -> int:
    """The unit (from 0) whose products are spelled out, and whose columns are highlighted."""
    if units == 1:
        return 0
    if st.session_state.get(UNIT, 1) not in range(1, units + 1):
        st.session_state[UNIT] = units
    return int(widget(UNIT, replace(UNIT_KNOB, choices=tuple(range(1, units + 1))))) - 1


def _texts(default: Bench) -> dict[str, str]:
    """The text of each matrix, as the address or somebody on the page has given it."""
    texts = {}
    for name, label in LABELS.items():
        key, text = key_of(default.cell, name), format_link(getattr(default, name))
        address.link(key, Knob(text, label, "", "data", longest=LONGEST_TEXT))
        texts[name] = str(st.session_state.setdefault(key, text))
    return texts


def _table(cell_name: str, activation: str, cells: dict[str, TextRows]) -> BenchOnPage:
    """The bench of these cells, or the one before it: a mistyped number loses nothing."""
    key = f"{cell_name}_bench"
    try:
        matrices = {name: parse_numbers(name, LABELS[name], cells[name]) for name in LABELS}
        bench = Bench(cell_name, activation, **matrices)
    except MatrixError as error:
        st.info("Until you correct it, you see the numbers from before.", icon=":material/history:")
        return BenchOnPage(st.session_state.get(key, FIRST_BENCHES[cell_name]), cells, error=error)
    st.session_state[key] = bench
    return BenchOnPage(bench, cells)
