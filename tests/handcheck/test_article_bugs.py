"""The bugs of the article's program: what the page quotes is what Python says."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from rnnlab.handcheck.written_out import ARTICLE_BUGS

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


def last_line_of(program: str) -> str:
    """The last line that a fresh Python writes, on its output or its errors."""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    return (ended.stdout or ended.stderr).strip().splitlines()[-1]


def test_the_whole_program_meets_one_bug_after_the_other_until_all_are_repaired():
    program = PRINTED
    for bug in ARTICLE_BUGS:
        # A fresh Python adds a guess at the name that was meant.
        assert last_line_of(program).startswith(bug.printed_outcome)
        assert program.count(bug.printed) == 1
        program = program.replace(bug.printed, bug.repaired)
    assert last_line_of(program) == "final_output_sequence.shape is (100, 64)"


@pytest.mark.parametrize("bug", ARTICLE_BUGS, ids=lambda bug: bug.title)
def test_every_quoted_line_stands_in_the_printed_program(bug):
    assert set(bug.excerpt.splitlines()) <= {line.strip() for line in PRINTED.splitlines()}
    assert re.fullmatch(r"\w+\.shape is \((100, 32|64,|100, 64)\)", bug.repaired_outcome)
