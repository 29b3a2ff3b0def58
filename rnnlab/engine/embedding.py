"""The lowest layer's kernel on words: each word stands for its row of an embedding.

A word's product with the kernel is the same wherever it occurs. With fewer words in the vocabulary
than places in the window, each word is multiplied once, and each place takes the product of its
word; else each place takes the row of its word, and is multiplied. Tables and rows are word by word
in this module, (words or places, numbers), with all places of a window along one axis.
"""

from __future__ import annotations

from typing import NamedTuple

import tensorflow as tf

from rnnlab.cells.operations import Tensor


class Gradients(NamedTuple):
    """The gradients of the kernel and of the embedding.

    `squares` are the sums over places of the squared gradient that each gives its word's row.
    """

    kernel: Tensor
    embedding: Tensor
    squares: Tensor


def products(kernel: Tensor, embedding: Tensor, ids: Tensor) -> Tensor:
    """The kernel times the numbers of the words `ids` (timesteps, rows).

    `embedding` is (vocabulary, features), the result (timesteps, columns of the kernel, rows).
    """
    if _fewer_words_than_places(embedding, ids):
        rows = tf.gather(tf.matmul(embedding, kernel), ids)
    else:
        rows = tf.matmul(tf.gather(embedding, ids), kernel)  # (timesteps, rows, columns)
    return tf.linalg.matrix_transpose(rows)  # (timesteps, columns, rows)


def gradients(kernel: Tensor, embedding: Tensor, ids: Tensor, d_products: Tensor) -> Gradients:
    """The backward pass of `products` = embedding[ids] kernel.

    With E the embedding, K the kernel and D the gradient of each place's product: dL/dE sums D K^T
    over the places of each word, and dL/dK = E[ids]^T D.
    """
    words = tf.reshape(ids, (-1,))
    d_products = tf.reshape(tf.linalg.matrix_transpose(d_products), (-1, kernel.shape[1]))
    # From here on D is (places, columns), and D K^T is (places, features).
    d_rows = tf.matmul(d_products, kernel, transpose_b=True)
    squares = _sums(d_rows * d_rows, words, embedding)
    if _fewer_words_than_places(embedding, ids):
        # The sum over a word's places can be taken before the product: it is the same matrix K.
        d_table = _sums(d_products, words, embedding)  # (vocabulary, columns)
        d_kernel = tf.matmul(embedding, d_table, transpose_a=True)
        return Gradients(d_kernel, tf.matmul(d_table, kernel, transpose_b=True), squares)
    d_kernel = tf.matmul(tf.gather(embedding, words), d_products, transpose_a=True)
    return Gradients(d_kernel, _sums(d_rows, words, embedding), squares)


def _fewer_words_than_places(embedding: Tensor, ids: Tensor) -> bool:
    return bool(embedding.shape[0] <= ids.shape[0] * ids.shape[1])


def _sums(rows: Tensor, words: Tensor, embedding: Tensor) -> Tensor:
    """For each word the sum of the rows of its places."""
    return tf.math.unsorted_segment_sum(rows, words, embedding.shape[0])
