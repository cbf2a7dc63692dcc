"""Questions about the class: its teams, its members, and who may be given a link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from blogreview.db import db
from blogreview.domain.alphabet import alphabetical
from blogreview.domain.classlist import email_key
from blogreview.domain.terms import Role
from blogreview.errors import NotFound
from blogreview.models import Course, Extension, KeptApart, Membership, Post, Team, User
from blogreview.policy import Actor, Scope
from blogreview.teams.class_import import Class, Known


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One person in the class. ``id`` is the membership's."""

    id: int
    user_id: int
    name: str
    email: str
    role: Role
    confirmed: bool
    team: str | None
    team_name: str | None
    has_password: bool
    #: Somebody else's colleague: a link to their account would open more than this teacher's own courses.
    trusted_elsewhere: bool

    @property
    def studies(self) -> bool:
        return self.role is Role.STUDENT

    @property
    def invitable(self) -> bool:
        return not self.has_password and not self.trusted_elsewhere


@dataclass(frozen=True, slots=True)
class TeamRow:
    slug: str
    name: str
    members: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True)
class ClassRows:
    """Everybody in the class, as its page groups them; each group by name."""

    teams: tuple[TeamRow, ...]
    teamless: tuple[MemberRow, ...]
    unconfirmed: tuple[MemberRow, ...]
    staff: tuple[MemberRow, ...]
    #: Students without a password who may be given a link.
    invitable: tuple[MemberRow, ...]

    @property
    def is_empty(self) -> bool:
        return not self.teams and not self.teamless


def class_rows(course_id: int, actor: Actor) -> ClassRows:
    """Two queries, whatever the size of the class."""
    members = member_rows(course_id, actor)
    students = [member for member in members if member.studies]
    teams: dict[str | None, list[MemberRow]] = defaultdict(list)
    for member in students:
        teams[member.team].append(member)
    return ClassRows(
        teams=tuple(TeamRow(team.slug, team.name, tuple(teams[team.slug])) for team in teams_of(course_id)),
        teamless=tuple(teams[None]),
        unconfirmed=tuple(member for member in students if not member.confirmed),
        staff=tuple(member for member in members if not member.studies),
        invitable=tuple(member for member in students if member.invitable),
    )


def member_rows(course_id: int, actor: Actor) -> list[MemberRow]:
    """Everybody who is in the course now, by name. One query."""
    rows = [MemberRow(*row) for row in db.session.execute(_member_rows(course_id, actor))]
    return sorted(rows, key=lambda member: alphabetical(member.name))


def member_row(course_id: int, member_id: int, actor: Actor) -> MemberRow:
    """:raise NotFound: nobody in this course has the number."""
    row = db.session.execute(_member_rows(course_id, actor).where(Membership.id == member_id)).one_or_none()
    if row is None:
        raise NotFound(f"member {member_id}")
    return MemberRow(*row)


def _member_rows(course_id: int, actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Membership.id,
            User.id,
            User.name,
            User.email,
            Membership.role,
            Membership.confirmed,
            Team.slug,
            Team.name,
            User.password_hash.is_not(None),
            or_(User.may_create_courses, exists().where(_is_staff_elsewhere(actor))),
        )
        .join(User, User.id == Membership.user_id)
        .outerjoin(Team, Team.id == Membership.team_id)
        .where(Membership.course_id == course_id, Membership.left_at.is_(None))
    )


def _is_staff_elsewhere(actor: Actor) -> ColumnElement[bool]:
    seat = Membership.__table__.alias("elsewhere").c
    return and_(seat.user_id == User.id, seat.role != Role.STUDENT, seat.course_id.not_in(_taught_by(actor)))


def _taught_by(actor: Actor) -> list[int]:
    return [course_id for course_id, seat in actor.seats.items() if seat.role is Role.TEACHER]


def link_scope(course: Course, member: MemberRow, actor: Actor) -> Scope:
    """Whether all that a link to this person would open is the actor's own. One query."""
    others = exists().where(
        Membership.user_id == member.user_id,
        or_(Membership.course_id.not_in(_taught_by(actor)), Membership.role != Role.STUDENT),
    )
    creates = exists().where(User.id == member.user_id, User.may_create_courses)
    return Scope(course_id=course.id, wholly_theirs=not db.session.scalar(select(or_(others, creates))))


def get_member(course: Course, member_id: int) -> Membership:
    """:raise NotFound: nobody in this course has the number."""
    wanted = select(Membership).where(
        Membership.id == member_id, Membership.course_id == course.id, Membership.left_at.is_(None)
    )
    member = db.session.scalar(wanted)
    if member is None:
        raise NotFound(f"member {member_id}")
    return member


def get_student(course: Course, member_id: int) -> Membership:
    """:raise NotFound: no student in this course has the number."""
    member = get_member(course, member_id)
    if member.role is not Role.STUDENT:
        raise NotFound(f"student {member_id}")
    return member


def find_seat(course_id: int, user_id: int) -> Membership | None:
    """The person's place in the course, also where they have left it."""
    return db.session.scalar(
        select(Membership).where(Membership.course_id == course_id, Membership.user_id == user_id)
    )


def is_settled(course_id: int, user_id: int | None) -> bool:
    """Whether the person has all that joining could give: a place in the course, and a team if they study."""
    seat = None if user_id is None else find_seat(course_id, user_id)
    if seat is None or seat.left_at is not None:
        return False
    return seat.role is not Role.STUDENT or seat.team_id is not None


def unconfirmed(course_id: int) -> list[Membership]:
    wanted = select(Membership).where(
        Membership.course_id == course_id, Membership.left_at.is_(None), Membership.confirmed.is_(False)
    )
    return list(db.session.scalars(wanted))


def has_another_teacher(member: Membership) -> bool:
    wanted = select(Membership.id).where(
        Membership.course_id == member.course_id,
        Membership.role == Role.TEACHER,
        Membership.left_at.is_(None),
        Membership.id != member.id,
    )
    return db.session.scalar(wanted) is not None


def teams_of(course_id: int) -> list[Team]:
    """The course's teams, by name. One query."""
    teams = db.session.scalars(select(Team).where(Team.course_id == course_id))
    return sorted(teams, key=lambda team: alphabetical(team.name))


def get_team(course: Course, slug: str) -> Team:
    """:raise NotFound: no such team in this course."""
    team = db.session.scalar(select(Team).where(Team.course_id == course.id, Team.slug == slug))
    if team is None:
        raise NotFound(f"team {slug}")
    return team


def chosen_team(course: Course, slug: str | None) -> Team | None:
    """The team picked in a menu, whose first choice is none.

    :raise NotFound: no such team in this course.
    """
    return get_team(course, slug) if slug else None


def is_in_use(team: Team) -> bool:
    """Whether anything, or anybody, belongs to the team. One query."""
    used = (
        exists().where(held.team_id == team.id)
        for held in (Membership, Post, Extension, KeptApart)
    )
    return bool(db.session.scalar(select(or_(*used))))


def class_of(course_id: int) -> Class:
    """The class as a list is held against it. Two queries."""
    members = db.session.execute(
        select(User.email, User.name, Team.name, Membership.role)
        .select_from(Membership)
        .join(User, User.id == Membership.user_id)
        .outerjoin(Team, Team.id == Membership.team_id)
        .where(Membership.course_id == course_id, Membership.left_at.is_(None))
    )
    people = {email_key(email): Known(name, team, role is Role.STUDENT) for email, name, team, role in members}
    return Class(tuple(team.name for team in teams_of(course_id)), people)


def users_by_email(emails: Iterable[str]) -> dict[str, User]:
    """Those of the addresses that have an account. One query."""
    return {user.email: user for user in db.session.scalars(select(User).where(User.email.in_(emails)))}


def seats_by_user(course_id: int) -> dict[int, Membership]:
    """User id -> their place in the course, also of those who have left. One query."""
    seats = db.session.scalars(select(Membership).where(Membership.course_id == course_id))
    return {seat.user_id: seat for seat in seats}

