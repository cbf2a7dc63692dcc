"""What the teacher's page of the allocation shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from blogreview.allocation.queries import standing_of
from blogreview.allocation.standing import Given, Standing
from blogreview.db import db
from blogreview.domain.terms import ReviewState, Role
from blogreview.models import Assignment, KeptApart, Membership, Post, Team, User


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    team_id: int | None
    #: Studies in the course now.
    studies: bool


@dataclass(frozen=True, slots=True)
class TeamName:
    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """One reader of one post; ``team`` is where the reader is now."""

    id: int
    name: str
    team: str | None
    state: ReviewState | None


@dataclass(frozen=True, slots=True)
class PostRow:
    post_id: int
    team_id: int
    slug: str
    team: str
    hidden: bool
    readers: tuple[ReaderRow, ...]
    #: How many teams the readers come from.
    teams: int


@dataclass(frozen=True, slots=True)
class ApartRow:
    """Someone, and the person or the team they are kept apart from."""

    id: int
    name: str
    other: str | None
    team: str | None


@dataclass(frozen=True, slots=True)
class Page:
    standing: Standing
    posts: tuple[PostRow, ...]
    apart: tuple[ApartRow, ...]
    people: Mapping[int, Person]
    teams: Mapping[int, TeamName]

    @property
    def students(self) -> list[tuple[int, str]]:
        return [(person.id, person.name) for person in self.people.values() if person.studies]

    def find(self, given_id: int | None) -> Given | None:
        return next((given for given in self.standing.given if given.id == given_id), None)

    def post_name(self, post_id: int) -> str:
        return self.teams[self.standing.cards[post_id].team].name

    def slug_of(self, post_id: int) -> str:
        return self.teams[self.standing.cards[post_id].team].slug

    def loads(self) -> Counter[int]:
        return Counter(given.post for given in self.standing.given)


def page_of(assignment: Assignment) -> Page:
    """Ten queries, whatever the size."""
    standing = standing_of(assignment)
    people, teams = _people(assignment.course_id), _teams(assignment.course_id)
    return Page(standing, _posts(assignment.id, standing, people, teams), _apart(assignment.course_id), people, teams)


def _people(course_id: int) -> dict[int, Person]:
    """Everyone who is or was in the course, by name."""
    rows = db.session.execute(
        select(User.id, User.name, Membership.team_id, Membership.role, Membership.left_at)
        .join(User, User.id == Membership.user_id)
        .where(Membership.course_id == course_id)
        .order_by(User.name, User.id)
    )
    return {
        user_id: Person(user_id, name, team_id, role is Role.STUDENT and left_at is None)
        for user_id, name, team_id, role, left_at in rows
    }


def _teams(course_id: int) -> dict[int, TeamName]:
    wanted = select(Team.id, Team.slug, Team.name).where(Team.course_id == course_id).order_by(Team.name)
    return {row.id: TeamName(*row) for row in db.session.execute(wanted)}


def _posts(
    assignment_id: int, standing: Standing, people: Mapping[int, Person], teams: Mapping[int, TeamName]
) -> tuple[PostRow, ...]:
    """A row per published post, by team name."""
    wanted = (
        select(Post.id, Post.team_id, Post.hidden_at.is_not(None))
        .join(Team, Team.id == Post.team_id)
        .where(Post.assignment_id == assignment_id, Post.current_revision_id.is_not(None))
        .order_by(Team.name)
    )
    given: dict[int, list[Given]] = defaultdict(list)
    for each in standing.given:
        given[each.post].append(each)
    return tuple(
        PostRow(
            post_id, team_id, teams[team_id].slug, teams[team_id].name, hidden,
            readers=_readers(given[post_id], people, teams),
            teams=len({people[each.reader].team_id for each in given[post_id]}),
        )
        for post_id, team_id, hidden in db.session.execute(wanted)
    )


def _readers(
    given: list[Given], people: Mapping[int, Person], teams: Mapping[int, TeamName]
) -> tuple[ReaderRow, ...]:
    rows = []
    for each in given:
        person = people[each.reader]
        team = teams[person.team_id].name if person.team_id is not None else None
        rows.append(ReaderRow(each.id, person.name, team, each.state))
    return tuple(sorted(rows, key=lambda row: (row.team or "", row.name)))


def _apart(course_id: int) -> tuple[ApartRow, ...]:
    other = aliased(User)
    rows = db.session.execute(
        select(KeptApart.id, User.name, other.name, Team.name)
        .join(User, User.id == KeptApart.user_id)
        .outerjoin(other, other.id == KeptApart.other_id)
        .outerjoin(Team, Team.id == KeptApart.team_id)
        .where(KeptApart.course_id == course_id)
        .order_by(User.name, KeptApart.id)
    )
    return tuple(ApartRow(*row) for row in rows)
