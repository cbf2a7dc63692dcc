"""Changes to the class. The caller holds the course still (courses.queries.get_course_to_write)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from blogreview.accounts.commands import add_user
from blogreview.accounts.queries import find_user_by_email
from blogreview.audit.commands import record
from blogreview.db import db
from blogreview.domain.refusals import ClassRefusal
from blogreview.domain.slugs import unique_slug
from blogreview.domain.team_names import team_key
from blogreview.domain.terms import Joined, Role
from blogreview.errors import Refused
from blogreview.models import Course, Membership, Team, User
from blogreview.teams import queries


def take_in(
    *, course: Course, user: User, seat: Membership | None, now: datetime, actor_id: int | None, role: Role,
    joined: Joined, team: Team | None = None, confirmed: bool = True,
) -> Membership:  # fmt: skip
    """Give a person a place in the course; flushed by the caller. ``seat``: the one they had before they left."""
    seat = seat or Membership(course_id=course.id, user_id=user.id, created_at=now)
    seat.role, seat.joined, seat.confirmed, seat.left_at = role, joined, confirmed, None
    seat.team_id = team.id if team else None
    db.session.add(seat)
    _record("member:added", seat, now, actor_id, role=role.value, joined=joined.value, team=seat.team_id)
    return seat


def add_staff(*, course: Course, name: str, email: str, role: Role, now: datetime, actor_id: int) -> Membership:
    """Let somebody teach or assist; they need not have an account yet."""
    user = find_user_by_email(email) or add_user(name=name, email=email, now=now)
    seat = queries.find_seat(course.id, user.id)
    if seat is not None and seat.left_at is None:
        set_role(member=seat, role=role, now=now, actor_id=actor_id)
        return seat
    seat = take_in(
        course=course, user=user, seat=seat, role=role, joined=Joined.LISTED, now=now, actor_id=actor_id
    )
    db.session.flush()
    return seat


def set_role(*, member: Membership, role: Role, now: datetime, actor_id: int) -> None:
    """Who teaches or assists is on no team.

    :raise Refused: LAST_TEACHER: nobody would be left to teach the course.
    """
    if role is not Role.TEACHER:
        _keep_a_teacher(member)
    was, member.role = member.role, role
    if role is not Role.STUDENT:
        member.team_id = None
    _record("member:role-changed", member, now, actor_id, was=was.value, role=role.value)
    db.session.flush()


def confirm(*, members: list[Membership], now: datetime, actor_id: int) -> None:
    """Say that those who joined by the code belong here."""
    for member in members:
        member.confirmed = True
        _record("member:confirmed", member, now, actor_id)
    db.session.flush()


def move_member(*, member: Membership, team: Team | None, now: datetime, actor_id: int) -> None:
    """Put a student on a team. Posts whose deadline has passed stay with those who wrote them."""
    was, member.team_id = member.team_id, team.id if team else None
    _record("member:moved", member, now, actor_id, was=was, team=member.team_id)
    db.session.flush()


def remove_member(*, member: Membership, now: datetime, actor_id: int) -> None:
    """Take a person out of the course. What they have written stays.

    :raise Refused: LAST_TEACHER.
    """
    _keep_a_teacher(member)
    was, member.team_id, member.left_at = member.team_id, None, now
    _record("member:removed", member, now, actor_id, team=was)
    db.session.flush()


def create_team(*, course: Course, name: str, now: datetime, actor_id: int) -> Team:
    """:raise Refused: TEAM_NAME_TAKEN."""
    teams = queries.teams_of(course.id)
    _keep_names_apart(name, teams)
    return add_teams(course=course, names=[name], others=teams, now=now, actor_id=actor_id)[0]


def add_teams(
    *, course: Course, names: Iterable[str], others: Iterable[Team], now: datetime, actor_id: int
) -> list[Team]:
    """Teams whose names nobody has. ``others``: all that the course has already."""
    taken, teams = {team.slug for team in others}, []
    for name in names:
        teams.append(Team(course_id=course.id, slug=unique_slug(name, taken, "team"), name=name))
        taken.add(teams[-1].slug)
    db.session.add_all(teams)
    db.session.flush()
    for team in teams:
        _record_team("team:made", team, now, actor_id, name=team.name)
    return teams


def rename_team(*, team: Team, name: str, now: datetime, actor_id: int) -> None:
    """The address stays, so that no link breaks.

    :raise Refused: TEAM_NAME_TAKEN.
    """
    _keep_names_apart(name, [other for other in queries.teams_of(team.course_id) if other.id != team.id])
    was, team.name = team.name, name
    _record_team("team:renamed", team, now, actor_id, was=was, name=name)
    db.session.flush()


def delete_team(*, team: Team, now: datetime, actor_id: int) -> None:
    """:raise Refused: TEAM_IN_USE: it has members, or a post."""
    if queries.is_in_use(team):
        raise Refused(ClassRefusal.TEAM_IN_USE)
    _record_team("team:deleted", team, now, actor_id, name=team.name)
    db.session.delete(team)
    db.session.flush()


def _keep_a_teacher(member: Membership) -> None:
    if member.role is Role.TEACHER and not queries.has_another_teacher(member):
        raise Refused(ClassRefusal.LAST_TEACHER)


def _keep_names_apart(name: str, teams: list[Team]) -> None:
    if team_key(name) in {team_key(team.name) for team in teams}:
        raise Refused(ClassRefusal.TEAM_NAME_TAKEN)


def _record(verb: str, member: Membership, now: datetime, actor_id: int | None, **details: object) -> None:
    subject = f"user {member.user_id}"
    record(verb=verb, subject=subject, now=now, actor_id=actor_id, course_id=member.course_id, **details)


def _record_team(verb: str, team: Team, now: datetime, actor_id: int, **details: object) -> None:
    subject = f"team {team.id}"
    record(verb=verb, subject=subject, now=now, actor_id=actor_id, course_id=team.course_id, **details)
