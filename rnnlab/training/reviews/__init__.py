"""Training on reviews: a task in, curves out.

`corpus` gets the reviews and holds them as numbers, `run` is the loop.
"""

from rnnlab.training.reviews.run import learn, train_reviews

__all__ = ["learn", "train_reviews"]
