from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from blogreview.db import db, pause_transaction
from blogreview.domain.markup import word_count
from blogreview.domain.terms import SaveOutcome
from blogreview.errors import Conflict, Refused
from blogreview.models import Answer, DraftSave, Post, PostAuthor, Revision, RevisionAnswer
from blogreview.posts import draft_queries, queries, reading_queries
from blogreview.posts.draft_queries import Draft
from blogreview.posts.drafts import Render, Rendered, Typed

T = TypeVar("T")


def open_post(*, assignment_id: int, team_id: int) -> Post:
    """The team's post, begun now if nobody has. Two may be first at once: both get the same."""
    return find_or_add(
        lambda: draft_queries.find_post(assignment_id, team_id),
        lambda: Post(assignment_id=assignment_id, team_id=team_id),
    )


def save_draft(*, post: Post, texts: Sequence[Typed], author_id: int, now: datetime) -> frozenset[int | None]:
    """Save each text that differs from what stands, with a line in the history.

    :return: the questions (None: the title) where someone else saved meanwhile. There what they saved stands,
        and the text sent is in the history as lost; sent again with the new version it replaces theirs.
    """
    lock(post)
    answers = draft_queries.answers_of(post)
    places = {text: _place(post, answers, text, author_id, now) for text in texts}
    return frozenset(text.question_id for text in texts if not _save(post, places[text], text, author_id, now))


def publish(
    *, post: Post, stamp: str, rendered: Mapping[int, Rendered], author_id: int, now: datetime
) -> Revision:
    """Freeze the draft as the post's next revision; the one that stands, where nothing has changed.

    :param stamp: of the draft that was rendered and shown.
    :param rendered: question -> its HTML.
    :raise Conflict: the draft has been changed since.
    :raise Refused: something is missing.
    """
    lock(post)
    draft = draft_queries.draft_of(post.assignment, post)
    if draft.stamp != stamp:
        raise Conflict(draft)
    for finding in draft.findings():
        raise Refused(finding.lack)
    newest = post.current_revision
    if newest is None or not _says_the_same(newest, draft):
        newest = post.current_revision = _revision(post, newest, draft, rendered, author_id, now)
        db.session.flush()
    return newest


def freeze_due(*, now: datetime) -> int:
    """Settle who wrote every post whose publish deadline (the team's own) has passed: its team's members now.

    Idempotent, and the same number of queries however many posts are due.

    :return: how many posts were settled.
    """
    due = queries.posts_to_freeze(now)
    members = queries.members_of(frozenset(post.team_id for post in due)) if due else {}
    for post in due:
        post.frozen_at = now
        db.session.add_all(PostAuthor(post_id=post.id, user_id=person) for person in members.get(post.team_id, ()))
    db.session.flush()
    return len(due)


def rerender_stale(*, limit: int, render: Render) -> int:
    """Make HTML that another version of the sanitiser made anew, oldest trouble last; until then pages escape it.

    Lets the transaction go while it renders, so it must come first in one.

    :return: how many answers were rendered.
    """
    stale = reading_queries.stale_answers(limit)
    pause_transaction()
    made = {text.id: render(text.body, text.pictures, text.prefix) for text in stale}
    for answer in reading_queries.answers_by_id(made):
        answer.html, answer.sanitiser_version = made[answer.id].html, made[answer.id].version
    db.session.flush()
    return len(stale)


def lock(post: Post) -> None:
    """Read the post anew and let nobody else save it until the transaction ends."""
    db.session.refresh(post, with_for_update={"of": Post})


def find_or_add(find: Callable[[], T | None], new: Callable[[], T]) -> T:
    """What is there, or else a new row; where another transaction adds it in the same moment, theirs."""
    found = find()
    if found is not None:
        return found
    try:
        with db.session.begin_nested():
            added = new()
            db.session.add(added)
        return added
    except IntegrityError:
        theirs = find()
        if theirs is None:
            raise
        return theirs


def _place(
    post: Post, answers: Mapping[int, Answer], text: Typed, author_id: int, now: datetime
) -> Post | Answer:
    """The row the text belongs in: the post's for its title, else an answer's, made where there is none."""
    if text.question_id is None:
        return post
    if text.question_id in answers:
        return answers[text.question_id]
    answer = Answer(
        post_id=post.id, question_id=text.question_id, body="", version=1, updated_at=now, updated_by_id=author_id
    )
    db.session.add(answer)
    return answer


def _save(post: Post, place: Post | Answer, text: Typed, author_id: int, now: datetime) -> bool:
    """Whether nothing was lost."""
    if text.body == (place.title if isinstance(place, Post) else place.body):
        return True
    if text.version != place.version:
        return _is_old(post, text) or _lose(post, text, author_id, now)
    if isinstance(place, Post):
        place.title = text.body
    else:
        place.body, place.updated_at, place.updated_by_id = text.body, now, author_id
    place.version += 1
    _remember(post, text, SaveOutcome.KEPT, author_id, now)
    return True


def _is_old(post: Post, text: Typed) -> bool:
    """The sender left this text as they found it; what stands is newer and holds."""
    return not text.body or draft_queries.is_in_history(post, text, SaveOutcome.KEPT)


def _lose(post: Post, text: Typed, author_id: int, now: datetime) -> bool:
    if not draft_queries.is_in_history(post, text, SaveOutcome.LOST):
        _remember(post, text, SaveOutcome.LOST, author_id, now)
    return False


def _remember(post: Post, text: Typed, outcome: SaveOutcome, author_id: int, now: datetime) -> None:
    db.session.add(
        DraftSave(
            post_id=post.id, question_id=text.question_id, body=text.body, outcome=outcome, saved_at=now,
            saved_by_id=author_id,
        )
    )
    db.session.flush()


def _says_the_same(revision: Revision, draft: Draft) -> bool:
    bodies = {answer.question_id: answer.body for answer in draft.answers}
    return revision.title == draft.title and draft_queries.published_bodies(revision) == bodies


def _revision(
    post: Post, newest: Revision | None, draft: Draft, rendered: Mapping[int, Rendered], author_id: int, now: datetime
) -> Revision:
    revision = Revision(
        post_id=post.id,
        number=newest.number + 1 if newest else 1,
        title=draft.title,
        words=sum(word_count(answer.body) for answer in draft.answers),
        # A new version of what came in time is not late.
        late=newest is None and draft_queries.was_late(post, now),
        published_at=now,
        published_by_id=author_id,
        answers=[
            RevisionAnswer(
                question_id=answer.question_id,
                position=answer.number,
                body=answer.body,
                html=rendered[answer.question_id].html,
                sanitiser_version=rendered[answer.question_id].version,
            )
            for answer in draft.answers
        ],
    )
    db.session.add(revision)
    return revision
