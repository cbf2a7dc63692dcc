from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from blogreview.accounts.commands import add_user
from blogreview.db import db
from blogreview.demo import content
from blogreview.domain.terms import Joined, Role
from blogreview.models import Course, Membership, Team

JOIN_CODE = "H7K3M2PX"


@dataclass(frozen=True, slots=True)
class DemoTeam:
    slug: str
    id: int
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DemoClass:
    """The course and who is in it, by id."""

    course: Course
    teacher: int
    teams: tuple[DemoTeam, ...]

    def team(self, slug: str) -> DemoTeam:
        return next(team for team in self.teams if team.slug == slug)

    def team_of(self, person: int) -> DemoTeam:
        return next(team for team in self.teams if person in team.members)

    @property
    def students(self) -> list[int]:
        return [member for team in self.teams for member in team.members]


def add_class(*, now: datetime) -> DemoClass:
    """One course, its teacher, 24 teams of four."""
    people = content.people()
    autumn = now.month >= 7
    course = Course(
        slug=f"mrk2104-{'h' if autumn else 'v'}{now:%y}",
        code="MRK2104",
        title="Sosiale medier i praksis",
        term=f"{'høst' if autumn else 'vår'} {now.year}",
        join_code=JOIN_CODE,
        created_at=now,
    )
    db.session.add(course)
    teacher = add_user(**people["teacher"], now=now, may_create_courses=True).id
    join(course, teacher, Role.TEACHER, None, now)
    teams = tuple(_add_team(course, row, now) for row in people["teams"])
    return DemoClass(course, teacher, teams)


def _add_team(course: Course, row: dict[str, object], now: datetime) -> DemoTeam:
    team = Team(course_id=course.id, slug=row["slug"], name=row["name"])
    db.session.add(team)
    db.session.flush()
    members = tuple(add_user(**person, now=now).id for person in row["members"])  # type: ignore[attr-defined]
    for member in members:
        join(course, member, Role.STUDENT, team.id, now)
    return DemoTeam(team.slug, team.id, members)


def join(course: Course, person: int, role: Role, team_id: int | None, now: datetime) -> None:
    joined = Joined.FOUNDED if role is Role.TEACHER else Joined.LISTED
    db.session.add(
        Membership(
            course_id=course.id, user_id=person, role=role, team_id=team_id, joined=joined,
            created_at=now,
        )
    )
