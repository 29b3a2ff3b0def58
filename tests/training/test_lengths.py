"""Four ways to pad, trained side by side."""

import numpy as np
import pytest

from rnnlab.lengths.settings import ALONE, BEHIND, IN_FRONT, MASKED, WAYS, LengthSettings
from rnnlab.training.lengths import architecture, batches, train

SMALL = LengthSettings(longest=5, units=12, updates=1000, learning_rate=0.01, cell="gru")


def test_each_way_reads_what_its_name_says() -> None:
    n = batches(SMALL, np.random.default_rng(0), 20)
    digits = n.inputs.argmax(axis=-1)  # (updates, ways, rows, steps)
    alone, front, behind, masked = range(len(WAYS))
    assert n.lengths is not None
    assert (n.lengths[:, [front, behind]] == 5).all()
    assert (n.lengths[:, alone] == n.lengths[:, alone, :1]).all()
    np.testing.assert_array_equal(digits[:, behind], digits[:, masked])
    np.testing.assert_array_equal(n.targets[:, front], n.targets[:, masked])
    np.testing.assert_array_equal(n.targets[..., 0][:, masked], digits[:, masked, :, 0])
    short = n.lengths[:, masked] == 2
    np.testing.assert_array_equal(
        digits[:, front][short], np.pad(digits[:, masked][short][:, :2], ((0, 0), (3, 0)))
    )


@pytest.fixture(scope="module")
def reports():
    return list(train(SMALL))


def test_it_reports_often_and_ends_with_all_updates(reports) -> None:
    steps = [report.step for report in reports]
    assert len(steps) > 30
    assert steps == sorted({*steps})
    assert reports[-1].complete
    assert not any(report.complete for report in reports[:-1])


def test_without_padding_and_with_a_mask_it_learns_all_and_in_front_what_can_be(reports) -> None:
    reached = dict(zip(WAYS, reports[-1].accuracies, strict=True))
    assert min(reached[ALONE], reached[MASKED], reached[BEHIND]) > 0.97
    n_judged = 40 * 64
    best = SMALL.best_possible[IN_FRONT]
    assert reached[IN_FRONT] < best + 4 * (best * (1 - best) / n_judged) ** 0.5


def test_equal_settings_give_equal_curves(reports) -> None:
    again = next(iter(train(SMALL)))
    assert again.losses == reports[0].losses


def test_what_is_compiled_depends_on_nothing_that_is_learnt() -> None:
    assert architecture(SMALL) == architecture(LengthSettings(**SMALL.values | {"seed": 7}))
