from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blogreview.db import Base, UtcDateTime
from blogreview.domain.terms import GradeState
from blogreview.models.columns import Key, Long, Moment, term
from blogreview.models.post import Post


class Grade(Base):
    """The teacher's decision on a post's authors. ``value`` is a word of the assignment's scale, or points."""

    __tablename__ = "grade"
    __table_args__ = (CheckConstraint("state = 'draft' OR value IS NOT NULL", name="ready_has_a_value"),)
    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), unique=True)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    value: Mapped[str | None] = mapped_column(String(20))
    comment: Mapped[Long] = mapped_column(default="")
    state: Mapped[GradeState] = mapped_column(term(GradeState), default=GradeState.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[Moment]
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    post: Mapped[Post] = relationship()


class PostEstimate(Base):
    """What domain.scoring made of a post's scores, at the assignment's ``estimated_version``."""

    __tablename__ = "post_estimate"
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
