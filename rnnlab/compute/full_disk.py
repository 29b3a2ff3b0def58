"""A full temporary disk, recognised behind whatever went wrong because of it.

Dask keeps a folder for each worker there, certificates lie there for a moment, and so do the files
that Keras writes.
"""

from __future__ import annotations

import errno
import os

FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


def full_disk(problem: BaseException | None) -> str | None:
    """What to tell a person if a full disk caused this problem, else None."""
    outermost = str(problem)
    while problem is not None:
        if isinstance(problem, OSError) and problem.errno in FULL:
            return _sentence(problem.filename)
        # What Python says after it has tried to write into each of its folders for such files.
        if isinstance(problem, FileNotFoundError) and "temporary directory" in str(problem):
            return _sentence(None)
        problem = problem.__cause__ or problem.__context__
    # TensorFlow's errors have no number, but the system's words at their end.
    return _sentence(None) if os.strerror(errno.ENOSPC) in outermost else None


def _sentence(place: str | None) -> str:
    return f"The temporary disk is full: nothing can be written to {place or 'it'}."
