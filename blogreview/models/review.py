from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blogreview.db import Base, UtcDateTime
from blogreview.domain.terms import AllocationSource, CommentKind, ReviewKind, ReviewState
from blogreview.models.columns import Hideable, Key, Long, Moment, public_id, term
from blogreview.models.post import Post


class Allocation(Base):
    """Who is to review what. ``reader_number`` is how the team sees the reader: "Reader 3"."""

    __tablename__ = "allocation"
    __table_args__ = (
        UniqueConstraint("post_id", "reviewer_id"),
        UniqueConstraint("post_id", "reader_number"),
    )
    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    reader_number: Mapped[int]
    source: Mapped[AllocationSource] = mapped_column(term(AllocationSource))
    created_at: Mapped[Moment]
    post: Mapped[Post] = relationship()


class Review(Hideable, Base):
    """One person's rubric judgement of one post, on the revision it was begun on."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("post_id", "reviewer_id", "kind"),
        CheckConstraint("state = 'draft' OR submitted_at IS NOT NULL", name="submitted_has_a_time"),
    )
    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    kind: Mapped[ReviewKind] = mapped_column(term(ReviewKind))
    state: Mapped[ReviewState] = mapped_column(term(ReviewState), default=ReviewState.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[Moment]
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    #: From when the team may read it; set at submission by domain.phases.joins_feedback_at.
    joins_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    post: Mapped[Post] = relationship()
    scores: Mapped[list[Score]] = relationship(cascade="all, delete-orphan", lazy="selectin")
    comments: Mapped[list[Comment]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="Comment.position"
    )


class Score(Base):
    """The level given for one criterion in one review."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("review_id", "criterion_id"),
        CheckConstraint("level BETWEEN 1 AND 6", name="on_the_scale"),
    )
    id: Mapped[Key]
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    level: Mapped[int]


class Comment(Hideable, Base):
    """One remark on one criterion: a strength or a change; may quote a passage of the revision."""

    __tablename__ = "comment"
    __table_args__ = (Index(None, "review_id", "criterion_id"),)
    id: Mapped[Key]
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=public_id)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    kind: Mapped[CommentKind] = mapped_column(term(CommentKind))
    position: Mapped[int]
    text: Mapped[Long]
    quote: Mapped[str | None] = mapped_column(String(1000))
    #: What domain.coach read in the text, and the version of its rules.
    praise_only: Mapped[bool] = mapped_column(default=False)
    localised: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[bool] = mapped_column(default=False)
    suggestion: Mapped[bool] = mapped_column(default=False)
    coach_version: Mapped[int] = mapped_column(default=0)


class Snapshot(Base):
    """The immutable copy of a review kept at each submit."""

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("review_id", "number"),)
    id: Mapped[Key]
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    number: Mapped[int]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    submitted_at: Mapped[Moment]


class LostSave(Base):
    """A review's form that lost to one saved meanwhile in another tab: kept, word for word."""

    __tablename__ = "lost_save"
    id: Mapped[Key]
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[Moment]
