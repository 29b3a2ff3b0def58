"""Measure how far each kind of network counts, or print what was recorded.

python -m rnnlab.makers counting_record          prints the record
python -m rnnlab.makers counting_record all      measures it anew, in some minutes
"""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator, Sequence

from rnnlab.insight.counting import counted_blocks, counts_up_to
from rnnlab.kinds.counting import COUNTERS, Counted, counting_sentence, recorded, write
from rnnlab.makers import say
from rnnlab.settings import Settings
from rnnlab.training import train_each


def measure(runs: dict[str, Settings]) -> Iterator[tuple[str, Counted]]:
    """How far the networks of each of these runs count, in their order."""
    settings = tuple(runs.values())
    for name, run, end in zip(runs, settings, train_each(settings), strict=True):
        weights = (end.weights or {}, *end.weights_of_others)
        counts = tuple(counts_up_to(counted_blocks(run, each)) for each in weights)
        yield name, Counted(tuple(round(loss, 4) for loss in end.losses), counts)


def line(name: str, run: Counted) -> str:
    """A line about one kind: its middle count, then each network's, and the losses."""
    counts = " ".join(map(str, sorted(run.counts)))
    return (
        f"{name}: up to {run.middle:g} in the middle ({counts}), "
        f"loss {min(run.losses):.4f} to {max(run.losses):.4f}"
    )


def main(arguments: Sequence[str]) -> None:
    """Do what the command line asks for."""
    parser = ArgumentParser(
        "python -m rnnlab.makers counting_record",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("again", nargs="?", choices=("all",), help="measure it anew")
    if parser.parse_args(arguments).again is not None:
        record = {}
        for name, run in measure(COUNTERS):
            record[name] = run
            say(line(name, run))
        write(record)
        recorded.cache_clear()
    else:
        for name, run in recorded().items():
            say(line(name, run))
    say(counting_sentence(recorded()))
