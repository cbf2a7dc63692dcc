from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from blogreview.db import Base
from blogreview.models.columns import Key, Moment


class AuditEvent(Base):
    """Who changed what, when. No actor: the clock did it."""

    __tablename__ = "audit_event"
    __table_args__ = (Index(None, "course_id", "at"),)
    id: Mapped[Key]
    at: Mapped[Moment]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    verb: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(120))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
