from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from blogreview.accounts.commands import add_user
from blogreview.db import db
from blogreview.domain.classlist import Row, email_key
from blogreview.domain.team_names import team_key
from blogreview.domain.terms import Joined, Role
from blogreview.models import Course, Team
from blogreview.teams import commands, queries
from blogreview.teams.class_import import Move


def add_listed(
    *, course: Course, fresh: Sequence[Row], moves: Sequence[Move], now: datetime, actor_id: int
) -> None:
    """Add the new people of a checked list, and move those the teacher has ticked.

    Whoever has an account keeps it, and the name in it, and gets a place in this course.
    """
    teams = _teams_named([row.team for row in (*fresh, *(move.row for move in moves))], course, now, actor_id)
    people = queries.users_by_email([email_key(row.email) for row in (*fresh, *(move.row for move in moves))])
    seats = queries.seats_by_user(course.id)
    for row in fresh:
        email = email_key(row.email)
        user = people.get(email) or add_user(name=row.name, email=email, now=now)
        seat = commands.take_in(
            course=course, user=user, seat=seats.get(user.id), role=Role.STUDENT, joined=Joined.LISTED,
            team=teams.get(team_key(row.team)), now=now, actor_id=actor_id,
        )  # fmt: skip
        seat.student_number, seat.login = row.student_number or None, row.login or None
        seat.section, seat.shown_name = row.section or None, row.shown_name or None
    for move in moves:
        seat, team = seats[people[email_key(move.row.email)].id], teams[team_key(move.row.team)]
        commands.move_member(member=seat, team=team, now=now, actor_id=actor_id)
    db.session.flush()


def _teams_named(names: Sequence[str], course: Course, now: datetime, actor_id: int) -> dict[str, Team]:
    """Every team that is named, by the key of its name; those that do not exist are made."""
    teams = {team_key(team.name): team for team in queries.teams_of(course.id)}
    taken = {team.slug for team in teams.values()}
    for name in filter(None, names):
        if team_key(name) not in teams:
            teams[team_key(name)] = commands.add_team(
                course=course, name=name, taken=taken, now=now, actor_id=actor_id
            )
    return teams
