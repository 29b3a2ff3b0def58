"""An example of every chart: its arguments, as a page gives them, and its table."""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from rnnlab.board import Answer, Question, Tally
from rnnlab.cells.cell import Weights
from rnnlab.charts import (
    ablation,
    bit_predictions,
    bit_series,
    capacity,
    class_board,
    gradient,
    hand_check,
    lengths,
    letters,
    longer,
    machine_inside,
    machine_picture,
    many_texts,
    marked,
    memory,
    next_words,
    padding,
    predictions,
    review_training,
    rule_data,
    run_comparison,
    samples,
    states,
    step_losses,
    unequal,
    verdicts,
    weights,
    windows,
    word_vectors,
)
from rnnlab.exploration.game import GameExcerpt
from rnnlab.exploration.letters import letters_shown
from rnnlab.exploration.pattern_counts import PatternCount, PatternCounts
from rnnlab.exploration.samples import sample_context, series_split
from rnnlab.exploration.series import FORCED, FREE, PUSHED, series_steps
from rnnlab.exploration.window_layout import WindowLayout, window_detail
from rnnlab.handcheck.sequential import SequentialModel
from rnnlab.insight import ablation as ablation_in
from rnnlab.insight import capacity as capacity_in
from rnnlab.insight import gradient as gradient_in
from rnnlab.insight.answered import answered
from rnnlab.insight.fresh_data import causes_of
from rnnlab.insight.letters import letter_answers
from rnnlab.insight.longer import by_step
from rnnlab.insight.machine_inside import machine_inside as inside_of
from rnnlab.insight.memory import memory as memory_in
from rnnlab.insight.memory import n_lags
from rnnlab.insight.predictions import forecast, one_step_ahead
from rnnlab.insight.probabilities import predicted_probabilities
from rnnlab.insight.states import excerpt_of, gate_means
from rnnlab.insight.weights import weight_matrix
from rnnlab.kinds.measured import WHEN, GradientByLag
from rnnlab.language.settings import LanguageProgress
from rnnlab.lengths.settings import LengthProgress, LengthSettings
from rnnlab.lessons import LESSONS
from rnnlab.progress import LastWindow
from rnnlab.rules import RULES
from rnnlab.rules import Sequence as Bits
from rnnlab.sentiment.evaluation import Bin, Calibration, ConfusionMatrix
from rnnlab.sentiment.padded_reading import PaddedReading, read_padded
from rnnlab.sentiment.reading import Importance, LeftOut, read
from rnnlab.sentiment.review_training import Curves, Metrics, ReviewProgress
from rnnlab.settings import Settings
from tests.charts.runs import kept_run
from tests.insight.networks import machine_network
from tests.sentiment.made import made_model

PAIR = Settings.of({"rule": "pair", "units": 3})
TOY = Settings.of({"rule": "toy", "units": 4})
SINE = Settings.of({"rule": "sine", "window": 10, "units": 3})
ADDING = Settings.of({"rule": "adding", "window": 50})
REBER = Settings.of({"rule": "embedded-reber", "rows": 4, "length": 500})
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


def comparison_of(*, log: bool, along: str = "Updates") -> Example:
    runs = [
        kept_run(PAIR, 0.7, 0.5, 0.1 * number, number=number, given=name)
        for number, name in enumerate(FIVE, start=1)
    ]
    domain = run_comparison.loss_domain(runs, log=log)
    table = run_comparison.comparison_table(runs)
    axis, labels = run_comparison.ALONG[along], tuple(run.label for run in runs)
    return example(
        run_comparison.comparison_chart, table, labels, axis, PAIR.updates, domain, log=log
    )


def class_of(settings: Settings, losses: Sequence[float], chart: str) -> Example:
    answers = [Answer.of(settings, loss, "A part", 1.3 * loss) for loss in losses]
    question = answers[0].question
    tally = Tally.of(question, answers, guesses=True, results=True)
    if chart == "options":
        return options_of(tally)
    table = class_board.losses_table(tally)
    return example(class_board.losses_chart, table, tally.n, question.task)


def options_of(tally: Tally) -> Example:
    table = class_board.options_table(tally)
    options = tally.question.options
    of_run = tally.question.task is not None
    return example(class_board.options_chart, table, tally.n, options, tally.right, of_run=of_run)


def class_in_a_lesson() -> Example:
    step = LESSONS["next-word"].steps[3]
    question = Question(step.question, step.options, step.right, lesson="next-word", step=4)
    answers = [Answer(question, guess=step.options[number % 3]) for number in range(7)]
    return options_of(Tally.of(question, answers, guesses=True, results=True))


def state_of(state: int) -> Example:
    settings = Settings.of({"rule": "running-parity", "activation": "relu", "units": 5})
    machine = settings.data.machine()
    inside = inside_of(settings, machine_network(settings, machine))
    table = machine_inside.units_table(inside, state)
    return example(machine_inside.units_chart, table, settings.units, 1.0)


def machine_of(rule: str) -> Example:
    table = machine_picture.machine_table(RULES[rule].machine())
    return example(machine_picture.machine_chart, table)


def last_window_of(steps: int, *, with_truth: bool) -> Example:
    bits = np.arange(2 * steps).reshape(2, steps) % 2
    lanes = (bits, 1 - bits, np.linspace(0, 1, 2 * steps).reshape(2, steps), 0 * bits + 0.5)
    window = LastWindow(*(lane.astype(np.float32) for lane in lanes))
    table = bit_predictions.last_window_table(window, with_truth=with_truth)
    return example(bit_predictions.last_window_chart, table, 2, steps, with_truth=with_truth)


def states_of(settings: Settings, layer: int = 1, symbol: str = "h") -> Example:
    shown = excerpt_of(settings, weights_of(settings))
    table = states.states_table(shown, layer, symbol)
    arguments = (shown.n_steps, settings.units, states.data_lanes(shown), 1.0, symbol)
    return example(states.states_chart, table, *arguments)


def gates_of(settings: Settings) -> Example:
    means = gate_means(settings, weights_of(settings))
    return example(states.gate_means_chart, states.gate_means_table(means), tuple(means))


def probabilities_of(settings: Settings) -> Example:
    known = predicted_probabilities(settings, weights_of(settings))
    return example(
        predictions.probabilities_chart, predictions.probabilities_table(known), len(known.contexts)
    )


def memory_of(settings: Settings, chart: Callable[..., Any], **options: Any) -> Example:
    first, now = (memory_in(settings, weights_of(settings, seed)) for seed in (0, 1))
    arguments = n_lags(settings), settings.window, causes_of(settings)
    return example(chart, memory.memory_table(first, now), *arguments, **options)


def changes_of(found: ablation_in.Ablation | ablation_in.TurnedInputs) -> Example:
    domain, of_units = ablation.changes_domain(found), isinstance(found, ablation_in.Ablation)
    arguments = len(found.changes), domain, "nats"
    table = ablation.changes_table(found)
    return example(ablation.changes_chart, table, *arguments, of_units=of_units)


def longer_of(settings: Settings, measure: str) -> Example:
    found = by_step(settings, weights_of(settings))
    high = longer.highest_loss(found) if measure == longer.LOSS else 1.0
    table, arguments = longer.by_step_table(found), (found.length, found.window, measure, high)
    return example(longer.by_step_chart, table, *arguments)


def gradient_of(settings: Settings, gain: float | None) -> Example:
    backs = [gradient_in.gradient_back(settings, weights_of(settings, seed)) for seed in (0, 1)]
    arguments = len(backs[0].left), gradient.highest(*backs), gain
    return example(gradient.gradient_back_chart, gradient.gradient_back_table(*backs), *arguments)


def lengths_of(settings: Settings, clip: float) -> Example:
    path = {step: weights_of(settings, step) for step in (0, 10, 100)}
    lengths = gradient_in.gradient_lengths(settings, path)
    arguments = gradient.length_domain(lengths, clip), settings.updates, "nats", clip
    table = gradient.gradient_length_table(lengths)
    return example(gradient.gradient_length_chart, table, *arguments)


def capacity_of(settings: Settings) -> Example:
    first, now = (capacity_in.capacity(settings, weights_of(settings, seed)) for seed in (0, 1))
    features = float(settings.shape[1])
    arguments = capacity_in.n_lags(settings), features, settings.window, causes_of(settings)
    return example(capacity.capacity_chart, capacity.capacity_table(first, now), *arguments)


def matrix_of(settings: Settings, name: str) -> Example:
    values = weight_matrix(settings.network, name, weights_of(settings), weights_of(settings, 1))
    return example(
        weights.matrix_chart, weights.matrix_table(values), *values.after.shape, 2.0, "U"
    )


def series_of(predict: Callable[..., Any], **options: Any) -> Example:
    values = predict(SINE, weights_of(SINE), points=50)
    return example(
        predictions.series_chart,
        predictions.series_table(values),
        50,
        predictions.value_domain(values.real),
        **options,
    )


def decay_of(when: str, measure: str) -> Example:
    table = memory.gradient_decay_table(DECAYS)
    return example(memory.gradient_decay_chart, table, 3, 2, when, measure)


def cut_of(cut: WindowLayout) -> Example:
    return example(
        windows.rows_chart, windows.rows_table(cut, 7), cut.length, len(windows.rows_drawn(cut))
    )


def magnified_of(row: int, window: int) -> Example:
    shown = window_detail(SMALL, row, window)
    return example(
        windows.magnified_chart,
        windows.magnified_table(shown),
        len(shown.steps),
        windows.locations_of(shown),
    )


def strip_of(n_steps: int) -> Example:
    table = bit_series.strip_table(series_steps(SMALL, 60, n_steps), selected=70)
    return example(
        bit_series.strip_chart,
        table,
        -(-n_steps // bit_series.A_LINE),
        (1, 2),
        (FORCED, PUSHED, FREE),
    )


def game_of(*, over: bool) -> Example:
    inputs = np.array([0, 1] * 6, np.uint8)
    played = GameExcerpt(
        inputs, (1 - inputs)[: 12 if over else 11], (1, 0, 0), np.linspace(0, 1, 12)
    )
    return example(
        bit_predictions.game_chart, bit_predictions.game_table(played, over=over), 12, over=over
    )


def losses_of(losses: dict[str, float], floor: str | None, *, log: bool) -> Example:
    domain = rule_data.losses_domain(losses, log=log)
    table = rule_data.losses_table(losses, floor, domain, log=log)
    return example(
        rule_data.losses_chart, table, tuple(losses), "Loss (nats a prediction)", domain, log=log
    )


def counted_of() -> Example:
    arguments = rule_data.patterns_of(COUNTS), rule_data.pattern_title(COUNTS)
    return example(rule_data.counted_chart, rule_data.counted_table(COUNTS), *arguments)


def forced_of() -> Example:
    series = Bits(np.array([0, 0, 1, 1], np.uint8), np.array([1, 0, 1, 0], np.uint8))
    table = bit_series.forced_targets_table(series, np.array([False, False, True, False]), 1, 3)
    return example(bit_series.forced_targets_chart, table)


def split_of() -> Example:
    split = series_split(Settings(rule="sine", window=10, rows=32), 300)
    return example(samples.split_chart, samples.split_table(split, 42), split.n_train, split.n_test)


def sample_of(window: int) -> Example:
    settings = Settings(rule="sine", window=window, rows=32)
    return example(
        samples.sample_chart, samples.sample_table(sample_context(settings, 100, margin=3)), window
    )


def answered_of() -> Example:
    many = answered(ADDING, weights_of(ADDING))
    domain = predictions.value_domain(many.targets)
    return example(predictions.answered_chart, predictions.answered_table(many), domain)


def grid_of(n_steps: int, n_features: int) -> Example:
    values = np.arange(n_steps * n_features, dtype=np.float32).reshape(n_steps, n_features)
    return example(samples.grid_chart, samples.grid_table(values, 10.0), n_steps, n_features)


def review_history(until: int) -> list[ReviewProgress]:
    """Two epochs of 100 updates; validation is worse after the second."""
    return [
        ReviewProgress(
            step=step,
            steps=200,
            seconds=0.1,
            epochs=2,
            training=Metrics(1 / (1 + step), 0.8),
            validation=Metrics(0.3 + step / 1000, 0.9) if step % 100 == 0 else None,
        )
        for step in range(1, until + 1)
    ]


def learning_of(metric: str, *, beside: str) -> Example:
    other = (beside, REVIEWS) if beside else None
    table = review_training.learning_table(review_history(200), 2, other)
    return example(review_training.learning_chart, table, metric, 2, beside=beside)


def running_of() -> Example:
    models = {"all": made_model(), "the end": made_model(most_words=2)}
    readings = {title: read(model, "a b c d e f") for title, model in models.items()}
    return example(
        verdicts.running_verdict_chart, verdicts.running_verdict_table(readings), tuple(readings), 6
    )


def left_out_of() -> Example:
    words = (LeftOut(2, "dull", 0.75), LeftOut(9, "wonderful" * 9, 0.25), LeftOut(0, "a", 0.5))
    table = verdicts.left_out_table(Importance(0.5, words, 10))
    return example(verdicts.left_out_chart, table, len(table), verdicts.left_out_limit(table))


def forgetting_of() -> Example:
    models = (*FIVE, "one's own")
    differences = {name: np.array([0.9, 0.5 / n]) for n, name in enumerate(models, start=1)}
    return example(
        verdicts.forgetting_chart, verdicts.forgetting_table((0, 50), differences), models, 50
    )


def next_words_of(sources: Sequence[str], longest: float) -> Example:
    given = {name: longest * np.array([0.1, 0.2, 0.7]) for name in sources}
    table = next_words.next_words_table(("b", "a"), (2, 1), given)
    return example(next_words.next_words_chart, table, ("b", "a"), tuple(sources), longest)


def word_costs_of() -> Example:
    given = {name: np.array([0.5, 0.0]) for name in ("network", "true chance", "trigram", "bigram")}
    table = next_words.word_costs_table(("x", 'y"'), given)
    return example(next_words.word_costs_chart, table, ("x", 'y"'), tuple(given))


def padded_readings() -> tuple[PaddedReading, ...]:
    return read_padded(made_model(cell="lstm"), "I loved it", 3)


def padded_states_of() -> Example:
    reading, lanes = padded_readings()[2], {"unit 1": 0, "unit 3": 2}
    table = padding.padded_states_table(reading, lanes)
    return example(padding.padded_states_chart, table, reading.words, tuple(lanes))


def unequal_lengths_of() -> Example:
    reports = [
        LengthProgress(
            step=step, steps=9, seconds=1.0, losses=(1.0,) * 4, accuracies=(0.25, 0.5, 0.75, 1.0)
        )
        for step in (3, 9)
    ]
    lines = lengths.best_lines(LengthSettings().best_possible)
    return example(lengths.lengths_chart, lengths.lengths_table(reports), 9, lines)


def word_gradients_of() -> Example:
    readings = padded_readings()
    table = padding.word_gradients_table(readings)
    highest = 2 * float(table["gradient"].max())
    words = padding.words_of(readings[0])
    return example(padding.word_gradients_chart, table, words, highest)


def word_map_of() -> Example:
    places = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
    table = word_vectors.word_map_table(["a", "b", "c"], [2, 5, 7], [9, 9, 9], places, 5, [7])
    return example(word_vectors.word_map_chart, table, (0.5, 0.25))


def word_states_of() -> Example:
    table = word_vectors.word_states_table(["a", "b", "a"], np.arange(6).reshape(3, 2) / 10, 1)
    return example(word_vectors.word_states_chart, table, ("a", "b", "a"), 2)


def perplexity_of(*, earlier: bool = False) -> Example:
    losses = {"loss": math.log(8), "validation_loss": math.log(4), "learning_rate": 0.01}
    progress = [
        LanguageProgress(step=10, steps=20 // k, seconds=1.0, epochs=1, **losses) for k in (1, 2)
    ]
    lines = (("bigram", 4.0), ("trigram", 2.0), ("best possible", 1.95))
    table = next_words.perplexity_table(progress, progress if earlier else ())
    return example(next_words.perplexity_curve, table, lines, 2.0, earlier=earlier)


def layers_of() -> Example:
    model = SequentialModel(
        cell="lstm", layers=3, bidirectional=True, dense=True, return_sequences=True
    )
    return example(hand_check.layers_chart, hand_check.layers_table(model), len(model.summary))


REVIEWS = Curves((0.6, 0.4, 0.3), (0.7, 0.8, 0.9), (0.5, 0.4, 0.45), (0.75, 0.82, 0.8))
DECAYS = {
    "simple_rnn": GradientByLag((0.5, 0.5, 0.01), (0.0, 2.0, 1.0)),
    "lstm": GradientByLag((0.3, 0.1, 0.1), (0.1, 0.1, 0.2)),
}
COUNTS = PatternCounts(
    (3, 0), (PatternCount((0, 0), 100, 50, 0.5, 0.5), PatternCount((0, 1), 0, 0, math.nan, 0.0))
)
CONFUSION = ConfusionMatrix(((30, 10), (5, 55)))
CALIBRATION = Calibration((Bin(0.1, 0.2, 0.15, 20, 0), Bin(0.5, 0.6, 0.55, 263, 81)), 0.2, 0.05)
STATES = np.sin(np.arange(200.0)).reshape(10, 20)
LOSSES = {"knows nothing": 0.6931, "one lag": 0.5623, "best possible": 0.0}
ERRORS = {"always the mean": 0.5, "recurrence": 1.7e-14}

EXAMPLES: dict[str, Callable[[], Example]] = {
    "runs": lambda: comparison_of(log=False),
    "runs, logarithmic": lambda: comparison_of(log=True),
    "runs by epoch": lambda: comparison_of(log=False, along="Epochs"),
    "options of a class": lambda: class_of(PAIR, (0.35, 0.36, 0.4, 0.69, 5.0), "options"),
    "options of a class in a lesson": class_in_a_lesson,
    "losses of a class": lambda: class_of(PAIR, (0.35, 0.36, 0.4, 0.69, 5.0), "losses"),
    "squared errors of a class": lambda: class_of(TOY, (1e-9, 0.01, 0.02, 3.0, 5e4), "losses"),
    "steps of a window": lambda: example(
        step_losses.step_losses_chart,
        step_losses.step_losses_table(np.array([0.6, 0.3, 0.2]), 0.1),
        3,
        math.log(2),
    ),
    "state of a machine": lambda: state_of(1),
    "machine": lambda: machine_of("tomita"),
    "machine of many states": lambda: machine_of("counting"),
    "last window": lambda: last_window_of(15, with_truth=True),
    "last window, wide": lambda: last_window_of(100, with_truth=False),
    "states of bits": lambda: states_of(PAIR),
    "states of a sample": lambda: states_of(TOY),
    "gate f of layer 2": lambda: states_of(LSTM, 2, "f"),
    "mean gates": lambda: gates_of(LSTM),
    "probabilities": lambda: probabilities_of(PAIR),
    "probabilities of many contexts": lambda: probabilities_of(Settings.of({"rule": "lags"})),
    "memory": lambda: memory_of(PAIR, memory.memory_chart),
    "memory, linear": lambda: memory_of(PAIR, memory.memory_chart, log=False),
    "memory of a sample": lambda: memory_of(TOY, memory.memory_chart),
    "flips": lambda: memory_of(LSTM, memory.flips_chart),
    "gradient by steps back": lambda: gradient_of(PAIR, 0.9),
    "gradient of a sample": lambda: gradient_of(TOY, None),
    "gradient by updates": lambda: lengths_of(PAIR, 0.0),
    "gradient, clipped": lambda: lengths_of(PAIR, 0.3),
    "longer strings": lambda: longer_of(PAIR, longer.LOSS),
    "longer strings, right": lambda: longer_of(PAIR, longer.RIGHT),
    "units off": lambda: changes_of(ablation_in.ablation(PAIR, weights_of(PAIR))),
    "inputs turned": lambda: changes_of(ablation_in.turned_inputs(PAIR, weights_of(PAIR))),
    "capacity": lambda: capacity_of(PAIR),
    "capacity of two features": lambda: capacity_of(TOY),
    "matrix": lambda: matrix_of(TOY, "rnn1_recurrent_kernel"),
    "wide matrix": lambda: matrix_of(LSTM, "rnn2_kernel"),
    "one step ahead": lambda: series_of(one_step_ahead),
    "alone": lambda: series_of(forecast, alone=True),
    "gradient decay": lambda: decay_of(WHEN[0], memory.SIZE),
    "gradient decay, shares": lambda: decay_of(WHEN[1], memory.SHARE),
    "rows of the cut": lambda: cut_of(ARTICLE),
    "a window magnified": lambda: magnified_of(1, 1),
    "a wide window magnified": lambda: magnified_of(1, 0),
    "strip": lambda: strip_of(40),
    "game": lambda: game_of(over=False),
    "game over": lambda: game_of(over=True),
    "losses": lambda: losses_of(LOSSES, "best possible", log=False),
    "losses, logarithmic": lambda: losses_of(ERRORS, None, log=True),
    "counted": counted_of,
    "forced targets": forced_of,
    "answered": answered_of,
    "split": split_of,
    "sample": lambda: sample_of(10),
    "long sample": lambda: sample_of(50),
    "overlap": lambda: example(samples.overlap_chart, samples.overlap_table(4, 10), 4, 10),
    "overlap of long samples": lambda: example(
        samples.overlap_chart, samples.overlap_table(4, 50), 4, 50
    ),
    "grid": lambda: grid_of(3, 2),
    "long grid": lambda: grid_of(20, 1),
    "letters": lambda: example(
        letters.letters_chart, letters.letters_table(letters_shown(REBER, 5, 50, 17), 17), 3
    ),
    "letter answers": lambda: example(
        letters.answers_chart,
        letters.answers_table(letter_answers(REBER, REBER.first_weights())),
        24,
        tuple("BTPSXVE"),
    ),
    "marked": lambda: example(
        marked.marked_chart, marked.marked_table(ADDING.sample_rule.samples(50).inputs[0])
    ),
    "learning": lambda: learning_of("accuracy", beside=review_training.RECORDED),
    "learning, loss": lambda: learning_of("loss", beside=""),
    "learning, the run before": lambda: learning_of("loss", beside=review_training.EARLIER),
    "running verdict": running_of,
    "left out": left_out_of,
    "forgetting": forgetting_of,
    "next words": lambda: next_words_of(("network", "true chance", "trigram", "bigram"), 1.0),
    "next words, few": lambda: next_words_of(("trigram",), 0.2),
    "word costs": word_costs_of,
    "padded states": padded_states_of,
    "padded verdicts": lambda: example(
        padding.padded_verdicts_chart, padding.padded_verdicts_table(padded_readings()), 7
    ),
    "word gradients": word_gradients_of,
    "unequal lengths": unequal_lengths_of,
    "unequal rows": lambda: example(
        unequal.unequal_chart,
        unequal.unequal_table(
            [("a", [("1", unequal.READ), ("0", unequal.MASKED)]), ("b", [("1", unequal.KEPT)])]
        ),
        ("a", "b"),
        2,
    ),
    "one-hot": lambda: example(
        word_vectors.one_hot_chart, word_vectors.one_hot_table(10, 3), 10, "bus", 3
    ),
    "one-hot at the end": lambda: example(
        word_vectors.one_hot_chart, word_vectors.one_hot_table(10, 9), 10, "bus", 9
    ),
    "embedding": lambda: example(
        word_vectors.embedding_chart,
        word_vectors.embedding_table(np.array([0.5, -1.0])),
        2,
        1.5,
        "two",
    ),
    "states after words": word_states_of,
    "word map": word_map_of,
    "perplexity": perplexity_of,
    "perplexity, the run before": lambda: perplexity_of(earlier=True),
    "layers": layers_of,
    "confusion": lambda: example(many_texts.confusion_chart, many_texts.confusion_table(CONFUSION)),
    "reliability": lambda: example(
        many_texts.reliability_chart, many_texts.reliability_table(CALIBRATION)
    ),
    "state map": lambda: example(
        hand_check.state_map_chart, hand_check.state_map_table(STATES, 3), 10, 3
    ),
    "state map of many": lambda: example(
        hand_check.state_map_chart, hand_check.state_map_table(STATES, 20), 10, 20
    ),
    "fading": lambda: example(
        hand_check.distances_chart, hand_check.distances_table(np.logspace(0, -10, 20)), 20, 0.01
    ),
}
"""By name; each is made only where it is asked for."""
