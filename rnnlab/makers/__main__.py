"""Run a maker: `python -m rnnlab.makers NAME [options]`; without a name, list them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from rnnlab.errors import LabError

FOLDER = Path(__file__).parent


def makers() -> dict[str, str]:
    """What each maker makes, by its name: the first line of its docstring. Nothing is imported."""
    files = [file for file in sorted(FOLDER.glob("*.py")) if not file.stem.startswith("_")]
    docstrings = {file.stem: ast.get_docstring(ast.parse(file.read_bytes())) for file in files}
    return {name: (text or "").partition("\n")[0] for name, text in docstrings.items()}


def main(arguments: Sequence[str]) -> None:
    """Run the maker that is named first with the other arguments; list all if none is named."""
    names = makers()
    if not arguments or arguments[0] in ("-h", "--help"):
        sys.stdout.write(f"python -m rnnlab.makers NAME [options]\n\n{_listed(names)}")
        return
    name, *options = arguments
    if name not in names:
        sys.exit(f"There is no maker '{name}'; there are:\n\n{_listed(names)}")
    try:
        import_module(f"rnnlab.makers.{name}").main(options)
    except LabError as error:
        sys.exit(str(error))
    except ModuleNotFoundError as error:
        sys.exit(f"{error}; pip install -r rnnlab/makers/requirements.txt")


def _listed(names: dict[str, str]) -> str:
    return "".join(f"  {name:<18}{sentence}\n" for name, sentence in names.items())


if __name__ == "__main__":
    main(sys.argv[1:])
