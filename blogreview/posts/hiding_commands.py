"""Out of sight at once, kept for the case, undoable: one way for all that staff can hide."""

from __future__ import annotations

from datetime import datetime

from blogreview.audit.commands import record
from blogreview.db import db
from blogreview.models import Assignment, Post
from blogreview.models.columns import Hideable


def set_hidden(
    *, thing: Hideable, name: str, hidden: bool, course_id: int, actor_id: int | None, now: datetime
) -> None:
    """Hide or bring back; twice is once. ``name`` is as the audit trail knows the thing: "post 12"."""
    if thing.hidden == hidden:
        return
    thing.hidden_at, thing.hidden_by_id = (now, actor_id) if hidden else (None, None)
    verb = f"{name.partition(' ')[0]}:{'hidden' if hidden else 'unhidden'}"
    record(verb=verb, subject=name, now=now, actor_id=actor_id, course_id=course_id)
    db.session.flush()


def hide_post(*, post: Post, hidden: bool, actor_id: int, now: datetime) -> None:
    """The same for a whole post, whose scores then leave, or rejoin, the assignment's estimates."""
    if post.hidden != hidden:
        # In SQL: somebody may be saving a review of another post in this moment.
        post.assignment.score_version = Assignment.score_version + 1
    course_id = post.assignment.course_id
    set_hidden(thing=post, name=f"post {post.id}", hidden=hidden, course_id=course_id, actor_id=actor_id, now=now)
