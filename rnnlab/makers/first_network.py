"""Trains the small network that plays on Home, and keeps its weights."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence

import numpy as np

from rnnlab.insight.first_network import FILE, SETTINGS
from rnnlab.makers import say
from rnnlab.settings import Plan
from rnnlab.training import train


def main(arguments: Sequence[str]) -> None:
    """Train, say what it has reached, and write the weights."""
    ArgumentParser("python -m rnnlab.makers first_network", description=__doc__).parse_args(
        arguments
    )
    *_, last = train(Plan(SETTINGS))
    weights = last.weights or {}
    say(f"loss {last.loss:.4f}, on fresh bits {last.held_out[0]:.4f}")
    np.savez(FILE, **weights)  # type: ignore[arg-type]
    say(f"kept in {FILE.name}: {sorted(weights)}")
