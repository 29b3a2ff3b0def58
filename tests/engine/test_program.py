"""The compiled training loop: what goes from update to update, and what compiles anew."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from threading import Event

import numpy as np
import pytest

from rnnlab.engine import Architecture, Batches, Hyperparameters, Program, feed, program
from rnnlab.engine import architecture as architecture_module
from rnnlab.network import Network
from rnnlab.progress import spare_cores, waiting
from tests.engine.windows import (
    BOTH,
    FEW_WORDS,
    NUMBER,
    POOLED,
    ROWS,
    TIMESTEPS,
    begun,
    hyperparameters,
    of_network,
    some_batches,
    some_network,
    some_weights,
)

UPDATES = 30
SOME = Architecture(Network(units=3), "adagrad", ROWS, TIMESTEPS)
STACKED = Architecture(
    Network(cell="lstm", units=3, layers=2), "adam", ROWS, TIMESTEPS, with_dropout=True
)
BIG = Architecture(Network(units=64, layers=3), "adam", rows=500, timesteps=100)


def cut(batches: Batches, begin: int, end: int) -> Batches:
    return batches.part(begin, end)


@pytest.mark.parametrize(
    ("architecture", "networks"),
    [(SOME, 1), (STACKED, 2)],
    ids=["one network", "two with two layers and dropout"],
)
@pytest.mark.parametrize("size", [1, 7])
def test_many_updates_in_one_call_are_the_same_as_in_many_calls(architecture, networks, size):
    compiled = program(architecture)
    constant = hyperparameters(dropout=0.5, networks=networks)
    start = begun(compiled, networks=networks)
    batches = some_batches(architecture, UPDATES, networks=networks)
    batches.keep[[0, 9, 21]] = False
    once, whole = compiled.run(start, batches, constant)
    fed = feed(architecture, batches)

    often, losses = start, []
    for begin, end in pairwise([*range(0, UPDATES, size), UPDATES]):
        read, of_part = compiled.run_part(often, fed, begin, end, constant)
        often, chunk = compiled.run(often, cut(batches, begin, end), constant)
        np.testing.assert_array_equal(of_part.losses, chunk.losses)
        np.testing.assert_array_equal(of_part.predicted, chunk.predicted)
        np.testing.assert_array_equal(read[-1].weights, often[-1].weights)
        losses.append(chunk.losses)

    np.testing.assert_array_equal(np.concatenate(losses), whole.losses)
    np.testing.assert_array_equal(chunk.predicted, whole.predicted)
    for one_of_often, one_of_once in zip(often, once, strict=True):
        for name, value in one_of_once._asdict().items():
            np.testing.assert_array_equal(getattr(one_of_often, name), value, err_msg=name)
        assert int(one_of_once.count) == UPDATES


@pytest.mark.parametrize(
    ("network", "rows", "networks", "optimizer"),
    [
        (Network(cell="gru", units=5, layers=2, features=2, last_step=True), 8, 3, "adam"),
        (some_network("simple_rnn", NUMBER, units=26, layers=2), 16, 2, "momentum"),
        (some_network("gru", FEW_WORDS, outputs=1, layers=2), 6, 2, "adam"),
        (some_network("simple_rnn", BOTH, POOLED, FEW_WORDS, outputs=1, layers=2), 6, 2, "adam"),
    ],
    ids=["three, as sums", "two, as matrix products", "on words", "both ways"],
)
@pytest.mark.parametrize("spare", [0, 1, 7])
def test_networks_side_by_side_learn_what_each_would_alone(
    network, rows, networks, optimizer, spare
):
    """To the last digit, however many cores are free."""
    architecture = Architecture(
        network, optimizer, rows, TIMESTEPS, with_dropout=True, with_clipping=True
    )
    compiled = program(architecture)
    batches = some_batches(architecture, 100, networks=networks)
    constant = hyperparameters(0.01, dropout=0.4, clip=0.1, networks=networks)
    batches.keep[::20] = False
    before = spare_cores.set(lambda: spare)
    after, chunk = compiled.run(begun(compiled, networks=networks), batches, constant)
    spare_cores.reset(before)
    assert chunk.losses.shape == chunk.accuracies.shape == (100, networks)
    assert np.ptp(chunk.losses, axis=1).min() > 1e-5, "different networks"
    for number in range(networks):
        own = constant._replace(seeds=constant.seeds[number : number + 1])
        alone, other = compiled.run(begun(compiled, number), of_network(batches, number), own)
        np.testing.assert_array_equal(chunk.losses[:, number], other.losses[:, 0])
        np.testing.assert_array_equal(chunk.accuracies[:, number], other.accuracies[:, 0])
        for name, value in compiled.weights(alone).items():
            np.testing.assert_array_equal(
                compiled.weights(after, number)[name], value, err_msg=name
            )
        if number == 0:
            np.testing.assert_array_equal(chunk.predicted, other.predicted)


@pytest.mark.parametrize(
    ("network", "with_clipping"),
    [
        (some_network("simple_rnn", FEW_WORDS, outputs=1, layers=2), False),
        (some_network("lstm", FEW_WORDS, outputs=1, layers=2), True),
        (some_network("simple_rnn", BOTH, POOLED, FEW_WORDS, outputs=1, layers=2), False),
        (some_network("gru", layers=2), True),
    ],
    ids=["words", "clipped", "both ways", "every step"],
)
def test_a_window_in_two_parts_teaches_what_it_teaches_as_a_whole(
    network, with_clipping, monkeypatch
):
    one = Architecture(
        network, "adam", ROWS, TIMESTEPS, with_dropout=True, with_clipping=with_clipping
    )
    batches, constant = some_batches(one, 10), hyperparameters(0.01, dropout=0.4, clip=0.1)
    results = []
    for least, parts in ((1e99, 1), (0, 2)):
        monkeypatch.setattr(architecture_module, "MIN_PRODUCTS_FOR_PARTS", least)
        assert one.parts == parts
        compiled = Program(one)
        compiled.compile()
        after, chunk = compiled.run(begun(compiled), batches, constant)
        results.append((*chunk, after[0].state, *compiled.weights(after).values()))
    for value, expected in zip(*results, strict=True):
        np.testing.assert_allclose(value, expected, atol=2e-5)


def test_large_windows_of_an_even_number_of_rows_go_in_two_parts():
    reviews = Network(units=32, features=32, outputs=1, last_step=True, vocabulary=10_000)
    assert Architecture(reviews, "rmsprop", 128, 500).parts == 2
    assert Architecture(reviews, "rmsprop", 127, 500).parts == 1
    assert Architecture(reviews, "rmsprop", 4, 10).parts == 1
    wide = Network(cell="lstm", units=32, layers=2)
    assert Architecture(wide, "adam", 250, 20).parts == 2
    assert Architecture(wide, "adam", 250, 5).parts == 1


class Counted(Program):
    """A program that counts how often it is traced, and so compiled."""

    traces = 0

    def _trace(self, *arguments):
        self.traces += 1
        return super()._trace(*arguments)


def test_other_rates_dropout_clips_seeds_data_and_lengths_compile_nothing_anew():
    one = replace(STACKED, with_clipping=True)
    compiled = Counted(one)
    compiled.compile()
    assert compiled.traces == 1
    state = begun(compiled, networks=2)
    for number, constant in enumerate(
        [
            hyperparameters(networks=2),
            hyperparameters(1, networks=2),
            hyperparameters(np.float32(0.3), dropout=0.5, networks=2),
            Hyperparameters(0.1, 0.2, 3.0, (0, 9999)),
            Hyperparameters(0.1, 0, 1, (3, 3)),
        ]
    ):
        updates, carried = (30, 1, 7, 2, 30)[number], number % 2 == 0
        batches = some_batches(one, updates, number, carried, networks=2)
        state, _ = compiled.run(state, batches, constant)
        compiled.run(begun(compiled, number, networks=2), batches, constant)
    assert compiled.traces == 1


def test_equal_architectures_share_one_program_and_others_do_not():
    some = replace(SOME, network=Network(units=4))
    again = Architecture(Network(units=4), "adagrad", ROWS, TIMESTEPS)
    assert program(again) is program(some)
    for other in (
        replace(some, network=Network(units=4, activation="relu")),
        replace(some, with_clipping=True),
    ):
        assert program(other) is not program(some)


def test_compiling_changes_nothing():
    fresh, batches = Program(SOME), some_batches(SOME, UPDATES)
    without = fresh.run(begun(fresh), batches, hyperparameters())[1].losses
    fresh.compile()
    again = fresh.run(begun(fresh), batches, hyperparameters())[1].losses
    np.testing.assert_array_equal(again, without)


def test_a_run_leaves_what_it_started_from_as_it_was():
    compiled = program(SOME)
    start, batches = begun(compiled), some_batches(SOME, UPDATES)
    inputs_before = batches.inputs.copy()
    first = compiled.run(start, batches, hyperparameters())[1].losses
    np.testing.assert_array_equal(compiled.run(start, batches, hyperparameters())[1].losses, first)
    np.testing.assert_array_equal(batches.inputs, inputs_before)


def test_two_threads_can_use_one_program():
    compiled = Program(SOME)

    def losses(seed: int) -> np.ndarray:
        batches = some_batches(SOME, UPDATES, seed)
        return compiled.run(begun(compiled, seed), batches, hyperparameters())[1].losses

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(losses, [0, 1] * 6))
    for seed, values in enumerate(together):
        np.testing.assert_array_equal(values, losses(seed % 2))


@pytest.mark.parametrize("architecture", [SOME, BIG], ids=["small", "big"])
def test_a_call_holds_a_bounded_amount_of_data(architecture):
    inputs = architecture.rows * architecture.timesteps
    assert 1 <= architecture.capacity <= 1024
    assert architecture.capacity * inputs <= 200_000


def test_a_chunk_has_one_loss_and_one_accuracy_for_each_update_and_network():
    compiled = program(STACKED)
    batches, constant = some_batches(STACKED, 11, networks=2), hyperparameters(networks=2)
    _, chunk = compiled.run(begun(compiled, networks=2), batches, constant)
    assert chunk.losses.shape == chunk.accuracies.shape == (11, 2)
    assert chunk.predicted.shape == (ROWS, TIMESTEPS)
    whole_rights = chunk.accuracies * ROWS * TIMESTEPS
    np.testing.assert_allclose(whole_rights, whole_rights.round(), atol=1e-4)


def test_the_networks_begin_as_they_were_given():
    compiled = program(STACKED)
    state = begun(compiled, networks=2)
    for number in range(2):
        for name, value in some_weights(STACKED.network, number).items():
            np.testing.assert_array_equal(compiled.weights(state, number)[name], value)


def test_two_threads_that_need_a_program_compile_it_once_and_who_waits_lets_others_compute():
    # Of a width of its own: what was traced before is not traced again.
    only_here = replace(SOME, network=Network(units=17))
    compiled, away, traces = Program(only_here), [], []
    trace, compiling, go_on = compiled._finish_update, Event(), Event()

    def slow_trace(*args):
        traces.append(args)
        compiling.set()
        go_on.wait(30)
        return trace(*args)

    @contextmanager
    def leave():
        away.append("left")
        go_on.set()
        yield
        away.append("back")

    def wait_for_it() -> None:
        waiting.set(leave)
        compiling.wait(30)
        compiled.compile()

    compiled._finish = slow_trace
    with ThreadPoolExecutor(2) as threads:
        both = [threads.submit(compiled.compile), threads.submit(wait_for_it)]
        for done in both:
            done.result()
    assert len(traces) == 1
    assert away == ["left", "back"]
    compiled.compile()
    assert len(traces) == 1
