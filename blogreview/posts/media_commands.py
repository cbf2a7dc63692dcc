from __future__ import annotations

from datetime import datetime

from blogreview.audit.commands import record
from blogreview.db import db
from blogreview.models import Media, MediaVariant, PostImage
from blogreview.posts import media_queries
from blogreview.posts.commands import find_or_add
from blogreview.posts.images import RebuiltImage


def add_image(*, post_id: int, image: RebuiltImage, author_id: int, now: datetime) -> PostImage:
    """Keep a rebuilt picture, under its hash and so once, and let the post show it.

    The caller has seen that it is not a withdrawn one.
    """
    find_or_add(lambda: media_queries.find_media(image.hash), lambda: _media(image, now))
    return find_or_add(
        lambda: media_queries.find_post_image(post_id, image.hash),
        lambda: PostImage(post_id=post_id, media_hash=image.hash, added_by_id=author_id, added_at=now),
    )


def withdraw_image(*, image: PostImage, course_id: int, actor_id: int, now: datetime) -> None:
    """Delete the picture's bytes for good, from every post that shows it. Its row stays, so that pages can say so."""
    if image.media.withdrawn_at is None:
        image.media.withdrawn_at = now
        image.media.variants.clear()
        record(
            verb="image:withdrawn", subject=f"image {image.id}", now=now, actor_id=actor_id, course_id=course_id,
            hash=image.media_hash,
        )
        db.session.flush()


def _media(image: RebuiltImage, now: datetime) -> Media:
    variants = [MediaVariant(width=v.width, height=v.height, data=v.data) for v in image.variants]
    return Media(hash=image.hash, created_at=now, variants=variants)
