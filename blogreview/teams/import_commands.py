from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from blogreview.accounts.commands import add_users
from blogreview.db import db
from blogreview.domain.classlist import Row, email_key
from blogreview.domain.team_names import team_key
from blogreview.domain.terms import Joined, Role
from blogreview.models import Course, Membership, Team, User
from blogreview.teams import commands, queries
from blogreview.teams.class_import import Move


def add_listed(
    *, course: Course, fresh: Sequence[Row], moves: Sequence[Move], now: datetime, actor_id: int
) -> None:
    """Add the new people of a checked list, and move the members whom the teacher has ticked.

    Whoever has an account keeps it, and the name in it, and gets a place in this course.
    """
    rows = [*fresh, *(move.row for move in moves)]
    teams = _teams_named([row.team for row in rows], course, now, actor_id)
    people = _people_listed(rows, now)
    seats = queries.seats_by_user(course.id)
    for row in fresh:
        user = people[email_key(row.email)]
        seat = commands.take_in(
            course=course, user=user, seat=seats.get(user.id), role=Role.STUDENT, joined=Joined.LISTED,
            team=teams.get(team_key(row.team)), now=now, actor_id=actor_id,
        )  # fmt: skip
        _describe(seat, row)
    for row in rows[len(fresh) :]:
        seat, team = seats[people[email_key(row.email)].id], teams[team_key(row.team)]
        commands.move_member(member=seat, team=team, now=now, actor_id=actor_id)
    db.session.flush()


def _describe(seat: Membership, row: Row) -> None:
    seat.student_number, seat.login = row.student_number or None, row.login or None
    seat.section, seat.shown_name = row.section or None, row.shown_name or None


def _people_listed(rows: Iterable[Row], now: datetime) -> dict[str, User]:
    """Everybody on the list by e-mail; those who have no account get one."""
    names = {email_key(row.email): row.name for row in rows}
    found = queries.users_by_email(names)
    added = add_users(people=[(name, email) for email, name in names.items() if email not in found], now=now)
    return found | {user.email: user for user in added}


def _teams_named(names: Iterable[str], course: Course, now: datetime, actor_id: int) -> dict[str, Team]:
    """Every team that is named, by the key of its name; those that do not exist are made."""
    others = queries.teams_of(course.id)
    found = {team_key(team.name): team for team in others}
    missing = {team_key(name): name for name in names if name and team_key(name) not in found}
    made = commands.add_teams(course=course, names=missing.values(), others=others, now=now, actor_id=actor_id)
    return found | dict(zip(missing, made, strict=True))
