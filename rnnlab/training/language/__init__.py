"""Training next-word networks; `python -m rnnlab.training.language` measures it."""

from rnnlab.training.language.run import train

__all__ = ["train"]
