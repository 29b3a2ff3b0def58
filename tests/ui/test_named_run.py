"""A run is named by the address so that the same one is shown again."""

from types import SimpleNamespace

import pytest

from rnnlab.errors import SettingError
from rnnlab.settings import Plan, Settings
from rnnlab.ui.training import run as runs
from rnnlab.ui.training.named_run import _NamedTraining

KNOBS = Settings.of({"units": 3, "epochs": 2})
OTHER = Settings.of({"rule": "echo", "delay": 7, "clip": 0.3, "cell": "gru"})


def named(knobs):
    return _NamedTraining("run", runs.SLOT, knobs)


def a_run(plan, *, step=0, live=True, complete=False):
    """A run of this plan that is so far."""
    snapshot = SimpleNamespace(step=step, live=live, complete=complete)
    return SimpleNamespace(task=plan, snapshot=lambda: snapshot)


@pytest.mark.parametrize(
    "plan",
    [
        Plan(KNOBS),
        Plan(OTHER),
        Plan(KNOBS, until=3),
        Plan(OTHER).turned(40, 0.003).turned(90, 0.1),
    ],
    ids=str,
)
def test_what_a_run_is_called_asks_for_the_same_run(plan):
    assert named(KNOBS).tasks(named(KNOBS).words(a_run(plan))) == (plan,)


def test_a_run_that_was_stopped_is_called_by_how_far_it_came():
    words = named(KNOBS).words(a_run(Plan(KNOBS), step=41, live=False))
    assert words == {"to": "41"}
    assert named(KNOBS).tasks(words) == (Plan(KNOBS, until=41),)
    done = a_run(Plan(KNOBS), step=KNOBS.updates, live=False, complete=True)
    assert named(KNOBS).words(done) == {"to": "end"}


@pytest.mark.parametrize(
    "words",
    [{"to": "far"}, {"to": "-1"}, {"to": "1" * 13}, {"units": "9000"}, {"rates": "x:0.1"},
     {"rates": "4:9"}],
    ids=str,
)  # fmt: skip
def test_a_run_that_cannot_be_is_refused_with_a_sentence(words):
    with pytest.raises(SettingError, match=r"\.$"):
        named(KNOBS).tasks(words)
