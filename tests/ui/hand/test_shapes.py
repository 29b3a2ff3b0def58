"""Shapes, as a page shows them: picture, count and code of the network that the knobs make."""

from __future__ import annotations

from tests.ui.hand.page import open_part


def drawn(**query: str):
    return open_part("Shapes", **query)


def test_it_opens_with_the_articles_network():
    app = drawn()
    assert len(app.get("vega_lite_chart")) == 1
    assert list(app.table[0].value["Parameters"]) == [
        "10000·32 = 320,000",
        "32·32 + 32·32 + 32 = 2,080",
        "320,000 + 2,080 = 322,080",
    ]
    assert "layers.SimpleRNN(32),\n" in app.code[0].value
    assert "A sequence gives 32 numbers after its last step." in app.caption[0].value


def test_the_network_is_read_from_the_address():
    app = drawn(
        shape_cell="gru",
        shape_layers="2",
        shape_bidirectional="true",
        shape_embedding="false",
        shape_dense="true",
        shape_outputs="5",
    )
    # 3·(32·32 + 32·32 + 2·32) = 6,336, and twice that; above it 64 come in; at last 64·5 + 5.
    counts = [row.rpartition(" = ")[2] for row in app.table[0].value["Parameters"]]
    assert counts == ["12,672", "18,816", "325", "31,813"]


def test_a_knob_that_means_nothing_is_not_there():
    app = drawn(shape_embedding="false")
    keys = {widget.key for widget in [*app.slider, *app.number_input]}
    assert not keys & {"shape_vocabulary", "shape_outputs"}
    app.toggle(key="shape_embedding").set_value(True).run()
    app.toggle(key="shape_dense").set_value(True).run()
    assert not app.exception
    keys = {widget.key for widget in [*app.slider, *app.number_input]}
    assert keys >= {"shape_vocabulary", "shape_outputs"}


def test_return_sequences_gives_an_output_after_every_step():
    app = drawn()
    app.toggle(key="shape_return_sequences").set_value(True).run()
    assert "after each of its 500 steps" in app.caption[0].value
    assert "SimpleRNN(32, return_sequences=True)" in app.code[0].value


def test_every_weight_is_listed_and_an_infinite_number_in_the_address_forgotten():
    app = drawn(shape_vocabulary="inf", shape_batch="-inf")
    assert list(app.table[1].value["Weight"]) == [
        "embeddings",
        "kernel",
        "recurrent_kernel",
        "bias",
    ]
    assert list(app.table[1].value["Shape"]) == ["(10000, 32)", "(32, 32)", "(32, 32)", "(32,)"]
