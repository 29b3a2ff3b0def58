"""What makes the files that travel with the lab. `python -m rnnlab.makers` lists the makers.

Each module in this folder is one maker: its docstring begins with what it makes, and its `main`
takes the options of the command line. What several steps of a maker need lies in a folder beside.
They need scikit-learn besides the lab's own requirements:
`pip install -r rnnlab/makers/requirements.txt`.
"""

import sys


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
