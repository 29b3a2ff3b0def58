"""The lab's code speaks the field's own words: names that say nothing stay out of it."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.imports import modules

INSTEAD = {
    "one": "what it is: rule, knob, event, layer, token …",
    "found": "what was found: match, tokens, job, series …",
    "said": "outputs, logits, probabilities, message …",
    "says": "outputs, probability, message …",
    "told": "events, history, progress …",
    "chance": "probability",
    "chances": "probabilities",
    "passes": "epochs",
    "rounds": "epochs",
    "judged": "evaluated",
    "judge": "evaluate, or losses",
    "dials": "hyperparameters",
    "parcel": "payload",
    "patience": "timeout",
    "welcome": "attach",
    "let_go": "detach",
    "manieth": "",
}
"""Names of variables, arguments, fields, functions, modules, and what to say instead."""

CLASSES = {
    "Board": "JobStore",
    "Line": "ClusterConnection",
    "Order": "Task",
    "Story": "History",
    "Glimpse": "LastWindow",
    "Crowd": "FreshData",
    "Outlook": "BayesPredictor",
    "Dials": "Hyperparameters",
    "Carry": "TrainState",
    "Stretch": "what it is",
    "Spot": "Node",
    "Arrow": "Edge",
}

ODD_ENGLISH = re.compile(
    r"\b(?:\w*manieth|fits not|is worth its while|of who (?:knows|sees|looks)|whoso\w*)\b",
    re.IGNORECASE,
)

MODULES = modules()


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def names_in(path: Path) -> tuple[str, ...]:
    """Every name that a file gives to something."""
    return tuple(_names_in(path))


def _names_in(path: Path) -> Iterator[str]:
    for node in nodes_of(path):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.alias) and node.asname:
            yield node.asname


def classes_in(path: Path) -> Iterator[str]:
    for node in nodes_of(path):
        if isinstance(node, ast.ClassDef):
            yield node.name


@pytest.mark.parametrize("word", INSTEAD)
def test_a_name_that_says_nothing_is_not_used(word):
    used = {
        module: count
        for module, path in MODULES.items()
        if (count := sum(name.lstrip("_") == word for name in names_in(path)))
    }
    assert not used, f"not {word!r}, but {INSTEAD[word]}"


def test_no_module_is_called_so():
    wrong = [name for name in MODULES if {*name.split(".")} & {*INSTEAD, "words"}]
    assert not wrong


def test_a_class_has_the_name_that_the_field_gives_it():
    wrong = [
        f"{module}.{name}, not {CLASSES[name]}"
        for module, path in MODULES.items()
        for name in classes_in(path)
        if name in CLASSES
    ]
    assert not wrong


def test_no_two_classes_have_one_name():
    places = defaultdict(list)
    for module, path in MODULES.items():
        for name in classes_in(path):
            places[name].append(module)
    assert not {name: where for name, where in places.items() if len(where) > 1}


def test_sentences_are_plain_english():
    counts = Counter(
        (module, odd)
        for module, path in MODULES.items()
        for odd in ODD_ENGLISH.findall(path.read_text(encoding="utf-8"))
    )
    assert not counts
