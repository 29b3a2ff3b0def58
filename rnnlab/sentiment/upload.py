"""A file of reviews from the browser, on its way to where it is learnt from."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from typing import Self

from rnnlab.sentiment.reviews import Reviews
from rnnlab.sentiment.sources import uploaded_reviews


@dataclass(frozen=True)
class Upload:
    """A table of reviews, packed. Two are equal if their names and bytes are.

    It travels and stays as bytes, because thousands of texts would be far larger; `digest` stands
    for them where uploads are compared.
    """

    name: str
    digest: str
    content: bytes = field(repr=False, compare=False)

    @classmethod
    def of(cls, content: bytes, name: str) -> Self:
        """The upload of a file, plain or packed with gzip."""
        packed = content if content.startswith(b"\x1f\x8b") else gzip.compress(content, mtime=0)
        return cls(name, hashlib.sha256(packed).hexdigest(), packed)

    @property
    def reviews(self) -> Reviews:
        """The reviews in it; a `ReviewsError` if it cannot be used."""
        return uploaded_reviews(self.content, self.name)
