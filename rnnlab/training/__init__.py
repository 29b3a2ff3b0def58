"""Training runs: a plan in, progress out, chunk by chunk.

`run` is the loop, `data` what it learns from, `chunks` when it tells something, `story` what it has
told, `checkpoints` where it can go on; the updates themselves are `rnnlab.engine`'s.
"""

from rnnlab.training.run import architecture, train, warm_up

__all__ = ["architecture", "train", "warm_up"]
