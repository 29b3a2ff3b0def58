"""A network's forward and backward pass in plain NumPy: the engine's judge, and what pages use.

Everything keeps the precision of the weights it is given, so that gradients can be checked in
float64. Nothing is random: `masks` say what dropout hides.
"""

from rnnlab.reference.backward import gradients, last_step_input_gradient
from rnnlab.reference.forward import forward
from rnnlab.reference.losses import loss, read
from rnnlab.reference.trace import LayerTrace, Trace

__all__ = [
    "LayerTrace",
    "Trace",
    "forward",
    "gradients",
    "last_step_input_gradient",
    "loss",
    "read",
]
