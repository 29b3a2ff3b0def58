"""The best loss that anyone can reach, in nats, for targets made from coin flips.

The inputs x are independent fair bits. The target y[t] is 1 with probability
`table[x[t - lags[0]], x[t - lags[1]], ...]`: a table of shape (2, 2, ...) has one axis per lag, in
the order of `lags`, and every entry of it is equally likely. A lag may be 0 (the input just read)
and may occur twice (then the entries where the two would differ never happen).

Nobody who predicts y from what can be seen loses less, on average, than the conditional entropy of
y given what can be seen, and who knows the table loses exactly that: the cross-entropy is the
entropy plus a divergence that is never negative. Cover & Thomas, "Elements of Information Theory"
(2nd edition, 2006), definition of entropy (2.1) and (2.5), conditional entropy (2.10), divergence
at least zero (theorem 2.6.3), conditioning never raises the entropy (theorem 2.6.5).
"""

from __future__ import annotations

from collections.abc import Callable, Container
from string import ascii_letters
from typing import overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rnnlab.errors import SettingError

Floats = NDArray[np.float64]
Lags = tuple[int, ...]


@overload
def binary_entropy(p: float) -> float: ...
@overload
def binary_entropy(p: Floats) -> Floats: ...
def binary_entropy(p: float | Floats) -> float | Floats:
    """Entropy, in nats, of a coin that shows heads with probability `p`; exactly 0 for a sure coin.

    -p ln p - (1 - p) ln(1 - p). Cover & Thomas (2006), eq. 2.5, with 0 ln 0 = 0.
    """
    chance = _probabilities(p)
    unsure = (chance > 0.0) & (chance < 1.0)
    inner = np.where(unsure, chance, 0.5)
    entropy = -inner * np.log(inner) - (1.0 - inner) * np.log1p(-inner)
    return np.where(unsure, entropy, 0.0)[()]


def chances(lags: Lags, table: ArrayLike, visible: Container[int]) -> Floats:
    """P(y[t] = 1 | the inputs at the lags in `visible`), for each entry of the table; shape (n,).

    The hidden bits are averaged out. There is one entry, equally likely, for each combination of
    bits at the distinct lags, also of the hidden ones.
    """
    distinct, chance = _merged(lags, table)
    hidden = tuple(axis for axis, lag in enumerate(distinct) if lag not in visible)
    known = np.mean(chance, axis=hidden, keepdims=True)
    return np.broadcast_to(known, chance.shape).ravel()


def chances_by_position(
    lags: Lags, table: ArrayLike, window: int, known: Container[int] | None = None
) -> Floats:
    """`chances` at each of the `window` steps after the state was reset; shape (window, n).

    Step k = 0, 1, ... sees x[t], x[t-1], ..., x[t-k], that is the lags 0 to k. `known` are the
    lags that the predictor makes use of, whatever it sees; `None`: all.
    """
    return _by_position(lambda seen: chances(lags, table, seen), lags, window, known)


def conditional_entropy(lags: Lags, table: ArrayLike, visible: Container[int]) -> float:
    """H(y[t] | the inputs at the lags in `visible`), in nats; `visible` may hold other lags too.

    The hidden bits are averaged out of the table, which leaves P(y = 1) for each combination of
    the visible ones; the entropies of these are then averaged. Cover & Thomas (2006), eq. 2.10.
    """
    return float(np.mean(binary_entropy(chances(lags, table, visible))))


def loss_by_position(
    lags: Lags, table: ArrayLike, window: int, known: Container[int] | None = None
) -> Floats:
    """The best loss at each of the `window` steps after the state was reset; shape (window,).

    The values are a staircase that goes down where another lag comes into view: the mean
    entropies of `chances_by_position`.
    """
    return _by_position(lambda seen: conditional_entropy(lags, table, seen), lags, window, known)


def best_loss(
    lags: Lags, table: ArrayLike, window: int | None = None, known: Container[int] | None = None
) -> float:
    """The best mean loss, in nats, where the state is reset every `window` steps; `None`: never.

    Over windows it is the mean of `loss_by_position`; with the whole past visible it is
    H(y | those of its causes that are `known`), `None` being all.
    """
    if window is None:
        return conditional_entropy(lags, table, lags if known is None else known)
    return float(np.mean(loss_by_position(lags, table, window, known)))


def check_window(window: int) -> None:
    """A `SettingError` for a window without steps."""
    if window < 1:
        raise SettingError(f"A window must have at least 1 step, but it has {window}.")


def _by_position(
    value: Callable[[list[int]], ArrayLike], lags: Lags, window: int, known: Container[int] | None
) -> Floats:
    """The `value` of the lags in view at each step; shape (window, ...)."""
    check_window(window)
    used = sorted({lag for lag in lags if known is None or lag in known})
    stairs = [value(used[:seen]) for seen in range(len(used) + 1)]
    lags_in_view = np.searchsorted(used, np.arange(window), side="right")
    return np.array(stairs)[lags_in_view]


def _merged(lags: Lags, table: ArrayLike) -> tuple[Lags, Floats]:
    """The distinct lags in rising order, and the table with exactly one axis for each of them."""
    chance = _probabilities(table)
    if chance.shape != (2,) * len(lags):
        raise SettingError(
            f"A table over {len(lags)} lags must have the shape {(2,) * len(lags)}, "
            f"but it has {chance.shape}."
        )
    if any(lag < 0 for lag in lags):
        raise SettingError(f"A lag must be at least 0, but the lags are {lags}.")
    distinct = tuple(sorted(set(lags)))
    letters = dict(zip(distinct, ascii_letters[: len(distinct)], strict=True))
    axes = "".join(letters[lag] for lag in lags)
    # A letter that occurs twice in "aba->ab" keeps the entries where both bits are the same.
    merged: Floats = np.einsum(f"{axes}->{''.join(letters.values())}", chance)
    return distinct, merged


def _probabilities(values: ArrayLike) -> Floats:
    """`values` as floats; a `SettingError` if one of them is no probability."""
    chance = np.asarray(values, dtype=np.float64)
    wrong = ~((chance >= 0.0) & (chance <= 1.0))
    if wrong.any():
        raise SettingError(
            f"A probability must lie between 0 and 1, but it is {float(chance[wrong][0])}."
        )
    return chance
