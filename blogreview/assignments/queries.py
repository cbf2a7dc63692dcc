from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from blogreview.db import db
from blogreview.domain.phases import Deadlines, Step, class_may_read, closes, is_open, steps
from blogreview.domain.terms import Deadline, Role
from blogreview.errors import NotFound
from blogreview.models import Assignment, Course, Extension
from blogreview.policy import Scope


def get_assignment(slug: str, number: int) -> Assignment:
    """The course's assignment of that ordinal, its course joined. One query.

    :raise NotFound: no such course or assignment.
    """
    found = db.session.scalar(
        select(Assignment).join(Assignment.course).where(Course.slug == slug, Assignment.number == number)
    )
    if found is None:
        raise NotFound(f"assignment {number} of {slug}")
    return found


def newest_number(course_id: int, role: Role) -> int | None:
    """The ordinal of the newest assignment; for a student, of the newest opened one."""
    wanted = select(func.max(Assignment.number)).where(Assignment.course_id == course_id)
    if role is Role.STUDENT:
        wanted = wanted.where(Assignment.opened_at.is_not(None))
    return db.session.scalar(wanted)


def deadlines_of(assignment: Assignment) -> Deadlines:
    """The assignment's own deadlines, nobody's extension counted in."""
    return Deadlines(assignment.publish_by, assignment.review_by, assignment.improve_by, assignment.grades_by)


def deadlines_for(assignment: Assignment, *, team_id: int | None, user_id: int | None = None) -> Deadlines:
    """The deadlines that hold for this team, or this reader: an extension replaces the assignment's. One query."""
    wanted = (
        select(Extension.deadline, func.max(Extension.until))
        .where(
            Extension.assignment_id == assignment.id,
            # "= NULL" would become IS NULL, and so everyone else's extensions.
            or_(
                and_(Extension.team_id.is_not(None), Extension.team_id == team_id),
                and_(Extension.user_id.is_not(None), Extension.user_id == user_id),
            ),
        )
        .group_by(Extension.deadline)
    )
    return extended(assignment, {deadline: moment for deadline, moment in db.session.execute(wanted)})  # noqa: C416


def extended(assignment: Assignment, until: Mapping[Deadline, datetime]) -> Deadlines:
    """The assignment's deadlines, those that have been extended replaced."""
    return Deadlines(
        until.get(Deadline.PUBLISH, assignment.publish_by),
        until.get(Deadline.REVIEW, assignment.review_by),
        until.get(Deadline.IMPROVE, assignment.improve_by),
        assignment.grades_by,
    )


def phase_items(assignment: Assignment, now: datetime) -> tuple[Step, ...]:
    """What components/phases.html draws: the class's phases, nobody's extension counted in."""
    return steps(deadlines_of(assignment), is_opened(assignment), now)


def is_opened(assignment: Assignment) -> bool:
    return assignment.opened_at is not None


def feedback_is_open(assignment: Assignment, now: datetime) -> bool:
    return is_opened(assignment) and not is_open(assignment.review_by, now)


def feedback_opens(assignment: Assignment) -> datetime:
    return closes(assignment.review_by)


def reading_is_open(assignment: Assignment, now: datetime) -> bool:
    """Whether the class may read published posts now."""
    return class_may_read(assignment.reading_opens, deadlines_of(assignment), is_opened(assignment), now)


def scope_of(assignment: Assignment, now: datetime) -> Scope:
    """The facts about the assignment itself; a post's scope adds the post's."""
    return Scope(
        course_id=assignment.course_id,
        opened=is_opened(assignment),
        known=is_opened(assignment),
        reading_open=reading_is_open(assignment, now),
        feedback_open=feedback_is_open(assignment, now),
    )
