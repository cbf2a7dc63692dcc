"""Questions about posts. All SQL on posts lives here; nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, and_, exists, false, func, or_, select

from blogreview.assignments import queries as assignments
from blogreview.db import db
from blogreview.domain.phases import is_open, may_publish
from blogreview.domain.terms import Deadline, ReviewKind, ReviewState, Role
from blogreview.errors import NotFound
from blogreview.models import Allocation, Assignment, Extension, Membership, Post, PostAuthor, Review, Team
from blogreview.policy import Action, Actor, Scope, permits


def get_post(assignment: Assignment, team_slug: str) -> Post:
    """The team's post in the assignment. One query.

    :raise NotFound: no such team, or it has no post.
    """
    found = db.session.scalar(
        select(Post).join(Post.team).where(Post.assignment_id == assignment.id, Team.slug == team_slug)
    )
    if found is None:
        raise NotFound(f"post of {team_slug}")
    return found


def find_own_post(assignment: Assignment, actor: Actor) -> Post | None:
    """The post the actor is an author of: a frozen one wherever they are now, else their team's. One query."""
    seat = actor.seat_in(assignment.course_id)
    on_the_team = and_(Post.frozen_at.is_(None), Post.team_id == (seat.team_id if seat else None))
    wrote_it = and_(
        Post.frozen_at.is_not(None),
        exists().where(PostAuthor.post_id == Post.id, PostAuthor.user_id == actor.user_id),
    )
    own = select(Post).where(Post.assignment_id == assignment.id, or_(wrote_it, on_the_team))
    return db.session.scalar(own.order_by(Post.frozen_at.is_(None)))


def own_post(assignment: Assignment, actor: Actor, now: datetime) -> tuple[Post | None, Scope]:
    """The actor's own post, None until someone on the team saves, and the facts about it. At most eight queries."""
    post = find_own_post(assignment, actor)
    if post is not None:
        return post, scope_of(post, actor, now)
    seat = actor.seat_in(assignment.course_id)
    scope = assignments.scope_of(assignment, now)
    if seat is None or seat.team_id is None or actor.user_id is None:
        return None, scope
    if not scope.opened:
        return None, scope
    if _has_post(assignment, seat.team_id):
        # Settled before the actor came to the team; or a team-mate saved the first words in this very moment.
        post = find_own_post(assignment, actor)
        return post, scope_of(post, actor, now) if post else scope
    is_now_open = _is_open_for(assignment, seat.team_id, published=False, now=now)
    return None, replace(scope, author_ids=frozenset({actor.user_id}), post_open=is_now_open)


def team_of(assignment: Assignment, post: Post | None, actor: Actor) -> int:
    """Whose post it is, or will be. No query.

    :raise NotFound: there is no post, and the actor is on no team.
    """
    seat = actor.seat_in(assignment.course_id)
    if post is not None:
        return post.team_id
    if seat is None or seat.team_id is None:
        raise NotFound("a team of one's own")
    return seat.team_id


def author_ids(post: Post) -> frozenset[int]:
    """Who wrote it: frozen when the publish deadline passed, until then the team. One query."""
    if post.frozen_at is not None:
        wanted = select(PostAuthor.user_id).where(PostAuthor.post_id == post.id)
    else:
        wanted = select(Membership.user_id).where(Membership.team_id == post.team_id, Membership.left_at.is_(None))
    return frozenset(db.session.scalars(wanted))


def scope_of(post: Post, actor: Actor, now: datetime) -> Scope:
    """The facts the policy needs about this post, for this actor. At most five queries."""
    assignment, authors = post.assignment, author_ids(post)
    published = post.current_revision_id is not None
    allocated = _reviewing_has_begun(assignment, now) and _is_allocated(post, actor)
    scope = replace(
        assignments.scope_of(assignment, now),
        author_ids=authors,
        published=published,
        hidden=post.hidden,
        allocated=allocated,
        post_open=_is_open_for(assignment, post.team_id, published=published, now=now),
        review_open=allocated and _review_is_open(post, actor, now),
    )
    return replace(scope, known=permits(actor, Action.POST_VIEW, scope))


def visible_to(actor: Actor, assignment: Assignment, now: datetime) -> Select[Post]:
    """Every post of the assignment the actor may view: ``post:view`` said in SQL.

    tests/test_policy_agrees.py holds this and the policy to the same answer.
    """
    wanted = select(Post).join(Post.team).where(Post.assignment_id == assignment.id)
    seat = actor.seat_in(assignment.course_id)
    if seat is None:
        return wanted.where(false())
    wrote_it = exists().where(PostAuthor.post_id == Post.id, PostAuthor.user_id == actor.user_id)
    own = or_(and_(Post.frozen_at.is_not(None), wrote_it), and_(Post.frozen_at.is_(None), Post.team_id == seat.team_id))
    published = Post.current_revision_id.is_not(None)
    if seat.role in (Role.TEACHER, Role.ASSISTANT):
        return wanted.where(or_(own, published))
    if not _reviewing_has_begun(assignment, now):
        return wanted.where(own)
    given = exists().where(Allocation.post_id == Post.id, Allocation.reviewer_id == actor.user_id)
    readable = published & Post.hidden_at.is_(None)
    may_read = readable if assignments.reading_is_open(assignment, now) else readable & given
    return wanted.where(or_(own, may_read))


def due_to_freeze(now: datetime) -> Select[Post]:
    """Posts whose publish deadline has passed without their authors having been settled."""
    own_deadline = and_(
        Extension.assignment_id == Post.assignment_id,
        Extension.team_id == Post.team_id,
        Extension.deadline == Deadline.PUBLISH,
    )
    # A deadline lasts to the end of its minute: the one being lived now is not over.
    is_over = func.coalesce(Extension.until, Assignment.publish_by) < now.replace(second=0, microsecond=0)
    return (
        select(Post)
        .join(Post.assignment)
        .outerjoin(Extension, own_deadline)
        .where(Post.frozen_at.is_(None), Assignment.opened_at.is_not(None), is_over)
        .order_by(Post.id)
    )


def posts_to_freeze(now: datetime) -> list[Post]:
    """Those posts, locked for this transaction. One query."""
    return list(db.session.scalars(due_to_freeze(now).with_for_update(of=Post)))


def members_of(team_ids: frozenset[int]) -> Mapping[int, list[int]]:
    """Team -> who is on it now. One query."""
    rows = db.session.execute(
        select(Membership.team_id, Membership.user_id).where(
            Membership.team_id.in_(team_ids), Membership.left_at.is_(None)
        )
    )
    members: dict[int, list[int]] = defaultdict(list)
    for team, person in rows:
        if team is not None:
            members[team].append(person)
    return members


def _has_post(assignment: Assignment, team_id: int) -> bool:
    wanted = select(Post.id).where(Post.assignment_id == assignment.id, Post.team_id == team_id)
    return db.session.scalar(wanted) is not None


def _is_open_for(assignment: Assignment, team_id: int, *, published: bool, now: datetime) -> bool:
    """Whether the team may write and publish now, by its own deadlines."""
    deadlines = assignments.deadlines_for(assignment, team_id=team_id)
    return may_publish(deadlines, assignments.is_opened(assignment), assignment.late_publishing, published, now)


def _reviewing_has_begun(assignment: Assignment, now: datetime) -> bool:
    """A deal made early may still change: nobody sees what they were given before the publish deadline."""
    return assignments.is_opened(assignment) and not is_open(assignment.publish_by, now)


def _is_allocated(post: Post, actor: Actor) -> bool:
    wanted = select(Allocation.id).where(Allocation.post_id == post.id, Allocation.reviewer_id == actor.user_id)
    return db.session.scalar(wanted) is not None


def _review_is_open(post: Post, actor: Actor, now: datetime) -> bool:
    """Within the reader's own deadline, and not once the team can read the review."""
    seat = actor.seat_in(post.assignment.course_id)
    reader = assignments.deadlines_for(
        post.assignment, team_id=seat.team_id if seat else None, user_id=actor.user_id
    )
    joined = select(Review.id).where(
        Review.post_id == post.id,
        Review.reviewer_id == actor.user_id,
        Review.kind == ReviewKind.PEER,
        Review.state == ReviewState.SUBMITTED,
        Review.joins_at <= now,
    )
    return is_open(reader.review, now) and db.session.scalar(joined) is None
