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


def get_course_to_write(slug: str) -> Course:
    """The same, held still until this request has committed: who changes the class takes turns.

    Without it two presses on one button could add a person twice.

    :raise NotFound: no such course.
    """
    wanted = select(Course).where(Course.slug == slug).with_for_update(key_share=True)
    course = db.session.scalar(wanted.execution_options(populate_existing=True))
    if course is None:
        raise NotFound(f"course {slug}")
    return course


def find_course_to_join(join_code: str) -> Course | None:
    """The course whose code is open, held still as above."""
    return db.session.scalar(select(Course).where(Course.join_code == join_code).with_for_update(key_share=True))


def all_slugs() -> frozenset[str]:
    return frozenset(db.session.scalars(select(Course.slug)))


def scope_of(course: Course) -> Scope:
    return Scope(course_id=course.id)


def courses_of(actor: Actor) -> list[Course]:
    """The actor's courses, newest first. One query."""
    wanted = select(Course).where(Course.id.in_(actor.seats)).order_by(Course.created_at.desc(), Course.id.desc())
    return list(db.session.scalars(wanted))
