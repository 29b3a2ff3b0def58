"""Every knob of a training run, once: its default, range and words; and the run's settings."""

from rnnlab.settings.knobs import LEARNING_RATES, OPTIMIZERS
from rnnlab.settings.run import CLIPS, Settings

__all__ = ["CLIPS", "LEARNING_RATES", "OPTIMIZERS", "Settings"]
