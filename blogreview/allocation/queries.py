"""Questions about who reviews what. Nothing here writes but the deletion a deal begins with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, and_, delete, exists, or_, select

from blogreview.allocation.standing import Given, Standing
from blogreview.db import db
from blogreview.domain.allocation import Card, Reader
from blogreview.domain.terms import ReviewKind, Role
from blogreview.errors import NotFound
from blogreview.models import Allocation, Assignment, KeptApart, Membership, Post, PostAuthor, Review, Revision

#: A post published in the very moment of a deal may have been seen by neither; for so long it is looked for again.
SETTLING = timedelta(minutes=1)


PostFacts = Row[int, int, datetime | None, datetime | None, int | None]  # see _posts


def due_to_deal(now: datetime) -> Select[Assignment]:
    """Assignments whose publish deadline has passed: not dealt yet, or with a post published since, and no reader."""
    # A deadline lasts to the end of its minute: the one being lived now is not over.
    minute = now.replace(second=0, microsecond=0)
    published_since = or_(Revision.published_at > Assignment.dealt_at, Revision.published_at > now - SETTLING)
    late = exists().where(
        Post.assignment_id == Assignment.id,
        Post.hidden_at.is_(None),
        Revision.id == Post.current_revision_id,
        published_since,
        ~exists().where(Allocation.post_id == Post.id),
    )
    undealt = Assignment.dealt_at.is_(None)
    return select(Assignment).where(
        Assignment.opened_at.is_not(None),
        Assignment.publish_by < minute,
        or_(undealt, and_(Assignment.review_by >= minute, late)),
    )


def lock_due(now: datetime) -> list[Assignment]:
    """Those assignments, held until this transaction ends: whoever comes second finds nothing left to do."""
    wanted = due_to_deal(now).order_by(Assignment.id).with_for_update(of=Assignment, key_share=True)
    return list(db.session.scalars(wanted.execution_options(populate_existing=True)))


def assignments_with_own_given() -> list[Assignment]:
    """Those where somebody has been given a post they wrote, and has not begun. One query."""
    begun = exists().where(Review.post_id == Allocation.post_id, Review.reviewer_id == Allocation.reviewer_id)
    wrote_it = and_(PostAuthor.post_id == Allocation.post_id, PostAuthor.user_id == Allocation.reviewer_id)
    own = select(Post.assignment_id).join(Allocation, Allocation.post_id == Post.id).join(PostAuthor, wrote_it)
    wanted = select(Assignment).where(Assignment.id.in_(own.where(~begun))).order_by(Assignment.id)
    return list(db.session.scalars(wanted))


def standing_of(assignment: Assignment) -> Standing:
    """The assignment's allocation as it is, and what may be dealt. Six queries, whatever the size."""
    posts = _posts(assignment.id)
    team_of = _students(assignment.course_id)
    authors = _authors(assignment.id, posts, team_of)
    published = [post for post in posts if post.current_revision_id is not None]
    teams = {post.team_id for post in published}
    wrote = {person for post in published for person in authors[post.id]}
    cards = {post.id: Card(post.id, post.team_id) for post in published if post.hidden_at is None}
    avoid = _avoided(assignment.course_id, published, authors)
    seen = _seen_teams(assignment)
    readers = {
        person: Reader(
            person, team, assignment.reviews_per_student,
            avoid=frozenset(avoid[person]), seen_teams=frozenset(seen[person]),
        )
        for person, team in team_of.items()
        if team in teams or person in wrote
    }
    return Standing(cards, readers, _given(assignment.id))


def get_allocation(allocation_id: int) -> Allocation:
    """:raise NotFound: it has been dealt away meanwhile."""
    found = db.session.get(Allocation, allocation_id)
    if found is None:
        raise NotFound(f"allocation {allocation_id}")
    return found


def delete_allocations(ids: Collection[int]) -> None:
    db.session.execute(delete(Allocation).where(Allocation.id.in_(ids)))


def find_apart(course_id: int, user_id: int, other_id: int | None, team_id: int | None) -> KeptApart | None:
    """The pair, whichever of two people was named first. One query."""
    to_team = and_(KeptApart.user_id == user_id, KeptApart.team_id.is_not(None), KeptApart.team_id == team_id)
    to_person = or_(
        and_(KeptApart.user_id == user_id, KeptApart.other_id == other_id),
        and_(KeptApart.user_id == other_id, KeptApart.other_id == user_id),
    )
    pair = to_team if other_id is None else to_person
    return db.session.scalar(select(KeptApart).where(KeptApart.course_id == course_id, pair))


def get_apart(course_id: int, apart_id: int) -> KeptApart:
    """:raise NotFound: no such pair in the course."""
    for pair in _pairs(course_id):
        if pair.id == apart_id:
            return pair
    raise NotFound(f"kept apart {apart_id}")


def _pairs(course_id: int) -> Iterable[KeptApart]:
    return db.session.scalars(select(KeptApart).where(KeptApart.course_id == course_id))


def _posts(assignment_id: int) -> Sequence[PostFacts]:
    return db.session.execute(
        select(Post.id, Post.team_id, Post.frozen_at, Post.hidden_at, Post.current_revision_id)
        .where(Post.assignment_id == assignment_id)
        .order_by(Post.id)
    ).all()


def _students(course_id: int) -> dict[int, int | None]:
    """Everyone who studies in the course now, and their team."""
    rows = db.session.execute(
        select(Membership.user_id, Membership.team_id)
        .where(Membership.course_id == course_id, Membership.role == Role.STUDENT, Membership.left_at.is_(None))
        .order_by(Membership.user_id)
    )
    return {person: team for person, team in rows}  # noqa: C416


def _authors(
    assignment_id: int, posts: Iterable[PostFacts], team_of: Mapping[int, int | None]
) -> Mapping[int, set[int]]:
    """Post -> who wrote it: settled with the publish deadline, until then the team."""
    authors: dict[int, set[int]] = defaultdict(set)
    settled = select(PostAuthor.post_id, PostAuthor.user_id).join(Post).where(Post.assignment_id == assignment_id)
    for post_id, person in db.session.execute(settled):
        authors[post_id].add(person)
    unsettled = {post.team_id: post.id for post in posts if post.frozen_at is None}
    for person, team in team_of.items():
        if team in unsettled:
            authors[unsettled[team]].add(person)
    return authors


def _avoided(
    course_id: int, posts: Iterable[PostFacts], authors: Mapping[int, set[int]]
) -> Mapping[int, set[int]]:
    """Person -> the posts they never get: their own, and those they are kept apart from."""
    apart_people: dict[int, set[int]] = defaultdict(set)
    apart_teams: dict[int, set[int]] = defaultdict(set)
    for pair in _pairs(course_id):
        if pair.team_id is not None:
            apart_teams[pair.team_id].add(pair.user_id)
        if pair.other_id is not None:
            apart_people[pair.other_id].add(pair.user_id)
            apart_people[pair.user_id].add(pair.other_id)
    avoided: dict[int, set[int]] = defaultdict(set)
    for post in posts:
        wrote = authors[post.id]
        for person in wrote.union(apart_teams[post.team_id], *(apart_people[author] for author in wrote)):
            avoided[person].add(post.id)
    return avoided


def _seen_teams(assignment: Assignment) -> Mapping[int, set[int]]:
    """Person -> the teams whose posts they reviewed in an earlier assignment of the course."""
    rows = db.session.execute(
        select(Review.reviewer_id, Post.team_id)
        .join(Post, Post.id == Review.post_id)
        .join(Assignment, Assignment.id == Post.assignment_id)
        .where(
            Assignment.course_id == assignment.course_id,
            Assignment.number < assignment.number,
            Review.kind == ReviewKind.PEER,
        )
    )
    seen: dict[int, set[int]] = defaultdict(set)
    for person, team in rows:
        seen[person].add(team)
    return seen


def _given(assignment_id: int) -> tuple[Given, ...]:
    own = and_(
        Review.post_id == Allocation.post_id,
        Review.reviewer_id == Allocation.reviewer_id,
        Review.kind == ReviewKind.PEER,
    )
    rows = db.session.execute(
        select(
            Allocation.id, Allocation.post_id, Allocation.reviewer_id, Allocation.reader_number, Allocation.source,
            Review.state,
        )
        .join(Post, Post.id == Allocation.post_id)
        .outerjoin(Review, own)
        .where(Post.assignment_id == assignment_id)
        .order_by(Allocation.id)
    )
    return tuple(Given(*row) for row in rows)
