"""What the class reads: the list of posts, and one post's page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import aliased

from blogreview.assignments import queries as assignments
from blogreview.db import db
from blogreview.domain.markup import SANITISER_VERSION, Picture, escaped, reading_minutes
from blogreview.domain.phases import closes, phase_at
from blogreview.domain.terms import Phase
from blogreview.models import (
    Assignment,
    Membership,
    Post,
    Question,
    Revision,
    RevisionAnswer,
    Team,
    User,
)
from blogreview.policy import Action, Actor, Scope, permits
from blogreview.posts import queries
from blogreview.posts.drafts import id_prefix
from blogreview.posts.media_queries import ImageRow, images_of, pictures_of, veils
from blogreview.posts.pieces import Piece, Veil, pieces
from blogreview.posts.thread_queries import SHOWN_NAME, Turn, readable, thread_of


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One published post in the list."""

    team_slug: str
    team: str
    title: str
    minutes: int
    published_at: datetime
    late: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class AnswerText:
    """One answer as a page shows it: its pieces in a row are its HTML."""

    question_id: int
    number: int
    question: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PostPage:
    team_slug: str
    team: str
    title: str
    authors: tuple[str, ...]
    number: int
    published_at: datetime
    first_published_at: datetime
    late: bool
    minutes: int
    hidden: bool
    answers: tuple[AnswerText, ...]
    images: tuple[ImageRow, ...]
    thread: tuple[Turn, ...]
    #: How many replies can be read.
    replies: int
    previous: IndexRow | None
    next: IndexRow | None
    #: For its authors, while the text is locked: when it can be changed again.
    reopens_at: datetime | None


@dataclass(frozen=True, slots=True)
class StaleText:
    """What rendering an answer anew takes."""

    id: int
    body: str
    pictures: Mapping[str, Picture]
    prefix: str


def index_rows(actor: Actor, assignment: Assignment, now: datetime) -> list[IndexRow]:
    """Every published post the actor may view, by team name. One query."""
    first = aliased(Revision)
    visible = queries.visible_to(actor, assignment, now).with_only_columns(Post.id)
    rows = db.session.execute(
        select(
            Team.slug, Team.name, Revision.title, Revision.words, Revision.published_at, first.late, Post.hidden_at
        )
        .select_from(Post)
        .join(Team, Team.id == Post.team_id)
        .join(Revision, Revision.id == Post.current_revision_id)
        .join(first, and_(first.post_id == Post.id, first.number == 1))
        .where(Post.id.in_(visible))
        .order_by(Team.name, Team.id)
    )
    return [
        IndexRow(slug, team, title, reading_minutes(words), at, late, hidden is not None)
        for slug, team, title, words, at, late, hidden in rows
    ]


def post_page(post: Post, actor: Actor, scope: Scope, now: datetime) -> PostPage:
    """A published post's page as the actor may see it; ``scope`` is queries.scope_of. Eight queries."""
    revision, first = _revisions(post)
    sees_hidden = permits(actor, Action.POST_VIEW, replace(scope, hidden=True))
    images = images_of(post)
    thread = thread_of(post, actor, scope)
    previous, following = _neighbours(post, index_rows(actor, post.assignment, now))
    return PostPage(
        team_slug=post.team.slug,
        team=post.team.name,
        title=revision.title,
        authors=_author_names(post, scope.author_ids),
        number=revision.number,
        published_at=revision.published_at,
        first_published_at=first.published_at,
        late=first.late,
        minutes=reading_minutes(revision.words),
        hidden=post.hidden,
        answers=_texts(revision, veils(images, sees_hidden=sees_hidden)),
        images=images,
        thread=thread,
        replies=readable(thread),
        previous=previous,
        next=following,
        reopens_at=_reopens_at(post, now) if actor.user_id in scope.author_ids else None,
    )


def texts_of(post: Post, revision: Revision, *, sees_hidden: bool) -> tuple[AnswerText, ...]:
    """A revision's answers, for any page that shows them with templates/posts/text.html. Two queries.

    HTML that another version of the sanitiser made is never shown: the source stands in for it, escaped.

    :param sees_hidden: hidden pictures are shown, marked; only to those whom a hidden post is shown.
    """
    return _texts(revision, veils(images_of(post), sees_hidden=sees_hidden))


def stale_answers(limit: int) -> list[StaleText]:
    """Published answers whose HTML another version of the sanitiser made; last those that were tried. Two queries."""
    rows = db.session.execute(
        select(RevisionAnswer.id, RevisionAnswer.body, RevisionAnswer.position, Revision.post_id)
        .join(Revision, Revision.id == RevisionAnswer.revision_id)
        .where(RevisionAnswer.sanitiser_version != SANITISER_VERSION)
        .order_by(RevisionAnswer.sanitiser_version.desc(), RevisionAnswer.id)
        .limit(limit)
    ).all()
    pictures = pictures_of({post_id for *_, post_id in rows}) if rows else {}
    return [
        StaleText(id, body, pictures.get(post_id, {}), id_prefix(post_id, position))
        for id, body, position, post_id in rows
    ]


def answers_by_id(ids: Collection[int]) -> list[RevisionAnswer]:
    return list(db.session.scalars(select(RevisionAnswer).where(RevisionAnswer.id.in_(ids)))) if ids else []


def _revisions(post: Post) -> tuple[Revision, Revision]:
    """The one that stands, and the first. One query."""
    wanted = select(Revision).where(
        Revision.post_id == post.id, (Revision.id == post.current_revision_id) | (Revision.number == 1)
    )
    found = db.session.scalars(wanted.order_by(Revision.number)).all()
    return found[-1], found[0]


def _author_names(post: Post, ids: Collection[int]) -> tuple[str, ...]:
    rows = db.session.execute(
        _named(select(SHOWN_NAME).select_from(User), User.id, post.assignment.course_id)
        .where(User.id.in_(ids))
        .order_by(SHOWN_NAME)
    )
    return tuple(name for (name,) in rows)


def _named(wanted: Select[str], person: object, course_id: int) -> Select[str]:
    return wanted.outerjoin(Membership, and_(Membership.user_id == person, Membership.course_id == course_id))


def _texts(revision: Revision, veiled: Mapping[str, Veil]) -> tuple[AnswerText, ...]:
    rows = db.session.execute(
        select(RevisionAnswer, Question.text)
        .join(Question, Question.id == RevisionAnswer.question_id)
        .where(RevisionAnswer.revision_id == revision.id)
        .order_by(RevisionAnswer.position)
    )
    return tuple(
        AnswerText(answer.question_id, answer.position, question, pieces(_safe_html(answer), veiled))
        for answer, question in rows
    )


def _safe_html(answer: RevisionAnswer) -> str:
    return answer.html if answer.sanitiser_version == SANITISER_VERSION else escaped(answer.body)


def _neighbours(post: Post, rows: Sequence[IndexRow]) -> tuple[IndexRow | None, IndexRow | None]:
    place = next((n for n, row in enumerate(rows) if row.team_slug == post.team.slug), None)
    if place is None:
        return None, None
    return (rows[place - 1] if place else None), (rows[place + 1] if place + 1 < len(rows) else None)


def _reopens_at(post: Post, now: datetime) -> datetime | None:
    deadlines = assignments.deadlines_for(post.assignment, team_id=post.team_id)
    locked = phase_at(deadlines, assignments.is_opened(post.assignment), now) is Phase.REVIEWING
    return closes(deadlines.review) if locked else None
