"""What a run learns from: which bits and samples, in which order, and where the state is kept."""

from __future__ import annotations

import numpy as np
import pytest

from rnnlab.engine import feed
from rnnlab.rules.echo import EchoRule
from rnnlab.settings import Plan, Settings
from rnnlab.training.data import Data, FedData
from rnnlab.training.run import architecture
from tests.training.runs import anew

ECHO = {"rule": "echo", "delay": 3, "rows": 7, "length": 1000, "window": 10, "epochs": 2}
SINE = {"rule": "sine", "rows": 300, "window": 10, "epochs": 4}


def settings_of(**values: object) -> Settings:
    return Settings.of(ECHO | values)


@pytest.mark.parametrize("fresh", [True, False])
def test_the_bits_of_each_network_are_a_series_cut_into_rows_and_these_into_windows(fresh):
    settings = settings_of(rows=3, length=104, networks=2, seed=40, fresh_data=fresh)
    batches = Data(settings).batches(0, 20)
    assert batches.inputs.shape == (20, 2, 3, 10, 1)
    assert batches.targets.shape == (20, 2, 3, 10)
    for network, row, update in [(0, 0, 0), (0, 2, 9), (1, 1, 4), (0, 1, 10), (1, 2, 17)]:
        epoch, window = divmod(update, 10)
        rng = np.random.default_rng([40 + network, 1, epoch if fresh else 0])
        series = EchoRule(delay=3).generate(rng, 3 * 104)
        start = 104 * row + 10 * window  # the last 4 bits of a row are left out
        x, y = batches.inputs[update, network, row, :, 0], batches.targets[update, network, row]
        np.testing.assert_array_equal(x, series.inputs[start : start + 10])
        np.testing.assert_array_equal(y, series.targets[start : start + 10])


def test_what_an_update_sees_does_not_depend_on_how_it_is_asked_for():
    for settings in (settings_of(fresh_data=True), Settings.of(SINE), settings_of(networks=2)):
        n = settings.updates_per_epoch
        whole = Data(settings).batches(0, 2 * n)
        data = Data(settings)
        for start, end in [(n + 1, n + 4), (0, 1), (n - 2, n + 3), (2 * n - 1, 2 * n)]:
            part = data.batches(start, end)
            assert part.lengths is whole.lengths is None
            for values, expected in zip(part[:3], whole[:3], strict=True):
                np.testing.assert_array_equal(values, expected[start:end])


@pytest.mark.parametrize(
    "settings",
    [settings_of(fresh_data=True), settings_of(carry_state=True), Settings.of(SINE)],
    ids=["bits of their own", "the same bits", "samples"],
)
def test_what_is_fed_for_a_chunk_is_what_its_updates_see(settings):
    a, data = architecture(settings), Data(settings)
    fed, last = FedData(settings, a, Data(settings)), min(settings.updates, 2 * a.capacity)
    made = set()
    for start in range(0, last, 7):
        end = min(start + 7, last)
        (given,), first, before = fed.part(start, end)
        made.add(id(given))
        (expected,) = feed(a, data.batches(start, end))
        for ours, theirs in zip(given, expected, strict=True):
            np.testing.assert_array_equal(ours[first:before], theirs[: end - start])
    epochs = -(-last // settings.updates_per_epoch)
    assert len(made) <= 2 * epochs + 2 < last // 7


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({"carry_state": True}, [0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1]),
        ({"carry_state": False}, [0] * 12),
        ({"rule": "toy", "carry_state": True}, [0] * 12),
    ],
    ids=str,
)
def test_the_state_is_kept_but_not_over_the_start_of_an_epoch(values, kept):
    base = {"rows": 3, "length": 100, "window": 20, "epochs": 20}  # five updates an epoch
    np.testing.assert_array_equal(Data(Settings.of(base | values)).batches(0, 12).keep, kept)


def test_fresh_data_are_fresh_in_every_epoch_and_others_come_again():
    old, new = (Data(settings_of(fresh_data=fresh)).batches(0, 200) for fresh in (False, True))
    np.testing.assert_array_equal(old.inputs[:100], old.inputs[100:])
    np.testing.assert_array_equal(old.inputs[:100], new.inputs[:100])
    agreement = (new.inputs[:100] == new.inputs[100:]).mean()
    assert agreement == pytest.approx(0.5, abs=0.03), "like two series of coin flips"


def used(settings: Settings, epoch: int, network: int = 0) -> np.ndarray:
    """The places, among all samples of the sine, of those that an epoch uses, in order."""
    samples = settings.data.samples(settings.window)
    place = {sample.tobytes(): number for number, sample in enumerate(samples.inputs)}
    assert len(place) == len(samples.inputs), "no two samples are the same"
    n = settings.updates_per_epoch
    batches = Data(settings).batches(epoch * n, (epoch + 1) * n)
    inputs = batches.inputs[:, network].reshape(-1, *samples.inputs.shape[1:])
    places = np.array([place[sample.tobytes()] for sample in inputs])
    targets = batches.targets[:, network].reshape(-1)
    np.testing.assert_array_equal(targets, samples.targets[places])
    return places


def test_each_sample_is_used_at_most_once_an_epoch_in_an_order_drawn_anew():
    settings = Settings.of(SINE | {"networks": 2})
    orders = [used(settings, 0), used(settings, 1), used(settings, 0, network=1)]
    for order in orders:
        assert len(order) == len(set(order)) == 9900, "9,990 samples make 33 batches of 300"
        assert abs(np.corrcoef(order, np.arange(9900))[0, 1]) < 0.05, "they are shuffled"
    first, second, other = orders
    assert (first == second).mean() < 0.01
    assert (first == other).mean() < 0.01
    assert len({*range(9990)} - {*first} - {*second}) < 20, "other ones are left out"


@pytest.mark.parametrize(("rows", "shown"), [(7, 5), (2, 2)])
def test_a_window_shows_the_first_rows_of_one_window(rows, shown):
    for event in anew(Plan(settings_of(rows=rows))):
        window = event.last_window
        for values in (
            window.inputs,
            window.targets,
            window.probabilities,
            window.target_probabilities,
        ):
            assert values.shape == (shown, 10)
            assert values.dtype == np.float32
            assert np.all((values >= 0) & (values <= 1))


@pytest.mark.parametrize("networks", [1, 3])
def test_the_window_of_an_update_is_of_the_first_network_s_data(networks):
    data = Data(settings_of(networks=networks, fresh_data=True))
    predicted = np.arange(70, dtype=np.float32).reshape(7, 10)
    for update in (0, 99, 100, 157):
        window, batches = data.last_window(update, predicted), data.batches(update, update + 1)
        np.testing.assert_array_equal(window.inputs, batches.inputs[0, 0, :5, :, 0])
        np.testing.assert_array_equal(window.targets, batches.targets[0, 0, :5])
        np.testing.assert_array_equal(window.probabilities, predicted[:5])


def test_the_truth_of_an_echo_is_its_target_and_the_target_the_input_before():
    for event in anew(Plan(settings_of())):
        window = event.last_window
        np.testing.assert_array_equal(window.targets[:, 3:], window.inputs[:, :-3])
        np.testing.assert_array_equal(window.target_probabilities[:, 3:], window.targets[:, 3:])
        if event.step % 100 != 1:  # the first window of an epoch holds the starts of the rows
            np.testing.assert_array_equal(window.target_probabilities, window.targets)
