"""Sent reviews for tests: what the form leaves in the database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from blogreview.db import db
from blogreview.domain.phases import closes
from blogreview.domain.terms import CommentKind, ReviewKind, ReviewState, Role
from blogreview.models import Allocation, Comment, Post, Review, Score
from tests.world import NOW, World, allocate, join, make, person

#: Feedback is open, and the team may improve its post.
OPEN = NOW + timedelta(days=6)
STRENGTH, CHANGE = CommentKind.STRENGTH, CommentKind.CHANGE


def remark(criterion: int, kind: CommentKind, text: str, public_id: str, says: str = "", **more: Any) -> Comment:
    """``says="wri"``: where, the reason, and what instead."""
    return Comment(
        criterion_id=criterion, kind=kind, position=0, text=text, public_id=public_id,
        localised="w" in says, reason="r" in says, suggestion="i" in says, **more,
    )


def send_review(
    post_id: int, reviewer_id: int, levels: dict[int, int], *remarks: Comment, at: datetime = NOW, **changes: Any
) -> int:
    """A review that the team reads when feedback opens, unless ``changes`` say otherwise."""
    post = db.session.get_one(Post, post_id)
    values = {
        "kind": ReviewKind.PEER, "state": ReviewState.SUBMITTED, "saved_at": at, "submitted_at": at,
        "joins_at": closes(post.assignment.review_by), "revision_id": post.current_revision_id,
    }
    scores = [Score(criterion_id=criterion, level=level) for criterion, level in levels.items()]
    return make(
        Review, post_id=post_id, reviewer_id=reviewer_id, scores=scores, comments=list(remarks), **(values | changes)
    ).id


def readers_of(world: World, count: int) -> list[int]:
    """So many people who are to review SAFA's post, the cast's two first; reader n is the n-th."""
    more = [person(f"reader{n}", f"Leserperson {n}") for n in range(3, count + 1)]
    for number, reader in enumerate(more, 3):
        join(reader, world.course, Role.STUDENT)
        allocate(world.posts["safa"], reader, number)
    return [world.nils, world.mona, *more][:count]


def forget_reviews(post_id: int) -> None:
    for model in (Review, Allocation):
        db.session.query(model).filter_by(post_id=post_id).delete()
