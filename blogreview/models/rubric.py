"""The grid of one assignment: criteria, the levels they share, and a descriptor where they meet.

A word that is NULL is the default's own, found by ``key`` in phrases.py, and so follows the reader's language.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blogreview.db import Base
from blogreview.models.columns import Key


class Criterion(Base):
    __tablename__ = "criterion"
    __table_args__ = (UniqueConstraint("assignment_id", "position"),)
    id: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"))
    position: Mapped[int]
    key: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str | None] = mapped_column(String(80))
    guidance: Mapped[str | None] = mapped_column(String(300))
    descriptors: Mapped[list[Descriptor]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class Level(Base):
    """One of the 2–6 levels all criteria of the assignment share; 1 is the lowest."""

    __tablename__ = "level"
    __table_args__ = (
        UniqueConstraint("assignment_id", "number"),
        CheckConstraint("number BETWEEN 1 AND 6", name="at_most_six"),
    )
    id: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"))
    number: Mapped[int]
    key: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str | None] = mapped_column(String(80))


class Descriptor(Base):
    """What one level looks like on one criterion, where a teacher has written it."""

    __tablename__ = "descriptor"
    __table_args__ = (UniqueConstraint("criterion_id", "level_id"),)
    id: Mapped[Key]
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"))
    level_id: Mapped[int] = mapped_column(ForeignKey("level.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(String(300))
