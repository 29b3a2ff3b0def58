"""The code by which a class finds its board, and the secret by which its teacher does."""

from __future__ import annotations

import secrets
from hashlib import sha256

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 signs that nobody takes for another one: no 0 and O, no 1, I and L."""
LENGTH = 6
SIGNS = "six digits and letters: 2 to 9, and no I, L or O"
"""The same in words."""

BYTES_OF_A_SECRET = 24
LONGEST_SECRET = 64
"""Characters; those that the lab makes have 32."""


def new_code() -> str:
    """A code at random, one of 31**6 = 887,503,681."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_secret() -> str:
    """A secret that nobody guesses: 192 random bits, as an address can carry them."""
    return secrets.token_urlsafe(BYTES_OF_A_SECRET)


def as_code(text: str) -> str | None:
    """The code that somebody has typed, in small letters or with spaces; None if it is none."""
    code = "".join(text[:40].split()).replace("-", "").upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def digest(secret: str) -> bytes:
    """What is kept of a secret: it finds the board, and does not give the secret away."""
    return sha256(secret[:LONGEST_SECRET].encode(errors="replace")).digest()
