"""Bytes out of gzip, and never more than there may be."""

from __future__ import annotations

import gzip
import io
import zlib

from rnnlab.errors import FileError

_GZIP = b"\x1f\x8b"


def is_packed(content: bytes) -> bool:
    """Whether these bytes are packed with gzip."""
    return content.startswith(_GZIP)


def unpacked(content: bytes, name: str, limit: int) -> bytes:
    """The bytes, out of gzip if they are in it; a `FileError` if there are more than `limit`."""
    if is_packed(content) and len(content) <= limit:
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
                content = file.read(limit + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise FileError(
                f"'{name}' cannot be unpacked: it is damaged or not complete; get it once more."
            ) from error
    if len(content) > limit:
        raise too_large(name, limit)
    return content


def too_large(name: str, limit: int) -> FileError:
    """The error about a file that is larger than it may be."""
    return FileError(
        f"'{name}' is larger than {limit / 1e6:.0f} MB (unpacked), which is the most the lab "
        "takes; leave some of it out."
    )
