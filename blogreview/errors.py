"""Ways a command or a query can fail that a page must answer for."""

from __future__ import annotations

from enum import Enum


class BlogReviewError(Exception):
    """Base of every error we raise on purpose."""


class NotFound(BlogReviewError):
    """No such thing, or none the asker may know of."""


class Refused(BlogReviewError):
    """The rules of the course say no; ``reason`` is a code that complaints.py gives words."""

    def __init__(self, reason: Enum, **facts: object) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.facts = facts


class Conflict(BlogReviewError):
    """Someone saved meanwhile. ``current`` is what stands now; the loser's text is in the history."""

    def __init__(self, current: object) -> None:
        super().__init__("stale save")
        self.current = current
