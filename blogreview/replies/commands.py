from __future__ import annotations

from datetime import datetime

from blogreview.db import db
from blogreview.models import Post, Reply
from blogreview.posts.commands import lock
from blogreview.replies import queries


def write_reply(*, post: Post, parent: Reply | None, text: str, author_id: int, now: datetime) -> Reply:
    """Add a turn to the conversation; an answer to an answer stands beside it. A second press adds nothing."""
    lock(post)  # two presses take turns, and the second finds what the first wrote
    above = (parent.parent_id or parent.id) if parent else None
    latest = queries.find_latest(post, author_id)
    if latest and (latest.parent_id, latest.text, latest.removed_at) == (above, text, None):
        return latest
    reply = Reply(post_id=post.id, parent_id=above, text=text, author_id=author_id, written_at=now)
    db.session.add(reply)
    db.session.flush()
    return reply


def remove_reply(*, reply: Reply, now: datetime) -> None:
    """Take its author's words away; the place in the conversation stays."""
    reply.removed_at = reply.removed_at or now
    db.session.flush()
