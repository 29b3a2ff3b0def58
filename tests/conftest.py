"""What holds for every test."""

import signal

# Where the check runs in the background, Ctrl-C is ignored, and so it would be by every server that
# a test starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
