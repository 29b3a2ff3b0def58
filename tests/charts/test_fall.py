"""The picture of how the gradient falls with the steps back."""

from __future__ import annotations

import pytest

from rnnlab.charts.memory import SHARE, SIZE, gradient_decay_chart, gradient_decay_table
from rnnlab.kinds.measured import WHEN, GradientByLag

FOUND = {
    "simple_rnn": GradientByLag((0.5, 0.5), (0.0, 2.0)),
    "lstm": GradientByLag((0.3, 0.1), (0.1, 0.1)),
}


def test_a_row_for_each_kind_moment_and_lag():
    table = gradient_decay_table(FOUND)
    assert len(table) == 2 * 2 * 2
    before = table[(table["kind"] == "LSTM") & (table["when"] == WHEN[0])]
    assert before["gradient"].tolist() == [0.3, 0.1]
    assert before["share"].tolist() == pytest.approx([0.75, 0.25])
    assert before["lag"].tolist() == [0, 1]


@pytest.mark.parametrize("of", [SIZE, SHARE])
@pytest.mark.parametrize("when", WHEN)
def test_the_chart_shows_one_moment_on_a_logarithmic_axis_with_the_cause(of, when):
    drawn = gradient_decay_chart(21, 15, when, of).to_dict()
    lines = next(one for one in drawn["layer"] if one["mark"]["type"] == "line")
    assert lines["encoding"]["y"]["field"] == of
    assert lines["encoding"]["y"]["scale"]["type"] == "log"
    assert when in str(lines["transform"])
    rule = next(one for one in drawn["layer"] if one["mark"]["type"] == "rule")
    assert drawn["datasets"][rule["data"]["name"]] == [{"lag": 15}]
    assert lines["encoding"]["x"]["scale"]["domain"] == [0, 20]


def test_each_kind_has_its_own_colour_and_shape():
    drawn = gradient_decay_chart(21, 15, WHEN[0], SIZE).to_dict()
    for channel in ("color", "shape"):
        (scale,) = [
            one["encoding"][channel]["scale"]
            for one in drawn["layer"]
            if channel in one["encoding"] and one["mark"]["type"] in ("line", "point")
        ][:1]
        assert scale["domain"] == ["SimpleRNN", "LSTM", "GRU"]
        assert len({str(one) for one in scale["range"]}) == 3
