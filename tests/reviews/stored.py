"""What the database holds of a review, as plain values."""

from __future__ import annotations

from flask import Flask

from blogreview.db import db
from blogreview.domain.terms import ReviewKind
from blogreview.models import Assignment, AuditEvent, Comment, LostSave, Review, Score, Snapshot


def review_of(app: Flask, post: int, person: int, kind: ReviewKind = ReviewKind.PEER) -> Review | None:
    """Detached; its own columns, scores and comments can be read."""
    with app.app_context():
        return db.session.query(Review).filter_by(post_id=post, reviewer_id=person, kind=kind).one_or_none()


def said(app: Flask) -> list[tuple[int, str, str, str | None]]:
    """(criterion, kind, text, quote) of every comment, in order."""
    with app.app_context():
        rows = db.session.query(Comment).order_by(Comment.review_id, Comment.position)
        return [(row.criterion_id, row.kind.value, row.text, row.quote) for row in rows]


def levels(app: Flask) -> dict[int, int]:
    with app.app_context():
        return {row.criterion_id: row.level for row in db.session.query(Score)}


def snapshots(app: Flask) -> list[tuple[int, list[int | None]]]:
    """(number, levels) of every snapshot."""
    with app.app_context():
        rows = db.session.query(Snapshot).order_by(Snapshot.number)
        return [(row.number, [one["level"] for one in row.content["criteria"]]) for row in rows]


def lost(app: Flask) -> list[dict[str, str]]:
    """The fields of every form kept aside."""
    with app.app_context():
        return [dict(row.content["fields"]) for row in db.session.query(LostSave).order_by(LostSave.id)]


def score_version(app: Flask, assignment: int) -> int:
    with app.app_context():
        return db.session.get_one(Assignment, assignment).score_version


def events(app: Flask) -> list[tuple[str, int | None, dict[str, object]]]:
    """(verb, who, details) of the trail."""
    with app.app_context():
        rows = db.session.query(AuditEvent).order_by(AuditEvent.id)
        return [(row.verb, row.actor_id, row.details) for row in rows]
