"""A training run as an iterator of progress: a plan in, the curve out, chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rnnlab.engine import Architecture, Dials, program
from rnnlab.network import Network
from rnnlab.progress import TrainingProgress
from rnnlab.settings import Plan, Settings
from rnnlab.training.checkpoints import Checkpoints
from rnnlab.training.chunks import ends
from rnnlab.training.data import Data
from rnnlab.training.story import Story

CHECKPOINTS = Checkpoints()


def train(plan: Plan) -> Iterator[TrainingProgress]:
    """Train as planned, yielding `TrainingProgress` after each chunk; the last carries everything.

    What this process has done of it before is told again, not done again. Raises `TrainingError`
    when the loss is no longer a number. To stop, stop asking.
    """
    settings = plan.settings
    before = CHECKPOINTS.latest(plan)
    story = before.story(plan) if before else Story(plan, [], [])
    yield from story.told[:]
    with story.part("compile"):
        compiled = program(architecture(settings))
        compiled.compile()
    step = before.step if before else 0
    first = (settings.first_weights(number) for number in range(settings.networks))
    carry = before.carry if before else compiled.begin(list(first))
    data = Data(settings)
    for end in _ends(plan, step, compiled.architecture.capacity):
        with story.part("data"):
            batches = data.batches(step, end)
        with story.part("updates"):
            carry, chunk = compiled.run(carry, batches, dials(plan, step))
        last_window = data.last_window(end - 1, chunk.predicted)
        told = story.tell(end, chunk, compiled.weights(carry), last_window)
        CHECKPOINTS.keep(plan, end, carry, story)
        step = end
        yield told


def architecture(settings: Settings) -> Architecture:
    """What a run with these settings compiles."""
    return Architecture(
        network=replace(settings.network, dropout=0.0),
        optimizer=settings.optimizer,
        rows=settings.rows,
        timesteps=settings.shape[0],
        networks=settings.networks,
        with_dropout=settings.network.dropout > 0,
        with_clipping=settings.clip > 0,
    )


def dials(plan: Plan, step: int) -> Dials:
    """How the dials stand in the update that comes after `step` updates."""
    s = plan.settings
    return Dials(
        learning_rate=plan.rate(step),
        dropout=s.network.dropout,
        clip=s.clip if s.clip > 0 else 1.0,
        seeds=tuple(range(s.seed, s.seed + s.networks)),
    )


def warm_up() -> None:
    """Compile one tiny program, so that the first run does not pay for the compiler's own start."""
    program(Architecture(Network(units=1), "adam", rows=1, timesteps=1)).compile()


def _ends(plan: Plan, step: int, capacity: int) -> list[int]:
    """After which updates this plan tells something, from `step` on."""
    turned = {at for at, _ in plan.rates}
    wanted = {*ends(plan.settings, capacity), *turned, plan.end}
    return sorted(end for end in wanted if step < end <= plan.end)
