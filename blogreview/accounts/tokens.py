"""Random tokens for cookies and links. Only their hash is stored, so a stolen database opens nothing."""

from __future__ import annotations

import secrets
from hashlib import sha256


def new_token() -> str:
    """256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
