"""Colours by role, the same in every picture: from Okabe & Ito's colour-blind-safe set (2008).

Each is readable on white and on near black; shapes and labels say the same as the colours.
"""

INPUT = "#0072B2"
TARGET = "#D55E00"
PREDICTED = "#009E73"
STATE = "#CC79A7"
"""What a network holds and hands on from step to step."""
TRUTH = "#8A8A8A"

LOSS = "#2A89CC"
BOUND = "#8A8A8A"

INK = "currentColor"
"""Text in a picture: the page's own text colour, whatever the theme."""

PAPER = "light-dark(#ffffff, #171614)"
"""The page's own ground, to cover what lies under a text: Streamlit's, by the scheme of the app."""

INSTEAD_OF_NOTHING = 0.08
"""Opacity of a 0, so that an empty cell is still a cell."""

POSITIVE = "#D07A00"
NEGATIVE = "#2A89CC"
"""Ends of a scale around zero: orange above, blue below; at zero nothing is drawn."""

BEFORE = "#8A8A8A"
AFTER = "#2A89CC"
"""The first weights, and those of now."""

CAUSE = "#D55E00"
"""What a rule makes depend on: a target's colour."""

RUNS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9")
DASHES = ((1, 0), (8, 3), (2, 2), (8, 3, 2, 3), (5, 5), (12, 3, 2, 3, 2, 3))
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
"""Runs beside each other, or models: each has a colour, a way to be dashed and a shape."""

TRAINING = "#2A89CC"
VALIDATION = "#D07A00"
"""Examples that a network learns from, and those that it is only judged on."""
