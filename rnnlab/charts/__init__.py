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
from rnnlab.charts.confusion import (
    confusion_alt,
    confusion_chart,
    confusion_numbers,
    confusion_table,
)
from rnnlab.charts.counted import counted_chart, counted_table, pattern_title, patterns_of
from rnnlab.charts.cut import rows_chart, rows_table
from rnnlab.charts.fading import fading_chart, fading_table
from rnnlab.charts.fall import SHARE, SIZE, fall_chart, fall_table
from rnnlab.charts.forgetting import forgetting_chart, forgetting_table
from rnnlab.charts.game import game_alt, game_chart, game_table
from rnnlab.charts.gate_means import gate_means_chart, gate_means_table
from rnnlab.charts.glimpse import glimpse_chart, glimpse_table
from rnnlab.charts.inside_words import (
    numbers_chart,
    numbers_table,
    one_hot_chart,
    one_hot_table,
    word_states_chart,
    word_states_table,
)
from rnnlab.charts.learning import learning_chart, learning_table, recorded_table
from rnnlab.charts.left_out import left_out_chart, left_out_domain, left_out_table
from rnnlab.charts.loss_curve import loss_curve
from rnnlab.charts.magnified import fates_of, magnified_chart, magnified_table
from rnnlab.charts.memory import flips_chart, memory_chart, memory_table
from rnnlab.charts.next_words import next_words_chart, next_words_table
from rnnlab.charts.perplexity import perplexity_curve, perplexity_table
from rnnlab.charts.predictions import (
    answers_table,
    errors_table,
    series_chart,
    series_table,
    value_domain,
)
from rnnlab.charts.readings import readings_chart, readings_table
from rnnlab.charts.reliability import reliability_alt, reliability_chart, reliability_table
from rnnlab.charts.run_table import Reached, reached, run_table, seconds_left, speed
from rnnlab.charts.samples import (
    overlap_chart,
    overlap_table,
    sample_chart,
    sample_table,
    split_chart,
    split_table,
)
from rnnlab.charts.so_far import so_far_chart, so_far_table
from rnnlab.charts.staircase import staircase_chart, staircase_domain, staircase_table
from rnnlab.charts.state_map import state_map_chart, state_map_table
from rnnlab.charts.states import states_chart, states_table, strips
from rnnlab.charts.strip import strip_chart, strip_table
from rnnlab.charts.tensors import grid_chart, grid_table
from rnnlab.charts.weights import matrix_chart, matrix_table, weights_table
from rnnlab.charts.word_costs import word_costs_chart, word_costs_table
from rnnlab.charts.word_map import word_map_chart, word_map_table

__all__ = [
    "SHARE",
    "SIZE",
    "Reached",
    "anatomy_alt",
    "anatomy_chart",
    "anatomy_table",
    "answers_table",
    "chances_chart",
    "chances_table",
    "comparison_chart",
    "comparison_table",
    "confusion_alt",
    "confusion_chart",
    "confusion_numbers",
    "confusion_table",
    "counted_chart",
    "counted_table",
    "errors_table",
    "fading_chart",
    "fading_table",
    "fall_chart",
    "fall_table",
    "fates_of",
    "flips_chart",
    "forgetting_chart",
    "forgetting_table",
    "game_alt",
    "game_chart",
    "game_table",
    "gate_means_chart",
    "gate_means_table",
    "glimpse_chart",
    "glimpse_table",
    "grid_chart",
    "grid_table",
    "learning_chart",
    "learning_table",
    "left_out_chart",
    "left_out_domain",
    "left_out_table",
    "loss_curve",
    "loss_domain",
    "magnified_chart",
    "magnified_table",
    "matrix_chart",
    "matrix_table",
    "memory_chart",
    "memory_table",
    "next_words_chart",
    "next_words_table",
    "numbers_chart",
    "numbers_table",
    "one_hot_chart",
    "one_hot_table",
    "overlap_chart",
    "overlap_table",
    "pattern_title",
    "patterns_of",
    "perplexity_curve",
    "perplexity_table",
    "reached",
    "readings_chart",
    "readings_table",
    "recorded_table",
    "reliability_alt",
    "reliability_chart",
    "reliability_table",
    "rows_chart",
    "rows_table",
    "run_table",
    "sample_chart",
    "sample_table",
    "seconds_left",
    "series_chart",
    "series_table",
    "settings_table",
    "so_far_chart",
    "so_far_table",
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
    "word_costs_chart",
    "word_costs_table",
    "word_map_chart",
    "word_map_table",
    "word_states_chart",
    "word_states_table",
]
