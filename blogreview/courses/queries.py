from __future__ import annotations

from sqlalchemy import select

from blogreview.db import db
from blogreview.errors import NotFound
from blogreview.models import Course
from blogreview.policy import Actor, Scope


def find_course(slug: str) -> Course | None:
    return db.session.scalar(select(Course).where(Course.slug == slug))


def get_course(slug: str) -> Course:
    """:raise NotFound: no such course."""
    course = find_course(slug)
    if course is None:
        raise NotFound(f"course {slug}")
    return course


def scope_of(course: Course) -> Scope:
    return Scope(course_id=course.id)


def courses_of(actor: Actor) -> list[Course]:
    """The actor's courses, newest first. One query."""
    wanted = select(Course).where(Course.id.in_(actor.seats)).order_by(Course.created_at.desc(), Course.id.desc())
    return list(db.session.scalars(wanted))
