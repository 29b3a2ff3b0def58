"""What each line beside a loss curve means, and what it says of a network that has come past it."""

from __future__ import annotations

from typing import NamedTuple

from rnnlab.bounds.lines import BEST, CLOSE, FIRST_WINDOW, NOTHING, WINDOW, Bounds
from rnnlab.settings import Settings


class Meaning(NamedTuple):
    """A line explained: what the number means, and what it says once the loss is below `reach`."""

    meaning: str
    crossed: str
    reach: float


def meanings(bounds: Bounds, settings: Settings) -> list[Meaning]:
    """One for each of `bounds.lines`, with these settings' own numbers."""
    explain = _of_bits if bounds.bits else _of_numbers
    return [explain(label, loss, settings) for label, loss in bounds.lines]


def _of_bits(label: str, loss: float, settings: Settings) -> Meaning:
    window = settings.window
    if label == NOTHING:
        return Meaning(
            f"Who knows nothing of the rule, and always says the same chance, pays {loss:.4f}.",
            "it is better than knowing nothing.",
            loss,
        )
    if label == WINDOW:
        meaning = f"Who sees only the {window} steps of one window cannot get below {loss:.4f}."
        if settings.carry_state:
            return Meaning(meaning, "its state carries more than one window tells.", loss)
        return Meaning(meaning, f"as good as one window allows, to {CLOSE:g}.", loss + CLOSE)
    if label == FIRST_WINDOW:
        return Meaning(
            f"In the first window of an epoch nothing has been seen before: {loss:.4f} at best.",
            "it is better than anyone is in the first window of an epoch.",
            loss,
        )
    if label == BEST:
        why = "the rest is pure chance." if loss > 0 else "every target can be known."
        far = "" if settings.carry_state else " It takes the whole past, not one window."
        return Meaning(
            f"Nobody who knows the rule gets below {loss:.4f} on average: {why}{far}",
            f"as good as can be, to {CLOSE:g}.",
            loss + CLOSE,
        )
    return Meaning(
        f"Who knows of the rule “{label}” can get down to {loss:.4f}.",
        f"it knows more than “{label}”.",
        loss,
    )


def _of_numbers(label: str, loss: float, _settings: Settings) -> Meaning:
    return Meaning(
        f"A simple way to predict: “{label}”. Its mean squared error is {loss:.3g}.",
        f"it is better than “{label}”.",
        loss,
    )
