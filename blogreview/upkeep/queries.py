from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, or_, select

from blogreview.db import db
from blogreview.domain.terms import Deadline
from blogreview.models import Assignment, Extension, Post


def is_anything_due(now: datetime) -> bool:
    """Whether writing has closed somewhere and the deal, or who wrote what, is not settled. One query."""
    # A deadline's minute is over a minute after it began: see domain.phases.closes.
    over = now.replace(second=0, microsecond=0) - timedelta(minutes=1)
    own_deadline = (
        select(func.max(Extension.until))
        .where(
            Extension.assignment_id == Assignment.id,
            Extension.team_id == Post.team_id,
            Extension.deadline == Deadline.PUBLISH,
        )
        .scalar_subquery()
    )
    undealt = and_(Assignment.dealt_at.is_(None), Assignment.publish_by <= over)
    unfrozen = exists().where(
        Post.assignment_id == Assignment.id,
        Post.frozen_at.is_(None),
        func.coalesce(own_deadline, Assignment.publish_by) <= over,
    )
    wanted = select(Assignment.id).where(Assignment.opened_at.is_not(None), or_(undealt, unfrozen)).limit(1)
    return db.session.scalar(wanted) is not None
