"""The small network that travels with the lab: it has learnt the pair rule, and plays on Home."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from rnnlab.cells.cell import Weights
from rnnlab.settings import Settings

SETTINGS = Settings.of({"rule": "pair", "units": 4, "seed": 3})
"""The run whose weights they are, to its end."""

FILE = Path(__file__).with_suffix(".npz")


@cache
def weights() -> Weights:
    """Its weights, as `python -m rnnlab.makers first_network` has written them."""
    with np.load(FILE) as kept:
        return {name: kept[name] for name in kept.files}
