"""A scan goes through the steps in order, on or back."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

from rnnlab.engine.scan import scan


@pytest.mark.parametrize(
    ("reverse", "sums"), [(False, [1, 3, 6, 10]), (True, [10, 9, 7, 4])], ids=["on", "back"]
)
def test_a_scan_carries_on_and_keeps_the_order_of_time(reverse, sums):
    def add(carry, now):
        return carry + now[0], (carry + now[0],)

    numbers = tf.reshape(tf.constant([1.0, 2.0, 3.0, 4.0]), (4, 1, 1, 1)) * tf.ones((1, 1, 2, 3))
    last, (outputs,) = scan(add, tf.zeros((1, 2, 3)), (numbers,), (1,), reverse=reverse)
    assert outputs.shape == (4, 1, 2, 3)
    np.testing.assert_array_equal(outputs[:, 0, 1, 2], sums)
    np.testing.assert_array_equal(last, np.full((1, 2, 3), 10))
