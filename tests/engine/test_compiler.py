"""What XLA is asked for, and who is left alone."""

import os
import sys

import pytest
import tensorflow as tf

from rnnlab.engine import compiler

OTHER = "--xla_dump_hlo_as_text"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems are not asked for anything")
def test_flags_that_were_set_come_last_and_nothing_comes_twice(monkeypatch):
    monkeypatch.setenv("XLA_FLAGS", OTHER)
    monkeypatch.setattr(tf, "__version__", f"{compiler.TESTED}9")
    compiler.ask()
    compiler.ask()
    assert os.environ["XLA_FLAGS"].split() == [*compiler.FLAGS, OTHER]


def test_a_version_that_may_not_know_the_flags_is_not_given_them(monkeypatch):
    monkeypatch.setenv("XLA_FLAGS", OTHER)
    monkeypatch.setattr(tf, "__version__", "2.99.0")
    compiler.ask()
    assert os.environ["XLA_FLAGS"] == OTHER
