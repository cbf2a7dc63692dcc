from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from blogreview.db import Base, UtcDateTime
from blogreview.domain.terms import Joined, Role
from blogreview.models.columns import Key, Moment, Short, term


class Course(Base):
    """One run of a subject in one term."""

    __tablename__ = "course"
    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[Short]
    term: Mapped[str] = mapped_column(String(40))
    timezone: Mapped[str] = mapped_column(String(64), default="Europe/Oslo")
    join_code: Mapped[str | None] = mapped_column(String(8), unique=True)
    created_at: Mapped[Moment]


class Team(Base):
    """Students who publish together. The slug is fixed at creation, the name may change."""

    __tablename__ = "team"
    __table_args__ = (
        UniqueConstraint("course_id", "slug"),
        UniqueConstraint("course_id", "name"),
        UniqueConstraint("id", "course_id"),
    )
    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(80))
    name: Mapped[Short]


class Membership(Base):
    """A person's role, and team, in one course."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("user_id", "course_id"),
        # A team of another course can never slip in.
        ForeignKeyConstraint(["team_id", "course_id"], ["team.id", "team.course_id"]),
        CheckConstraint("team_id IS NULL OR role = 'student'", name="only_students_have_teams"),
        Index(None, "team_id", "course_id"),
    )
    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    team_id: Mapped[int | None]
    role: Mapped[Role] = mapped_column(term(Role))
    joined: Mapped[Joined] = mapped_column(term(Joined))
    confirmed: Mapped[bool] = mapped_column(default=True)
    student_number: Mapped[str | None] = mapped_column(String(40))
    login: Mapped[str | None] = mapped_column(String(80))
    section: Mapped[str | None] = mapped_column(String(80))
    shown_name: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[Moment]
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
