"""A course as those who teach it find it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, case, func, select

from blogreview.assignments import queries as assignments
from blogreview.db import db
from blogreview.domain.phases import phase_at, steps
from blogreview.domain.terms import GradeState, Role
from blogreview.grades.count_queries import readers
from blogreview.home.rows import TaughtAssignment, TaughtCourse
from blogreview.models import Assignment, Course, Grade, Membership, Post, Team


def taught_course(course: Course, now: datetime) -> TaughtCourse:
    """How far the class has come with everything it has been given, newest first. Three queries."""
    figures = {row["assignment_id"]: row for row in db.session.execute(_figures(course)).mappings()}
    found = db.session.scalars(
        select(Assignment).where(Assignment.course_id == course.id).order_by(Assignment.number.desc())
    )
    students, teams = db.session.execute(_size(course)).one()
    return TaughtCourse(students, teams, tuple(_row(row, figures.get(row.id), now) for row in found))


def _row(assignment: Assignment, figures: RowMapping | None, now: datetime) -> TaughtAssignment:
    opened = assignments.is_opened(assignment)
    deadlines = assignments.deadlines_of(assignment)
    present = next((step for step in steps(deadlines, opened, now) if step.state == "now"), None)
    names = ("published", "sent", "wanted", "ready", "released")
    return TaughtAssignment(
        number=assignment.number,
        title=assignment.title,
        phase=phase_at(deadlines, opened, now),
        until=present.until if present else deadlines.publish,
        **{name: figures[name] or 0 if figures else 0 for name in names},
    )


def _figures(course: Course) -> Select[*tuple[Any, ...]]:
    """Per assignment: posts the class can read, reviews of them, and grades."""
    shown = and_(Post.current_revision_id.is_not(None), Post.hidden_at.is_(None))
    of = readers()
    return (
        select(
            Post.assignment_id,
            _sum_where(shown, 1).label("published"),
            _sum_where(shown, of.c.sent).label("sent"),
            _sum_where(shown, of.c.wanted).label("wanted"),
            _sum_where(Grade.state.in_((GradeState.READY, GradeState.RELEASED)), 1).label("ready"),
            _sum_where(Grade.state == GradeState.RELEASED, 1).label("released"),
        )
        .join(Assignment, Assignment.id == Post.assignment_id)
        .outerjoin(of, of.c.post_id == Post.id)
        .outerjoin(Grade, Grade.post_id == Post.id)
        .where(Assignment.course_id == course.id)
        .group_by(Post.assignment_id)
    )


def _size(course: Course) -> Select[int, int]:
    """How many students, and how many teams."""
    students = select(func.count()).where(
        Membership.course_id == course.id, Membership.role == Role.STUDENT, Membership.left_at.is_(None)
    )
    teams = select(func.count()).where(Team.course_id == course.id)
    return select(students.scalar_subquery(), teams.scalar_subquery())


def _sum_where(condition: ColumnElement[bool], figure: ColumnElement[int] | int) -> ColumnElement[int]:
    return func.sum(case((condition, figure), else_=0))
