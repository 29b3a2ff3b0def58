"""How much memory settings are said to need; what it really is, `tests/training` measures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.kinds.maps import MAPS
from rnnlab.language.settings import LanguageSettings
from rnnlab.presets import PRESETS
from rnnlab.sentiment.review_training import ReviewTask, ReviewTraining
from rnnlab.settings import Plan, Settings, memory

LARGEST = {
    "cell": "lstm",
    "layers": 3,
    "units": 64,
    "bidirectional": True,
    "carry_state": False,
    "window": 100,
    "rows": 500,
    "length": 200,
    "networks": 16,
    "epochs": 1,
}
"""Each knob is legal, and all of them together want the memory of a whole machine."""


def test_settings_that_need_too_much_are_refused_with_both_numbers():
    with pytest.raises(SettingError, match=r"A run may take 1 GB of memory, .* need 4\.\d GB: t"):
        Settings(**LARGEST)


@pytest.mark.parametrize(
    "smaller",
    [
        {"networks": 1, "rows": 250, "layers": 2},
        {"networks": 16, "rows": 20, "layers": 2},
        {"networks": 16, "units": 8, "window": 25, "rows": 250, "layers": 1},
        {"cell": "simple_rnn", "networks": 2, "layers": 1},
    ],
    ids=str,
)
def test_a_part_of_them_is_allowed(smaller):
    assert Settings(**LARGEST | smaller).peak_bytes <= memory.MAX_BYTES


def test_every_preset_and_every_network_of_a_map_needs_a_fraction_of_what_it_may():
    runs = [preset.settings for preset in PRESETS.values()]
    runs += [run_map.settings(cell) for run_map in MAPS.values() for cell in run_map.cells]
    assert max(settings.peak_bytes for settings in runs) < memory.MAX_BYTES / 6


@given(
    st.sampled_from(["rows", "window", "networks", "length", "layers", "epochs"]),
    st.sampled_from(["simple_rnn", "gru", "lstm"]),
    st.integers(1, 64),
)
def test_more_of_anything_needs_no_less(knob, cell, units):
    settings = Settings(cell=cell, units=units, rows=10, length=200, epochs=2)
    more = replace(settings, **{knob: 2 * getattr(settings, knob)})
    assert more.peak_bytes >= settings.peak_bytes
    assert more.held_bytes <= more.peak_bytes
    if knob != "window":  # with a longer one there are fewer updates to be remembered
        assert more.held_bytes >= settings.held_bytes


def test_what_a_job_is_asked_for_says_what_it_needs():
    settings = Settings()
    assert Plan(settings, until=3).peak_bytes == settings.peak_bytes
    assert Plan(settings, until=3).held_bytes == settings.held_bytes
    review = ReviewTraining()
    assert ReviewTask(review).peak_bytes == review.peak_bytes
    assert ReviewTraining(units=64, cell="lstm", epochs=1).peak_bytes > review.peak_bytes
    assert LanguageSettings(sentences=40_000).peak_bytes > LanguageSettings().peak_bytes
