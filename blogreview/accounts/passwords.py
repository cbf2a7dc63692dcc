"""Passwords, hashed with argon2id. At most a few hashes run at once: each takes 19 MiB and a tenth of a second."""

from __future__ import annotations

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_slots = BoundedSemaphore(4)
#: Verified against when nobody has the address, so that the time taken does not tell.
_nobody = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    with _slots:
        return _hasher.hash(password)


def is_right(password: str, password_hash: str | None) -> bool:
    with _slots:
        try:
            return _hasher.verify(password_hash or _nobody, password) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False
