"""What is worked out once of a text or a corpus, and kept while that is there: never longer.

A visitor's own text must be gone with the last who holds it, so no cache may hold it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

Source = TypeVar("Source")
Others = ParamSpec("Others")
Value = TypeVar("Value")


def kept(
    function: Callable[Concatenate[Source, Others], Value],
) -> Callable[Concatenate[Source, Others], Value]:
    """The function, called once for equal arguments while the first of them is there.

    What it gives must not hold its first argument, or it would hold itself.
    """
    values: WeakKeyDictionary[Source, dict[Any, Value]] = WeakKeyDictionary()

    @wraps(function)
    def get(source: Source, /, *others: Others.args, **options: Others.kwargs) -> Value:
        of_source = values.setdefault(source, {})
        key = (others, tuple(options.items()))
        if key not in of_source:
            of_source[key] = function(source, *others, **options)
        return of_source[key]

    return get
