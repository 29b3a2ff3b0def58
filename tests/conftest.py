"""What holds for every test."""

import gc
import os
import signal

import pytest
from hypothesis import settings

# An example may take as long as it takes: on a busy machine a deadline fails what is right. Each
# run tries other examples, so half of the usual hundred see as much in two runs.
settings.register_profile("lab", deadline=None, max_examples=50)
settings.load_profile("lab")

# Where the check runs in the background, Ctrl-C is ignored, and so it would be by every server that
# a test starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

# What the lab gives its workers; here it also leaves a core to the tests with real processes.
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")


@pytest.fixture(autouse=True, scope="module")
def _what_other_modules_left_is_not_searched_for_garbage() -> None:
    """Streamlit collects garbage after every script, and one compiled program is a lot to search.

    Without this each test of a page takes the longer, the more was compiled before it.
    """
    gc.collect()
    gc.freeze()
