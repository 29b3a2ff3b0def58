"""The record of who counts: printed without being measured, and said in its own numbers."""

from __future__ import annotations

from types import SimpleNamespace

from rnnlab.insight.counting import MOST_COUNTED
from rnnlab.kinds.counting import COUNTERS, LEARNT, SEEDS, Counted, counting_sentence, recorded
from rnnlab.kinds.counting import write as write_record
from rnnlab.makers import counting_record
from rnnlab.settings import Settings


def test_every_kind_is_recorded_with_ten_seeds():
    assert list(recorded()) == list(COUNTERS)
    for name, run in recorded().items():
        assert len(run.counts) == len(run.losses) == SEEDS == COUNTERS[name].networks
        assert all(0 <= count <= MOST_COUNTED for count in run.counts)
        assert all(loss > COUNTERS[name].bit_rule.best_loss() - 0.01 for loss in run.losses)


def test_the_runs_differ_in_the_network_alone():
    shared = {"rule", "rows", "length", "window", "epochs", "fresh_data", "units", "most"}
    for settings in COUNTERS.values():
        assert {name: settings.values[name] for name in shared} == {
            name: COUNTERS["LSTM"].values[name] for name in shared
        }
    assert COUNTERS["LSTM"].values["most"] == LEARNT


def test_the_sentence_has_the_numbers_of_the_record():
    record = {
        "LSTM": Counted((0.2,) * 10, (30,) * 9 + (5,)),
        "SimpleRNN, ReLU": Counted((0.2,) * 10, (20,) * 10),
        "GRU": Counted((0.2,) * 10, (12,) * 10),
        "SimpleRNN, tanh": Counted((0.2,) * 10, (10,) * 10),
    }
    sentence = counting_sentence(record)
    assert "LSTM 9, SimpleRNN, ReLU 10, GRU 10, SimpleRNN, tanh 0" in sentence
    assert "The furthest counts to 30." in sentence
    assert "the claim holds" in sentence
    record["GRU"] = Counted((0.2,) * 10, (25,) * 9 + (MOST_COUNTED,))
    sentence = counting_sentence(record)
    assert f"the longest block that was tried, {MOST_COUNTED}" in sentence
    assert "the claim does not show here" in sentence


def test_without_a_name_the_record_is_printed(capsys, monkeypatch):
    monkeypatch.setattr(counting_record, "write", None)
    counting_record.main([])
    printed = capsys.readouterr().out
    for name, run in recorded().items():
        assert f"{name}: up to {run.middle:g} in the middle" in printed
    assert counting_sentence(recorded()) in printed


def test_what_is_measured_is_written_and_read_again(tmp_path, monkeypatch):
    small = Settings.of({"rule": "counting", "units": 2, "rows": 2, "length": 100, "networks": 2})
    ends = [
        SimpleNamespace(
            losses=(0.25, 0.5),
            weights=small.first_weights(),
            weights_of_others=(small.first_weights(1),),
        )
    ]
    monkeypatch.setattr(counting_record, "train_each", lambda _: iter(ends))
    ((name, run),) = counting_record.measure({"small": small})
    assert (name, run.losses, len(run.counts)) == ("small", (0.25, 0.5), 2)
    file = tmp_path / "counting.json"
    write_record({name: run}, file)
    assert file.read_text(encoding="utf-8").count("\n") == 3
