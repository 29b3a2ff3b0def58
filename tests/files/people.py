"""Files as people bring them: small, made up, in the form of public reports and files."""

from __future__ import annotations

from pathlib import Path

from rnnlab.files.series import NOTHING_CHOSEN, Chosen, SeriesFile, series_in, text_of

CASES = Path(__file__).parent / "cases"


def case(name: str) -> bytes:
    return (CASES / name).read_bytes()


def read(content: str | bytes, name: str = "x.csv", chosen: Chosen = NOTHING_CHOSEN) -> SeriesFile:
    """What the lab reads in a file of numbers."""
    raw = content.encode() if isinstance(content, str) else content
    return series_in(text_of(raw, name).text, name, chosen)


def values(read_file: SeriesFile) -> list[float]:
    assert read_file.series is not None, (read_file.columns, read_file.readings)
    return [float(str(value)) for value in read_file.series.array]
