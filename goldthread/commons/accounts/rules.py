"""Pure rules of accounts."""

from __future__ import annotations

import hashlib


def token_hash(token: str) -> str:
    """The SHA-256 of a sign-in token, in hexadecimal: what is kept of it. The token has 256 random bits, so no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
