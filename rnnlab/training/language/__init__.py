"""Training of the networks that say the next word."""

from rnnlab.training.language.run import train

__all__ = ["train"]
