"""Measure the losses that the page about kinds of network shows, or print those recorded.

python -m rnnlab.makers kinds_record             prints the record
python -m rnnlab.makers kinds_record all         measures everything anew
python -m rnnlab.makers kinds_record memory      measures one map, or `tasks`, anew

It trains where the pages train: on the compute side, by the same job.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator, Mapping, Sequence
from time import sleep
from typing import cast

from rnnlab.cells.cell import Weights
from rnnlab.compute import JobStore, JobView
from rnnlab.errors import ComputeError
from rnnlab.insight.predictions import one_step_ahead
from rnnlab.insight.probabilities import predicted_probabilities
from rnnlab.kinds.fading import fading
from rnnlab.kinds.kinds import TASKS
from rnnlab.kinds.maps import MAPS, MEMORY
from rnnlab.kinds.measured import Measured, key, recorded, write
from rnnlab.progress import RunFinished
from rnnlab.rules import BitRule
from rnnlab.settings import Settings

WORK = "rnnlab.training.each:each"
VIEWER = "record"
TASK = "tasks"


def measure(store: JobStore, name: str) -> Iterator[tuple[Settings, Measured]]:
    """What each of the runs of that name reaches, in their order."""
    runs = runs_of(name)
    job = store.start(WORK, runs, VIEWER)
    done = 0
    while True:
        view = job.view(VIEWER)
        finished = [one for one in view.events if isinstance(one, RunFinished)]
        for one in finished[done:]:
            yield runs[one.index], _measured(name, runs[one.index], one)
        done = len(finished)
        if done == len(runs):
            return
        _check(view)
        sleep(0.2)


def names() -> tuple[str, ...]:
    """What can be measured by itself."""
    return (*MAPS, TASK)


def runs_of(name: str) -> tuple[Settings, ...]:
    """The runs that belong to a name."""
    if name == TASK:
        tasks = [one for task in TASKS for one in (task.settings, task.against)]
        of_maps = {one for name in MAPS for one in runs_of(name)}
        return tuple(one for one in dict.fromkeys(tasks) if one not in of_maps)
    return tuple(MAPS[name].settings(place) for place in MAPS[name].places)


def measured_line(settings: Settings, one: Measured) -> str:
    """A line about one run."""
    fresh = "" if one.fresh is None else f", on fresh data {one.fresh:.4g}"
    right = "" if one.accuracy is None else f", right {one.accuracy:.1%}"
    return f"{one.loss:.4g}{right}{fresh}  {key(settings)}"


def main(arguments: Sequence[str]) -> None:
    """Do what the command line asks for."""
    parser = ArgumentParser(
        "python -m rnnlab.makers kinds_record",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("again", nargs="?", choices=(*names(), "all"), help="what to measure anew")
    again = parser.parse_args(arguments).again
    if again is None:
        _tell(recorded())
    else:
        _measure_again(names() if again == "all" else (again,))


def _tell(record: Mapping[str, Measured]) -> None:
    for name in names():
        _print(f"\n{name}")
        for s in runs_of(name):
            _print(measured_line(s, record[key(s)]))


def _measure_again(again: tuple[str, ...]) -> None:
    """Measure, tell each run as it comes, and write what belongs to the record."""
    record, store = dict(recorded()), JobStore()
    for name in again:
        for s, one in measure(store, name):
            record[key(s)] = one
            _print(measured_line(s, one))
    store.close()
    wanted = [key(s) for name in names() for s in runs_of(name)]
    write({name: record[name] for name in wanted if name in record})


def _measured(name: str, s: Settings, one: RunFinished) -> Measured:
    """What is asked of a run depends on what it is for."""
    found = fading(s, cast(Weights, one.weights)) if name == MEMORY.name else None
    return Measured(
        loss=one.loss,
        losses=one.losses if s.networks > 1 else (),
        accuracy=one.accuracy,
        fresh=_fresh(s, one) if name == TASK else None,
        first=found.first if found else (),
        trained=found.trained if found else (),
    )


def _fresh(s: Settings, one: RunFinished) -> float:
    """The mean loss of the networks on data that none of them has seen."""
    losses = []
    for weights in (one.weights or {}, *one.weights_of_others):
        if isinstance(s.data, BitRule):
            probabilities = predicted_probabilities(s, weights)
            losses.append(probabilities.best_loss + probabilities.excess)
        else:
            losses.append(one_step_ahead(s, weights).error ** 2)
    return sum(losses) / len(losses)


def _check(view: JobView) -> None:
    if view.ended:
        raise ComputeError(view.message or "The computing side did not finish.")


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
