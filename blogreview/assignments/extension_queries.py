from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from blogreview.db import db
from blogreview.domain.terms import Deadline, Role
from blogreview.errors import NotFound
from blogreview.models import Assignment, Extension, Membership, Post, PostAuthor, Team, User


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose deadline it is: a team's or a person's."""

    team_id: int | None = None
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """One extension as the teacher's list shows it."""

    id: int
    deadline: Deadline
    until: datetime
    who: str
    granted_by: str
    #: Who wrote the team's post, where that was settled before: they are the ones who can publish.
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class People:
    """Whom an extension can be given to: id and name, by name."""

    teams: tuple[tuple[int, str], ...]
    students: tuple[tuple[int, str], ...]


def get_extension(assignment_id: int, extension_id: int) -> Extension:
    """:raise NotFound: the assignment has no such extension."""
    found = db.session.scalar(
        select(Extension).where(Extension.assignment_id == assignment_id, Extension.id == extension_id)
    )
    if found is None:
        raise NotFound(f"extension {extension_id}")
    return found


def find_extension(assignment_id: int, deadline: Deadline, holder: Holder) -> Extension | None:
    return db.session.scalar(
        select(Extension).where(
            Extension.assignment_id == assignment_id,
            Extension.deadline == deadline,
            Extension.team_id.is_(None) if holder.team_id is None else Extension.team_id == holder.team_id,
            Extension.user_id.is_(None) if holder.user_id is None else Extension.user_id == holder.user_id,
        )
    )


def overtaken(assignment_id: int, deadline: Deadline, by: datetime) -> list[Extension]:
    """The extensions of a deadline that end no later than ``by``. One query."""
    wanted = select(Extension).where(
        Extension.assignment_id == assignment_id, Extension.deadline == deadline, Extension.until <= by
    )
    return list(db.session.scalars(wanted))


def extension_rows(assignment: Assignment) -> list[ExtensionRow]:
    """Every extension, the soonest first. Two queries."""
    giver = aliased(User)
    authors = _settled_authors(assignment.id)
    wanted = (
        select(Extension, func.coalesce(Team.name, User.name), giver.name)
        .outerjoin(Team, Team.id == Extension.team_id)
        .outerjoin(User, User.id == Extension.user_id)
        .join(giver, giver.id == Extension.granted_by_id)
        .where(Extension.assignment_id == assignment.id)
        .order_by(Extension.until, Extension.id)
    )
    return [
        ExtensionRow(
            row.id, row.deadline, row.until, who, granted_by,
            authors.get(row.team_id or 0, ()) if row.deadline is Deadline.PUBLISH else (),
        )
        for row, who, granted_by in db.session.execute(wanted)
    ]


def own_extensions(assignment_id: int, holder: Holder) -> list[tuple[Deadline, datetime]]:
    """What the team, and the person, have been given, the soonest first. One query."""
    wanted = (
        select(Extension.deadline, Extension.until)
        .where(
            Extension.assignment_id == assignment_id,
            (Extension.team_id.is_not(None) & (Extension.team_id == holder.team_id))
            | (Extension.user_id.is_not(None) & (Extension.user_id == holder.user_id)),
        )
        .order_by(Extension.until)
    )
    return [(deadline, until) for deadline, until in db.session.execute(wanted)]


def people_of(course_id: int) -> People:
    """Every team and every student of the course. Two queries."""
    teams = select(Team.id, Team.name).where(Team.course_id == course_id).order_by(Team.name)
    students = (
        select(User.id, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.course_id == course_id, Membership.role == Role.STUDENT, Membership.left_at.is_(None))
        .order_by(User.name, User.id)
    )
    return People(*(tuple((id, name) for id, name in db.session.execute(wanted)) for wanted in (teams, students)))


def _settled_authors(assignment_id: int) -> dict[int, tuple[str, ...]]:
    """Team -> who wrote its post, for posts whose authors are settled. One query."""
    wanted = (
        select(Post.team_id, User.name)
        .join(PostAuthor, PostAuthor.post_id == Post.id)
        .join(User, User.id == PostAuthor.user_id)
        .where(Post.assignment_id == assignment_id, Post.frozen_at.is_not(None))
        .order_by(User.name)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for team_id, name in db.session.execute(wanted):
        found[team_id].append(name)
    return {team_id: tuple(names) for team_id, names in found.items()}
