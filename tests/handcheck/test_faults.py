"""The printed version's faults: what the page quotes is what Python says."""

from __future__ import annotations

import subprocess
import sys

import pytest

from rnnlab.handcheck.article_bugs import ARTICLE_BUGS, outcome

PRINTED = """
import numpy as np
timesteps = 100
input_features = 32
output_features = 64
inputs = np.random.random((timestep, input_features))
state_t = np.zeros((output_features))
W = np.random.random((input_features, output_features))
U = np.random.random((output_features, output_features))
b = np.random.random((output_features,))
successive_outputs = []
for input_t in inputs:
    output_t = np.tanh(np.dot(W, input_t) + np.dot(U, state_t) + b)
    successive_outputs.append(output_t)
    state_t = output_t
final_output_sequence = np.concatenate(successive_outputs, axis = 0)
print("final_output_sequence.shape is", final_output_sequence.shape)
"""


def last_word_of(program: str) -> str:
    """The last line that a fresh Python writes, of its answer or of its error."""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    return (ended.stdout or ended.stderr).strip().splitlines()[-1]


def test_the_whole_program_meets_one_fault_after_the_other_until_all_are_mended():
    program = PRINTED
    for bug in ARTICLE_BUGS:
        # A fresh Python adds a guess at the name that was meant.
        assert last_word_of(program).startswith(bug.printed_outcome)
        printed = bug.printed.splitlines()[-1]
        assert program.count(printed) == 1
        program = program.replace(printed, bug.repaired)
    assert last_word_of(program) == "final_output_sequence.shape is (100, 64)"


def test_every_repaired_line_gives_the_shape_that_the_article_wanted():
    assert [bug.repaired_outcome for bug in ARTICLE_BUGS] == [
        "inputs.shape is (100, 32)",
        "output_t.shape is (64,)",
        "final_output_sequence.shape is (100, 64)",
    ]


def test_only_the_first_two_are_errors():
    assert [bug.printed_outcome.partition(":")[0] for bug in ARTICLE_BUGS] == [
        "NameError",
        "ValueError",
        "final_output_sequence.shape is (6400,)",
    ]


@pytest.mark.parametrize("bug", ARTICLE_BUGS, ids=lambda bug: bug.title)
def test_every_quoted_line_stands_in_the_printed_program(bug):
    assert set(bug.printed.splitlines()) <= {line.strip() for line in PRINTED.splitlines()}


def test_what_python_says_is_an_error_or_a_shape():
    assert outcome("y = x[5]", "x = np.zeros(3)", "y").startswith("IndexError: index 5 is out of")
    assert outcome("y = x.T", "x = np.zeros((2, 3))", "y") == "y.shape is (3, 2)"
