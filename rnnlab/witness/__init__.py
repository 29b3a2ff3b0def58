"""Keras as a witness: what its own layers say to the calculations that the lab does in NumPy."""
