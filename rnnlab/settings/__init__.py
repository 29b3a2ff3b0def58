"""What a training run is asked to do: its settings, and the plan of it."""

from rnnlab.settings.knobs import LEARNING_RATES, OPTIMIZERS
from rnnlab.settings.plan import Plan
from rnnlab.settings.run import Settings

__all__ = ["LEARNING_RATES", "OPTIMIZERS", "Plan", "Settings"]
