"""What an epoch's data are drawn with: a generator of its own for each epoch, seed and network."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.settings import Settings

FRESH, AGAIN = Settings(fresh_data=True, seed=6), Settings(seed=6)
SINE = Settings(rule="sine", seed=6)


def drawn(settings: Settings, epoch: int, network: int = 0) -> int:
    return int(settings.data_generator(epoch, network).integers(2**62))


@pytest.mark.parametrize(
    ("settings", "epochs"), [(FRESH, [0, 1, 5]), (AGAIN, [0, 0, 0]), (SINE, [0, 1, 5])]
)
def test_bits_come_again_unless_they_are_fresh_and_samples_are_always_shuffled(settings, epochs):
    assert [settings.data_epoch(epoch) for epoch in (0, 1, 5)] == epochs
    assert len({drawn(settings, epoch) for epoch in (0, 1, 5)}) == len(set(epochs))


def test_the_recipe_stays_what_it_was_so_that_links_keep_their_curves():
    assert drawn(FRESH, 4, network=2) == int(np.random.default_rng([8, 1, 4]).integers(2**62))


def test_networks_have_data_of_their_own_which_are_those_of_the_seeds_that_follow():
    assert drawn(FRESH, 3, network=1) == drawn(Settings(fresh_data=True, seed=7), 3)
    assert drawn(FRESH, 3, network=1) != drawn(FRESH, 3)
