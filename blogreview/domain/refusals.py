"""Why a command may say no, where the rules of the course are the reason. complaints.py has the words."""

from __future__ import annotations

from enum import StrEnum


class AllocationRefusal(StrEnum):
    #: Somebody has begun reviewing: everything cannot be dealt anew.
    REVIEWING_BEGUN = "reviewing-begun"
    #: This review has been begun: it stays where it is.
    REVIEW_BEGUN = "review-begun"
    #: The reader has the post already, wrote it, is on its team, or is kept apart from it.
    DOES_NOT_FIT = "does-not-fit"


class ClassRefusal(StrEnum):
    LAST_TEACHER = "last-teacher"
    TEAM_IN_USE = "team-in-use"
    TEAM_NAME_TAKEN = "team-name-taken"


class JoinRefusal(StrEnum):
    #: Also a code that has been closed: which, a guesser must not learn.
    WRONG_CODE = "wrong-code"
    TOO_MANY_TRIES = "too-many-tries"
    #: The address is on a class list or has an account; to join with it takes proof that it is theirs.
    KNOWN_ADDRESS = "known-address"
