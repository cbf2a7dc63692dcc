"""What stands on the reviewer's page around the form: the post, who sees the name, what is saved, what is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from blogreview.assignments import queries as assignments
from blogreview.db import db
from blogreview.domain.markup import plain_text, reading_minutes
from blogreview.domain.phases import is_open
from blogreview.domain.reviewing import Content, lost_places
from blogreview.domain.rubric import Rubric
from blogreview.domain.terms import ReviewKind, ReviewState, Role
from blogreview.errors import NotFound
from blogreview.models import Allocation, Assignment, Membership, Post, Review, Revision, RevisionAnswer, User
from blogreview.policy import Actor
from blogreview.posts.reading_queries import AnswerText, texts_of
from blogreview.reviews import queries
from blogreview.reviews.queries import MyReview


@dataclass(frozen=True, slots=True)
class Article:
    """One revision of a post, as it is read."""

    revision_id: int
    number: int
    title: str
    published_at: datetime
    minutes: int
    answers: tuple[AnswerText, ...]

    @property
    def text(self) -> str:
        """Its words, without markup: where a quote must be found."""
        html = ("".join(piece.html for piece in answer.pieces) for answer in self.answers)
        return "\n".join((self.title, *map(plain_text, html)))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who the reviewer is to the team, who knows their name, and until when they may write.

    :ivar number: "Reader 6"; None for a teacher's own marks.
    """

    number: int | None
    named: bool
    staff: tuple[str, ...]
    closes: datetime
    #: Whether that moment lies ahead.
    open: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands in the database of this review; version 0: nothing yet."""

    version: int
    state: ReviewState | None
    content: Content
    hidden: tuple[str, ...] = ()
    saved_at: datetime | None = None
    submitted_at: datetime | None = None
    #: The form as last typed where it did not become the review, and when.
    aside: tuple[tuple[str, str], ...] = ()
    aside_at: datetime | None = None

    @property
    def submitted(self) -> bool:
        return self.state is ReviewState.SUBMITTED

    @property
    def comment_ids(self) -> frozenset[str]:
        comments = (said for judgement in self.content for said in judgement.comments)
        return frozenset(said.public_id for said in comments if said.public_id)


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The reviewer's page, but for the form. ``mine`` is everything they are to review, this one among it."""

    team_name: str
    team_slug: str
    kind: ReviewKind
    article: Article
    #: The team has published a newer revision, and the review is a draft that could move to it.
    newer: bool
    #: Quotes that stood in an earlier revision and do not stand in this one.
    lost: tuple[str, ...]
    reader: Reader
    saved: Saved
    mine: tuple[MyReview, ...]

    @property
    def place(self) -> int:
        """Which of their reviews this is, from 1."""
        return next((n for n, row in enumerate(self.mine, 1) if row.team_slug == self.team_slug), 0)

    @property
    def left(self) -> tuple[MyReview, ...]:
        return tuple(row for row in self.mine if not row.sent)


@dataclass(frozen=True, slots=True)
class MinePage:
    """What stands above the list of own reviews.

    :ivar begins: when posts are given out, while that lies ahead.
    """

    title: str
    begins: datetime | None
    closes: datetime
    open: bool


def mine_page(assignment: Assignment, actor: Actor, now: datetime) -> MinePage:
    """One query."""
    seat = actor.seat_in(assignment.course_id)
    deadlines = assignments.deadlines_for(assignment, team_id=seat.team_id if seat else None, user_id=actor.user_id)
    begins = assignment.publish_by if is_open(assignment.publish_by, now) else None
    return MinePage(assignment.title, begins, deadlines.review, is_open(deadlines.review, now))


def review_page(post: Post, actor: Actor, kind: ReviewKind, rubric: Rubric, now: datetime) -> ReviewPage:
    """Everything but the form. At most 18 queries, whatever the size.

    :raise NotFound: the post has not been published.
    """
    if post.current_revision_id is None or actor.user_id is None:
        raise NotFound(f"post {post.id}")
    review = queries.find_review(post.id, actor.user_id, kind)
    saved = saved_of(review, rubric)
    article = article_of(
        post,
        review.revision_id if review else post.current_revision_id,
        sees_hidden=kind is ReviewKind.TEACHER,
    )
    return ReviewPage(
        post.team.name,
        post.team.slug,
        kind,
        article,
        newer=not saved.submitted and article.revision_id != post.current_revision_id,
        lost=lost_places(saved.content, article.text, _earlier_text(post.id, article.number)),
        reader=reader_of(post, actor, kind, now),
        saved=saved,
        mine=queries.my_reviews(post.assignment, actor.user_id, now) if kind is ReviewKind.PEER else (),
    )


def article_of(post: Post, revision_id: int, *, sees_hidden: bool = False) -> Article:
    """One of the post's revisions; pictures a teacher has hidden show only to whom ``sees_hidden``. Three queries."""
    revision = db.session.get_one(Revision, revision_id)
    return Article(
        revision.id,
        revision.number,
        revision.title,
        revision.published_at,
        reading_minutes(revision.words),
        texts_of(post, revision, sees_hidden=sees_hidden),
    )


def saved_of(review: Review | None, rubric: Rubric) -> Saved:
    """At most one query: what was kept aside."""
    content = queries.content_of(review, rubric)
    if review is None:
        return Saved(0, None, content)
    aside = queries.kept_aside(review.id, review.saved_at)
    return Saved(
        review.version,
        review.state,
        content,
        tuple(comment.text for comment in review.comments if comment.hidden),
        review.saved_at,
        review.submitted_at,
        tuple((name, value) for name, value in aside.content["fields"]) if aside else (),
        aside.saved_at if aside else None,
    )


def reader_of(post: Post, actor: Actor, kind: ReviewKind, now: datetime) -> Reader:
    """Three queries."""
    seat = actor.seat_in(post.assignment.course_id)
    number = select(Allocation.reader_number).where(
        Allocation.post_id == post.id, Allocation.reviewer_id == actor.user_id
    )
    deadlines = assignments.deadlines_for(
        post.assignment, team_id=seat.team_id if seat else None, user_id=actor.user_id
    )
    return Reader(
        db.session.scalar(number) if kind is ReviewKind.PEER else None,
        post.assignment.reviewers_named,
        tuple(_staff(post.assignment.course_id)),
        deadlines.review,
        is_open(deadlines.review, now),
    )


def _staff(course_id: int) -> Iterable[str]:
    """Whoever sees reviewers' names: teachers first."""
    wanted = (
        select(User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(
            Membership.course_id == course_id,
            Membership.role.in_((Role.TEACHER, Role.ASSISTANT)),
            Membership.left_at.is_(None),
        )
    )
    return db.session.scalars(wanted.order_by(Membership.role.desc(), Membership.id))


def _earlier_text(post_id: int, number: int) -> str:
    """The words of the post's revisions before this one. One query; none for the first revision."""
    if number == 1:
        return ""
    html = (
        select(RevisionAnswer.html)
        .join(Revision, Revision.id == RevisionAnswer.revision_id)
        .where(Revision.post_id == post_id, Revision.number < number)
    )
    return "\n".join(map(plain_text, db.session.scalars(html)))
