"""What can be known of bits at best: entropies and best losses in nats; and Wilson's interval.

Inputs x are independent fair bits. The target y[t] is 1 with probability
`table[x[t - lags[0]], x[t - lags[1]], ...]`: a table of shape (2, 2, ...) has one axis per lag, in
the order of `lags`, and every entry of it is equally likely. A lag may be 0 (the input just read)
and may occur twice (then the entries where the two would differ never happen).

Whoever predicts y from what is visible loses, on average, at least the conditional entropy of y
given what is visible, and whoever knows the table loses exactly that: the cross-entropy is the
entropy plus a divergence that is never negative. Cover & Thomas, "Elements of Information Theory"
(2nd edition, 2006), definition of entropy (2.1) and (2.5), conditional entropy (2.10), divergence
at least zero (theorem 2.6.3), conditioning never raises the entropy (theorem 2.6.5).
"""

from __future__ import annotations

import math
from collections.abc import Container
from dataclasses import dataclass
from string import ascii_letters
from typing import overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnlab.errors import SettingError

Floats = NDArray[np.float64]
Lags = tuple[int, ...]

Z = 1.96
"""Standard errors on either side of an interval that misses one time in twenty."""


SURE = 1e-15
"""The least probability that counts: what is less likely never comes."""


@dataclass(frozen=True, eq=False)
class BayesPredictor:
    """The Bayes-optimal predictor of a part of the past: P(target = 1 | what it sees).

    `probabilities` (steps, contexts) has a row for each step of a window, or a single row;
    `weights` say how often each context comes, and sum to 1: (contexts,), or the same shape if each
    step has contexts of its own.
    """

    probabilities: Floats
    weights: Floats

    @property
    def loss(self) -> float:
        """Its mean cross-entropy in nats, the conditional entropy of the target.

        The mean entropy of its probabilities: Cover & Thomas (2006), eq. 2.10.
        """
        return self.mean(binary_entropy(self.probabilities))

    @property
    def losses_by_step(self) -> Floats:
        """The same at each step of a window, (steps,)."""
        losses: Floats = np.vecdot(binary_entropy(self.probabilities), self.weights_by_step)
        return losses

    @property
    def deviation(self) -> float:
        """The standard deviation, in nats, of what a single target costs it."""
        p = np.clip(self.probabilities, SURE, 1 - SURE)
        squares = p * np.log(p) ** 2 + (1 - p) * np.log1p(-p) ** 2
        return float(np.sqrt(max(0.0, self.mean(squares) - self.loss**2)))

    @property
    def base_rate(self) -> float:
        """How often a target is 1, over all steps and contexts."""
        return self.mean(self.probabilities)

    @property
    def weights_by_step(self) -> Floats:
        """How often each context comes at each step, (steps, contexts)."""
        return np.broadcast_to(self.weights, self.probabilities.shape)

    def mean(self, values: Floats) -> float:
        """The mean over all steps and contexts of what is worth `values` (steps, contexts)."""
        return float(np.mean(np.vecdot(values, self.weights_by_step)))

    def flipped(self, noise: float) -> BayesPredictor:
        """The Bayes-optimal predictor of the same targets, flipped with probability `noise`."""
        return BayesPredictor(flipped(self.probabilities, noise), self.weights)


def flipped(probabilities: Floats, noise: float) -> Floats:
    """P(bit = 1) after bits with these probabilities are flipped with probability `noise`.

    A 1 stays, or a 0 is flipped: p (1 - noise) + (1 - p) noise.
    """
    if noise == 0:
        return probabilities
    return probabilities * (1 - noise) + (1 - probabilities) * noise


@overload
def binary_entropy(p: float) -> float: ...
@overload
def binary_entropy(p: Floats) -> Floats: ...
def binary_entropy(p: float | Floats) -> float | Floats:
    """Entropy, in nats, of a coin that shows heads with probability `p`; exactly 0 for a sure coin.

    -p ln p - (1 - p) ln(1 - p). Cover & Thomas (2006), eq. 2.5, with 0 ln 0 = 0.
    """
    probability = _probabilities(p)
    unsure = (probability > 0.0) & (probability < 1.0)
    inner = np.where(unsure, probability, 0.5)
    entropy = -inner * np.log(inner) - (1.0 - inner) * np.log1p(-inner)
    return np.where(unsure, entropy, 0.0)[()]


def probabilities(lags: Lags, table: ArrayLike, visible: Container[int]) -> Floats:
    """P(y[t] = 1 | the inputs at the lags in `visible`), for each entry of the table; shape (n,).

    The hidden bits are averaged out. There is one entry, equally likely, for each combination of
    bits at the distinct lags, also of the hidden ones.
    """
    distinct, merged = _merged(lags, table)
    hidden = tuple(axis for axis, lag in enumerate(distinct) if lag not in visible)
    averaged = np.mean(merged, axis=hidden, keepdims=True)
    return np.broadcast_to(averaged, merged.shape).ravel()


def probabilities_by_step(
    lags: Lags, table: ArrayLike, window: int, used: Container[int] | None = None
) -> Floats:
    """`probabilities` at each of the `window` steps after the state was reset; shape (window, n).

    Step k = 0, 1, ... sees x[t], x[t-1], ..., x[t-k], that is the lags 0 to k. `used` are the lags
    that the predictor makes use of, whatever it sees; `None`: all.
    """
    check_window(window)
    useful = sorted({lag for lag in lags if used is None or lag in used})
    by_visible = [
        probabilities(lags, table, useful[:n_visible]) for n_visible in range(len(useful) + 1)
    ]
    n_visible = np.searchsorted(useful, np.arange(window), side="right")  # (window,)
    return np.array(by_visible)[n_visible]


def check_window(window: int) -> None:
    """A `SettingError` for a window without steps."""
    if window < 1:
        raise SettingError(f"A window must have at least 1 step, but it has {window}.")


def wilson(ones: int, n: int) -> tuple[float, float]:
    """Wilson's interval for a probability, if `ones` of `n` trials came out 1; nan without trials.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927):
    all probabilities from which the share `ones / n` is at most 1.96 standard errors away. Unlike
    share ± 1.96 standard errors it has a length at shares of 0 and 1 too.
    """
    if not n:
        return math.nan, math.nan
    share = ones / n
    middle = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    spread = share * (1 - share) / n + (Z / (2 * n)) ** 2
    half = Z * math.sqrt(spread) / (1 + Z**2 / n)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _merged(lags: Lags, table: ArrayLike) -> tuple[Lags, Floats]:
    """The distinct lags in rising order, and the table with exactly one axis for each of them."""
    full = _probabilities(table)
    if full.shape != (2,) * len(lags):
        raise SettingError(
            f"A table over {len(lags)} lags must have the shape {(2,) * len(lags)}, "
            f"but it has {full.shape}."
        )
    if any(lag < 0 for lag in lags):
        raise SettingError(f"A lag must be at least 0, but the lags are {lags}.")
    distinct = tuple(sorted(set(lags)))
    letters = dict(zip(distinct, ascii_letters[: len(distinct)], strict=True))
    axes = "".join(letters[lag] for lag in lags)
    # A letter that occurs twice in "aba->ab" keeps the entries where both bits are the same.
    merged: Floats = np.einsum(f"{axes}->{''.join(letters.values())}", full)
    return distinct, merged


def _probabilities(values: ArrayLike) -> Floats:
    """`values` as floats; a `SettingError` if one of them is no probability."""
    array = np.asarray(values, dtype=np.float64)
    wrong = ~((array >= 0.0) & (array <= 1.0))
    if wrong.any():
        raise SettingError(
            f"A probability must lie between 0 and 1, but it is {float(array[wrong][0])}."
        )
    return array
