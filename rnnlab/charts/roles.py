"""Colours by role, the same in every picture: from Okabe & Ito's colour-blind-safe set (2008).

Each is readable on white and on near black; shapes and labels say the same as the colours.
"""

INPUT = "#0072B2"
TARGET = "#D55E00"
PREDICTED = "#009E73"
TRUTH = "#8A8A8A"

LOSS = "#2A89CC"
BOUND = "#8A8A8A"

INK = "currentColor"
"""Text in a picture: the page's own text colour, whatever the theme."""

INSTEAD_OF_NOTHING = 0.08
"""Opacity of a 0, so that an empty cell is still a cell."""
