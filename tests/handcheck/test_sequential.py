"""A model's shapes and counts are Keras' own, whatever it is made of."""

from functools import cache
from itertools import product

import keras
import pytest

from rnnlab.cells import CELLS
from rnnlab.errors import SettingError
from rnnlab.handcheck.sequential import SequentialModel, summary_sentence

SMALL = {"units": 3, "features": 2, "vocabulary": 7, "timesteps": 5, "batch": 4, "outputs": 6}

COMBINATIONS = list(product(CELLS, *[[False, True]] * 4, [1, 2, 3]))


def small(combination: tuple) -> SequentialModel:
    names = ("cell", "bidirectional", "return_sequences", "embedding", "dense", "layers")
    return SequentialModel(**SMALL, **dict(zip(names, combination, strict=True)))


@cache
def built(call: str, shape: tuple) -> keras.layers.Layer:
    """The layer that this call makes, built for inputs of this shape; equal ones only once."""
    layer = eval(call, {"layers": keras.layers})
    layer.build(shape)
    return layer


def test_every_model_has_the_shapes_and_counts_of_keras():
    for combination in COMBINATIONS:
        model = small(combination)
        first, *summaries = model.summary
        shape, parameters = first.shape, 0
        for summary in summaries:
            layer = built(f"layers.{summary.call}", shape)
            shape = tuple(layer.compute_output_shape(shape))
            parameters += layer.count_params()
            assert summary.shape == shape
            assert len(summary.axes) == len(summary.shape)
            assert summary.parameters == layer.count_params()
            for (name, weight_shape), weight in zip(summary.weights, layer.weights, strict=True):
                assert weight_shape == weight.shape
                assert name.split()[-1] == weight.name
                assert name.split()[0] in weight.path
        assert model.parameters == parameters


@pytest.mark.parametrize("combination", COMBINATIONS[:: len(COMBINATIONS) // 5], ids=str)
def test_the_code_builds_a_model_whose_summary_has_the_same_lines(combination, capsys):
    ours = small(combination)
    keras.backend.clear_session()  # so that names begin anew
    names: dict = {}
    exec(ours.code, names)
    model = names["model"]
    first, *summaries = ours.summary
    assert model.input_shape[1:] == first.shape[1:]
    assert [layer.name for layer in model.layers] == [line.name for line in summaries]
    assert [layer.output.shape[1:] for layer in model.layers] == [s.shape[1:] for s in summaries]
    assert model.count_params() == ours.parameters
    assert "Total params" in capsys.readouterr().out


@pytest.mark.parametrize("sequences", [False, True])
def test_the_articles_network_has_320_000_and_2_080_parameters(sequences):
    model = SequentialModel(return_sequences=sequences)
    _, embedding, recurrent = model.summary
    assert embedding.formula == "10000·32 = 320,000"
    assert recurrent.formula == "32·32 + 32·32 + 32 = 2,080"
    assert model.parameters == 322_080
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
    model = SequentialModel(**SMALL, embedding=False, **options)
    assert model.summary[1].formula == formula


def test_every_formula_is_true_arithmetic():
    for layer in (layer for each in COMBINATIONS for layer in small(each).summary[1:]):
        terms, _, total = layer.formula.replace(",", "").partition(" = ")
        assert eval(terms.replace("·", "*")) == int(total) == layer.parameters


@pytest.mark.parametrize(
    ("model", "numbers", "output"),
    [
        (
            SequentialModel(dense=True),
            "Of 322,113 numbers to learn, 99% are in embedding",
            "1 number after its last step.",
        ),
        (
            SequentialModel(embedding=False, return_sequences=True),
            "Of 2,080 numbers to learn, all are in simple_rnn",
            "32 numbers after each of its 500 steps.",
        ),
    ],
)
def test_the_sentence_names_the_largest_layer_and_the_output(model, numbers, output):
    assert summary_sentence(model).startswith(numbers)
    assert summary_sentence(model).endswith(output)


WRONG = {"layers": 4, "units": 0, "cell": "elman", "vocabulary": 2_000_000, "batch": 2.5}


@pytest.mark.parametrize("knob", WRONG)
def test_what_the_picture_has_no_room_for_is_refused_by_name(knob):
    with pytest.raises(SettingError, match=f"^{knob.title()} must be"):
        SequentialModel(**{knob: WRONG[knob]})
