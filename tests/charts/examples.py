"""An example of every chart: its arguments, as a page gives them, and its table."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from rnnlab.bounds import Bounds
from rnnlab.cells.cell import Weights
from rnnlab.charts.bit_predictions import (
    game_chart,
    game_table,
    last_window_chart,
    last_window_table,
)
from rnnlab.charts.bit_series import (
    A_LINE,
    forced_targets_chart,
    forced_targets_table,
    strip_chart,
    strip_table,
)
from rnnlab.charts.layers import layers_chart, layers_table
from rnnlab.charts.loss_curve import loss_curve, run_table
from rnnlab.charts.many_texts import (
    confusion_chart,
    confusion_table,
    reliability_chart,
    reliability_table,
)
from rnnlab.charts.memory import (
    SHARE,
    SIZE,
    flips_chart,
    gradient_decay_chart,
    gradient_decay_table,
    memory_chart,
    memory_table,
)
from rnnlab.charts.next_words import (
    next_words_chart,
    next_words_table,
    perplexity_curve,
    perplexity_table,
    word_costs_chart,
    word_costs_table,
)
from rnnlab.charts.predictions import (
    probabilities_chart,
    probabilities_table,
    series_chart,
    series_table,
    value_domain,
)
from rnnlab.charts.review_training import learning_chart, learning_table
from rnnlab.charts.rule_data import (
    counted_chart,
    counted_table,
    losses_chart,
    losses_domain,
    losses_table,
    pattern_title,
    patterns_of,
)
from rnnlab.charts.run_comparison import comparison_chart, comparison_table, loss_domain
from rnnlab.charts.samples import (
    grid_chart,
    grid_table,
    overlap_chart,
    overlap_table,
    sample_chart,
    sample_table,
    split_chart,
    split_table,
)
from rnnlab.charts.states import (
    data_lanes,
    gate_means_chart,
    gate_means_table,
    states_chart,
    states_table,
)
from rnnlab.charts.verdicts import (
    forgetting_chart,
    forgetting_table,
    left_out_chart,
    left_out_limit,
    left_out_table,
    running_verdict_chart,
    running_verdict_table,
)
from rnnlab.charts.weights import matrix_chart, matrix_table
from rnnlab.charts.windows import (
    locations_of,
    magnified_chart,
    magnified_table,
    rows_chart,
    rows_drawn,
    rows_table,
)
from rnnlab.charts.word_vectors import (
    embedding_chart,
    embedding_table,
    one_hot_chart,
    one_hot_table,
    word_map_chart,
    word_map_table,
    word_states_chart,
    word_states_table,
)
from rnnlab.charts.written_out import (
    distances_chart,
    distances_table,
    state_map_chart,
    state_map_table,
)
from rnnlab.exploration.game import GameExcerpt
from rnnlab.exploration.pattern_counts import PatternCount, PatternCounts
from rnnlab.exploration.samples import sample_context, series_split
from rnnlab.exploration.series import FORCED, FREE, PUSHED, series_steps
from rnnlab.exploration.window_layout import WindowLayout, window_detail
from rnnlab.handcheck.sequential import SequentialModel
from rnnlab.insight.fresh_data import causes_of
from rnnlab.insight.memory import memory, n_lags
from rnnlab.insight.predictions import forecast, one_step_ahead
from rnnlab.insight.probabilities import predicted_probabilities
from rnnlab.insight.states import excerpt_of, gate_means
from rnnlab.insight.weights import weight_matrix
from rnnlab.kinds.measured import WHEN, GradientByLag
from rnnlab.language.progress import LanguageProgress
from rnnlab.progress import LastWindow, TrainingProgress
from rnnlab.rules import Sequence as Bits
from rnnlab.sentiment.evaluation import Bin, Calibration, ConfusionMatrix
from rnnlab.sentiment.learning import Curves, Metrics, ReviewProgress
from rnnlab.sentiment.reading import Importance, LeftOut, read
from rnnlab.settings import Settings
from tests.sentiment.made import made_model

PAIR = Settings.of({"rule": "pair", "units": 3})
TOY = Settings.of({"rule": "toy", "units": 4})
SINE = Settings.of({"rule": "sine", "window": 10, "units": 3})
LSTM = Settings.of({"rule": "pair", "cell": "lstm", "units": 20, "layers": 2, "carry_state": False})
SMALL = Settings(rows=4, length=100)
ARTICLE = WindowLayout(rows=250, length=2000, window=15, lags=(1, 2))
FIVE = ("a", "b", "c", "d", "e")


class Example(NamedTuple):
    """A chart's function, its arguments, and the table it draws."""

    chart: Callable[..., Any]
    arguments: tuple[Any, ...]
    options: dict[str, Any]
    table: pd.DataFrame

    def spec(self) -> dict[str, Any]:
        return self.chart(*self.arguments, **self.options).to_dict()


def example(chart: Callable[..., Any], table: pd.DataFrame, *args: Any, **options: Any) -> Example:
    return Example(chart, args, options, table)


def weights_of(settings: Settings, seed: int = 0) -> Weights:
    rng = np.random.default_rng(seed)
    return {name: rng.normal(0, 0.5, shape) for name, shape in settings.network.shapes.items()}


def loss_of(settings: Settings, epochs: int = 3, *, log: bool = False) -> Example:
    bounds = Bounds.of(settings)
    progress = [
        TrainingProgress(
            step=100 * number,
            steps=1200,
            seconds=1.0 * number,
            epochs=4,
            loss=bounds.baseline / number,
            max_loss=bounds.baseline,
            accuracy=0.5 if bounds.bits else None,
            learning_rate=rate,
        )
        for number, rate in enumerate((0.01, 0.01, 0.3, 0.3), start=1)
    ]
    return example(loss_curve, run_table(progress), bounds, 400, epochs, log=log)


def comparison_of(*, log: bool) -> Example:
    curves = {
        label: pd.DataFrame({"update": [10, 20, 30], "loss": [0.7, 0.5, 0.1 * n]})
        for n, label in enumerate(FIVE, start=1)
    }
    domain = loss_domain(curves, log=log)
    table = comparison_table(curves)
    return example(comparison_chart, table, tuple(curves), 30, domain, log=log)


def last_window_of(steps: int, *, with_truth: bool) -> Example:
    bits = np.arange(2 * steps).reshape(2, steps) % 2
    lanes = (bits, 1 - bits, np.linspace(0, 1, 2 * steps).reshape(2, steps), 0 * bits + 0.5)
    window = LastWindow(*(lane.astype(np.float32) for lane in lanes))
    table = last_window_table(window, with_truth=with_truth)
    return example(last_window_chart, table, 2, steps, with_truth=with_truth)


def states_of(settings: Settings, layer: int = 1, symbol: str = "h") -> Example:
    shown = excerpt_of(settings, weights_of(settings))
    table = states_table(shown, layer, symbol)
    arguments = (shown.n_steps, settings.units, data_lanes(shown), 1.0, symbol)
    return example(states_chart, table, *arguments)


def gates_of(settings: Settings) -> Example:
    means = gate_means(settings, weights_of(settings))
    return example(gate_means_chart, gate_means_table(means), tuple(means))


def probabilities_of(settings: Settings) -> Example:
    known = predicted_probabilities(settings, weights_of(settings))
    return example(probabilities_chart, probabilities_table(known), len(known.contexts))


def memory_of(settings: Settings, chart: Callable[..., Any], **options: Any) -> Example:
    table = memory_table(*(memory(settings, weights_of(settings, seed)) for seed in (0, 1)))
    causes = causes_of(settings)
    return example(chart, table, n_lags(settings), settings.window, causes, **options)


def matrix_of(settings: Settings, name: str) -> Example:
    values = weight_matrix(settings.network, name, weights_of(settings), weights_of(settings, 1))
    return example(matrix_chart, matrix_table(values), *values.after.shape, 2.0, "U")


def series_of(predict: Callable[..., Any], **options: Any) -> Example:
    values = predict(SINE, weights_of(SINE), points=50)
    return example(series_chart, series_table(values), 50, value_domain(values.real), **options)


def decay_of(when: str, of: str) -> Example:
    decays = {
        "simple_rnn": GradientByLag((0.5, 0.5, 0.01), (0.0, 2.0, 1.0)),
        "lstm": GradientByLag((0.3, 0.1, 0.1), (0.1, 0.1, 0.2)),
    }
    return example(gradient_decay_chart, gradient_decay_table(decays), 3, 2, when, of)


def cut_of(cut: WindowLayout) -> Example:
    return example(rows_chart, rows_table(cut, 7), cut.length, len(rows_drawn(cut)))


def magnified_of(row: int, window: int) -> Example:
    shown = window_detail(SMALL, row, window)
    return example(magnified_chart, magnified_table(shown), len(shown.steps), locations_of(shown))


def strip_of(n_steps: int) -> Example:
    table = strip_table(series_steps(SMALL, 60, n_steps), selected=70)
    return example(strip_chart, table, -(-n_steps // A_LINE), (1, 2), (FORCED, PUSHED, FREE))


def game_of(*, over: bool) -> Example:
    inputs = np.array([0, 1] * 6, np.uint8)
    played = GameExcerpt(
        inputs, (1 - inputs)[: 12 if over else 11], (1, 0, 0), np.linspace(0, 1, 12)
    )
    return example(game_chart, game_table(played, over=over), 12, over=over)


def stairs_of(losses: dict[str, float], floor: str | None, *, log: bool) -> Example:
    domain = losses_domain(losses, log=log)
    table = losses_table(losses, floor, domain, log=log)
    return example(losses_chart, table, tuple(losses), "Loss", domain, log=log)


def counted_of() -> Example:
    counted = PatternCounts(
        (3, 0), (PatternCount((0, 0), 100, 50, 0.5, 0.5), PatternCount((0, 1), 0, 0, math.nan, 0.0))
    )
    arguments = patterns_of(counted), pattern_title(counted)
    return example(counted_chart, counted_table(counted), *arguments)


def forced_of() -> Example:
    series = Bits(np.array([0, 0, 1, 1], np.uint8), np.array([1, 0, 1, 0], np.uint8))
    table = forced_targets_table(series, np.array([False, False, True, False]), 1, 3)
    return example(forced_targets_chart, table)


def split_of() -> Example:
    split = series_split(Settings(rule="sine", window=10, rows=32), 300)
    return example(split_chart, split_table(split, 42), split.n_train, split.n_test)


def sample_of(window: int) -> Example:
    settings = Settings(rule="sine", window=window, rows=32)
    return example(sample_chart, sample_table(sample_context(settings, 100, margin=3)), window)


def grid_of(n_steps: int, n_features: int) -> Example:
    values = np.arange(n_steps * n_features, dtype=np.float32).reshape(n_steps, n_features)
    return example(grid_chart, grid_table(values, 10.0), n_steps, n_features)


def learning_of(measure: str, *, recorded: bool) -> Example:
    history = [
        ReviewProgress(
            step=step,
            steps=200,
            seconds=0.1,
            epochs=2,
            training=Metrics(1 / (1 + step), 0.8),
            validation=Metrics(0.3 + step / 1000, 0.9) if step % 100 == 0 else None,
        )
        for step in range(1, 201)
    ]
    article = Curves((0.6, 0.4, 0.3), (0.7, 0.8, 0.9), (0.5, 0.4, 0.45), (0.75, 0.82, 0.8))
    table = learning_table(history, 2, article if recorded else None)
    return example(learning_chart, table, measure, 2, recorded=recorded)


def running_of() -> Example:
    models = {"all": made_model(), "the end": made_model(most_words=2)}
    readings = {title: read(model, "a b c d e f") for title, model in models.items()}
    return example(running_verdict_chart, running_verdict_table(readings), tuple(readings), 6)


def left_out_of() -> Example:
    words = (LeftOut(2, "dull", 0.75), LeftOut(9, "wonderful" * 9, 0.25), LeftOut(0, "a", 0.5))
    table = left_out_table(Importance(0.5, words, 10))
    return example(left_out_chart, table, len(table), left_out_limit(table))


def forgetting_of() -> Example:
    differences = {name: np.array([0.9, 0.5 / n]) for n, name in enumerate(FIVE, start=1)}
    return example(forgetting_chart, forgetting_table((0, 50), differences), FIVE, 50)


def next_words_of(sources: Sequence[str], longest: float) -> Example:
    given = {name: longest * np.array([0.1, 0.2, 0.7]) for name in sources}
    table = next_words_table(("b", "a"), (2, 1), given)
    return example(next_words_chart, table, ("b", "a"), tuple(sources), longest)


def word_costs_of() -> Example:
    given = {name: np.array([0.5, 0.0]) for name in ("network", "true", "trigram", "bigram")}
    table = word_costs_table(("x", 'y"'), given)
    return example(word_costs_chart, table, ("x", 'y"'), tuple(given))


def word_map_of() -> Example:
    places = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
    table = word_map_table(["a", "b", "c"], [2, 5, 7], [9, 9, 9], places, 5, [7])
    return example(word_map_chart, table, (0.5, 0.25))


def word_states_of() -> Example:
    table = word_states_table(["a", "b", "a"], np.arange(6).reshape(3, 2) / 10, 1)
    return example(word_states_chart, table, ("a", "b", "a"), 2)


def perplexity_of() -> Example:
    losses = {"loss": math.log(8), "validation_loss": math.log(4), "learning_rate": 0.01}
    progress = [
        LanguageProgress(step=10, steps=20 // k, seconds=1.0, epochs=1, **losses) for k in (1, 2)
    ]
    lines = (("bigram", 4.0), ("trigram", 2.0), ("best possible", 1.95))
    return example(perplexity_curve, perplexity_table(progress), lines, 2.0)


def layers_of() -> Example:
    model = SequentialModel(
        cell="lstm", layers=3, bidirectional=True, dense=True, return_sequences=True
    )
    return example(layers_chart, layers_table(model), len(model.summary))


SCORE = ConfusionMatrix(((30, 10), (5, 55)))
CALIBRATION = Calibration((Bin(0.1, 0.2, 0.15, 20, 0), Bin(0.5, 0.6, 0.55, 263, 81)), 0.2, 0.05)
STATES = np.sin(np.arange(200.0)).reshape(10, 20)
LOSSES = {"knows nothing": 0.6931, "one lag": 0.5623, "best possible": 0.0}
ERRORS = {"always the mean": 0.5, "recurrence": 1.7e-14}

EXAMPLES: dict[str, Callable[[], Example]] = {
    "loss of bits": lambda: loss_of(Settings(rule="lags", window=20)),
    "loss of an echo, logarithmic": lambda: loss_of(Settings.of({"rule": "echo"}), 30, log=True),
    "loss of numbers": lambda: loss_of(Settings(rule="sine", window=10), 1, log=True),
    "runs": lambda: comparison_of(log=False),
    "runs, logarithmic": lambda: comparison_of(log=True),
    "last window": lambda: last_window_of(15, with_truth=True),
    "last window, wide": lambda: last_window_of(100, with_truth=False),
    "states of bits": lambda: states_of(PAIR),
    "states of a sample": lambda: states_of(TOY),
    "gate f of layer 2": lambda: states_of(LSTM, 2, "f"),
    "mean gates": lambda: gates_of(LSTM),
    "probabilities": lambda: probabilities_of(PAIR),
    "probabilities of many contexts": lambda: probabilities_of(Settings.of({"rule": "lags"})),
    "memory": lambda: memory_of(PAIR, memory_chart),
    "memory, linear": lambda: memory_of(PAIR, memory_chart, log=False),
    "memory of a sample": lambda: memory_of(TOY, memory_chart),
    "flips": lambda: memory_of(LSTM, flips_chart),
    "matrix": lambda: matrix_of(TOY, "rnn1_recurrent_kernel"),
    "wide matrix": lambda: matrix_of(LSTM, "rnn2_kernel"),
    "one step ahead": lambda: series_of(one_step_ahead),
    "alone": lambda: series_of(forecast, alone=True),
    "gradient decay": lambda: decay_of(WHEN[0], SIZE),
    "gradient decay, shares": lambda: decay_of(WHEN[1], SHARE),
    "rows of the cut": lambda: cut_of(ARTICLE),
    "a window magnified": lambda: magnified_of(1, 1),
    "a wide window magnified": lambda: magnified_of(1, 0),
    "strip": lambda: strip_of(40),
    "game": lambda: game_of(over=False),
    "game over": lambda: game_of(over=True),
    "staircase": lambda: stairs_of(LOSSES, "best possible", log=False),
    "staircase, logarithmic": lambda: stairs_of(ERRORS, None, log=True),
    "counted": counted_of,
    "forced targets": forced_of,
    "split": split_of,
    "sample": lambda: sample_of(10),
    "long sample": lambda: sample_of(50),
    "overlap": lambda: example(overlap_chart, overlap_table(4, 10), 4, 10),
    "overlap of long samples": lambda: example(overlap_chart, overlap_table(4, 50), 4, 50),
    "grid": lambda: grid_of(3, 2),
    "long grid": lambda: grid_of(20, 1),
    "learning": lambda: learning_of("accuracy", recorded=True),
    "learning, loss": lambda: learning_of("loss", recorded=False),
    "running verdict": running_of,
    "left out": left_out_of,
    "forgetting": forgetting_of,
    "next words": lambda: next_words_of(("network", "true", "trigram", "bigram"), 1.0),
    "next words, few": lambda: next_words_of(("trigram",), 0.2),
    "word costs": word_costs_of,
    "one-hot": lambda: example(one_hot_chart, one_hot_table(10, 3), 10, "bus", 3),
    "one-hot at the end": lambda: example(one_hot_chart, one_hot_table(10, 9), 10, "bus", 9),
    "embedding": lambda: example(
        embedding_chart, embedding_table(np.array([0.5, -1.0])), 2, 1.5, "two"
    ),
    "states after words": word_states_of,
    "word map": word_map_of,
    "perplexity": perplexity_of,
    "layers": layers_of,
    "confusion": lambda: example(confusion_chart, confusion_table(SCORE)),
    "reliability": lambda: example(reliability_chart, reliability_table(CALIBRATION)),
    "state map": lambda: example(state_map_chart, state_map_table(STATES, 3), 10, 3),
    "state map of many": lambda: example(state_map_chart, state_map_table(STATES, 20), 10, 20),
    "fading": lambda: example(distances_chart, distances_table(np.logspace(0, -10, 20)), 20, 0.01),
}
"""By name; each is made only where it is asked for."""
