"""What a class must always have, and why a change to it is refused."""

from __future__ import annotations

from enum import StrEnum


class ClassRefusal(StrEnum):
    LAST_TEACHER = "last-teacher"
    TEAM_IN_USE = "team-in-use"
    TEAM_NAME_TAKEN = "team-name-taken"


class JoinRefusal(StrEnum):
    #: Also a code that has been closed: which, a guesser must not learn.
    WRONG_CODE = "wrong-code"
    TOO_MANY_TRIES = "too-many-tries"
    #: The address is on a class list or has an account; joining with it would need proof that it is theirs.
    KNOWN_ADDRESS = "known-address"
