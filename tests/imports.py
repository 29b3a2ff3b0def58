"""What a file of the project imports, read from its source without running it.

`test_architecture.py` holds the floors of the house against it; the fast loop leaves out every test
file from which a heavy library can be reached.
"""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


HEAVY = {"tensorflow", "keras", "streamlit", "distributed", "playwright", "psutil"}
"""Libraries of tests that take their time, or that start processes and browsers."""


def light_tests() -> list[Path]:
    """Every test file from which no heavy library is reached."""
    return [path for path in _test_files() if not reached_from(path) & HEAVY]


def tests_of(paths: list[Path]) -> list[Path]:
    """Of these files the tests, and every test file that imports one of the others by name.

    What is found by looking, such as a rule, is tested by who imports its package.
    """
    names = {_name(path) for path in paths if path.suffix == ".py"}
    names |= {name.rpartition(".")[0] for name in names} - {"", "rnnlab", "rnnlab.ui", "pages"}
    return [
        path
        for path in _test_files()
        if path in paths or {_module(name) for name in imports_of(path)} & names
    ]


def modules() -> dict[str, Path]:
    """Every module of the lab itself, by its full name."""
    files = [*(ROOT / "rnnlab").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
    return {_name(path): path for path in sorted(files)}


@cache
def imports_of(path: Path) -> tuple[str, ...]:
    """The full name of everything that a file imports, wherever in it."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    name = _name(path)
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
            yield from (f"{source}.{alias.name}" for alias in node.names)


def reached_from(path: Path) -> set[str]:
    """The libraries that importing a file loads in the end, through files of the project too.

    Imports inside functions count; the parent packages of an imported module are followed.
    """
    libraries: set[str] = set()
    seen: set[Path] = set()
    files = [path]
    while files:
        file = files.pop()
        if file in seen:
            continue
        seen.add(file)
        for name in imports_of(file):
            own = _files(name)
            if own:
                files += own
            else:
                libraries.add(name.partition(".")[0])
    return libraries


@cache
def _files(name: str) -> tuple[Path, ...]:
    """The files of the project that importing this name runs; none for a library."""
    parts = name.split(".")
    if parts[0] not in ("rnnlab", "tests", "pages", "app"):
        return ()
    places = [ROOT.joinpath(*parts[:end]) for end in range(1, len(parts) + 1)]
    files = (file for place in places for file in (place / "__init__.py", place.with_suffix(".py")))
    return tuple(file for file in files if file.is_file()) or (Path(__file__),)


def _test_files() -> list[Path]:
    return sorted((ROOT / "tests").rglob("test_*.py"))


def _module(name: str) -> str:
    """The module of an imported name, which may be something in one."""
    path = ROOT.joinpath(*name.split("."))
    return name if path.is_dir() or path.with_suffix(".py").is_file() else name.rpartition(".")[0]


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
