"""Who may import whom: upward only, in the order of `FLOORS`; and how large a piece may be.

Imports are read from the source, those within functions and under TYPE_CHECKING too. At the end
real processes start and look at what they have loaded.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache

import pytest

from tests.imports import ROOT, imports_of, modules

FLOORS = (
    ("errors", "progress", "compilation_cache", "articles", "papers", "glossary"),
    ("knobs", "theory"),
    ("rules", "cells"),
    ("network", "optimizers", "files"),
    ("padding",),
    ("settings", "reference"),
    ("engine", "handcheck", "sentiment", "language", "lengths"),
    ("keras_models", "training"),
    ("compute",),
    ("bounds", "presets", "script", "conversion", "insight", "exploration"),
    ("kinds", "board", "lessons"),
    ("charts", "makers"),
    # ---- no Streamlit above this line ----
    ("ui",),
    ("pages",),
    ("app",),
)
"""The parts of the house. Each may import what stands on a line above its own, and no other."""

WITH_TENSORFLOW = {"engine", "keras_models", "training", "makers"}
"""The parts that run in the processes that compute; the others name them by string."""

WITH_STREAMLIT = {"ui", "pages", "app"}
WITH_TABLES = {"charts", "ui", "pages", "app"}

WHO_MAY_IMPORT = {
    "tensorflow": WITH_TENSORFLOW,
    "keras": WITH_TENSORFLOW,
    "streamlit": WITH_STREAMLIT,
    "altair": WITH_TABLES,
    "pandas": WITH_TABLES,
    "pyarrow": WITH_TABLES,
    "dask": {"compute"},
    "distributed": {"compute"},
}

MOST_LINES_OF_A_MODULE = 300
MOST_LINES_OF_A_FUNCTION = 40
NAMES_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "misc", "manager", "common"}

FLOOR = {part: number for number, floor in enumerate(FLOORS) for part in floor}
MODULES = modules()


def part_of(module: str) -> str:
    """The part of the house that a module belongs to: rnnlab.rules.pair to rules."""
    return module.removeprefix("rnnlab.").partition(".")[0]


@cache
def code_of(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def parts_imported(module: str) -> set[str]:
    """The parts of the house that a module imports, besides its own."""
    lab = {part_of(name) for name in imports_of(MODULES[module]) if name.split(".")[0] in OUR_OWN}
    return lab - {part_of(module), "rnnlab"}


OUR_OWN = {"rnnlab", "pages", "app"}


def test_every_part_of_the_house_has_its_floor_and_only_those():
    parts = {part_of(module) for module in MODULES} - {"rnnlab"}
    homeless = parts - FLOOR.keys()
    assert not homeless, (
        f"{sorted(homeless)} must stand in FLOORS (tests/test_architecture.py) and in the README's "
        "picture of the house: on a line below everything that it imports."
    )
    assert not FLOOR.keys() - parts, "FLOORS names parts that are not there"


def test_imports_go_upward_only():
    wrong = [
        f"{module} may not import {other}"
        for module in MODULES
        for other in parts_imported(module)
        if FLOOR.get(other, -1) >= FLOOR.get(part_of(module), 0)
    ]
    assert not wrong, "a part may only import what stands above it in FLOORS"


def test_what_loads_tensorflow_is_only_imported_where_tensorflow_may_be():
    wrong = {
        module: sorted(parts_imported(module) & WITH_TENSORFLOW)
        for module in MODULES
        if part_of(module) not in WITH_TENSORFLOW and parts_imported(module) & WITH_TENSORFLOW
    }
    assert not wrong, "name it by string, as a work"


def test_heavy_libraries_stay_where_they_belong():
    wrong = [
        f"{module} may not import {library}: only {sorted(WHO_MAY_IMPORT[library])} may"
        for module, path in MODULES.items()
        for library in {name.partition(".")[0] for name in imports_of(path)} & WHO_MAY_IMPORT.keys()
        if part_of(module) not in WHO_MAY_IMPORT[library]
    ]
    assert not wrong


def test_a_module_says_what_it_is():
    wrong = [module for module in MODULES if not ast.get_docstring(code_of(module))]
    assert not wrong, "it begins with a docstring that says what it is"


def test_modules_and_functions_are_small():
    modules_too_long = {
        module: n_lines
        for module, path in MODULES.items()
        if (n_lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES_OF_A_MODULE
    }
    assert not modules_too_long, "which of its ideas deserves a file of its own?"
    functions_too_long = [
        f"{module}.{node.name}"
        for module in MODULES
        for node in ast.walk(code_of(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]
    assert not functions_too_long, "a step of it could have a name of its own"


def test_no_file_has_a_name_that_says_nothing():
    named = [*MODULES.values(), *(ROOT / "tests").rglob("*.py")]
    wrong = [path for path in named if {path.stem, path.parent.name} & NAMES_THAT_SAY_NOTHING]
    assert not wrong, "name a file after its one idea"


def loaded_after_importing(modules: list[str], *, without: tuple[str, ...] = ()) -> set[str]:
    """The top-level packages in a fresh Python that imported these modules.

    `without` names libraries that cannot be imported there.
    """
    program = "\n".join(
        [
            "import sys",
            *(f"sys.modules[{name!r}] = None" for name in without),
            *(f"import {module}" for module in modules),
            "print(*(name for name in list(sys.modules) if sys.modules[name] is not None))",
        ]
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert ended.returncode == 0, ended.stderr
    return set(ended.stdout.split())


def modules_of(*parts: str) -> list[str]:
    return [module for module in MODULES if part_of(module) in parts]


@pytest.mark.processes
def test_the_process_that_serves_pages_loads_nothing_that_computes():
    scripts = modules_of("pages", "app")
    names = {name for script in scripts for name in imports_of(MODULES[script])}
    for_pages = (names | {name.rpartition(".")[0] for name in names}) & MODULES.keys()
    loaded = loaded_after_importing([*modules_of("ui"), *sorted(for_pages)])
    assert {"streamlit", "altair", "rnnlab.compute", "rnnlab.ui.training.live_picture"} <= loaded
    assert not {"tensorflow", "keras", "rnnlab.training", "rnnlab.engine"} & loaded


@pytest.mark.processes
def test_the_process_that_computes_needs_neither_streamlit_nor_tables():
    loaded = loaded_after_importing(modules_of(*WITH_TENSORFLOW), without=("pandas", "pyarrow"))
    assert {"tensorflow", "keras", "rnnlab.training"} <= loaded
    assert not {"streamlit", "altair"} & loaded


@pytest.mark.processes
def test_what_stands_below_loads_no_heavy_library():
    light = [part for part in FLOOR if part not in WITH_TENSORFLOW | WITH_TABLES | {"compute"}]
    loaded = loaded_after_importing(modules_of(*light))
    assert {"numpy", "rnnlab.settings"} <= loaded
    assert not WHO_MAY_IMPORT.keys() & loaded
