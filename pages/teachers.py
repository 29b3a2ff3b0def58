"""For teachers: a lesson in its order, answers to what students say, sheets, and how to run it."""

from rnnlab.ui import frame
from rnnlab.ui.choices import choose_part
from rnnlab.ui.teachers import exercises, misconceptions, order, thirty

frame.head(
    "How do I teach with it?",
    "Forty-five minutes, thirty laptops, no accounts: what to show in which order, what students "
    "say and what to answer, exercises to print, and how to run it for a class.",
)
choose_part([order, misconceptions, exercises, thirty], "teach").draw()
