"""A network's forward and backward pass in plain NumPy: the engine's judge, and what pages use.

Everything keeps the precision of the weights it is given, so that gradients can be checked in
float64. Nothing is left out by chance: what dropout hides is said by `masks`.
"""

from rnnlab.reference.readout import loss, read
from rnnlab.reference.trace import LayerTrace, Trace
from rnnlab.reference.way_back import gradients, last_step_input_gradient
from rnnlab.reference.way_forward import forward

__all__ = [
    "LayerTrace",
    "Trace",
    "forward",
    "gradients",
    "last_step_input_gradient",
    "loss",
    "read",
]
