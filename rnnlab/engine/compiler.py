"""What XLA is asked for: a loop, with all that is in it, as one function.

Else XLA calls what it has compiled piece by piece, some twenty pieces a time step, and a library
for the products. To a small network these calls cost more than its arithmetic.
"""

from __future__ import annotations

import os
import sys

import tensorflow as tf

TESTED = "2.21."
"""The versions of TensorFlow, on Linux, with which this was measured: XLA ends a process that has
flags it does not know."""

LARGEST_LOOP = 10_000_000
"""The most bytes that a turn of a loop may read and write (measured)."""

FLAGS = (
    # Products are compiled where they are used …
    "--xla_cpu_multi_thread_eigen=false",
    # … and so are sums: a function cannot call the library.
    "--xla_cpu_experimental_ynn_fusion_type=",
    "--xla_backend_extra_options=xla_force_enable_experimental_llvm_ir_gemm=true,"
    f"xla_cpu_small_while_loop_byte_threshold={LARGEST_LOOP}",
)


def ask() -> None:
    """Set the flags, before those that are set already; XLA reads them when it first compiles."""
    if sys.platform == "linux" and tf.__version__.startswith(TESTED):
        others = [flag for flag in os.environ.get("XLA_FLAGS", "").split() if flag not in FLAGS]
        os.environ["XLA_FLAGS"] = " ".join([*FLAGS, *others])
