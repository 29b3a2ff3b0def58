"""The lab's check, in one command: `python tests/check.py`.

It installs what the lab and its tests need into the Python that runs it, finds a browser or gets
one, and then runs linter, type checker and every test but the slow ones: all of them, even if one
fails. It ends with a summary, and with an error if anything failed; what passed only when it was
tried again is listed there as RERUN, and deserves a look.

    FILE …              only the linters, and the tests in these files or of these modules
    --fast              only the linters, and the tests that need neither TensorFlow nor Streamlit,
                        no other process and no browser
    --skip-install      take what is installed already (so do the two above)
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
OLDEST, NEWEST = (3, 11), (3, 13)

INSTALL = ["-m", "pip", "install", "--quiet", "-r", "requirements.txt"]
INSTALL += ["-r", "tests/requirements.txt"]
BROWSER = ["-m", "tests.chromium"]
TYPES = ["-m", "mypy", "rnnlab", "pages", "app.py"]
# Only the plugins that the tests ask for: others that happen to be installed may not go together.
PYTEST = [
    "-m",
    "pytest",
    "-q",
    "--disable-plugin-autoload",
    "-p",
    "xdist",
    "-p",
    "hypothesispytest",
]
PARALLEL = ["--numprocesses=2", "--dist=loadfile"]
COMPUTING = [*PYTEST, *PARALLEL, "-m", "not slow and not processes and not browser"]
# What waits for other processes or a browser may be tried a second time, and is listed then.
AGAIN = ["-p", "pytest_rerunfailures", "--reruns=1", "-rfER"]
WAITING = [*PYTEST, *PARALLEL, *AGAIN, "-m", "not slow and (processes or browser)"]


class Step(NamedTuple):
    """One step that was taken, whether it succeeded, and how long it took."""

    name: str
    succeeded: bool
    seconds: float


def main() -> None:
    """Take every step that the command line asks for, then report how each went."""
    options = _options()
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit(_wrong_python())
    if options.files:
        steps = _check_files(options.files)
    elif options.fast:
        steps = [*_lint(["."]), _step("mypy", TYPES), _step("fast tests", _fast())]
    else:
        steps = _check_all(install=not options.skip_install)
    print("\n== summary")
    for name, succeeded, seconds in steps:
        print(f"{name:<16}{seconds:>8.1f} s  {'ok' if succeeded else 'FAILED'}")
    sys.exit(0 if all(step.succeeded for step in steps) else 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, add_help=False
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--skip-install", action="store_true")
    parser.add_argument("-h", "--help", action="help")
    return parser.parse_args()


def _check_all(*, install: bool) -> list[Step]:
    """Everything: what computes runs in two processes, then what mostly waits, in two again."""
    steps = []
    if install:
        print("Installing what is missing; the first time this takes some minutes.", flush=True)
        steps.append(_step("install", INSTALL))
        if not steps[0].succeeded:
            sys.exit(_why_not_installed())
    steps += [_find_browser(), *_lint(["."])]
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as printed:
        started = perf_counter()
        types = _begin(TYPES, printed)
        tests = _step("tests", COMPUTING)
        typed = types.wait() == 0
        steps += [Step("mypy", typed, perf_counter() - started), tests]
        printed.seek(0)
        print(f"\n== mypy\n{printed.read()}", flush=True)
    return [*steps, _step("processes", WAITING)]


def _check_files(files: list[Path]) -> list[Step]:
    """The linters over these files, and the tests in them or of them."""
    from tests.imports import tests_of

    paths = [path.resolve() for path in files]
    missing = [path for path in paths if not path.exists()]
    if missing:
        sys.exit(f"There is no file {missing[0]}.")
    steps = [*_lint([str(path) for path in paths]), _step("mypy", TYPES)]
    tests = tests_of(paths)
    if not tests:
        print("\nNo test imports these files by name.")
        return steps
    return [*steps, _step("tests", [*PYTEST, "-m", "not slow", *map(str, tests)])]


def _fast() -> list[str]:
    """What runs the tests that import nothing heavy and start nothing."""
    from tests.imports import light_tests

    marks = ["-m", "not slow and not processes and not browser"]
    return [*PYTEST, *PARALLEL, *marks, *map(str, light_tests())]


def _lint(paths: list[str]) -> list[Step]:
    return [
        _step("ruff check", ["-m", "ruff", "check", *paths]),
        _step("ruff format", ["-m", "ruff", "format", "--check", *paths]),
    ]


def _begin(arguments: list[str], printed: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=printed,  # type: ignore[arg-type]
        stderr=subprocess.STDOUT,
    )


def _step(name: str, arguments: list[str]) -> Step:
    """Run this Python with these arguments in the project's folder."""
    print(f"\n== {name}", flush=True)
    started = perf_counter()
    ended = subprocess.run([sys.executable, *arguments], cwd=ROOT, stdin=subprocess.DEVNULL)
    return Step(name, ended.returncode == 0, perf_counter() - started)


def _find_browser() -> Step:
    """Find a browser, or get one, and tell the tests where it is.

    Without one this step fails, and so do the browser tests.
    """
    print("\n== browser", flush=True)
    started = perf_counter()
    ended = subprocess.run(
        [sys.executable, *BROWSER],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    path = ended.stdout.strip()
    if path:
        print(path)
        os.environ["RNNLAB_BROWSER"] = path
    return Step("browser", ended.returncode == 0, perf_counter() - started)


def _wrong_python() -> str:
    current, oldest, newest = (
        ".".join(map(str, version)) for version in (sys.version_info[:2], OLDEST, NEWEST)
    )
    return f"The lab needs Python {oldest} to {newest}, because of TensorFlow; this is {current}."


def _why_not_installed() -> str:
    """What to do now that pip has failed; pip itself has said what went wrong."""
    managed = Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").exists()
    if managed and sys.prefix == sys.base_prefix:
        return (
            "\nThis Python belongs to the operating system, which wants it left as it is. Make an "
            "environment for the lab, and run the check in it:\n\n"
            "    python3 -m venv .venv\n"
            "    . .venv/bin/activate\n"
            "    python tests/check.py\n\n"
            "(On Debian and Ubuntu `apt-get install python3-venv` may have to come first.)"
        )
    return (
        "\nNot everything could be installed, so nothing was checked. `--skip-install` checks with "
        "what is there."
    )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
