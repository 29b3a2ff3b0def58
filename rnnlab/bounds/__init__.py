"""What a run's loss can be held against, and what can be said of it.

`lines` are the losses of theory and of simpler ways, `reached` is where a run is, on what it learns
from and on what it does not, `meanings` explain each line, and `verdict` says in sentences what a
run has learnt.
"""

from rnnlab.bounds.lines import AMOUNTS, Bounds
from rnnlab.bounds.meaning import Meaning, meanings
from rnnlab.bounds.reached import Dip, EpochMeans, Reached, epoch_means, reached
from rnnlab.bounds.verdict import verdict

__all__ = [
    "AMOUNTS",
    "Bounds",
    "Dip",
    "EpochMeans",
    "Meaning",
    "Reached",
    "epoch_means",
    "meanings",
    "reached",
    "verdict",
]
