"""The browser of the browser tests: where it is, and how to get one.

Any Chromium will do: Chromium itself, Chrome, Edge, or the one that Playwright brings. The
environment variable RNNLAB_BROWSER names one, if the first one found is not the right one.
`python -m tests.chromium` prints the path of the one it found or, if there was none, installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ENVIRONMENT = "RNNLAB_BROWSER"

ON_THE_PATH = (
    "chromium-headless-shell",  # a page costs it a third less than a whole browser without windows
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
    "msedge",
)
IN_APPLICATIONS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
IN_PROGRAM_FILES = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
PLAYWRIGHTS_OWN = (
    "from playwright.sync_api import sync_playwright as start\n"
    "with start() as playwright: print(playwright.chromium.executable_path)"
)


class NoBrowserError(Exception):
    """There is no browser here; the message says how to get one."""


def find() -> str:
    """The path of a browser that is here: the one that RNNLAB_BROWSER names, or the first found.

    Raises `NoBrowserError`. It starts short-lived processes, so ask once a test session.
    """
    named = os.environ.get(ENVIRONMENT)
    if named:
        if not _runs(named):
            raise NoBrowserError(
                f'{ENVIRONMENT} is "{named}", but no browser can be started there.'
            )
        return named
    for path in _candidates():
        if _runs(path):
            return path
    raise NoBrowserError(
        "The browser tests need a Chromium, and here is none that starts. Install Chromium or "
        "Chrome (on Debian: `apt-get install chromium`), or run `python -m playwright install "
        f"chromium`, or let the environment variable {ENVIRONMENT} name one."
    )


def get() -> str:
    """The path of a browser, installed if need be. Raises `NoBrowserError`."""
    try:
        return find()
    except NoBrowserError:
        if os.environ.get(ENVIRONMENT):
            raise
    for install in (_install_with_apt, _install_with_playwright):
        install()
        try:
            return find()
        except NoBrowserError as problem:
            missing = problem
    raise missing


def _candidates() -> Iterator[str]:
    for name in ON_THE_PATH:
        if path := shutil.which(name):
            yield path
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield from (str(folder / name) for name in IN_APPLICATIONS)
    if sys.platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if folder := os.environ.get(variable):
                yield from (str(Path(folder) / name) for name in IN_PROGRAM_FILES)
    said = _call([sys.executable, "-c", PLAYWRIGHTS_OWN])
    if said:
        yield said.strip()


def _runs(path: str) -> bool:
    """Whether this program is there and starts; Ubuntu's `chromium-browser` may be only a stub."""
    if not Path(path).is_file():
        return False
    # On Windows Chrome does not answer: it opens a window.
    return sys.platform == "win32" or _call([path, "--version"]) is not None


def _call(command: list[str]) -> str | None:
    """What a program prints, or None if it fails."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


def _install_with_apt() -> None:
    """Ask Debian's package manager, if one may."""
    if shutil.which("apt-get") is None:
        return
    as_root = []
    if os.geteuid() != 0:
        as_root = ["sudo", "-n"]
        if _call([*as_root, "true"]) is None:
            return
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y"]
    _install([*apt, "update"])
    for browser in ("chromium-headless-shell", "chromium"):  # Ubuntu has only the latter
        _install([*apt, "install", "--no-install-recommends", browser, "fonts-liberation"])
        if shutil.which(browser):
            return


def _install_with_playwright() -> None:
    _install([sys.executable, "-m", "playwright", "install", "chromium"])


def _install(command: list[str]) -> None:
    print("To get a browser:", *command, file=sys.stderr, flush=True)
    # What an installer tells must not be taken for the path.
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)


def main() -> None:
    """Print the path of a browser, or how to get one."""
    try:
        print(get())
    except NoBrowserError as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
