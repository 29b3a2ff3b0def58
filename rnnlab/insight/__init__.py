"""What a trained network does and why, from its settings and weights: plain NumPy.

Each view is a function that returns arrays, and one that says in a sentence what to look at.
"""
