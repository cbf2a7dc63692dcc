from __future__ import annotations

from sqlalchemy import select

from blogreview.db import db
from blogreview.errors import NotFound
from blogreview.models import Post, Reply


def get_reply(post: Post, public_id: str) -> Reply:
    """:raise NotFound: no such reply under this post."""
    found = db.session.scalar(select(Reply).where(Reply.post_id == post.id, Reply.public_id == public_id))
    if found is None:
        raise NotFound(f"reply {public_id}")
    return found


def find_latest(post: Post, author_id: int) -> Reply | None:
    """What the person wrote last under the post. One query."""
    wanted = select(Reply).where(Reply.post_id == post.id, Reply.author_id == author_id)
    return db.session.scalar(wanted.order_by(Reply.id.desc()).limit(1))
