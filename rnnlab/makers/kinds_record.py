"""Measure the losses that the page about kinds of network shows, or print those recorded.

python -m rnnlab.makers kinds_record             prints the record
python -m rnnlab.makers kinds_record all         measures everything anew
python -m rnnlab.makers kinds_record memory      measures one map, or `tasks`, anew

It trains where the pages train: on the compute side, by the same job.
"""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator, Mapping, Sequence
from time import sleep
from typing import cast

from rnnlab.cells.cell import Weights
from rnnlab.compute import JobStore, JobView
from rnnlab.errors import ComputeError
from rnnlab.insight.predictions import one_step_ahead
from rnnlab.insight.probabilities import predicted_probabilities
from rnnlab.kinds.kinds import COMPARISONS
from rnnlab.kinds.maps import MAPS, MEMORY
from rnnlab.kinds.measured import Measurement, gradient_by_lag, key, recorded, write
from rnnlab.makers import say
from rnnlab.progress import RunFinished
from rnnlab.rules import BitRule
from rnnlab.settings import Settings

WORK = "rnnlab.training:train_each"
VIEWER = "record"
TASK = "tasks"


def measure(store: JobStore, name: str) -> Iterator[tuple[Settings, Measurement]]:
    """What each of the runs of that name reaches, in their order."""
    runs = runs_of(name)
    job = store.start(WORK, runs, VIEWER)
    done = 0
    while True:
        view = job.view(VIEWER)
        finished = [event for event in view.events if isinstance(event, RunFinished)]
        for event in finished[done:]:
            yield runs[event.index], _measured(name, runs[event.index], event)
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
        of_maps = {settings for name in MAPS for settings in runs_of(name)}
        of_tasks = [
            settings
            for comparison in COMPARISONS
            for settings in (comparison.settings, comparison.against)
        ]
        return tuple(settings for settings in dict.fromkeys(of_tasks) if settings not in of_maps)
    return tuple(MAPS[name].settings(cell) for cell in MAPS[name].cells)


def measured_line(settings: Settings, run: Measurement) -> str:
    """A line about one run."""
    fresh = "" if run.fresh is None else f", on fresh data {run.fresh:.4g}"
    right = "" if run.accuracy is None else f", right {run.accuracy:.1%}"
    return f"{run.loss:.4g}{right}{fresh}  {key(settings)}"


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


def _tell(record: Mapping[str, Measurement]) -> None:
    for name in names():
        say(f"\n{name}")
        for s in runs_of(name):
            say(measured_line(s, record[key(s)]))


def _measure_again(again: tuple[str, ...]) -> None:
    """Measure, tell each run as it comes, and write what belongs to the record."""
    record, store = dict(recorded()), JobStore()
    for name in again:
        for settings, run in measure(store, name):
            record[key(settings)] = run
            say(measured_line(settings, run))
    store.close()
    keys = [key(settings) for name in names() for settings in runs_of(name)]
    write({name: record[name] for name in keys if name in record})


def _measured(name: str, settings: Settings, event: RunFinished) -> Measurement:
    """What is measured of a run depends on what it is for."""
    weights = cast(Weights, event.weights)
    gradient = gradient_by_lag(settings, weights) if name == MEMORY.name else None
    return Measurement(
        loss=event.loss,
        losses=event.losses if settings.networks > 1 else (),
        accuracy=event.accuracy,
        fresh=_loss_on_fresh_data(settings, event) if name == TASK else None,
        first=gradient.first if gradient else (),
        trained=gradient.trained if gradient else (),
    )


def _loss_on_fresh_data(settings: Settings, event: RunFinished) -> float:
    """The mean loss of the networks on data that none of them has seen."""
    losses = []
    for weights in (event.weights or {}, *event.weights_of_others):
        if isinstance(settings.data, BitRule):
            probabilities = predicted_probabilities(settings, weights)
            losses.append(probabilities.best_loss + probabilities.excess)
        else:
            losses.append(one_step_ahead(settings, weights).error ** 2)
    return sum(losses) / len(losses)


def _check(view: JobView) -> None:
    if view.ended:
        raise ComputeError(view.message or "The computing side did not finish.")
