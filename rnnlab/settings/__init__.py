"""Every knob of a training run, once: its default, range and words; and the run's settings."""

from rnnlab.settings.run import CLIPS, KNOBS, LEARNING_RATES, OPTIMIZERS, Settings, knobs_for

__all__ = ["CLIPS", "KNOBS", "LEARNING_RATES", "OPTIMIZERS", "Settings", "knobs_for"]
