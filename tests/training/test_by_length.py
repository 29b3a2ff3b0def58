"""Batches of like length: every sequence once, in a window that holds it, and the same updates."""

import numpy as np
import pytest

from rnnlab.engine import Architecture, Batches, Hyperparameters, program
from rnnlab.network import Network
from rnnlab.training.by_length import POOL, batches, window_of

WINDOWS = (16, 32, 64)


def drawn(seed: int = 3) -> list:
    lengths = np.random.default_rng(5).integers(1, WINDOWS[-1] + 1, 1_003)
    return [lengths, *batches(lengths, 10, WINDOWS, np.random.default_rng(seed))]


def test_every_sequence_is_in_one_batch_of_an_epoch_but_for_the_rest():
    _, *epoch = drawn()
    indices = np.concatenate([batch.indices for batch in epoch])
    assert len(epoch) == 100
    assert len(np.unique(indices)) == len(indices) == 1_000


def test_each_batch_runs_the_shortest_window_that_holds_it():
    lengths, *epoch = drawn()
    for batch in epoch:
        longest = lengths[batch.indices].max()
        assert longest <= batch.window
        assert not any(longest <= window < batch.window for window in WINDOWS)


def test_sorted_batches_run_far_fewer_steps_than_shuffled_ones():
    """Of ten uniform lengths the longest is 10/11 of all on average; sorted in eights, 9/16."""
    lengths, *epoch = drawn()
    sorted_steps = np.mean([lengths[batch.indices].max() for batch in epoch])
    shuffled = np.random.default_rng(0).permutation(lengths)[:1_000].reshape(-1, 10)
    assert shuffled.max(axis=1).mean() / WINDOWS[-1] == pytest.approx(10 / 11, abs=0.03)
    assert sorted_steps / WINDOWS[-1] == pytest.approx((1 + POOL) / 2 / POOL, abs=0.03)


def test_an_epoch_goes_by_its_generator_alone_and_is_not_in_the_order_of_lengths():
    lengths, *first = drawn()
    _, *again = drawn()
    _, *other = drawn(seed=4)
    for one, two in zip(first, again, strict=True):
        np.testing.assert_array_equal(one.indices, two.indices)
    assert any((one.indices != two.indices).any() for one, two in zip(first, other, strict=True))
    longest = np.array([lengths[batch.indices].max() for batch in first[:POOL]])
    assert (np.diff(longest) < 0).any()


def test_a_sequence_that_no_window_holds_is_an_error():
    assert window_of(64, WINDOWS) == 64
    with pytest.raises(ValueError, match="empty"):
        window_of(65, WINDOWS)


@pytest.mark.parametrize("cell", ["simple_rnn", "gru"])
def test_a_shorter_window_makes_the_same_update(cell):
    """What stands under a mask changes nothing, so it can as well be left out."""
    network = Network(cell=cell, units=5, features=3, outputs=1, last_step=True, vocabulary=20)
    rng = np.random.default_rng(1)
    lengths = np.array([2, 7, 16, 11])
    ids = np.where(np.arange(64) < lengths[:, None], rng.integers(4, 20, (4, 64)), 0)
    first = network.initial_weights(rng)
    after = []
    for window in (16, 64):
        compiled = program(Architecture(network, "rmsprop", 4, window, with_lengths=True))
        batch = Batches(
            ids[None, None, :, :window],
            np.array([0.0, 1, 1, 0]).reshape(1, 1, 4, 1),
            np.zeros(1),
            lengths[None, None],
        )
        state, _ = compiled.run(compiled.begin([first]), batch, Hyperparameters(0.01))
        after.append(compiled.weights(state))
    for name in network.shapes:
        np.testing.assert_allclose(after[0][name], after[1][name], atol=1e-6)
        assert abs(after[0][name] - first[name]).max() > 1e-3
