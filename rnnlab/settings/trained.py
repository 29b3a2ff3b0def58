"""A trained network to take away: what its files of Keras are made of."""

from __future__ import annotations

from dataclasses import dataclass

from rnnlab.cells.cell import Weights
from rnnlab.settings.run import Settings


@dataclass(frozen=True, eq=False)
class Trained:
    """A network after training: the argument of the work `rnnlab.keras_models.network:keras_file`.

    `weights` are by name, as `Settings.network` has them. Two are equal, and so are one job, if
    settings and weights are equal to the last bit.
    """

    settings: Settings
    weights: Weights

    @property
    def private(self) -> bool:
        """Whether it was made of what a visitor has typed or uploaded."""
        return self.settings.private

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Trained) and self._content == other._content

    def __hash__(self) -> int:
        return hash(self._content)

    @property
    def _content(self) -> tuple[object, ...]:
        arrays = sorted(self.weights.items())
        return (self.settings, *((name, array.tobytes()) for name, array in arrays))
