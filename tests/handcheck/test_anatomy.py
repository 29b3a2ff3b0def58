"""A network's shapes and counts are Keras' own, whatever it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product

import keras
import pytest

from rnnlab.cells import CELLS
from rnnlab.errors import SettingError
from rnnlab.handcheck.anatomy import Anatomy, anatomy_sentence

SMALL = {"units": 3, "features": 2, "vocabulary": 7, "timesteps": 5, "batch": 4, "outputs": 6}

KINDS = list(product(CELLS, *[[False, True]] * 4, [1, 2, 3]))


def small(kind: tuple) -> Anatomy:
    names = ("cell", "bidirectional", "return_sequences", "embedding", "dense", "layers")
    return Anatomy(**SMALL, **dict(zip(names, kind, strict=True)))


@dataclass(frozen=True)
class Built:
    """What Keras says of one layer after it was built."""

    shape: tuple
    parameters: int
    weights: list[tuple[str, str, tuple]]


@cache
def built(call: str, shape: tuple) -> Built:
    """The layer that this call makes, built for inputs of this shape; equal ones only once."""
    layer = eval(call, {"layers": keras.layers})
    layer.build(shape)
    weights = [(one.path, one.name, one.shape) for one in layer.weights]
    return Built(tuple(layer.compute_output_shape(shape)), layer.count_params(), weights)


def test_every_network_has_the_shapes_and_counts_of_keras():
    for kind in KINDS:
        anatomy = small(kind)
        entrance, *parts = anatomy.parts
        flowing, in_all = entrance.shape, 0
        for part in parts:
            layer = built(f"layers.{part.layer}", flowing)
            flowing, in_all = layer.shape, in_all + layer.parameters
            assert part.shape == layer.shape
            assert len(part.axes) == len(part.shape)
            assert part.parameters == layer.parameters
            assert [shape for _, shape in part.weights] == [shape for *_, shape in layer.weights]
            for (name, _), (path, own, _) in zip(part.weights, layer.weights, strict=True):
                assert name.split()[-1] == own
                assert name.split()[0] in path
        assert anatomy.parameters == in_all


@pytest.mark.parametrize("kind", KINDS[:: len(KINDS) // 5], ids=str)
def test_the_code_builds_a_model_whose_summary_has_the_same_lines(kind, capsys):
    anatomy = small(kind)
    keras.backend.clear_session()  # so that names begin anew
    names: dict = {}
    exec(anatomy.code, names)
    model = names["model"]
    entrance, *parts = anatomy.parts
    assert model.input_shape[1:] == entrance.shape[1:]
    assert [layer.name for layer in model.layers] == [part.name for part in parts]
    assert [layer.output.shape[1:] for layer in model.layers] == [part.shape[1:] for part in parts]
    assert model.count_params() == anatomy.parameters
    assert "Total params" in capsys.readouterr().out


@pytest.mark.parametrize("sequences", [False, True])
def test_the_articles_network_has_320_000_and_2_080_parameters(sequences):
    anatomy = Anatomy(return_sequences=sequences)
    _, embedding, recurrent = anatomy.parts
    assert embedding.formula == "10000·32 = 320,000"
    assert recurrent.formula == "32·32 + 32·32 + 32 = 2,080"
    assert anatomy.parameters == 322_080
    assert embedding.shape == (128, 500, 32)
    assert recurrent.shape == ((128, 500, 32) if sequences else (128, 32))


@pytest.mark.parametrize(
    ("options", "formula"),
    [
        ({"cell": "lstm"}, "4·(2·3 + 3·3 + 3) = 72"),
        ({"cell": "gru"}, "3·(2·3 + 3·3 + 2·3) = 63"),
        ({"cell": "simple_rnn", "bidirectional": True}, "2·(2·3 + 3·3 + 3) = 36"),
        ({"cell": "gru", "bidirectional": True}, "2·3·(2·3 + 3·3 + 2·3) = 126"),
    ],
)
def test_the_formula_names_gates_biases_and_directions(options, formula):
    assert Anatomy(**SMALL, embedding=False, **options).parts[1].formula == formula


def test_every_formula_is_true_arithmetic():
    for part in (part for kind in KINDS for part in small(kind).parts[1:]):
        sum_, _, total = part.formula.replace(",", "").partition(" = ")
        assert eval(sum_.replace("·", "*")) == int(total) == part.parameters


def test_the_sentence_says_where_most_numbers_are_and_what_comes_out():
    said = anatomy_sentence(Anatomy(dense=True))
    assert "Of 322,113 numbers to learn, 99% are in embedding" in said
    assert said.endswith("A sequence gives 1 number after its last step.")
    said = anatomy_sentence(Anatomy(embedding=False, return_sequences=True))
    assert "Of 2,080 numbers to learn, all are in simple_rnn" in said
    assert said.endswith("A sequence gives 32 numbers after each of its 500 steps.")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"layers": 4}, "Layers must be one of 1, 2, 3, but it is 4."),
        ({"units": 0}, "Units must be between 1 and 512, but it is 0."),
        ({"cell": "elman"}, "Cell must be one of simple_rnn, lstm, gru, but it is 'elman'."),
        ({"vocabulary": 2_000_000}, "Vocabulary must be between 1 and 1000000, but it is 2000000."),
        ({"batch": 2.5}, "Batch must be a whole number, but it is 2.5."),
        ({"dense": 1}, "Dense layer must be yes or no, but it is 1."),
    ],
)
def test_what_the_picture_has_no_room_for_is_refused_by_name(wrong, sentence):
    with pytest.raises(SettingError) as refused:
        Anatomy(**wrong)
    assert str(refused.value) == sentence
