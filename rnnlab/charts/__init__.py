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
from rnnlab.charts.counted import counted_chart, counted_table, pattern_title, patterns_of
from rnnlab.charts.cut import rows_chart, rows_table
from rnnlab.charts.fading import fading_chart, fading_table
from rnnlab.charts.game import game_alt, game_chart, game_table
from rnnlab.charts.gate_means import gate_means_chart, gate_means_table
from rnnlab.charts.glimpse import glimpse_chart, glimpse_table
from rnnlab.charts.loss_curve import loss_curve
from rnnlab.charts.magnified import fates_of, magnified_chart, magnified_table
from rnnlab.charts.memory import flips_chart, memory_chart, memory_table
from rnnlab.charts.predictions import (
    answers_table,
    errors_table,
    series_chart,
    series_table,
    value_domain,
)
from rnnlab.charts.readings import readings_chart, readings_table
from rnnlab.charts.run_table import Reached, reached, run_table, seconds_left, speed
from rnnlab.charts.samples import (
    overlap_chart,
    overlap_table,
    sample_chart,
    sample_table,
    split_chart,
    split_table,
)
from rnnlab.charts.staircase import staircase_chart, staircase_domain, staircase_table
from rnnlab.charts.state_map import state_map_chart, state_map_table
from rnnlab.charts.states import states_chart, states_table, strips
from rnnlab.charts.strip import strip_chart, strip_table
from rnnlab.charts.tensors import grid_chart, grid_table
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
    "counted_chart",
    "counted_table",
    "errors_table",
    "fading_chart",
    "fading_table",
    "fates_of",
    "flips_chart",
    "game_alt",
    "game_chart",
    "game_table",
    "gate_means_chart",
    "gate_means_table",
    "glimpse_chart",
    "glimpse_table",
    "grid_chart",
    "grid_table",
    "loss_curve",
    "loss_domain",
    "magnified_chart",
    "magnified_table",
    "matrix_chart",
    "matrix_table",
    "memory_chart",
    "memory_table",
    "overlap_chart",
    "overlap_table",
    "pattern_title",
    "patterns_of",
    "reached",
    "readings_chart",
    "readings_table",
    "rows_chart",
    "rows_table",
    "run_table",
    "sample_chart",
    "sample_table",
    "seconds_left",
    "series_chart",
    "series_table",
    "settings_table",
    "speed",
    "split_chart",
    "split_table",
    "staircase_chart",
    "staircase_domain",
    "staircase_table",
    "state_map_chart",
    "state_map_table",
    "states_chart",
    "states_table",
    "strip_chart",
    "strip_table",
    "strips",
    "value_domain",
    "weights_table",
]
