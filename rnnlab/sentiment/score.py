"""How good a model's verdicts are where the labels are known: accuracy, confusions, mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from rnnlab.sentiment.many import Judged
from rnnlab.theory import wilson

MOST_MISTAKES = 10


@dataclass(frozen=True)
class Score:
    """Counts of texts with a label: `counts[label][verdict]`, both 0 (negative) or 1 (positive)."""

    counts: tuple[tuple[int, int], tuple[int, int]]

    @classmethod
    def of(cls, judged: Sequence[Judged]) -> Self:
        """The counts of those that have a label."""
        kinds = Counter((one.label, one.verdict) for one in judged)
        return cls(((kinds[0, 0], kinds[0, 1]), (kinds[1, 0], kinds[1, 1])))

    @property
    def n(self) -> int:
        """How many texts have a label."""
        return sum(map(sum, self.counts))

    @property
    def right(self) -> int:
        """How many verdicts are the label."""
        return self.counts[0][0] + self.counts[1][1]

    @property
    def accuracy(self) -> float:
        """The share of right verdicts; there must be a label."""
        return self.right / self.n

    @property
    def bar(self) -> tuple[float, float]:
        """Between what the accuracy on very many such texts should lie, 19 times in 20."""
        return wilson(self.right, self.n)

    @property
    def constant(self) -> float:
        """The accuracy of who always says what most labels say."""
        return max(map(sum, self.counts)) / self.n


def mistakes(judged: Sequence[Judged], most: int = MOST_MISTAKES) -> list[Judged]:
    """The wrong verdicts, those first that the model was surest of; equals in their order."""
    wrong = [one for one in judged if one.right is False]
    return sorted(wrong, key=lambda one: -one.sureness)[:most]


def accuracy_sentence(score: Score) -> str:
    """How many are right, what that says of other texts, and whether it is worth anything."""
    low, high = score.bar
    share = f"{score.right:,} of {score.n:,} right"
    between = f"between {low:.1%} and {high:.1%}, 19 times in 20"
    if low > score.constant:
        worth = "clearly better than"
    elif score.accuracy > score.constant:
        worth = "not surely better than"
    else:
        worth = "no better than"
    return (
        f"{share}. On very many texts like these the accuracy would lie {between}. That is {worth} "
        f"always saying what most labels say, which scores {score.constant:.1%}."
    )


def confusion_sentence(score: Score) -> str:
    """Which kind of mistake is more frequent."""
    (_, too_kind), (too_harsh, _) = score.counts
    if not too_kind and not too_harsh:
        return "Look at the lower left and the upper right tile: it made no mistake."
    kinds = f"{too_kind:,} negative taken for positive, {too_harsh:,} positive for negative"
    leaning = "It leans to neither side."
    low, high = wilson(too_kind, too_kind + too_harsh)
    if low > 0.5:
        leaning = "It is too kind to these texts."
    elif high < 0.5:
        leaning = "It is too harsh on these texts."
    return f"Look at the tiles of the mistakes: {kinds}. {leaning}"


def how_sure(one: Judged) -> str:
    """The probability that it gives to its verdict, as people say it: nothing is quite sure."""
    return "over 99%" if one.sureness >= 0.995 else f"{one.sureness:.0%}"


def mistakes_sentence(worst: Sequence[Judged]) -> str:
    """What to look at in the list of mistakes."""
    if not worst:
        return "There is none."
    said, true = ("positive", "negative")[:: 1 if worst[0].verdict else -1]
    return (
        f"The surest mistake comes first: {how_sure(worst[0])} {said}, but the label says "
        f"{true}. Read it: who is wrong, the network or the label? Irony, a film retold, and a "
        "word that means something else here are the usual reasons."
    )
