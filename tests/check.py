"""The lab's check, in one command: `python tests/check.py`.

It installs what the lab and its tests need into the Python that runs it, finds a browser or gets
one, and then runs linter, type checker and every test but the slow ones: all of them, even if one
fails. The tests that start real processes mostly wait for them, so the others run meanwhile. It
ends with a summary, and with an error if anything failed.

    --skip-install      take what is installed already
"""

from __future__ import annotations

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
CHECKS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy", "rnnlab", "pages", "app.py"],
}
TESTS = ["-m", "pytest", "-m", "not slow and not processes and not browser"]
PROCESSES = ["-m", "pytest", "-m", "not slow and (processes or browser)"]
# These wait for real clocks on a machine with much else to do: further attempts, and they are told.
PROCESSES += ["--reruns", "2", "-rR"]


class Step(NamedTuple):
    """One step that was taken, whether it succeeded, and how long it took."""

    name: str
    fine: bool
    seconds: float


def main(options: list[str]) -> None:
    """Take every step, then tell how each went."""
    if options not in ([], ["--skip-install"]):
        sys.exit(__doc__)
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit(_wrong_python())
    steps = []
    if not options:
        print("Installing what is missing; the first time this takes some minutes.", flush=True)
        steps.append(_step("install", INSTALL))
        if not steps[0].fine:
            sys.exit(_why_not_installed())
    steps.append(_find_browser())
    steps += [_step(name, arguments) for name, arguments in CHECKS.items()]
    steps += _tests()
    print("\n== summary")
    for name, fine, seconds in steps:
        print(f"{name:<12}{seconds:>8.1f} s  {'ok' if fine else 'FAILED'}")
    sys.exit(0 if all(step.fine for step in steps) else 1)


def _step(name: str, arguments: list[str]) -> Step:
    """Run this Python with these arguments in the project's folder."""
    print(f"\n== {name}", flush=True)
    started = perf_counter()
    ended = subprocess.run([sys.executable, *arguments], cwd=ROOT, stdin=subprocess.DEVNULL)
    return Step(name, ended.returncode == 0, perf_counter() - started)


def _tests() -> list[Step]:
    """Run the tests with real processes beside all others; what they print comes at their end."""
    started = perf_counter()
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as printed:
        beside = subprocess.Popen(
            [sys.executable, *PROCESSES],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        alone = _step("pytest", TESTS)
        print("\n== processes", flush=True)
        fine = beside.wait() == 0
        printed.seek(0)
        print(printed.read(), flush=True)
    return [alone, Step("processes", fine, perf_counter() - started)]


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
    here, oldest, newest = (
        ".".join(map(str, version)) for version in (sys.version_info[:2], OLDEST, NEWEST)
    )
    return f"The lab needs Python {oldest} to {newest}, because of TensorFlow; this is {here}."


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
    main(sys.argv[1:])
