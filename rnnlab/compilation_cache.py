"""The compilation cache: what has been traced and compiled on this machine stays on its disk.

A process that computes is started with `environment()`; XLA then keeps its executables in the
folder named there, and `rnnlab.engine.graphs` the graphs that they are made of. What is kept
depends on networks and on this machine alone, never on data.
"""

from __future__ import annotations

import hashlib
import logging
import os
import platform
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from platformdirs import user_cache_path

logger = logging.getLogger(__name__)

VARIABLE = "RNNLAB_CACHE"
"""The folder of the cache, or nothing for none."""

MOST_BYTES = 300_000_000
"""Above this the oldest files go; a program takes half a megabyte."""

LEAST_FREE_BYTES = 500_000_000
"""On a fuller disk nothing is kept."""

_OPENED = "RNNLAB_COMPILED"
_SOURCES = ("engine", "cells", "network.py", "optimizers.py")


def environment() -> dict[str, str]:
    """The variables for a process that shall use the cache; none where there can be no cache."""
    try:
        folder = _opened()
    except (OSError, RuntimeError):  # pathlib raises the second where nobody has a home
        logger.warning("What is compiled cannot be kept for later.", exc_info=True)
        folder = None
    if folder is None:
        return {}
    flags = (
        os.environ.get("TF_XLA_FLAGS", ""),
        f"--tf_xla_persistent_cache_directory={folder}",
        "--tf_xla_persistent_cache_device_types=CPU",
    )
    return {_OPENED: str(folder), "TF_XLA_FLAGS": " ".join(flags).strip()}


def folder() -> Path | None:
    """Where this process keeps what it compiles, if it was started to keep it."""
    opened = os.environ.get(_OPENED)
    return Path(opened) if opened else None


def clear() -> bool:
    """Remove what is kept, because something is wrong with it; whether there was anything."""
    opened = folder()
    files = list(_files(opened)) if opened else []
    for file in files:
        with suppress(OSError):
            file.unlink()
    return bool(files)


def _opened() -> Path | None:
    """The folder for this machine and this version, ready to be used."""
    root = os.environ.get(VARIABLE)
    if root == "":
        return None
    top = Path(root) if root else user_cache_path("rnnlab") / "compiled"
    if any(character.isspace() for character in str(top)):
        return None  # TensorFlow would take its flag for several
    own = top / _key()
    own.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = own.stat()
    # Whoever can write here could give us programs to run.
    if os.name == "posix" and (status.st_uid != os.getuid() or status.st_mode & 0o022):
        logger.warning("%s belongs to somebody else, so nothing is kept there.", own)
        return None
    _make_room(top)
    disk = os.statvfs(own) if hasattr(os, "statvfs") else None
    full = disk is not None and disk.f_bavail * disk.f_frsize < LEAST_FREE_BYTES
    return None if full else own


def _key() -> str:
    """A name for all that a compiled program depends on besides the network."""
    lab = Path(__file__).parent
    sources = [file for name in _SOURCES for file in sorted((lab / name).rglob("*.py"))]
    sources += [lab / name for name in _SOURCES if name.endswith(".py")]
    parts = [_tensorflow(), _processor(), *(file.read_text("utf-8") for file in sources)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _tensorflow() -> str:
    for name in ("tensorflow-cpu", "tensorflow"):
        with suppress(PackageNotFoundError):
            return version(name)
    return ""


def _processor() -> str:
    """What kind of processor this is: compiled code may use all that it can do."""
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith(("flags", "Features")):
                return line
    return f"{platform.machine()} {platform.processor()}"


def _make_room(top: Path) -> None:
    files = sorted(_files(top), key=lambda file: file.stat().st_mtime, reverse=True)
    total = 0
    for file in files:
        total += file.stat().st_size
        if total > MOST_BYTES:
            file.unlink(missing_ok=True)


def _files(top: Path) -> Iterator[Path]:
    return (file for file in top.rglob("*") if file.is_file())
