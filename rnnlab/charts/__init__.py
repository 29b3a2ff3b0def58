"""The lab's pictures, and the tables they draw; colours by role. No Streamlit here.

A chart is made without its table, so that it can be made once and its rows sent as they come.
"""

from rnnlab.charts.glimpse import glimpse_chart, glimpse_table
from rnnlab.charts.loss_curve import loss_curve
from rnnlab.charts.run_table import Reached, reached, run_table, seconds_left, speed

__all__ = [
    "Reached",
    "glimpse_chart",
    "glimpse_table",
    "loss_curve",
    "reached",
    "run_table",
    "seconds_left",
    "speed",
]
