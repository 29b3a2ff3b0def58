"""A run as a script to take away: NumPy and Keras alone, as one would write it by hand."""

from __future__ import annotations

import textwrap

from rnnlab.optimizers import OPTIMIZERS
from rnnlab.rules import SampleRule, StreamRule, SymbolRule
from rnnlab.settings import Settings

WIDTH = 96


def keras_script(settings: Settings) -> str:
    """A Python script that trains the run's network and prints the loss of every epoch.

    It needs NumPy and Keras, and draws its own random numbers: the curve is like the run's, but
    not the same to the last digit.
    """
    data = settings.data
    if isinstance(data, StreamRule):
        sections = [_series(settings, data), _model(settings), _train_on_series(settings, data)]
    elif isinstance(data, SampleRule):
        sections = [_samples(settings, data), _model(settings), _train_on_samples(settings, data)]
    else:
        raise TypeError(f"No script is known for a {type(data).__name__}.")
    return "\n\n".join([_head(settings), *sections]) + "\n"


def _head(settings: Settings) -> str:
    data = settings.data
    about = f"{data.description} A Keras network learns it, with the settings of a run in RNN Lab."
    several = ""
    if settings.networks > 1:
        last = settings.seed + settings.networks - 1
        several = _comment(
            f"The run trained {settings.networks} networks, with the seeds {settings.seed} to "
            f"{last}; this is the first."
        )
    return f'''"""{data.title}.

{textwrap.fill(about, WIDTH)}
It needs two libraries: pip install numpy tensorflow
"""

import keras
import numpy as np

{several}keras.utils.set_random_seed({settings.seed})  # the first weights'''


def _series(settings: Settings, data: StreamRule) -> str:
    """The function that makes a series and cuts it."""
    code = textwrap.indent(data.numpy_code(), "    ")
    inputs = "cut(x)[..., np.newaxis].astype(np.float32)"
    if isinstance(data, SymbolRule):  # a letter as a 1 in its place
        inputs = f"np.eye({len(data.letters)}, dtype=np.float32)[cut(x)]"
    return f'''rng = np.random.default_rng({settings.seed})  # the data
rows, length, window, epochs = {settings.rows}, {settings.length}, \
{settings.window}, {settings.epochs}
n_bits, n_windows = rows * length, length // window


def cut(series):
    """Into rows, each going on where the one above ends; the rows into windows of time.

    A batch is the same window of all rows, and the next batch goes on where it ends.
    """
    windows = series.reshape(rows, length)[:, :n_windows * window]
    windows = windows.reshape(rows, n_windows, window).swapaxes(0, 1)
    return windows.reshape(n_windows * rows, window)


def make_data():
{code}
    return {inputs}, cut(y)
'''


def _samples(settings: Settings, data: SampleRule) -> str:
    """The lines that make all samples."""
    code = data.numpy_code()
    sizes = {"rows": settings.rows, "epochs": settings.epochs}
    if "window" in code:
        sizes["window"] = settings.window
    about = ""
    if settings.own is not None:
        # The name comes from a user: `!r` keeps line breaks, which would end the comment, out.
        about = _comment(
            f"series.txt holds the values of {settings.own.name!r}, one a line. Errors are in "
            "units of `scale`, their standard deviation."
        )
    values = ", ".join(map(str, sizes.values()))
    return f"{', '.join(sizes)} = {values}\n\n{about}{code}"


def _model(settings: Settings) -> str:
    network = settings.network
    shape = f"(window, {network.features})" if network.classes else "x.shape[1:]"
    if settings.carry_state:
        shape = f"batch_shape=(rows, window, {network.features})"
    lines = [f"model = keras.Sequential([keras.Input({shape})])"]
    for layer in range(1, network.layers + 1):
        if layer > 1 and network.dropout > 0:
            lines.append(f"model.add(keras.layers.Dropout({network.dropout:g}))")
        options = [str(network.units), f'activation="{network.activation}"']
        if layer < network.layers or not network.last_step:
            options.append("return_sequences=True")
        if settings.carry_state:
            options.append("stateful=True")
        if settings.gain != 1:
            lines.append(f"start = keras.initializers.Orthogonal(gain={settings.gain:g})")
            options.append("recurrent_initializer=start")
        if network.cell == "lstm" and not settings.unit_forget_bias:
            options.append("unit_forget_bias=False")
        recurrent = f"keras.layers.{network.cell_type.title}({', '.join(options)})"
        if network.bidirectional:
            lines.append(_wrapped(f"recurrent = {recurrent}"))
            recurrent = "keras.layers.Bidirectional(recurrent)"
        lines.append(_wrapped(f"model.add({recurrent})"))
    if network.classes:
        lines.append(f'model.add(keras.layers.Dense({network.outputs}, activation="softmax"))')
        loss = '"sparse_categorical_crossentropy", metrics=["accuracy"]'
    else:
        lines.append(f"model.add(keras.layers.Dense({network.outputs}))")
        loss = '"mean_squared_error"'
    optimizer = f"optimizer = keras.optimizers.{_optimizer(settings)}"
    return "\n".join([*lines, optimizer, f"model.compile(optimizer, {loss})"])


def _wrapped(call: str) -> str:
    """A call with many options, on several lines if it is long."""
    return textwrap.fill(call, WIDTH, subsequent_indent="    ", break_on_hyphens=False)


def _optimizer(settings: Settings) -> str:
    optimizer = OPTIMIZERS[settings.optimizer]
    options = [f"{settings.learning_rate:g}"]
    options += [f"{name}={value:g}" for name, value in optimizer.keras_options.items()]
    if settings.clip > 0:
        options.append(f"global_clipnorm={settings.clip:g}")
    return f"{optimizer.keras_class}({', '.join(options)})"


def _train_on_series(settings: Settings, data: StreamRule) -> str:
    make = "x, y = make_data()"
    once, every_epoch = (f"{make}\n", "") if not settings.fresh_data else ("", f"    {make}\n")
    reset, start = "", "each window starts from a state of zero"
    if settings.carry_state:
        start = "each window starts from the state in which the one before it ended"
        reset = """    for layer in model.layers:
        if isinstance(layer, keras.layers.RNN):
            layer.reset_states()  # an epoch begins with the rows: nothing came before
"""
    return f"""\
{_comment(f"Time must not be shuffled. Gradients are cut at the start of a window; {start}.")}\
{once}for epoch in range(1, epochs + 1):
{every_epoch}{reset}\
    history = model.fit(x, y, batch_size=rows, shuffle=False, verbose=0).history
    print(f"Epoch {{epoch}}: loss {{history['loss'][0]:.4f}} nats, "
          f"accuracy {{history['accuracy'][0]:.4f}}")

{_best(settings, data)}"""


def _best(settings: Settings, data: StreamRule) -> str:
    window = None if settings.carry_state else settings.window
    best = data.best_loss(window)
    past = f"at most the {window} steps of its window" if window else "the whole past"
    return _comment(
        f"The best possible loss, in the long run, is {best:.4f} nats: that of a predictor which "
        f"knows the rule and sees {past}."
    ).rstrip()


def _train_on_samples(settings: Settings, data: SampleRule) -> str:
    n_left = data.n_samples(settings.window) % settings.rows
    rest = (
        f" The last {n_left}, too few, are a batch too; the lab leaves them out." if n_left else ""
    )
    baselines = data.baselines(settings.window)
    others = "; ".join(f"{label}: {loss:.4g}" for label, loss in baselines.items())
    return f"""\
{_comment(f"An epoch takes all samples once, {settings.rows} at a time, in a new order.{rest}")}\
model.fit(x, y, batch_size=rows, epochs=epochs, verbose=2)
test_loss = model.evaluate(x_test, y_test, verbose=0)
print(f"Mean squared error on the test: {{test_loss:.4g}}, its root: {{test_loss ** 0.5:.4g}}")

{_comment(f"The same error for simpler ways to predict. {others}.").rstrip()}"""


def _comment(text: str) -> str:
    """The text as lines of comment, each with a line break."""
    return textwrap.fill(text, WIDTH, initial_indent="# ", subsequent_indent="# ") + "\n"
