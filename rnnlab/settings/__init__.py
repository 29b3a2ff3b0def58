"""What a training run is asked to do: its settings, and the plan of it."""

from rnnlab.settings.knobs import LEARNING_RATES
from rnnlab.settings.plan import Plan
from rnnlab.settings.run import Settings
from rnnlab.settings.trained import Trained

__all__ = ["LEARNING_RATES", "Plan", "Settings", "Trained"]
