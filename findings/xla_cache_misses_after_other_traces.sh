#!/bin/sh
# TensorFlow 2.21.0: XLA's persistent cache finds a program only if as much was traced before it.
#
# One expects: with --tf_xla_persistent_cache_directory a function that one process has compiled
# is loaded from the disk by the next one. What it computes is the same, and so are its shapes, so
# whatever else that process has traced before cannot matter.
#
# What happens: the name of the function belongs to the key, and TensorFlow puts a number into it that
# counts all that was traced before in the process. A second process that does the very same in the
# same order writes nothing new; one that traces one more small function first compiles everything
# again and keeps it a second time. With a function definition under a name of one's own it is found.
#
# Exit status: 0 while it is so, 1 once it has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "tensorflow-cpu==2.21.0" "keras==3.15.1" "numpy==2.4.6"
cat > "$folder/process.py" <<'PYTHON'
import sys

import tensorflow as tf

if "other" in sys.argv:
    tf.function(lambda x: x * 2.0)(tf.constant(1.0))


@tf.function(jit_compile=True)
def recurrent(kernel, state):
    for _ in range(10):
        state = tf.tanh(state @ kernel)
    return state


arguments = tf.eye(3), tf.ones((2, 3))
if "named" in sys.argv:
    from tensorflow.python.eager import context

    definition = recurrent.get_concrete_function(*arguments).function_def
    own = type(definition).FromString(definition.SerializeToString())
    own.signature.name = "recurrent"
    context.context().add_function_def(own)
    context.context().call_function(b"recurrent", list(arguments), 1)
else:
    recurrent(*arguments)
PYTHON
cat > "$folder/run.py" <<'PYTHON'
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import tensorflow as tf

HERE = Path(__file__).parent


def kept(folder: str, *how: str) -> int:
    """How many programs the cache holds once such a process has ended."""
    flags = "--tf_xla_persistent_cache_directory=" + folder
    flags += " --tf_xla_persistent_cache_device_types=CPU"
    environment = os.environ | {"TF_XLA_FLAGS": flags, "TF_CPP_MIN_LOG_LEVEL": "3"}
    command = [sys.executable, str(HERE / "process.py"), *how]
    subprocess.run(command, env=environment, check=True, stderr=subprocess.DEVNULL)
    return len(os.listdir(folder))


first, second = tempfile.mkdtemp(dir=HERE), tempfile.mkdtemp(dir=HERE)
usual = [kept(first), kept(first), kept(first, "other")]
named = [kept(second, "named"), kept(second, "named", "other")]
print("TensorFlow", tf.__version__)
print("programs kept after the first process:                ", usual[0])
print("after a second that does the same:                    ", usual[1])
print("after a third that traces another function before:    ", usual[2])
print("under a name of one's own, first process:             ", named[0])
print("the same, another function traced before:             ", named[1])
unchanged = usual == [1, 1, 2] and named == [1, 1]
print("as described" if unchanged else "CHANGED: the cache has another key now")
sys.exit(0 if unchanged else 1)
PYTHON
TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" "$folder/run.py"
