"""The lab's pictures, and the tables they draw; colours by role. No Streamlit here.

A chart is made without its table, so that it can be made once and its rows sent as they come.
"""

from rnnlab.charts.anatomy import anatomy_alt, anatomy_chart, anatomy_table
from rnnlab.charts.chances import chances_chart, chances_table
from rnnlab.charts.comparison import (
    comparison_chart,
    comparison_table,
    loss_domain,
    settings_table,
)
from rnnlab.charts.fading import fading_chart, fading_table
from rnnlab.charts.gate_means import gate_means_chart, gate_means_table
from rnnlab.charts.glimpse import glimpse_chart, glimpse_table
from rnnlab.charts.loss_curve import loss_curve
from rnnlab.charts.memory import flips_chart, memory_chart, memory_table
from rnnlab.charts.predictions import (
    answers_table,
    errors_table,
    series_chart,
    series_table,
    value_domain,
)
from rnnlab.charts.run_table import Reached, reached, run_table, seconds_left, speed
from rnnlab.charts.state_map import state_map_chart, state_map_table
from rnnlab.charts.states import states_chart, states_table, strips
from rnnlab.charts.weights import matrix_chart, matrix_table, weights_table

__all__ = [
    "Reached",
    "anatomy_alt",
    "anatomy_chart",
    "anatomy_table",
    "answers_table",
    "chances_chart",
    "chances_table",
    "comparison_chart",
    "comparison_table",
    "errors_table",
    "fading_chart",
    "fading_table",
    "flips_chart",
    "gate_means_chart",
    "gate_means_table",
    "glimpse_chart",
    "glimpse_table",
    "loss_curve",
    "loss_domain",
    "matrix_chart",
    "matrix_table",
    "memory_chart",
    "memory_table",
    "reached",
    "run_table",
    "seconds_left",
    "series_chart",
    "series_table",
    "settings_table",
    "speed",
    "state_map_chart",
    "state_map_table",
    "states_chart",
    "states_table",
    "strips",
    "value_domain",
    "weights_table",
]
