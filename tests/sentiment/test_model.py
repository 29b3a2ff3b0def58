"""A model of sentiment: its phrases, and files of it."""

import io
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnlab.errors import SettingError
from rnnlab.sentiment import model as stored
from rnnlab.sentiment.model import Phrases, SentimentModel, phrases_of
from rnnlab.sentiment.verdicts import probabilities
from rnnlab.sentiment.weighing import Weighing
from tests.sentiment.made import made_model, made_phrases, made_reader

N = 100


def ids(*numbers):
    return np.array(numbers, dtype=np.int32)


def test_phrases_are_words_pairs_and_triples_in_base_n():
    """5, 6, 7; 5 * 100 + 6 = 506 and 607; 50607."""
    assert list(phrases_of(ids(5, 6, 7), N)) == [5, 6, 7, 506, 607, 50607]


def test_what_is_no_known_word_parts_phrases():
    """2 is "unknown", 1 the start, and 100 lies beyond the vocabulary."""
    assert list(phrases_of(ids(1, 5, 2, 6, 100, 7), N)) == [5, 6, 7]


@given(st.lists(st.integers(0, N + 3), max_size=30))
def test_phrases_are_those_that_a_loop_finds(numbers):
    runs = [numbers[i : i + n] for n in (1, 2, 3) for i in range(len(numbers) - n + 1)]
    known = [run for run in runs if all(4 <= number < N for number in run)]
    expected = {sum(number * N**k for k, number in enumerate(reversed(run))) for run in known}
    assert list(phrases_of(ids(*numbers), N)) == sorted(expected)


def test_each_phrase_of_a_text_counts_once_by_the_root_of_how_many():
    """5 and 6 are worth 1 and 2, "5 6" 8: (1 + 2 + 8) / sqrt(3); 7 and "6 5" are not listed."""
    phrases = Phrases(N, np.array([5, 6, 506]), np.array([1.0, 2.0, 8.0]))
    assert phrases.logit(ids(5, 6, 5, 6, 7)) == pytest.approx(11 / math.sqrt(3))
    assert phrases.logit(ids(6)) == pytest.approx(2)
    assert phrases.logit(ids()) == 0
    assert Phrases(N, np.array([], np.int64), np.array([])).logit(ids(5, 6)) == 0


FILM = "A dull film with a good end."


def again(model: SentimentModel) -> SentimentModel:
    file = io.BytesIO()
    stored.write_model(model, file)
    file.seek(0)
    return stored.read_model(file)


@pytest.fixture
def model() -> SentimentModel:
    readers = (made_reader(1), made_reader(2, cell="lstm", bidirectional=True, pooling="mean_max"))
    weighing = Weighing((2, 150), ((0.5, 0.25, 1.0), (1.0, 0.0, 0.75)), (0.25, -0.5))
    return made_model(readers=readers, phrases=made_phrases(), weighing=weighing, most_words=300)


def test_a_model_comes_back_as_it_was(model):
    read = again(model)
    for name in ("name", "title", "sentence", "weighing", "most_words", "padded_to"):
        assert getattr(read, name) == getattr(model, name)
    assert [reader.network for reader in read.readers] == [
        reader.network for reader in model.readers
    ]
    assert list(read.readers[1].weights) == list(model.readers[1].network.shapes)
    assert (read.phrases.keys == model.phrases.keys).all()


def test_words_that_two_readers_share_are_kept_once():
    first, second = made_reader(1), made_reader(2)
    embedding = first.weights["embedding"]
    second = replace(second, weights=second.weights | {"embedding": embedding})
    model = made_model(readers=(first, second), weighing=Weighing.at_any_length((1.0, 1.0)))
    assert model.n_parameters == 2 * first.network.parameters - embedding.size
    file = io.BytesIO()
    stored.write_model(model, file)
    file.seek(0)
    read = stored.read_model(file)
    assert read.readers[1].weights["embedding"] is read.readers[0].weights["embedding"]
    assert read.n_parameters == model.n_parameters
    assert [*read.readers[1].weights] == [*second.weights]


def test_a_reader_that_counts_nothing_reads_nothing():
    weighing = Weighing((10, 20), ((1.0, 1.0, 1.0), (1.0, 0.0, 1.0)), (0.0, 0.0))
    readers = (made_reader(1), made_reader(2))
    model = made_model(readers=readers, phrases=made_phrases(), weighing=weighing)
    assert model.steps([0, 5, 15, 20, 100]).tolist() == [0, 10, 30, 20, 100]
    assert made_model(padded_to=12, most_words=12).steps([0, 5]).tolist() == [12, 12]


def test_weights_keep_the_digits_of_float16(model):
    """Which has 11 binary digits: half a unit in the last is 2**-11 of the number."""
    for old, new in zip(model.readers, again(model).readers, strict=True):
        for name, weight in old.weights.items():
            assert new.weights[name].dtype == np.float32
            assert new.weights[name] == pytest.approx(weight, rel=2**-11, abs=2**-24)


def test_so_it_judges_nearly_as_before_and_a_second_time_exactly(model):
    once = again(model)
    texts = [FILM, "", "Wonderful!"]
    assert probabilities(once, texts) == pytest.approx(probabilities(model, texts), abs=0.01)
    assert (probabilities(again(once), texts) == probabilities(once, texts)).all()


def test_figures_and_curves_are_kept():
    model = SentimentModel(
        "a", "A", "", (made_reader(),), figures={"accuracy": 0.85}, history={"loss": (0.6, 0.5)}
    )
    read = again(model)
    assert read.figures == {"accuracy": 0.85}
    assert read.history == {"loss": (0.6, 0.5)}


def test_a_model_that_is_not_there_gets_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(stored, "MODELS", tmp_path)
    assert stored.shipped_names() == ()
    with pytest.raises(SettingError, match="no model 'best' of sentiment; there are: none at all"):
        stored.shipped.__wrapped__("best")
    stored.write_model(made_model("gru"), tmp_path / "gru.npz")
    assert stored.shipped_names() == ("gru",)
    with pytest.raises(SettingError, match="there are: gru"):
        stored.shipped.__wrapped__("../../secret")
    assert stored.shipped.__wrapped__("gru").title == "Gru"


def test_the_file_holds_no_pickle(model):
    file = io.BytesIO()
    stored.write_model(model, file)
    file.seek(0)
    with np.load(file, allow_pickle=False) as arrays:
        assert json.loads(str(arrays["about"]))["most_words"] == 300
        assert {value.dtype.kind for value in arrays.values()} <= set("fuU")
