from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

from blogreview.assignments import queries as assignments
from blogreview.db import db
from blogreview.domain.alphabet import alphabetical
from blogreview.domain.phases import is_open
from blogreview.domain.terms import Deadline, GradeState
from blogreview.errors import NotFound
from blogreview.grades.count_queries import counted
from blogreview.models import (
    Assignment,
    Extension,
    Grade,
    Membership,
    Post,
    PostAuthor,
    Review,
    Revision,
    Team,
    User,
)
from blogreview.policy import Scope
from blogreview.posts import queries as posts


@dataclass(frozen=True, slots=True)
class Place:
    """A team's place in the line of those to be graded."""

    slug: str
    name: str
    is_ready: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Where a team stands among all; ``next`` is the next that is not ready, from the top again after the last."""

    number: int
    total: int
    previous: Place | None
    next: Place | None


@dataclass(frozen=True, slots=True)
class Held:
    """How far the grades have come: what a release lets go, and what it holds back."""

    ready: int
    drafts: int
    ungraded: int
    #: Ready, for a revision that is no longer the one that gets a grade.
    outdated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A grade as it stands, and who saved it."""

    value: str | None
    comment: str
    state: GradeState
    version: int
    saved_at: datetime
    saved_by: str
    released_at: datetime | None
    revision_id: int | None


def get_team(assignment: Assignment, slug: str) -> Team:
    """:raise NotFound: the course has no such team."""
    wanted = select(Team).where(Team.course_id == assignment.course_id, Team.slug == slug)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound(f"team {slug}")
    return found


def find_post(assignment: Assignment, team_id: int) -> Post | None:
    return db.session.scalar(select(Post).where(Post.assignment_id == assignment.id, Post.team_id == team_id))


def is_released(assignment: Assignment, team: Team) -> bool:
    wanted = select(Grade.id).join(Grade.post).where(
        Post.assignment_id == assignment.id, Post.team_id == team.id, Grade.state == GradeState.RELEASED
    )
    return db.session.scalar(wanted) is not None


def find_grade(post_id: int) -> Grade | None:
    """As it is now, whatever this request has read before."""
    wanted = select(Grade).where(Grade.post_id == post_id).execution_options(populate_existing=True)
    return db.session.scalar(wanted)


def ready_grades(assignment: Assignment) -> list[Grade]:
    """The grades a release lets go. One query."""
    wanted = select(Grade).join(Grade.post).where(Post.assignment_id == assignment.id, Grade.state == GradeState.READY)
    return list(db.session.scalars(wanted.order_by(Grade.id).execution_options(populate_existing=True)))


def saved_grade(post: Post) -> Saved | None:
    """One query."""
    row = db.session.execute(
        select(
            Grade.value, Grade.comment, Grade.state, Grade.version, Grade.saved_at, SHOWN_NAME, Grade.released_at,
            Grade.revision_id,
        )
        .join(User, User.id == Grade.saved_by_id)
        .outerjoin(Membership, seat_in(post.assignment.course_id))
        .where(Grade.post_id == post.id)
    ).one_or_none()
    return Saved(*row) if row else None


def places(assignment: Assignment) -> list[Place]:
    """Every team of the course, in the order of the overview. One query."""
    rows = db.session.execute(
        select(Team.slug, Team.name, Grade.state)
        .outerjoin(Post, and_(Post.team_id == Team.id, Post.assignment_id == assignment.id))
        .outerjoin(Grade, Grade.post_id == Post.id)
        .where(Team.course_id == assignment.course_id)
    )
    line = [Place(slug, name, state in (GradeState.READY, GradeState.RELEASED)) for slug, name, state in rows]
    return sorted(line, key=lambda place: alphabetical(place.name))


def line_around(assignment: Assignment, slug: str) -> Line:
    """One query."""
    line = places(assignment)
    here = next(number for number, place in enumerate(line) if place.slug == slug)
    ahead = [*line[here + 1 :], *line[:here]]
    following = next((place for place in ahead if not place.is_ready), None)
    return Line(here + 1, len(line), line[here - 1] if here else None, following)


def held(assignment: Assignment) -> Held:
    """What a release would do. Two queries."""
    rows = db.session.execute(
        select(Grade.state, Grade.value)
        .select_from(Team)
        .outerjoin(Post, and_(Post.team_id == Team.id, Post.assignment_id == assignment.id))
        .outerjoin(Grade, Grade.post_id == Post.id)
        .where(Team.course_id == assignment.course_id)
    ).all()
    return Held(
        ready=sum(state is GradeState.READY for state, _ in rows),
        drafts=sum(state is GradeState.DRAFT and value is not None for state, value in rows),
        ungraded=sum(value is None for _, value in rows),
        outdated=_outdated(assignment),
    )


def _outdated(assignment: Assignment) -> tuple[str, ...]:
    """The teams that, after their grade was ready, have published again by the improve deadline. One query."""
    given, newer = aliased(Revision), aliased(Revision)
    own_deadline = and_(
        Extension.assignment_id == Post.assignment_id, Extension.team_id == Post.team_id,
        Extension.deadline == Deadline.IMPROVE,
    )
    rows = db.session.execute(
        select(Team.name, newer.published_at, func.coalesce(Extension.until, Assignment.improve_by))
        .select_from(Grade)
        .join(Grade.post)
        .join(Post.team)
        .join(Post.assignment)
        .outerjoin(Extension, own_deadline)
        .outerjoin(given, given.id == Grade.revision_id)
        .join(newer, and_(newer.post_id == Post.id, newer.number > func.coalesce(given.number, 0)))
        .where(Post.assignment_id == assignment.id, Grade.state == GradeState.READY)
    )
    late = {team for team, published, deadline in rows if is_open(deadline, published)}
    return tuple(sorted(late, key=alphabetical))


#: The name the class list gives, else the person's own.
SHOWN_NAME = func.coalesce(Membership.shown_name, User.name)


def seat_in(course_id: int) -> ColumnElement[bool]:
    """Joins a person to their seat in the course, which has the shown name."""
    return and_(Membership.user_id == User.id, Membership.course_id == course_id)


def member_names(team: Team, post: Post | None) -> list[str]:
    """The post's authors once they are settled; until then whoever is on the team. One query."""
    wanted = select(SHOWN_NAME).select_from(User).outerjoin(Membership, seat_in(team.course_id))
    if post and post.frozen_at is not None:
        wanted = wanted.join(PostAuthor, PostAuthor.user_id == User.id).where(PostAuthor.post_id == post.id)
    else:
        wanted = wanted.where(Membership.team_id == team.id, Membership.left_at.is_(None))
    return sorted(db.session.scalars(wanted), key=alphabetical)


def revisions_of(post: Post) -> list[Revision]:
    """Oldest first. One query."""
    return list(db.session.scalars(select(Revision).where(Revision.post_id == post.id).order_by(Revision.number)))


def graded_revision(post: Post, revisions: Sequence[Revision]) -> Revision | None:
    """The last one published by the team's own improve deadline; the first, where all came after it. One query."""
    deadline = assignments.deadlines_for(post.assignment, team_id=post.team_id).improve
    in_time = [revision for revision in revisions if is_open(deadline, revision.published_at)]
    return next(reversed(in_time or revisions[:1]), None)


def reviewed_revision(post: Post, revisions: Sequence[Revision]) -> Revision | None:
    """The one that most readers read, the later of two; none before the first review. One query."""
    wanted = (
        select(Review.revision_id)
        .where(Review.post_id == post.id, counted())
        .group_by(Review.revision_id)
        .order_by(func.count().desc(), Review.revision_id.desc())
    )
    most_read = db.session.scalar(wanted.limit(1))
    return next((revision for revision in revisions if revision.id == most_read), None)


def scope_of(post: Post, now: datetime) -> Scope:
    """The facts the policy needs about the post's grade. Two queries."""
    state = db.session.scalar(select(Grade.state).where(Grade.post_id == post.id))
    return replace(
        assignments.scope_of(post.assignment, now),
        author_ids=posts.author_ids(post),
        released=state is GradeState.RELEASED,
    )
