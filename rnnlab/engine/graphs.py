"""Traced functions in the compilation cache: tracing takes longer than loading what is compiled.

XLA finds an executable again by the name of its function, in which TensorFlow puts a number that
depends on what was traced before. Here names follow from what a function depends on, and whether it
has just been traced or was kept, the compiler gets the very same one.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import Any

import tensorflow as tf
from tensorflow.python.eager import context

from rnnlab import compilation_cache
from rnnlab.cells.operations import Tensor

logger = logging.getLogger(__name__)

# Tracing holds the interpreter anyway, and the first to trace imports parts of TensorFlow and Keras
# that import each other: two threads that come from two sides could meet halfway.
_tracing = Lock()


class FunctionGraph:
    """A function with a fixed name, from flat arguments to flat results."""

    def __init__(self, name: str, results: int):
        self._name = name
        self._results = results

    def __call__(self, *arguments: Any) -> list[Tensor]:
        """Call it; whatever is no tensor is made one."""
        tensors = [
            argument if isinstance(argument, tf.Tensor) else tf.convert_to_tensor(argument)
            for argument in arguments
        ]
        results: list[Tensor] = context.context().call_function(
            self._name.encode(), tensors, self._results
        )
        return results


def graph(
    function: Callable[..., Any], arguments: Sequence[Any], depends_on: str, jit_compile: bool
) -> FunctionGraph:
    """The function for such arguments, as one compiled program if `jit_compile`.

    `depends_on` says all that it depends on besides the types and shapes of its arguments.
    """
    name = f"graph_{hashlib.sha256(depends_on.encode()).hexdigest()[:24]}"
    if not context.context().has_function(name):
        functions = _kept(name)
        if functions is None:
            with _tracing:
                functions = _traced(function, arguments, name, jit_compile)
            _keep(name, functions)
        for definition in functions:
            context.context().add_function_def(definition)
    results = context.context().get_function_def(name).signature.output_arg
    return FunctionGraph(name, len(results))


def _traced(
    function: Callable[..., Any], arguments: Sequence[Any], name: str, jit_compile: bool
) -> list[Any]:
    """The function and those that it calls, all under names that begin with `name`."""
    traced = tf.function(function, jit_compile=jit_compile or None, autograph=False)
    concrete = traced.get_concrete_function(*arguments)
    called = concrete.graph.as_graph_def().library.function
    names = {concrete.function_def.signature.name: name}
    names |= {inner.signature.name: f"{name}_{k}" for k, inner in enumerate(called)}
    functions = [type(concrete.function_def).FromString(concrete.function_def.SerializeToString())]
    for definition in (*functions, *called):
        definition.signature.name = names[definition.signature.name]
        for node in definition.node_def:
            for attribute in node.attr.values():
                called_here = [attribute.func] if attribute.HasField("func") else []
                for reference in (*called_here, *attribute.list.func):
                    reference.name = names.get(reference.name, reference.name)
    return [*functions, *called]


def _kept(name: str) -> list[Any] | None:
    folder = compilation_cache.folder()
    if folder is None or not _file(folder, name).exists():
        return None
    try:
        kept = tf.compat.v1.GraphDef.FromString(_file(folder, name).read_bytes())
    except Exception:
        logger.warning("%s cannot be used.", _file(folder, name), exc_info=True)
        return None
    return list(kept.library.function)


def _keep(name: str, functions: Sequence[Any]) -> None:
    """Write them whole or not at all; without them the next process traces anew."""
    folder = compilation_cache.folder()
    if folder is None:
        return
    kept = tf.compat.v1.GraphDef()
    kept.library.function.extend(functions)
    try:
        with NamedTemporaryFile(dir=folder, delete=False) as temporary:
            temporary.write(kept.SerializeToString(deterministic=True))
        os.replace(temporary.name, _file(folder, name))
    except OSError:
        logger.warning("%s cannot be kept.", name, exc_info=True)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.pb"
