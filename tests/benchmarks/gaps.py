"""How long a reader of foreign text keeps all others waiting: `python -m tests.benchmarks.gaps`.

While a thread reads as much as the lab takes, another one wakes every five milliseconds. A gap is
the processor's time that the reader took between two such wakings, so other work on the machine
does not count; the least of some tries. For each reader, of all pieces of text that its tests
repeat: the longest gap, what made it, and the longest time of the whole, in milliseconds.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from rnnlab.errors import LabError
from rnnlab.files.decoding import decode
from rnnlab.files.series import MOST_BYTES, series_in
from rnnlab.language.corpus import MAX_BYTES, OwnText, text_corpus
from rnnlab.language.tokenizer import UNITS
from rnnlab.sentiment.files.reviews import MOST_BYTES_UPLOADED
from rnnlab.sentiment.files.sources import Upload, pasted_texts, uploaded_text
from rnnlab.sentiment.files.table import texts_in_table
from rnnlab.sentiment.model import shipped
from rnnlab.sentiment.reading import leave_one_out, read
from rnnlab.ui.sentiment.text_box import MOST_CHARACTERS
from rnnlab.ui.sentiment.words_and_curve import as_data
from tests.files.test_any_series import LINES
from tests.sentiment.files.test_linear import HEADERS, PIECES
from tests.test_linear_time import READERS

TRIES = 2
EVERY = 0.005

Case = tuple[str, Callable[[], object]]


def main() -> None:
    """Measure every reader, and print a line for each."""
    gc.collect()
    gc.freeze()  # as the server does once its modules are there
    print(f"{'reader':<28}{'gap':>6}{'whole':>8}   ms; what made the gap")
    for name, cases in readers().items():
        found = [(*gap_and_whole(work), piece) for piece, work in cases]
        gap, _, piece = max(found)
        whole = max(seconds for _, seconds, _ in found)
        print(f"{name:<28}{1000 * gap:6.0f}{1000 * whole:8.0f}   {piece!r:.40}", flush=True)


def readers() -> dict[str, Iterator[Case]]:
    """Every reader of text from outside, with what it is given."""
    typed = {name: _typed(*reader) for name, reader in READERS.items()}
    return typed | {
        "bytes to text": _files(MOST_BYTES_UPLOADED, lambda content: decode(content, "x")),
        "series": _series(),
        "reviews to learn from": _files(
            MOST_BYTES_UPLOADED, lambda content: Upload.of(content, "x").reviews, HEADERS
        ),
        "texts to judge": _files(
            MOST_BYTES_UPLOADED,
            lambda content: texts_in_table(uploaded_text(content, "x"), "x"),
            HEADERS,
        ),
        "lines to judge": _files(
            MOST_BYTES_UPLOADED, lambda content: pasted_texts(content.decode("latin-1"))
        ),
        "a review and its verdict": _files(MOST_CHARACTERS, _judge),
        **{f"own text, {unit}": _files(MAX_BYTES, partial(_own_text, unit)) for unit in UNITS},
    }


def _typed(work: Callable[[str], object], limit: int, pieces: tuple[str, ...]) -> Iterator[Case]:
    for piece in pieces:
        yield piece, partial(work, piece * (limit // len(piece)) + "!")


def _files(
    limit: int, work: Callable[[bytes], object], headers: dict[str, bytes] | None = None
) -> Iterator[Case]:
    for header in (headers or {"": b""}).values():
        for name, piece in PIECES.items():
            yield name, partial(work, header + piece * (limit // len(piece)))


def _series() -> Iterator[Case]:
    for line in LINES:
        for limit in (MOST_BYTES // 4, MOST_BYTES - 10):  # the longest may be refused early
            yield line, partial(series_in, "a,b\n" + line * (limit // len(line)), "x")


def _judge(content: bytes) -> None:
    model = shipped("best")
    reading = read(model, content.decode("utf-8", "replace"))
    as_data(reading)
    if reading.spans:
        leave_one_out(model, reading)


def _own_text(unit: str, content: bytes) -> None:
    text_corpus(OwnText("x", decode(content, "x").text, unit))


def gap_and_whole(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the processor: the longest gap, and the whole; each the least of some tries."""
    tries = [_once(work) for _ in range(TRIES)]
    return min(gap for gap, _ in tries), min(whole for _, whole in tries)


def _once(work: Callable[[], object]) -> tuple[float, float]:
    clock, go, done, seen = [0], threading.Event(), threading.Event(), threading.Event()

    def reader() -> None:
        clock[0] = time.pthread_getcpuclockid(threading.get_ident())
        go.set()
        with suppress(LabError):
            work()
        done.set()
        seen.wait()  # the clock of a thread ends with it

    gc.collect()
    thread = threading.Thread(target=reader)
    thread.start()
    go.wait()
    first = last = time.clock_gettime(clock[0])
    gap = 0.0
    while not done.is_set():
        time.sleep(EVERY)
        now = time.clock_gettime(clock[0])
        gap, last = max(gap, now - last), now
    seen.set()
    thread.join()
    return gap, last - first


if __name__ == "__main__":
    main()
