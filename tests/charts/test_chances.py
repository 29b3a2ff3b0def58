"""The picture of the chances: truth across, what is said up, equals apart."""

from __future__ import annotations

import pytest

from rnnlab.charts.predictions import probabilities_chart, probabilities_table
from rnnlab.insight.probabilities import Context, PredictedProbabilities


def known() -> PredictedProbabilities:
    truths = {(1, 1): 0.0, (0, 1): 0.5, (1, 0): 0.5, (0, 0): 1.0}
    contexts = tuple(
        Context(past, truth, abs(truth - 0.01), 0.0, 1.0, 1000, 0.01)
        for past, truth in truths.items()
    )
    return PredictedProbabilities((2, 1), contexts, excess=0.01, best_loss=0.3466, hidden=0.0)


def test_the_table_has_a_row_for_each_context():
    table = probabilities_table(known())
    assert list(table["past"]) == ["1 1", "0 1", "1 0", "0 0"]
    assert list(table["truth"]) == [0.0, 0.5, 0.5, 1.0]
    assert list(table["predicted"]) == pytest.approx([0.01, 0.49, 0.49, 0.99])


def test_contexts_with_one_chance_stand_beside_each_other_around_it():
    shown = probabilities_table(known())["shown"]
    assert shown[1] < 0.5 < shown[2]
    assert shown[1] + shown[2] == pytest.approx(1)
    assert (shown[0], shown[3]) == (0, 1)


def test_agreement_is_a_dashed_diagonal():
    spec = probabilities_chart(4).to_dict()
    (line,) = [one for one in spec["layer"] if one["mark"]["type"] == "line"]
    ends = spec["datasets"][line["data"]["name"]]
    assert [(end["shown"], end["predicted"]) for end in ends] == [(0, 0), (1, 1)]
    assert line["mark"]["strokeDash"]


@pytest.mark.parametrize(("contexts", "named"), [(4, True), (32, False)])
def test_contexts_are_named_as_long_as_there_are_few(contexts, named):
    marks = [layer["mark"]["type"] for layer in probabilities_chart(contexts).to_dict()["layer"]]
    assert ("text" in marks) is named
