"""Hand check: the whole calculation, step by step, forward and back, and exercises on it."""

from rnnlab.ui import frame
from rnnlab.ui.choices import choose_part
from rnnlab.ui.hand import backward, exercises, forward, shapes, written_out

frame.head(
    "What does a recurrent network calculate?",
    "Products, sums and a function that squashes, again at every step: nothing else. Change any "
    "number below and watch what follows.",
)
choose_part([forward, backward, exercises, written_out, shapes], "part").draw()
