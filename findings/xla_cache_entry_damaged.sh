#!/bin/sh
# TensorFlow 2.21.0: an unreadable entry of XLA's persistent cache makes the function unusable.
#
# One expects: a cache is a convenience. If the file of a compiled program cannot be read, because
# the disk was full when it was copied or somebody shortened it, the program is compiled as if it was
# not there; or at the latest when the file has been removed and the function is called again.
#
# What happens: the call raises OutOfRangeError, "Read less bytes than requested". After the file is
# removed the same call in the same process raises the same error again, since what has failed once is
# remembered under the function's name; a new process compiles it. The same function under another
# name works at once.
#
# Exit status: 0 while it is so, 1 once it has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "tensorflow-cpu==2.21.0" "keras==3.15.1" "numpy==2.4.6"
cat > "$folder/process.py" <<'PYTHON'
import os
import sys

import tensorflow as tf


def step(kernel, state):
    return tf.tanh(state @ kernel)


def outcome(function) -> str:
    try:
        function(tf.eye(3), tf.ones((2, 3)))
    except tf.errors.OpError as error:
        return type(error).__name__
    return "works"


function = tf.function(step, jit_compile=True)
outcomes = [outcome(function)]
if "repair" in sys.argv:
    for entry in os.scandir(sys.argv[1]):
        os.remove(entry)
    outcomes += [outcome(function), outcome(tf.function(step, jit_compile=True))]
print(*outcomes)
PYTHON
cat > "$folder/run.py" <<'PYTHON'
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import tensorflow as tf

HERE = Path(__file__).parent
cache = tempfile.mkdtemp(dir=HERE)
flags = f"--tf_xla_persistent_cache_directory={cache}"
flags += " --tf_xla_persistent_cache_device_types=CPU"
environment = os.environ | {"TF_XLA_FLAGS": flags, "TF_CPP_MIN_LOG_LEVEL": "3"}


def outcomes(*how: str) -> list[str]:
    """What the calls of a new process come to."""
    command = [sys.executable, str(HERE / "process.py"), cache, *how]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    done = subprocess.run(command, env=environment, check=True, text=True, **pipes)
    return done.stdout.split()


whole = outcomes()
for entry in os.scandir(cache):
    os.truncate(entry, entry.stat().st_size // 2)
damaged, repaired, renamed = outcomes("repair")
print("TensorFlow", tf.__version__)
print("a new function:                                   ", *whole)
print("its cache entry cut in half, in the next process: ", damaged)
print("called again once the entry has been removed:     ", repaired)
print("the same, wrapped anew and so under another name: ", renamed)
unchanged = whole == ["works"] and damaged == repaired == "OutOfRangeError" and renamed == "works"
print("as described" if unchanged else "CHANGED: a damaged entry is treated in another way")
sys.exit(0 if unchanged else 1)
PYTHON
TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" "$folder/run.py"
