"""Between what a chance should lie, of which a share was counted."""

from __future__ import annotations

import math

Z = 1.96
"""Standard errors on either side of a bar that misses one time in twenty."""


def wilson(ones: int, n: int) -> tuple[float, float]:
    """Between what the true chance should lie, 19 times in 20; nan if nothing is counted.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927):
    all chances from which the share `ones / n` is at most 1.96 standard errors away. Unlike share
    ± 1.96 standard errors it has a length at shares of 0 and 1 too.
    """
    if not n:
        return math.nan, math.nan
    share = ones / n
    middle = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    spread = share * (1 - share) / n + (Z / (2 * n)) ** 2
    half = Z * math.sqrt(spread) / (1 + Z**2 / n)
    return max(middle - half, 0.0), min(middle + half, 1.0)
