"""Everything the sheet of one team shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, select

from blogreview.assignments.rubric_queries import rubric_of
from blogreview.db import db
from blogreview.domain.estimates import Figures, plain_mean
from blogreview.domain.rubric import Rubric, RubricCriterion
from blogreview.domain.terms import CommentKind, ReviewKind, ReviewState
from blogreview.grades import count_queries as counts
from blogreview.grades.estimate_queries import estimate_of
from blogreview.grades.queries import (
    SHOWN_NAME,
    Saved,
    find_post,
    graded_revision,
    member_names,
    reviewed_revision,
    revisions_of,
    saved_grade,
    seat_in,
)
from blogreview.models import Allocation, Assignment, Comment, Membership, Post, Review, Revision, Score, Team, User
from blogreview.posts.reading_queries import AnswerText, texts_of


@dataclass(frozen=True, slots=True)
class Text:
    """A revision the sheet can show; its answers, if it is the one shown."""

    id: int
    number: int
    title: str
    published_at: datetime
    answers: tuple[AnswerText, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment, with its writer's name: for those who teach."""

    public_id: str
    kind: CommentKind
    text: str
    quote: str | None
    who: str
    reader_number: int | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class Criterion:
    """What the readers said on one criterion. ``marks`` are the levels teachers have given themselves."""

    criterion: RubricCriterion
    counts: tuple[int, ...]
    mean: float | None
    figures: Figures
    marks: tuple[int, ...]
    strengths: tuple[Remark, ...]
    changes: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone who was given the post to review."""

    number: int
    name: str
    state: ReviewState | None
    hidden: bool

    @property
    def has_sent(self) -> bool:
        return self.state is ReviewState.SUBMITTED


@dataclass(frozen=True, slots=True)
class Sheet:
    """One team's post, what its readers said, and the grade as saved."""

    team: str
    slug: str
    members: tuple[str, ...]
    hidden: bool
    graded: Text | None
    reviewed: Text | None
    shown: Text | None
    rubric: Rubric
    criteria: tuple[Criterion, ...]
    readers: tuple[Reader, ...]
    suggestions: int
    grade: Saved | None

    @property
    def sent(self) -> int:
        return sum(reader.has_sent and not reader.hidden for reader in self.readers)

    @property
    def wanted(self) -> int:
        """As in the overview: a hidden review is neither sent nor wanted."""
        return sum(not (reader.has_sent and reader.hidden) for reader in self.readers)

    @property
    def waiting_for(self) -> list[str]:
        return [reader.name for reader in self.readers if not reader.has_sent]

    @property
    def is_outdated(self) -> bool:
        """The grade was given on another revision than the one that now gets it."""
        return self.grade is not None and self.graded is not None and self.grade.revision_id != self.graded.id


def sheet(assignment: Assignment, team: Team, *, reviewed: bool = False) -> Sheet:
    """The team's sheet, showing the graded revision, or the reviewed one. At most 17 queries, whatever the size."""
    post, rubric = find_post(assignment, team.id), rubric_of(assignment.id)
    members = tuple(member_names(team, post))
    if post is None:
        return Sheet(team.name, team.slug, members, False, None, None, None, rubric, (), (), 0, None)
    revisions = revisions_of(post)
    graded, read = graded_revision(post, revisions), reviewed_revision(post, revisions)
    shown = read if reviewed and read else graded
    return Sheet(
        team=team.name,
        slug=team.slug,
        members=members,
        hidden=post.hidden,
        graded=_named(graded),
        reviewed=_named(read),
        shown=_text(post, shown),
        rubric=rubric,
        criteria=tuple(_criteria(post, rubric)),
        readers=tuple(_readers(post)),
        suggestions=counts.suggestion_counts(assignment.id, post_id=post.id).get(post.id, 0),
        grade=saved_grade(post),
    )


def _given_to() -> Any:
    return and_(Allocation.post_id == Review.post_id, Allocation.reviewer_id == Review.reviewer_id)


def _named(revision: Revision | None) -> Text | None:
    return Text(revision.id, revision.number, revision.title, revision.published_at) if revision else None


def _text(post: Post, revision: Revision | None) -> Text | None:
    if revision is None:
        return None
    answers = texts_of(post, revision, sees_hidden=True)
    return Text(revision.id, revision.number, revision.title, revision.published_at, answers)


def _criteria(post: Post, rubric: Rubric) -> Iterator[Criterion]:
    levels = counts.level_counts(post.assignment_id, rubric.top, post_id=post.id)
    estimate, comments, marks = estimate_of(post.id), _comments(post), _marks(post)
    for criterion in rubric.criteria:
        found = levels.get((post.id, criterion.id), (0,) * rubric.top)
        yield Criterion(
            criterion,
            found,
            plain_mean(found),
            estimate.criteria.get(criterion.id, Figures()),
            tuple(marks[criterion.id]),
            tuple(comment for comment in comments[criterion.id] if comment.kind is CommentKind.STRENGTH),
            tuple(comment for comment in comments[criterion.id] if comment.kind is CommentKind.CHANGE),
        )


def _comments(post: Post) -> dict[int, list[Remark]]:
    """Criterion -> the comments of counted reviews, hidden ones among them, by reader."""
    rows = db.session.execute(
        select(
            Comment.criterion_id, Comment.public_id, Comment.kind, Comment.text, Comment.quote, SHOWN_NAME,
            Allocation.reader_number, Comment.hidden_at,
        )
        .join(Review, Review.id == Comment.review_id)
        .join(User, User.id == Review.reviewer_id)
        .outerjoin(Membership, seat_in(post.assignment.course_id))
        .outerjoin(Allocation, _given_to())
        .where(Review.post_id == post.id, counts.counted())
        .order_by(Allocation.reader_number, Comment.position, Comment.id)
    )
    found: dict[int, list[Remark]] = defaultdict(list)
    for criterion, public_id, kind, text, quote, who, number, hidden in rows:
        found[criterion].append(Remark(public_id, kind, text, quote, who, number, hidden is not None))
    return found


def _marks(post: Post) -> dict[int, list[int]]:
    """Criterion -> the levels teachers gave it."""
    rows = db.session.execute(
        select(Score.criterion_id, Score.level)
        .join(Review, Review.id == Score.review_id)
        .where(
            Review.post_id == post.id,
            Review.kind == ReviewKind.TEACHER,
            Review.state == ReviewState.SUBMITTED,
            Review.hidden_at.is_(None),
        )
        .order_by(Score.level)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for criterion, level in rows:
        found[criterion].append(level)
    return found


def _readers(post: Post) -> Sequence[Reader]:
    rows = db.session.execute(_allocated(post))
    return [Reader(number, name, state, hidden is not None) for number, name, state, hidden in rows]


def _allocated(post: Post) -> Select[*tuple[Any, ...]]:
    return (
        select(Allocation.reader_number, SHOWN_NAME, Review.state, Review.hidden_at)
        .join(User, User.id == Allocation.reviewer_id)
        .outerjoin(Membership, seat_in(post.assignment.course_id))
        .outerjoin(Review, and_(_given_to(), Review.kind == ReviewKind.PEER))
        .where(Allocation.post_id == post.id)
        .order_by(Allocation.reader_number)
    )
