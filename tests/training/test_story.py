"""What a run has told: snapshots, means, the end, and the sentence when it goes wrong."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.engine import Chunk
from rnnlab.errors import TrainingError
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings
from rnnlab.training.story import Story

LONG = Settings(rows=1, length=20_000, window=5, epochs=25)  # 100,000 updates
HEAVY = Settings(rows=2, units=64, layers=3, cell="lstm", length=20_000, window=10, epochs=2)
WEIGHTS = {"dense_bias": np.ones(2, np.float32)}


def chunk(updates: int, networks: int = 1, loss: float = 0.5) -> Chunk:
    losses = np.full((updates, networks), loss, np.float32)
    return Chunk(losses, 1 - losses, np.zeros((1, 5), np.float32))


def story_of(settings: Settings, chunks: int) -> list[TrainingProgress]:
    """A run told in equal chunks."""
    story, size = Story(Plan(settings), [], []), settings.updates // chunks
    return [
        story.tell(size * number, chunk(size), WEIGHTS, None) for number in range(1, chunks + 1)
    ]


def test_there_are_about_fifty_snapshots_most_of_them_early():
    events = story_of(LONG, 500)
    shot = [event.step / LONG.updates for event in events if event.snapshot]
    assert 40 <= len(shot) <= 51
    assert shot[-1] == 1, "the end is among them"
    assert shot[0] < 0.01
    assert np.median(shot) < 0.3
    gaps = np.diff(shot)
    assert gaps[-5:].mean() > 3 * gaps[:5].mean()


def test_a_run_of_few_chunks_has_a_snapshot_of_each():
    assert all(event.snapshot for event in story_of(LONG, 20))


def test_the_snapshots_of_a_large_network_weigh_no_more_than_four_megabytes():
    # Three LSTM layers of 64 units: (1 + 64 + 1) and 2 x (64 + 64 + 1) rows of 4 x 64 weights.
    parameters = 256 * (66 + 2 * 129) + 65 * 2
    shot = sum(event.snapshot for event in story_of(HEAVY, 500))
    assert 2 <= shot <= 4e6 / (4 * parameters)
    assert shot > 5


def test_in_brief_only_snapshots_carry_weights():
    events = story_of(LONG, 500)
    for event in events:
        assert event.weights is WEIGHTS
        assert (event.brief().weights is not None) == event.snapshot


def test_a_point_is_about_its_own_chunk():
    settings = Settings(networks=2, rows=1, length=100, window=10, epochs=2)
    story = Story(Plan(settings, rates=((4, 1.0),)), [], [])
    losses = np.array([[1, 2], [3, 4], [5, 6], [7, 12]], np.float32)
    told = Chunk(losses, losses / 12, np.zeros((1, 10), np.float32))
    event = story.tell(4, told, WEIGHTS, None)
    assert (event.step, event.steps, event.epoch) == (4, 20, 1)
    assert (event.losses, event.loss, event.max_loss) == ((4, 6), 5, 12)
    assert event.accuracy == pytest.approx(5 / 12)
    assert event.learning_rate == 0.01
    event = story.tell(11, chunk(7, 2), WEIGHTS, None)
    assert (event.epoch, event.learning_rate) == (2, 1.0)
    assert event.history is None


def test_the_end_of_a_plan_has_the_history_up_to_there():
    settings = Settings(rows=1, length=100, window=10, epochs=2)
    story = Story(Plan(settings, until=7), [], [])
    story.tell(3, chunk(3, loss=0.25), WEIGHTS, None)
    event = story.tell(7, chunk(4, loss=0.75), WEIGHTS, None)
    np.testing.assert_array_equal(event.history["loss"][:, 0], [0.25] * 3 + [0.75] * 4)
    np.testing.assert_array_equal(event.history["accuracy"][:, 0], [0.75] * 3 + [0.25] * 4)
    assert set(event.parts) == {"data", "compile", "updates"}
    assert story.told[-1].history is None, "what is told again is brief"


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_the_update_at_which_one_of_the_networks_ran_away_is_named(bad):
    settings = Settings(networks=3, rows=1, length=20_000, window=1, epochs=1, learning_rate=0.5)
    story = Story(Plan(settings), [], [])
    story.tell(1200, chunk(1200, 3), WEIGHTS, None)
    lost = chunk(50, 3)
    lost.losses[33:, 2] = bad
    with pytest.raises(TrainingError, match=r"At update 1,234 the loss .* below 0\.5, clip"):
        story.tell(1250, lost, WEIGHTS, None)


def test_weights_that_are_no_numbers_end_a_run_too():
    story = Story(Plan(LONG), [], [])
    with pytest.raises(TrainingError, match="At update 7 the loss stopped"):
        story.tell(7, chunk(7), {"dense_bias": np.array([1, np.nan], np.float32)}, None)
