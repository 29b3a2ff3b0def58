"""The record is measured again: a few cells in full, and the script with a pretended store."""

from typing import Self

import pytest

from rnnlab.compute import JobView
from rnnlab.errors import ComputeError
from rnnlab.insight.probabilities import predicted_probabilities
from rnnlab.kinds.maps import CARRIED, FROM_ZERO, MEMORY, MapCell
from rnnlab.kinds.measured import gradient_by_lag, measurement
from rnnlab.makers import kinds_record as record
from rnnlab.progress import RunFinished
from rnnlab.settings import Settings
from rnnlab.training import train_each

SMALL = Settings.of({"rule": "echo", "rows": 4, "length": 200, "units": 3, "epochs": 2})


@pytest.mark.parametrize(
    ("run_map", "cell"),
    [(MEMORY, MapCell("simple_rnn", 2)), (CARRIED, MapCell(10, 1)), (FROM_ZERO, MapCell(10, 4))],
)
def test_a_cell_that_is_trained_again_is_as_recorded(run_map, cell):
    settings = run_map.settings(cell)
    (finished,) = train_each((settings,))
    # To the last digit on the processor that recorded it; another one rounds in another way.
    assert finished.loss == pytest.approx(measurement(settings).loss, abs=0.01)


def finished(number: int, settings: Settings) -> RunFinished:
    weights, *others = (settings.first_weights(k) for k in range(settings.networks))
    return RunFinished(
        step=number + 1,
        steps=9,
        seconds=1.0,
        weights=weights,
        losses=(0.25,) * settings.networks,
        accuracy=0.75,
        weights_of_others=tuple(others),
    )


class FakeJobStore:
    """Its one job tells one more run at each look, and ends after `until` of them."""

    def __init__(self, until: int = 99) -> None:
        self.until = until
        self.looks = 0

    def start(self, work: str, runs: tuple[Settings, ...], viewer: str) -> Self:
        assert (work, viewer) == (record.WORK, record.VIEWER)
        self.runs = runs
        return self

    def view(self, viewer: str) -> JobView:
        assert viewer == record.VIEWER
        self.looks += 1
        n_done = min(self.looks, len(self.runs), self.until)
        state = "failed" if self.looks > self.until else "running"
        events = tuple(finished(number, self.runs[number]) for number in range(n_done))
        return JobView(state, None, events, None, "No room." if state == "failed" else None)


@pytest.fixture
def small_runs(monkeypatch) -> None:
    runs = (SMALL, Settings.of(SMALL.values | {"networks": 2}))
    monkeypatch.setattr(record, "runs_of", lambda *_: runs)
    monkeypatch.setattr(record, "sleep", lambda *_: None)


@pytest.mark.usefixtures("small_runs")
def test_a_task_is_measured_on_fresh_data_too():
    (settings, single), (_, pair) = record.measure(FakeJobStore(), record.TASK)
    assert settings is SMALL
    expected = predicted_probabilities(SMALL, SMALL.first_weights())
    assert single.fresh == pytest.approx(expected.best_loss + expected.excess)
    assert (single.losses, single.first) == ((), ())
    assert (pair.loss, pair.losses) == (0.25, (0.25, 0.25))


@pytest.mark.usefixtures("small_runs")
def test_a_cell_of_the_map_of_kinds_has_its_gradient_by_steps_back():
    (_, run), _ = record.measure(FakeJobStore(), MEMORY.name)
    assert run.first == run.trained == gradient_by_lag(SMALL, SMALL.first_weights()).first
    assert run.fresh is None


@pytest.mark.usefixtures("small_runs")
def test_what_fails_on_the_computing_side_is_said():
    with pytest.raises(ComputeError, match="No room"):
        list(record.measure(FakeJobStore(until=1), CARRIED.name))


def test_without_a_name_the_record_is_printed_and_not_measured(capsys, monkeypatch):
    monkeypatch.setattr(record, "write", None)
    record.main([])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line in record.names()] == list(record.names())
    assert sum("rule=" in line or "units=" in line for line in lines) >= 220
    cell = measurement(CARRIED.settings(MapCell(1, 1)))
    assert any(line.startswith(f"{cell.loss:.4g}, right") for line in lines)
