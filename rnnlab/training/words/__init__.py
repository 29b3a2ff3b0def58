"""Training on words: settings in, progress out; `python -m rnnlab.training.words` measures it."""

from rnnlab.training.words.run import train

__all__ = ["train"]
