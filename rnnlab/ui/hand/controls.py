"""The bench's controls: cell, activation, sizes, and every matrix, in cells and as text.

The text of each matrix is what the address holds; its cells are a nicer way to write it.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from rnnlab.cells import CELLS, Cell
from rnnlab.cells.activations import ACTIVATIONS
from rnnlab.handcheck.bench import (
    LABELS,
    MOST_FEATURES,
    MOST_STEPS,
    MOST_UNITS,
    WEIGHTS,
    Bench,
    wanted_shapes,
)
from rnnlab.handcheck.examples import EXAMPLES
from rnnlab.handcheck.formulas import state_symbols
from rnnlab.handcheck.matrices import Cells, MatrixError, cells, numbers, resized, text
from rnnlab.ui import links
from rnnlab.ui.hand.matrices import Edit, Role, Shown, line

LONGEST_LINK = 2000
"""Characters of an address; many programs cut off longer ones."""

MOST_COLUMNS = MOST_UNITS * max(each.n_gates for each in CELLS.values())

ROLES: dict[str, Role] = {
    "kernel": "input",
    "recurrent_kernel": "state",
    "bias": "bias",
    "inputs": "input",
    "state": "state",
    "target": "target",
}
SIZES = {
    "features": ("Features", MOST_FEATURES, "How many numbers come in at each step."),
    "units": ("Units", MOST_UNITS, "How many numbers the layer keeps in mind."),
    "timesteps": ("Steps", MOST_STEPS, "How many steps the sequence has."),
}


def bench(without: tuple[str, ...] = ()) -> Bench:
    """Draw every control; the bench that they make, or the last one that could be made.

    Matrices `without` which the page does well have no cells here unless something is wrong there.
    """
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cell_name = _one_of("Cell", tuple(CELLS), "hand_cell", "The kind of recurrent layer.")
        default = EXAMPLES[cell_name]
        activation = _one_of(
            "Activation",
            tuple(ACTIVATIONS),
            f"{cell_name}_activation",
            "f in the formula: what squashes the sum.",
            default.activation,
        )
        sizes = st.container(horizontal=True, width=460)
        st.button(
            "The first example",
            icon=":material/restart_alt:",
            on_click=put,
            args=(default,),
            help="Every number as it was when you came.",
        )
    box = st.container()
    texts = _texts(cell_name, default)
    found, wrong = _bench(cell_name, activation, texts)
    with sizes:
        _sizes(cell_name, texts)
    with box:
        _matrices(cell_name, texts, wrong, without)
    return _the_last_one(found, cell_name)


def _the_last_one(found: Bench | None, cell_name: str) -> Bench:
    """The bench itself, or the one before it: who mistypes a number loses nothing."""
    key = f"{cell_name}_bench"
    if found is None:
        st.info("Until that is mended, you see the numbers from before.", icon=":material/history:")
        return st.session_state.get(key, EXAMPLES[cell_name])  # type: ignore[no-any-return]
    st.session_state[key] = found
    return found


def _one_of(label: str, options: Sequence[str], key: str, words: str, default: str = "") -> str:
    default = default or options[0]
    chosen = st.segmented_control(
        label, options, default=default, required=True, help=words, key=key, bind="query-params"
    )
    return chosen or default


def _texts(cell_name: str, default: Bench) -> dict[str, str]:
    """The text of each matrix, which is a field of its own, folded away with the link."""
    with st.expander("The matrices as text, to paste or to share", icon=":material/data_array:"):
        st.caption("Numbers are divided by _ or a space, rows by __ or a semicolon.")
        texts = {
            name: st.text_input(
                label,
                text(getattr(default, name)),
                max_chars=LONGEST_LINK,
                key=f"{cell_name}_{name}",
                bind="query-params",
            )
            for name, label in LABELS.items()
        }
        _link(cell_name, default, texts)
    return texts


def _link(cell_name: str, default: Bench, texts: dict[str, str]) -> None:
    """The address of this bench, unless it is so long that it would not arrive whole."""
    ours = {"hand_cell": cell_name, f"{cell_name}_activation": None, "part": None}
    asked = {key: str(st.session_state.get(key) or value) for key, value in ours.items()}
    asked |= {
        f"{cell_name}_{name}": one
        for name, one in texts.items()
        if one != text(getattr(default, name))
    }
    link = links.page_address({key: value for key, value in asked.items() if value != "None"})
    if len(link) > LONGEST_LINK:
        st.warning(
            f"The link to this bench would have {len(link):,} characters, and beyond "
            f"{LONGEST_LINK:,} many programs cut it off: use shorter numbers or smaller matrices.",
            icon=":material/link_off:",
        )
    else:
        st.code(link, language=None, wrap_lines=True)
        st.caption("Whoever opens this link finds these very numbers.")


def _bench(
    cell_name: str, activation: str, texts: dict[str, str]
) -> tuple[Bench | None, MatrixError | None]:
    try:
        matrices = {name: numbers(name, LABELS[name], cells(one)) for name, one in texts.items()}
        return Bench(cell_name, activation, **matrices), None
    except MatrixError as error:
        return None, error


def _sizes(cell_name: str, texts: dict[str, str]) -> None:
    """The sizes that the matrices have, and the way to change them."""
    for name, size in _sizes_of(cell_name, texts).items():
        label, most, words = SIZES[name]
        key = f"hand_{name}"
        st.session_state[key] = min(max(size, 1), most)
        st.number_input(
            label, 1, most, help=words, key=key, on_change=_resize, args=(cell_name,), width=140
        )


def _sizes_of(cell_name: str, texts: dict[str, str]) -> dict[str, int]:
    kernel, inputs = cells(texts["kernel"]), cells(texts["inputs"])
    columns = len(kernel[0]) if kernel else 1
    return {
        "features": len(kernel),
        "units": columns // CELLS[cell_name].n_gates,
        "timesteps": len(inputs),
    }


def _resize(cell_name: str) -> None:
    """Cut every matrix to the sizes that are asked for, or add zeros."""
    sizes = {name: int(st.session_state[f"hand_{name}"]) for name in SIZES}
    before = {name: cells(st.session_state[f"{cell_name}_{name}"]) for name in LABELS}
    n_gates = CELLS[cell_name].n_gates
    for name, shape in wanted_shapes(cell_name, **sizes).items():
        groups = n_gates if name in WEIGHTS else 1
        st.session_state[f"{cell_name}_{name}"] = text(resized(before[name], shape, groups))


def put(bench: Bench) -> None:
    """Put these numbers on the bench. Only before the controls are drawn, or in a callback.

    A widget that is not there yet finds its value in the address, too.
    """
    first = EXAMPLES[bench.cell]
    values = {"hand_cell": (bench.cell, next(iter(CELLS)))}
    values[f"{bench.cell}_activation"] = (bench.activation, first.activation)
    for name in LABELS:
        values[f"{bench.cell}_{name}"] = (text(getattr(bench, name)), text(getattr(first, name)))
    links.set_values(
        {key: value for key, (value, _) in values.items()},
        {key: value for key, (value, default) in values.items() if value != default},
    )


def _matrices(
    cell_name: str, texts: dict[str, str], wrong: MatrixError | None, without: tuple[str, ...]
) -> None:
    """Every matrix as cells to edit; what is wrong stands under the one it is in."""

    def edited(edit: Edit) -> None:
        st.session_state[f"{cell_name}_{edit.name}"] = text(edit.cells)

    gates = CELLS[cell_name].gates
    shown = []
    for name, label in LABELS.items():
        note = str(wrong) if wrong is not None and wrong.matrix == name else ""
        if name in without and not note:
            continue
        in_gates = gates if name in WEIGHTS else ()
        rows, words = _square(cells(texts[name])), rows_of(name, CELLS[cell_name])
        shown.append(Shown(label, rows, ROLES[name], words, name=name, gates=in_gates, note=note))
    line(shown, f"bench_{cell_name}", on_edit=edited)


def rows_of(name: str, kind: Cell) -> str:
    """What the rows of a matrix are, where that needs saying."""
    if name == "inputs":
        return "a row for each step"
    if name == "state":
        return ", below it ".join(state_symbols(kind)) if len(state_symbols(kind)) > 1 else ""
    return "b, below it d" if name == "bias" and len(kind.weight_shapes(1, 1)["bias"]) > 1 else ""


def _square(rows: Cells) -> Cells:
    """Rows of one length, so that what is missing is a cell too; no more than a bench has."""
    rows = tuple(row[:MOST_COLUMNS] for row in rows[:MOST_STEPS])
    longest = max(map(len, rows), default=1)
    typed = [["" if cell == "?" else cell for cell in row] for row in rows]
    return tuple((*row, *("",) * (longest - len(row))) for row in typed) or (("",),)
