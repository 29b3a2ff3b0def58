"""Reviews of many lengths as one array: zeros in front of short ones, long ones cut in front."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rnnlab.errors import SettingError
from rnnlab.sentiment.vocabulary import PADDING, START, Ids


def padded(ids: Sequence[Ids], length: int) -> Ids:
    """The ids of n reviews as an array of shape (n, length), each review at the end of its row.

    Before its first word stands `START`, before that `PADDING`. Of a review that is too long the
    last `length` words are kept, and `START` is lost with the first: so it is if Keras loads the
    reviews with `imdb.load_data` and pads them with `pad_sequences(…, maxlen=length)`.
    """
    if length < 1:
        raise SettingError(f"Reviews are read for at least 1 step, but {length} were asked for.")
    batch = np.full((len(ids), length), PADDING, dtype=np.int32)
    for row, review in zip(batch, ids, strict=True):
        n_kept = min(len(review), length)
        row[length - n_kept :] = review[len(review) - n_kept :]
        if n_kept < length:
            row[length - n_kept - 1] = START
    return batch
