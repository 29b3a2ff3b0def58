"""The forward pass of networks on many texts at once, quickly; `rnnlab.reference` checks it.

Texts lie right-aligned, the longest first, so that all end together and the texts of a step are
the first n. A backward layer reads each text from its end, in the same loop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from rnnlab.cells import fast_layer
from rnnlab.cells.cell import Floats
from rnnlab.network import layer_weights
from rnnlab.sentiment.model import Reader
from rnnlab.sentiment.vocabulary import PADDING, Ids

MOST_STEPS = 12_000
"""Texts times steps that are computed together, which bounds the memory."""

MOST_ROWS = 64
"""Of one product: BLAS would share a larger one among cores, see `rnnlab.cells.fast`."""

Indices = NDArray[np.intp]


def logits(reader: Reader, texts: Sequence[Ids]) -> Floats:
    """The network's logit for each of some texts, given as ids: (texts,). None may be empty."""
    kernel, bias = reader.weights["dense_kernel"], reader.weights["dense_bias"]
    logits = np.empty(len(texts), bias.dtype)
    for batch in _batches([len(text) for text in texts]):
        lengths = np.array([len(texts[index]) for index in batch])
        outputs = _outputs(reader, _aligned([texts[index] for index in batch]), lengths)
        pooled = _pooled(outputs, lengths) if reader.network.pooling else _side_by_side(outputs[-1])
        logits[batch] = (pooled @ kernel + bias)[:, 0]
    return logits


def logits_so_far(reader: Reader, ids: Ids) -> Floats:
    """A causal network's logit after each id, as if the text ended there: (ids,)."""
    outputs = _outputs(reader, ids[None], np.array([len(ids)]))[:, 0, 0]
    logits: Floats = outputs @ reader.weights["dense_kernel"] + reader.weights["dense_bias"]
    return logits[:, 0]


def _batches(lengths: Sequence[int]) -> Iterator[Indices]:
    """Indices of texts to be computed together, the longest first."""
    order = np.argsort([-length for length in lengths], kind="stable")
    done = 0
    while done < len(order):
        n = min(MOST_ROWS, max(1, MOST_STEPS // lengths[order[done]]))
        yield order[done : done + n]
        done += n


def _aligned(texts: Sequence[Ids]) -> Ids:
    """Texts, the longest first, below each other: (texts, steps), each at the end of its row."""
    rows = np.full((len(texts), len(texts[0])), PADDING, np.int32)
    for row, text in zip(rows, texts, strict=True):
        row[len(row) - len(text) :] = text
    return rows


def _outputs(reader: Reader, ids: Ids, lengths: Indices) -> Floats:
    """The outputs of the top layer, (steps, directions, texts, units), in the order of reading."""
    network = reader.network
    network.check_inputs(ids)
    words, indices = np.unique(ids, return_inverse=True)
    indices = indices.reshape(ids.shape).T
    outputs = _layer(reader, 1, reader.weights["embedding"][words], indices, lengths)
    for layer in range(2, network.layers + 1):
        inputs = _in_order_of_the_text(outputs, lengths)
        rows = np.arange(len(inputs)).reshape(indices.shape)
        outputs = _layer(reader, layer, inputs, rows, lengths)
    return outputs


def _layer(
    reader: Reader, layer: int, inputs: Floats, indices: Indices, lengths: Indices
) -> Floats:
    """One layer; at step t of text i it reads the row inputs[indices[t, i]]."""
    steps, n_texts = indices.shape
    network = reader.network
    fast = fast_layer(
        network.cell, _stacked(reader, layer), n_texts, network.units, network.activation
    )
    table = _products(inputs, fast.kernel) + fast.bias
    index = _rows_of(table, indices, lengths)
    n_begun = np.searchsorted(-lengths, np.arange(steps) - steps, side="right")
    directions, gates, _, columns = table.shape
    rows = table.reshape(-1, columns)
    outputs = np.zeros((steps + 1, directions, n_texts, network.units), table.dtype)
    n, from_inputs = 0, rows
    for t in range(steps):
        if n != n_begun[t]:
            n = int(n_begun[t])
            from_inputs = np.empty((directions, gates, n, columns), table.dtype)
        rows.take(index[t, ..., :n], axis=0, out=from_inputs, mode="clip")
        fast.step(from_inputs, outputs[t, :, :n], outputs[t + 1, :, :n])
    return outputs[1:]


def _products(inputs: Floats, kernel: Floats) -> Floats:
    """Each row of `inputs` times the kernel of each gate: (directions, gates, rows, units).

    The number of rows is rounded up, to blocks.
    """
    blocks = np.zeros((-(-len(inputs) // MOST_ROWS) * MOST_ROWS, inputs.shape[1]), inputs.dtype)
    blocks[: len(inputs)] = inputs
    table = blocks.reshape(-1, MOST_ROWS, inputs.shape[1]) @ kernel[:, :, None]
    return table.reshape(*kernel.shape[:2], -1, kernel.shape[3])


def _rows_of(table: Floats, indices: Indices, lengths: Indices) -> Indices:
    """Where among all rows of a table lies what is read: (steps, directions, gates, texts)."""
    directions, gates, n_rows, _ = table.shape
    back = indices[_mirrored(len(indices), lengths), np.arange(len(lengths))]
    read = np.stack([indices, back][:directions], axis=1)
    starts = n_rows * np.arange(directions * gates).reshape(directions, gates, 1)
    index: Indices = read[:, :, None] + starts
    return index


def _stacked(reader: Reader, layer: int) -> dict[str, Floats]:
    """A layer's weights by the cell's names, with one more axis: the directions of reading."""
    directions = reader.network.directions
    weights = [layer_weights(reader.weights, layer, direction) for direction in directions]
    return {name: np.stack([own[name] for own in weights]) for name in weights[0]}


def _mirrored(steps: int, lengths: Indices) -> Indices:
    """Where in time lies what is read at step t backward: (steps, texts)."""
    unclipped = np.arange(2 * steps - 1, steps - 1, -1)[:, None] - lengths
    mirrored: Indices = np.clip(unclipped, 0, steps - 1)
    return mirrored


def _in_order_of_the_text(outputs: Floats, lengths: Indices) -> Floats:
    """Outputs as the layer above reads them, (steps * texts, directions * units)."""
    steps, directions, n_texts, _ = outputs.shape
    forward = outputs[:, 0]
    if directions == 1:
        return forward.reshape(steps * n_texts, -1)
    backward = outputs[_mirrored(steps, lengths), 1, np.arange(n_texts)]
    return np.concatenate([forward, backward], axis=2).reshape(steps * n_texts, -1)


def _side_by_side(outputs: Floats) -> Floats:
    """(directions, texts, units) as (texts, directions * units)."""
    return outputs.swapaxes(0, 1).reshape(outputs.shape[1], -1)


def _pooled(outputs: Floats, lengths: Indices) -> Floats:
    """The mean and the largest over the steps of each text, side by side."""
    mean = _side_by_side(outputs.sum(axis=0)) / lengths[:, None].astype(outputs.dtype)
    for text, length in enumerate(lengths):
        outputs[: len(outputs) - length, :, text] = -np.inf
    return np.concatenate([mean, _side_by_side(outputs.max(axis=0))], axis=1)
