"""Every matrix of the bench as a whole: as cells, as text to paste, and as a link to share."""

from __future__ import annotations

import streamlit as st

from rnnlab.cells import CELLS
from rnnlab.handcheck.bench import FIRST_BENCHES, LABELS, MAX_TIMESTEPS, MAX_UNITS, WEIGHTS
from rnnlab.handcheck.matrices import TextRows, format_link, parse_cells
from rnnlab.ui import links
from rnnlab.ui.hand.bench_controls import LONGEST_TEXT, ROLES, BenchOnPage, key_of, row_label
from rnnlab.ui.hand.matrices import Edit, MatrixView, draw_matrices

MAX_LINK_LENGTH = 2000
"""Characters of an address; many programs cut off longer ones."""

MAX_COLUMNS = MAX_UNITS * max(cell.n_gates for cell in CELLS.values())


def draw_cells(table: BenchOnPage, names: tuple[str, ...] = tuple(LABELS)) -> None:
    """These matrices as cells to edit; what is wrong stands under the matrix that it is in."""

    def edited(edit: Edit) -> None:
        table.write(edit.name)(edit)

    cell = table.bench.cell_type
    views = [
        MatrixView(
            LABELS[name],
            _rectangular(table.cells[name]),
            ROLES[name],
            row_label(name, cell),
            name=name,
            gates=cell.gates if name in WEIGHTS else (),
            note=table.note(name),
        )
        for name in names
    ]
    draw_matrices(views, f"bench_{cell.name}", on_edit=edited)


def draw_texts(table: BenchOnPage) -> None:
    """The text of each matrix in a field of its own, folded away with the link."""
    cell_name = table.bench.cell
    with st.expander("The matrices as text, to paste or to share", icon=":material/data_array:"):
        st.caption(
            "Paste a whole matrix as a spreadsheet or NumPy gives it, or type a line for each "
            "row. 1/3 is a number, too."
        )
        with st.grid(3, min_column_width=260):
            for name, label in LABELS.items():
                key = key_of(cell_name, name)
                st.text_area(
                    label,
                    max_chars=LONGEST_TEXT,
                    key=key,
                    height=68,
                    persist_state="session",
                    on_change=_tidy,
                    args=(key,),
                )
        _link(cell_name)


def _tidy(key: str) -> None:
    """Write what was pasted as links have it, so that the address stays short."""
    st.session_state[key] = format_link(parse_cells(st.session_state[key]))


def _link(cell_name: str) -> None:
    """The address of this bench, unless it is so long that programs would cut it."""
    first = FIRST_BENCHES[cell_name]
    query = {"hand_cell": cell_name}
    for key in (f"{cell_name}_activation", "part"):
        if value := st.session_state.get(key):
            query[key] = str(value)
    for name in LABELS:
        key = key_of(cell_name, name)
        if (text := st.session_state[key]) != format_link(getattr(first, name)):
            query[key] = text
    link = links.page_address(query)
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


def _rectangular(rows: TextRows) -> TextRows:
    """Rows of one length, so that a missing number is a cell too; no more than a bench has."""
    rows = tuple(row[:MAX_COLUMNS] for row in rows[:MAX_TIMESTEPS])
    columns = max(map(len, rows), default=1)
    typed = [["" if cell == "?" else cell for cell in row] for row in rows]
    return tuple((*row, *("",) * (columns - len(row))) for row in typed) or (("",),)
