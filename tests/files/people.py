"""Files as people bring them: small, made up, in the form of public reports and files."""

from __future__ import annotations

from pathlib import Path

CASES = Path(__file__).parent / "cases"


def case(name: str) -> bytes:
    return (CASES / name).read_bytes()
