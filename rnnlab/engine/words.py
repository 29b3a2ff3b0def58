"""The lowest layer's kernel on words: each word stands for its row of an embedding.

A word's product with the kernel is the same wherever it occurs. With fewer words than places, each
is multiplied once, and the places take the products of their words; else the rows of their words.
Tables and rows lie word by word here, (words or places, numbers), and all places in one axis.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import tensorflow as tf

Tensor = Any


class Gradients(NamedTuple):
    """The gradients of the kernel and of the embedding.

    `squares` are the sums over places of the squares of what each says of its word's row.
    """

    kernel: Tensor
    embedding: Tensor
    squares: Tensor


def products(kernel: Tensor, embedding: Tensor, ids: Tensor) -> Tensor:
    """The kernel times the numbers of the words `ids` (timesteps, *places).

    `embedding` is (vocabulary, features) or (vocabulary, features, networks), the result
    (timesteps, columns of the kernel, *places).
    """
    if ids.shape.rank > 2:
        alone = zip(*_of_each_network(kernel, embedding), tf.unstack(ids, axis=1), strict=True)
        return tf.stack([products(*one) for one in alone], 2)
    if _fewer_words_than_places(embedding, ids):
        rows = tf.gather(tf.matmul(embedding, kernel), ids)
    else:
        rows = tf.matmul(tf.gather(embedding, ids), kernel)
    return tf.linalg.matrix_transpose(rows)


def gradients(kernel: Tensor, embedding: Tensor, ids: Tensor, d_products: Tensor) -> Gradients:
    """The way back through `products`."""
    if ids.shape.rank > 2:
        of_places = tf.unstack(ids, axis=1), tf.unstack(d_products, axis=2)
        alone = zip(*_of_each_network(kernel, embedding), *of_places, strict=True)
        found = zip(*[gradients(*one) for one in alone], strict=True)
        return Gradients(*[tf.stack(parts, axis=2) for parts in found])
    words = tf.reshape(ids, (-1,))
    d_products = tf.reshape(tf.linalg.matrix_transpose(d_products), (-1, kernel.shape[1]))
    d_rows = tf.matmul(d_products, kernel, transpose_b=True)
    squares = _sums(d_rows * d_rows, words, embedding)
    if _fewer_words_than_places(embedding, ids):
        d_table = _sums(d_products, words, embedding)
        d_kernel = tf.matmul(embedding, d_table, transpose_a=True)
        return Gradients(d_kernel, tf.matmul(d_table, kernel, transpose_b=True), squares)
    d_kernel = tf.matmul(tf.gather(embedding, words), d_products, transpose_a=True)
    return Gradients(d_kernel, _sums(d_rows, words, embedding), squares)


def _of_each_network(*weights: Tensor) -> list[list[Tensor]]:
    return [tf.unstack(weight, axis=2) for weight in weights]


def _fewer_words_than_places(embedding: Tensor, ids: Tensor) -> bool:
    return bool(embedding.shape[0] <= ids.shape[0] * ids.shape[1])


def _sums(rows: Tensor, words: Tensor, embedding: Tensor) -> Tensor:
    """For each word the sum of the rows of its places."""
    return tf.math.unsorted_segment_sum(rows, words, embedding.shape[0])
