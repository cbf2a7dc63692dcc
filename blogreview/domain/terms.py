"""The closed vocabularies: every enum the schema stores and the rules read."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    STUDENT = "student"
    ASSISTANT = "assistant"
    TEACHER = "teacher"


class Joined(StrEnum):
    """How a membership came about."""

    LISTED = "listed"
    CODE = "code"
    FOUNDED = "founded"


class LinkPurpose(StrEnum):
    INVITATION = "invitation"
    NEW_PASSWORD = "new-password"


class Phase(StrEnum):
    SETUP = "setup"
    WRITING = "writing"
    REVIEWING = "reviewing"
    IMPROVING = "improving"
    GRADING = "grading"


class Deadline(StrEnum):
    PUBLISH = "publish"
    REVIEW = "review"
    IMPROVE = "improve"
    GRADES = "grades"


class ReadingOpens(StrEnum):
    """When the class may read each other's posts."""

    WRITING_CLOSED = "writing-closed"
    REVIEWING_CLOSED = "reviewing-closed"
    NEVER = "never"


class GradingScale(StrEnum):
    LETTERS = "letters"
    PASS_FAIL = "pass-fail"
    APPROVED = "approved"
    POINTS = "points"
    NONE = "none"


class SaveOutcome(StrEnum):
    """Whether a saved text became the draft, or lost to one saved meanwhile."""

    KEPT = "kept"
    LOST = "lost"


class AllocationSource(StrEnum):
    DEAL = "deal"
    TEACHER = "teacher"


class ReviewKind(StrEnum):
    PEER = "peer"
    TEACHER = "teacher"


class ReviewState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"


class CommentKind(StrEnum):
    STRENGTH = "strength"
    CHANGE = "change"


class GradeState(StrEnum):
    DRAFT = "draft"
    READY = "ready"
    RELEASED = "released"
