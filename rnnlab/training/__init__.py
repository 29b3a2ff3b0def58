"""Training runs: a plan in, progress out, chunk by chunk.

`run` is the loop, `data` what it learns from, `history` what it reports and where it can go on;
the updates themselves are the work of `rnnlab.engine`.
"""

from rnnlab.training.run import (
    architecture,
    forget_train,
    prepare_train,
    train,
    train_each,
    warm_up,
)

__all__ = ["architecture", "forget_train", "prepare_train", "train", "train_each", "warm_up"]
