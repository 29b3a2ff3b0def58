"""PyTorch as its tutorials use it: modules, an optimizer, and a loop over the batches."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from rnnlab.engine import Batches
from tests.benchmarks.contenders import Job, Turn

TITLE = "PyTorch loop"

LAYERS = {"simple_rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
OPTIMIZERS = {
    "sgd": torch.optim.SGD,
    "adam": torch.optim.Adam,
    "rmsprop": torch.optim.RMSprop,
    "adagrad": lambda weights, lr: torch.optim.Adagrad(weights, lr, initial_accumulator_value=0.1),
}


def prepare(job: Job, batches: Batches) -> Turn:
    """The same network, after a first update."""
    network = job.network
    torch.set_num_threads(2 if network.vocabulary else 1)  # whichever is faster
    layers = LAYERS[network.cell](
        network.features,
        network.units,
        network.layers,
        batch_first=True,
        bidirectional=network.bidirectional,
    )
    dense = nn.Linear(network.width, network.outputs)
    embedded = nn.Embedding(network.vocabulary, network.features) if network.vocabulary else None
    parts = [layers, dense, *([embedded] if embedded else [])]
    weights = [weight for part in parts for weight in part.parameters()]
    optimizer = OPTIMIZERS[job.settings.optimizer](weights, lr=job.settings.learning_rate)
    by_number = nn.CrossEntropyLoss() if network.classes and not network.sigmoid else None
    judge = by_number or (nn.BCEWithLogitsLoss() if network.sigmoid else nn.MSELoss())
    x = torch.tensor(batches.inputs[:, 0].astype(np.int64 if embedded else np.float32))
    y = torch.tensor(batches.targets[:, 0].astype(np.int64 if by_number else np.float32))

    def train(n_updates: int) -> None:
        state = None
        for inputs, targets, keep in zip(x[:n_updates], y, batches.keep, strict=False):
            inputs = embedded(inputs) if embedded else inputs
            outputs, state = layers(inputs, state if keep else None)
            state = (
                tuple(part.detach() for part in state)
                if isinstance(state, tuple)
                else state.detach()
            )
            said = dense(outputs[:, -1:] if network.last_step else outputs)
            said = said.reshape(-1, network.outputs) if by_number else said[..., 0]
            loss = judge(said, targets.reshape(-1) if by_number else targets)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    train(1)
    return lambda: train(len(x))
