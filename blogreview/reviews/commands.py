"""Changes to reviews: saving, sending, moving to a newer revision, hiding a comment.

The rows follow only saves that may stand: any draft whose fields are in order, and once the review is sent, only
complete ones, so that what counts is never half a review. Whatever else was typed is kept whole in ``lost_save``
and offered when its writer returns.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from blogreview.audit.commands import record
from blogreview.db import db
from blogreview.domain import coach
from blogreview.domain.phases import joins_feedback_at
from blogreview.domain.reviewing import Content, Judgement, Said, as_json, gaps
from blogreview.domain.rubric import Rubric
from blogreview.domain.terms import ReviewKind, ReviewState
from blogreview.errors import Conflict, NotFound
from blogreview.models import Assignment, Comment, LostSave, Post, Review, Score, Snapshot
from blogreview.posts.hiding_commands import set_hidden
from blogreview.reviews import page_queries, queries


class Outcome(enum.Enum):
    """What became of a save."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    #: Kept whole, but the review stands as it was.
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was sent.

    :ivar version: the version of the review it was made from; 0 for none.
    :ivar content: None when a field cannot be stored as it is.
    :ivar typed: every field, name and value, word for word.
    """

    version: int
    content: Content | None
    typed: tuple[tuple[str, str], ...] = ()


def save_review(
    *, post: Post, reviewer_id: int, kind: ReviewKind, rubric: Rubric, filled: Filled, send: bool, now: datetime
) -> Outcome:
    """Save what was typed; send it too if asked, and it is complete. A review once sent stays sent.

    :param rubric: from ``rubric_to_write``, so that it stands still and two first saves take turns.
    :raise Conflict: someone saved meanwhile, and it says something else; the form is kept.
    :raise NotFound: the post has not been published.
    """
    review = queries.find_review(post.id, reviewer_id, kind) or _begin(post, reviewer_id, kind, now)
    _refuse_stale(review, filled, rubric, now)
    if filled.content is None:
        return _keep_aside(review, filled, now)
    text = page_queries.article_of(post, review.revision_id).text
    complete = not gaps(filled.content, rubric, text, kind)
    if review.state is ReviewState.SUBMITTED and not complete:
        return _keep_aside(review, filled, now)
    _write(review, filled.content, rubric, now)
    if complete and (send or review.state is ReviewState.SUBMITTED):
        _submit(review, post, rubric, text, now)
    db.session.flush()
    return Outcome.SUBMITTED if review.state is ReviewState.SUBMITTED else Outcome.DRAFT


def take_newest_revision(*, post: Post, reviewer_id: int, kind: ReviewKind, now: datetime) -> None:
    """Let a draft be about what the team has published last; its text stays."""
    review = queries.find_review(post.id, reviewer_id, kind)
    newest = post.current_revision_id
    if review is None or review.state is ReviewState.SUBMITTED or newest in (None, review.revision_id):
        return
    review.revision_id = newest
    review.version += 1
    review.saved_at = now
    db.session.flush()


def hide_comment(*, post: Post, public_id: str, hidden: bool, actor_id: int, now: datetime) -> None:
    """Take one comment on the post out of sight and counts, or bring it back.

    :raise NotFound: no such comment on this post.
    """
    comment = queries.get_comment(post.id, public_id)
    _hide(post, comment, f"comment {comment.id}", hidden, actor_id, now)


def hide_review(*, post: Post, reader_number: int, hidden: bool, actor_id: int, now: datetime) -> None:
    """Take a whole review out of sight, counts and estimates, or bring it back.

    :raise NotFound: the post has no such reader, or they have sent nothing.
    """
    review = queries.get_sent_review(post.id, reader_number)
    _hide(post, review, f"review {review.id}", hidden, actor_id, now)


def hide_own(*, now: datetime) -> None:
    """A review of what its writer turns out, just now, to have written themselves counts for nobody."""
    for review in queries.reviews_by_authors(now):
        _hide(review.post, review, f"review {review.id}", True, None, now)


def _begin(post: Post, reviewer_id: int, kind: ReviewKind, now: datetime) -> Review:
    if post.current_revision_id is None:
        raise NotFound(f"post {post.id}")
    review = Review(
        post_id=post.id, reviewer_id=reviewer_id, kind=kind, revision_id=post.current_revision_id,
        state=ReviewState.DRAFT, version=0, saved_at=now,
    )
    db.session.add(review)
    db.session.flush()
    return review


def _refuse_stale(review: Review, filled: Filled, rubric: Rubric, now: datetime) -> None:
    if filled.version == review.version or filled.content == queries.content_of(review, rubric):
        return
    _keep_aside(review, filled, now)
    raise Conflict(review)


def _keep_aside(review: Review, filled: Filled, now: datetime) -> Outcome:
    content = {"fields": [list(pair) for pair in filled.typed]}
    before = queries.kept_aside(review.id, review.saved_at)
    if before is None or before.content != content:
        db.session.add(LostSave(review_id=review.id, content=content, saved_at=now))
        db.session.flush()
    return Outcome.ASIDE


def _write(review: Review, content: Content, rubric: Rubric, now: datetime) -> None:
    review.saved_at = now
    if content == queries.content_of(review, rubric):
        return
    review.version += 1
    review.scores = list(_scores(review, content))
    review.comments = [comment for comment in review.comments if comment.hidden] + list(_comments(review, content))
    for position, comment in enumerate(review.comments):
        comment.position = position
    db.session.flush()


def _scores(review: Review, content: Content) -> Iterator[Score]:
    standing = {score.criterion_id: score for score in review.scores}
    for judgement in content:
        if judgement.level is not None:
            score = standing.get(judgement.criterion_id) or Score(criterion_id=judgement.criterion_id)
            score.level = judgement.level
            yield score


def _comments(review: Review, content: Content) -> Iterator[Comment]:
    standing = {comment.public_id: comment for comment in review.comments if not comment.hidden}
    for judgement in content:
        for said in judgement.comments:
            yield _comment(standing.pop(said.public_id or "", Comment()), judgement, said)


def _comment(comment: Comment, judgement: Judgement, said: Said) -> Comment:
    comment.criterion_id, comment.kind = judgement.criterion_id, said.kind
    comment.text, comment.quote = said.text, said.quote
    return comment


def _submit(review: Review, post: Post, rubric: Rubric, text: str, now: datetime) -> None:
    content = {"criteria": as_json(queries.content_of(review, rubric))}
    last = queries.last_snapshot(review.id)
    if last is not None and last.content == content:
        return
    _label(review, text)
    _mark_submitted(review, post.assignment, now)
    number = last.number + 1 if last else 1
    db.session.add(
        Snapshot(review_id=review.id, number=number, revision_id=review.revision_id, content=content, submitted_at=now)
    )
    _note_new_scores(post.assignment)
    verb = "review:changed" if last else "review:submitted"
    subject, course_id = f"review {review.id}", post.assignment.course_id
    record(verb=verb, subject=subject, now=now, actor_id=review.reviewer_id, course_id=course_id, snapshot=number)


def _mark_submitted(review: Review, assignment: Assignment, now: datetime) -> None:
    """The first sending counts; what is changed later was on time if that was."""
    if review.state is ReviewState.SUBMITTED:
        return
    review.state, review.submitted_at = ReviewState.SUBMITTED, now
    if review.kind is ReviewKind.PEER:
        review.joins_at = joins_feedback_at(now, assignment.review_by, ZoneInfo(assignment.course.timezone))


def _label(review: Review, text: str) -> None:
    """Let the coach read every comment: what it finds is counted, never shown as a judgement of the writer."""
    post_words = coach.four_words(text)
    for comment in review.comments:
        reading = coach.read(comment.text, quoted=comment.quote is not None, post_words=post_words)
        comment.praise_only, comment.localised = reading.praise_only, reading.localised
        comment.reason, comment.suggestion = reading.reason, reading.suggestion
        comment.coach_version = coach.COACH_VERSION


def _hide(post: Post, thing: Comment | Review, name: str, hidden: bool, actor_id: int | None, now: datetime) -> None:
    if thing.hidden != hidden:
        _note_new_scores(post.assignment)
    course_id = post.assignment.course_id
    set_hidden(thing=thing, name=name, hidden=hidden, course_id=course_id, actor_id=actor_id, now=now)


def _note_new_scores(assignment: Assignment) -> None:
    """Counted in the database, where two who send at once cannot lose one another's."""
    assignment.score_version = Assignment.score_version + 1
