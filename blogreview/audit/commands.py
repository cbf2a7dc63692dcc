from __future__ import annotations

from datetime import datetime

from blogreview.db import db
from blogreview.models import AuditEvent


def record(
    *, verb: str, subject: str, now: datetime, actor_id: int | None, course_id: int | None = None, **details: object
) -> None:
    """Add one event. ``verb`` is ``thing:past-tense`` ("grade:released"), ``subject`` names the row ("grade 12").

    ``details`` is plain data: what was and what is. No text of posts or reviews: they have their own history.
    """
    db.session.add(
        AuditEvent(verb=verb, subject=subject, at=now, actor_id=actor_id, course_id=course_id, details=details)
    )
