"""The lab's pictures: tables in, Altair charts out, colours by role. No Streamlit here."""

from rnnlab.charts.glimpse import glimpse_chart
from rnnlab.charts.loss_curve import loss_curve
from rnnlab.charts.run_table import Reached, reached, run_table, seconds_left, speed

__all__ = [
    "Reached",
    "glimpse_chart",
    "loss_curve",
    "reached",
    "run_table",
    "seconds_left",
    "speed",
]
