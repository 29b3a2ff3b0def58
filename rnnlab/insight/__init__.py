"""What a trained network does and why, from its settings and weights: plain NumPy.

Each view is a function that returns arrays, and one that says in a sentence what to look at.
"""

from rnnlab.insight.answers import Answers, answers, answers_sentence
from rnnlab.insight.chances import Chances, Context, chances, chances_sentence
from rnnlab.insight.comparison import (
    Finish,
    all_differences,
    comparison_sentence,
    differences,
)
from rnnlab.insight.crowd import Crowd, causes_of, crowd, lived_through
from rnnlab.insight.forecast import (
    Forecast,
    Told,
    forecast,
    forecast_sentence,
    free_run,
    told,
    told_sentence,
)
from rnnlab.insight.gates import gate_means, gates, gates_sentence, quantities
from rnnlab.insight.matrices import (
    Matrix,
    WeightRow,
    colour_limit,
    layer_sums,
    matrix,
    parts,
    weight_rows,
    weights_sentence,
)
from rnnlab.insight.memory import Memory, flips_sentence, lags_shown, memory, memory_sentence
from rnnlab.insight.states import ONE_DIRECTION, Held, held, states_sentence
from rnnlab.insight.stretch import Stretch, steps_shown, stretch

__all__ = [
    "ONE_DIRECTION",
    "Answers",
    "Chances",
    "Context",
    "Crowd",
    "Finish",
    "Forecast",
    "Held",
    "Matrix",
    "Memory",
    "Stretch",
    "Told",
    "WeightRow",
    "all_differences",
    "answers",
    "answers_sentence",
    "causes_of",
    "chances",
    "chances_sentence",
    "colour_limit",
    "comparison_sentence",
    "crowd",
    "differences",
    "flips_sentence",
    "forecast",
    "forecast_sentence",
    "free_run",
    "gate_means",
    "gates",
    "gates_sentence",
    "held",
    "lags_shown",
    "layer_sums",
    "lived_through",
    "matrix",
    "memory",
    "memory_sentence",
    "parts",
    "quantities",
    "states_sentence",
    "steps_shown",
    "stretch",
    "told",
    "told_sentence",
    "weight_rows",
    "weights_sentence",
]
