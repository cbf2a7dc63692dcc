"""Questions about pictures: which a post has, what has been done to them, and who may see one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from blogreview.db import db
from blogreview.domain.markup import Picture, referenced_images
from blogreview.errors import NotFound
from blogreview.models import Assignment, Media, MediaVariant, Post, PostImage
from blogreview.policy import Action, Actor, Scope, permits
from blogreview.posts import queries
from blogreview.posts.pieces import Veil


@dataclass(frozen=True, slots=True)
class ImageRow:
    """A picture of the post, for those who may hide it."""

    hash: str
    thumbnail: str | None
    hidden: bool
    withdrawn: bool


def find_media(media_hash: str) -> Media | None:
    return db.session.get(Media, media_hash)


def find_post_image(post_id: int, media_hash: str) -> PostImage | None:
    return db.session.scalar(
        select(PostImage).where(PostImage.post_id == post_id, PostImage.media_hash == media_hash)
    )


def get_post_image(post: Post, media_hash: str) -> PostImage:
    """:raise NotFound: the post has no such picture."""
    image = find_post_image(post.id, media_hash)
    if image is None:
        raise NotFound(f"image {media_hash} of post {post.id}")
    return image


def get_variant(media_hash: str, width: int) -> MediaVariant:
    """One file, its bytes with it. One query.

    :raise NotFound: no such picture, not in that width, or withdrawn.
    """
    found = db.session.scalar(
        select(MediaVariant)
        .where(MediaVariant.media_hash == media_hash, MediaVariant.width == width)
        .options(undefer(MediaVariant.data))
    )
    if found is None:
        raise NotFound(f"image {media_hash} at {width}")
    return found


def scope_of_image(media_hash: str, actor: Actor, now: datetime) -> Scope:
    """The facts of a post, among those that have the picture, through which the actor may see it; else of nothing.

    To the policy a hidden picture is as a hidden post. Two queries, and those of scope_of for each such post.
    """
    wanted = (
        select(PostImage)
        .join(Post, Post.id == PostImage.post_id)
        .join(Assignment, Assignment.id == Post.assignment_id)
        .where(PostImage.media_hash == media_hash, Assignment.course_id.in_(actor.seats))
        .order_by(PostImage.id)
    )
    for image in db.session.scalars(wanted).all():
        scope = queries.scope_of(db.session.get_one(Post, image.post_id), actor, now)
        scope = replace(scope, hidden=scope.hidden or image.hidden)
        if permits(actor, Action.POST_VIEW, scope):
            return scope
    return Scope(known=False)


def pictures_of(post_ids: Iterable[int]) -> Mapping[int, dict[str, Picture]]:
    """Post -> hash -> picture, for all its text may name. One query.

    A withdrawn one keeps its place, so that the page can say what stood there; its bytes are gone.
    """
    rows = db.session.execute(
        select(PostImage.post_id, PostImage.media_hash, MediaVariant.width, MediaVariant.height)
        .outerjoin(MediaVariant, MediaVariant.media_hash == PostImage.media_hash)
        .where(PostImage.post_id.in_(post_ids))
        .order_by(MediaVariant.width)
    )
    sizes: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for post_id, media_hash, width, height in rows:
        sizes[post_id, media_hash].append((width or 1, height or 1))
    found: dict[int, dict[str, Picture]] = defaultdict(dict)
    for (post_id, media_hash), variants in sizes.items():
        found[post_id][media_hash] = Picture(media_hash, tuple(variants))
    return found


def thumbnails(post: Post | None, bodies: Mapping[int, str]) -> dict[int, list[str]]:
    """Question -> addresses of the pictures its text names, for texts typed or saved. One query."""
    images = images_of(post) if post else ()
    addresses = {image.hash: image.thumbnail for image in images if image.thumbnail}
    return {
        question: [addresses[name] for name in referenced_images(body) if name in addresses]
        for question, body in bodies.items()
    }


def images_of(post: Post) -> tuple[ImageRow, ...]:
    """The pictures the team has put in, first put in first. One query."""
    smallest = select(func.min(MediaVariant.width)).where(MediaVariant.media_hash == Media.hash).scalar_subquery()
    rows = db.session.execute(
        select(Media.hash, smallest, PostImage.hidden_at, Media.withdrawn_at)
        .select_from(PostImage)
        .join(Media, Media.hash == PostImage.media_hash)
        .where(PostImage.post_id == post.id)
        .order_by(PostImage.id)
    )
    return tuple(
        ImageRow(
            hash,
            Picture(hash, ()).address(width) if width else None,
            hidden is not None,
            withdrawn is not None,
        )
        for hash, width, hidden, withdrawn in rows
    )


def veils(images: Sequence[ImageRow], *, sees_hidden: bool) -> dict[str, Veil]:
    """Hash -> what has been done to it, for the pictures to which something has."""
    hidden = {image.hash: Veil.MARKED if sees_hidden else Veil.HIDDEN for image in images if image.hidden}
    return hidden | {image.hash: Veil.WITHDRAWN for image in images if image.withdrawn}


def draft_veils(post: Post) -> dict[str, Veil]:
    """The same for a draft, whose only readers are its authors. One query."""
    return veils(images_of(post), sees_hidden=True)
