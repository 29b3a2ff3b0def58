"""Hand check: the whole calculation, step by step, forward and back, and exercises on it."""

from rnnlab.ui import frame
from rnnlab.ui.choices import choose_part
from rnnlab.ui.hand import backward, exercises, forward, shapes, written_out

frame.head(
    "What does a recurrent network calculate?",
    "Change any number and follow it through the formula. Nothing else happens inside: "
    "products, sums and a function that squashes, again at every step. You could build this "
    "yourself.",
)
choose_part([forward, backward, exercises, written_out, shapes], "part").draw()
