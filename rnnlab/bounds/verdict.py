"""What the losses that a run has reached say of what it has learnt, in a few sentences."""

from __future__ import annotations

import math
from dataclasses import replace

from rnnlab.bounds.lines import CLOSE, SAME, Bounds
from rnnlab.bounds.reached import Dip, Reached
from rnnlab.settings import Settings

NEAR = 0.05
"""Nats; losses closer than this are similar."""

NEARLY_ALL, LITTLE = 0.1, 0.3
"""Shares of what can be learnt: left, where nothing counts as left; and learnt, where nothing does.

They count where there is so little to learn that fixed distances say nothing.
"""

DEEP = 0.03
"""Nats below knowing nothing from which on everybody sees a dip of the curve."""

OF_A_BIT = 0.3
"""Nats by which bits cost more or less than their mean where a network knows a little of them: the
standard deviation for a logit of 0.6, so that their mean is 0.65."""

SURE = 2.0
"""Standard deviations that luck hardly exceeds: one time in twenty."""


def verdict(bounds: Bounds, settings: Settings, reached: Reached) -> str:
    """What a run has learnt, judged on data that it does not learn from wherever that is known."""
    when = "" if reached.latest else f"After update {reached.step:,}: "
    if bounds.bits:
        return when + _on_series(bounds, settings, reached)
    return when + _on_samples(bounds, reached)


def luck(bounds: Bounds, settings: Settings, reached: Reached) -> float:
    """By how many nats the loss on the bits that are learnt from may differ by chance alone."""
    updates = min(max(reached.step, 1), settings.updates_per_epoch)
    n_bits = updates * settings.rows * settings.window * settings.networks
    return SURE * bounds.deviation / math.sqrt(n_bits)


def _on_samples(bounds: Bounds, reached: Reached) -> str:
    """A squared error as a root mean squared error, beside those of simpler ways."""
    loss, known = reached.evaluated_loss, bool(reached.held_out)
    where = bounds.judged_on if known and bounds.judged_on else bounds.learns_from
    sentence = (
        f"On the {where} the loss is {loss:.3g}, so the root mean squared error is "
        f"{math.sqrt(loss):.3g}"
    )
    if bounds.judged_on and not known:
        return f"{sentence}. The simpler ways are measured on the {bounds.judged_on}."
    return f"{sentence}{_beside(bounds, loss)}{_overfitted(reached, loss)}"


def _beside(bounds: Bounds, loss: float) -> str:
    """The best of the simpler ways that is beaten, and the best that is not."""
    beaten = [(label, math.sqrt(line)) for label, line in bounds.lines if loss < line]
    unbeaten = [(label, math.sqrt(line)) for label, line in bounds.lines if loss >= line]
    if not beaten:
        label, root = unbeaten[0]
        better = f" “{unbeaten[-1][0]}” reaches {unbeaten[-1][1]:.3g}." if unbeaten[1:] else ""
        return f": no better than “{label}” ({root:.3g}).{better}"
    label, root = beaten[-1]
    sentence = f"; “{label}” is wrong by {root:.3g}."
    if unbeaten:
        label, root = unbeaten[-1]
        sentence += f" But “{label}” is better than your network: it is only wrong by {root:.3g}."
    return sentence


def _overfitted(reached: Reached, loss: float) -> str:
    if reached.overfit is None:
        return ""
    return (
        f" It overfits: after update {reached.overfit.step:,} that error was "
        f"{math.sqrt(reached.overfit.best):.3g}. Since then it has grown to {math.sqrt(loss):.3g}, "
        "while the error on the data that it learns from kept falling."
    )


def _on_series(bounds: Bounds, settings: Settings, reached: Reached) -> str:
    seen, fresh, best = reached.loss, reached.held_out_loss, bounds.best
    made_of = settings.stream_rule.consists_of
    if fresh is None and settings.fresh_data:
        fresh = seen  # they come once and never again
    by_chance = luck(bounds, settings, reached)
    again = not settings.fresh_data and reached.step > settings.updates_per_epoch
    if again and fresh is not None and fresh - seen > CLOSE + by_chance:
        return _by_heart(bounds, settings, seen, fresh)
    if again and fresh is None and best - seen > CLOSE + by_chance:
        return (
            f"The loss is {seen:.4f}. By the rule alone it could not be below {best:.4f}: so your "
            f"network has learnt these very {made_of} by heart. Take new data every epoch, "
            "or longer rows."
        )
    if fresh is None:
        return (
            f"The loss is {seen:.4f} and the best possible is {best:.4f}. Only fresh {made_of} can "
            "show how much of that is the rule."
        )
    sentence = f"The loss is {seen:.4f}"
    sentence += f" ({fresh:.4f} on fresh {made_of})" if reached.held_out else ""
    if bounds.baseline - best < CLOSE:
        return _hardly_anything(bounds, settings, sentence, fresh)
    if fresh - best > min(CLOSE, NEARLY_ALL * (bounds.baseline - best)):
        return _something_is_left(bounds, settings, sentence, fresh, reached.dip)
    lucky = CLOSE < best - seen <= CLOSE + by_chance
    few = f" It lies below only by luck, because there are few {made_of}." if lucky else ""
    return f"{sentence}, and the best possible is {best:.4f}: there is nothing left to learn.{few}"


def _by_heart(bounds: Bounds, settings: Settings, seen: float, fresh: float) -> str:
    """What is left on fresh bits or letters of what was learnt of these."""
    made_of = settings.stream_rule.consists_of
    sentence = (
        f"The loss is {seen:.4f} on the {made_of} it learns from, but {fresh:.4f} on fresh "
        f"{made_of} of the same rule: the difference is what it has learnt by heart."
    )
    remedy = "Take new data every epoch, or longer rows."
    learnable = bounds.baseline - bounds.best
    if learnable < CLOSE:
        return f"{sentence} {_why_so_little(bounds, settings)}"
    if fresh > bounds.baseline - min(CLOSE, LITTLE * learnable):
        nothing = f"Knowing nothing costs {bounds.baseline:.4f}, so it knows nothing of the rule."
        return f"{sentence} {nothing} {remedy}"
    share = _share(bounds, fresh)
    learnt = f"It has learnt {share} of what can be known ({bounds.best:.4f} is best)."
    return f"{sentence} {learnt} {remedy}"


def _share(bounds: Bounds, loss: float) -> str:
    return f"{(bounds.baseline - loss) / (bounds.baseline - bounds.best):.0%}"


def _something_is_left(
    bounds: Bounds, settings: Settings, sentence: str, loss: float, dip: Dip | None
) -> str:
    """How much, and why."""
    baseline, window, best = bounds.baseline, bounds.window, bounds.best
    steps = _steps(settings)
    if window > baseline - SAME and abs(loss - baseline) < NEAR:
        return (
            f"{sentence}, close to knowing nothing ({baseline:.4f}). With this rule {best:.4f} is "
            f"possible, but no window of {steps} holds a cause together with its effect, so no "
            f"gradient can teach the connection.{_echo(bounds, settings, dip)}"
        )
    if loss > baseline - min(CLOSE, LITTLE * (baseline - best)):
        return (
            f"{sentence}, no better than guessing ({baseline:.4f}), though "
            f"{best:.4f} is possible. Try more epochs, another learning rate or another seed "
            "(“With other luck”)."
        )
    return (
        f"{sentence}; the best possible is {best:.4f}. It has learnt {_share(bounds, loss)} "
        "of what can be known."
    )


def _echo(bounds: Bounds, settings: Settings, dip: Dip | None) -> str:
    """Where the curve came down although no window holds a cause together with its effect.

    Measured on `pair-too-late`: with six seeds it comes down to 0.603 to 0.671; with an empty state
    at each window never below 0.6928. The best weighted sum of the units says as much from the
    first weights on (0.573 to 0.676 on other bits), and of the last ones 0.638 to 0.693.
    """
    if dip is None or not settings.carry_state:
        return ""
    n_bits = dip.n * settings.rows * settings.window * settings.networks
    if dip.loss > bounds.baseline - DEEP - 2 * SURE * OF_A_BIT / math.sqrt(n_bits):
        return ""
    return (
        f" On its way it was at {dip.loss:.2f} (update {dip.step:,}): its first weights carried "
        "an echo of the causes from window to window, which no gradient keeps."
    )


def _hardly_anything(bounds: Bounds, settings: Settings, sentence: str, loss: float) -> str:
    """Where the best possible is no better than knowing nothing, as far as curves can show."""
    baseline, best, why = bounds.baseline, bounds.best, _why_so_little(bounds, settings)
    if loss > baseline + CLOSE:
        return f"{sentence}, worse than knowing nothing ({baseline:.4f}). {why}"
    if best > baseline - SAME:
        return f"{sentence}, and knowing nothing costs {baseline:.4f}. {why}"
    return (
        f"{sentence}; knowing nothing costs {baseline:.4f}, and the best possible is {best:.4f}. "
        f"{why}"
    )


def _steps(settings: Settings) -> str:
    return f"{settings.window} step" + ("s" if settings.window > 1 else "")


def _why_so_little(bounds: Bounds, settings: Settings) -> str:
    """Why runs with these settings can learn nothing, or hardly anything."""
    steps = _steps(settings)
    lines = dict(bounds.lines)
    amount = "nothing" if bounds.best > bounds.baseline - SAME else "hardly anything"
    if lines["best possible"] < bounds.baseline - CLOSE and amount == "nothing":
        return (
            f"There is nothing to learn in single windows of {steps}: none of them holds a cause "
            "together with its effect."
        )
    if lines["best possible"] < bounds.baseline - CLOSE:
        return f"There is {amount} to learn in single windows of {steps}."
    clean = Bounds.of(replace(settings, noise=0.0))
    if clean.best < clean.baseline - CLOSE:
        return f"Noise of {settings.noise:g} leaves {amount} to learn."
    return f"There is {amount} to learn: the past does not say what comes next."
