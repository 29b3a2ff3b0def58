"""Whole programs to copy: the loop with its numbers, and the article's without its bugs."""

from __future__ import annotations

import re
from inspect import getsource

from rnnlab.handcheck.written_out import (
    ARTICLE_BUGS,
    AS_PRINTED,
    FEATURES,
    TIMESTEPS,
    UNITS,
    Loop,
    written_out,
)

_AROUND_ZERO = """\
inputs = rng.uniform(-1, 1, (timesteps, features))
limit = np.sqrt(6 / (features + units))
kernel = rng.uniform(-limit, limit, (features, units)).astype(np.float32)
basis, triangle = np.linalg.qr(rng.standard_normal((units, units)))
recurrent_kernel = (basis * np.sign(np.diagonal(triangle))).astype(np.float32)
bias = np.zeros(units)
"""

_AS_PRINTED = """\
inputs = rng.random((timesteps, features))
kernel = rng.random((features, units))
recurrent_kernel = rng.random((units, units))
bias = rng.random(units)
"""

ARTICLE_PROGRAM = """\
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
"""The article's program as it is printed, and a last line that says what came out."""


def loop_program(loop: Loop) -> str:
    """A program that makes the states of a loop, in NumPy alone; it runs as it stands."""
    numbers = _AS_PRINTED if loop.numbers == AS_PRINTED else _AROUND_ZERO
    function = getsource(written_out).replace(": Floats", "").replace(" -> Floats", "")
    function = re.sub(r'\n    """.*?"""\n', "\n", function, flags=re.DOTALL)
    return (
        "import numpy as np\n\n\n"
        f"{function}\n\n"
        f"timesteps, features, units = {TIMESTEPS}, {FEATURES}, {UNITS}\n"
        f"rng = np.random.default_rng({loop.seed})\n"
        f"{numbers}"
        f"states = written_out(inputs, kernel, {loop.strength} * recurrent_kernel, bias)\n"
        "print(states.shape, states[-1, :4])\n"
    )


def repaired_program() -> str:
    """The article's program with all of its bugs repaired."""
    program = ARTICLE_PROGRAM
    for bug in ARTICLE_BUGS:
        program = program.replace(bug.printed, bug.repaired)
    return program
