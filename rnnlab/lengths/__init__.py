"""Sequences of unequal length: what Keras does with padding and masks, in lines that run."""
