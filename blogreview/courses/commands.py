from __future__ import annotations

import secrets
from datetime import datetime

from blogreview.audit.commands import record
from blogreview.courses import queries
from blogreview.db import db
from blogreview.domain.join_codes import make_code
from blogreview.domain.slugs import unique_slug
from blogreview.domain.terms import Joined, Role
from blogreview.models import Course, Membership


def create_course(*, code: str, title: str, term: str, timezone: str, now: datetime, actor_id: int) -> Course:
    """A course with an open join code; whoever makes it teaches it."""
    course = Course(
        slug=unique_slug(f"{code} {term}", queries.all_slugs(), "course"),
        code=code,
        title=title,
        term=term,
        timezone=timezone,
        created_at=now,
    )
    db.session.add(course)
    db.session.flush()
    db.session.add(
        Membership(
            course_id=course.id, user_id=actor_id, role=Role.TEACHER, joined=Joined.FOUNDED, created_at=now
        )
    )
    record(verb="course:made", subject=f"course {course.id}", now=now, actor_id=actor_id, course_id=course.id)
    open_joining(course=course, now=now, actor_id=actor_id)
    return course


def open_joining(*, course: Course, now: datetime, actor_id: int) -> None:
    """A new join code; an older one stops working."""
    course.join_code = make_code(secrets.choice)
    record(verb="join-code:made", subject=f"course {course.id}", now=now, actor_id=actor_id, course_id=course.id)
    db.session.flush()


def close_joining(*, course: Course, now: datetime, actor_id: int) -> None:
    course.join_code = None
    record(verb="join-code:closed", subject=f"course {course.id}", now=now, actor_id=actor_id, course_id=course.id)
    db.session.flush()
