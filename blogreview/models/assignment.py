from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blogreview.db import Base, UtcDateTime
from blogreview.domain.terms import Deadline, GradingScale, ReadingOpens
from blogreview.models.columns import Key, Long, Moment, Short, term
from blogreview.models.course import Course


class Assignment(Base):
    """The task, with its deadlines. Not open to students until ``opened_at`` is set."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("course_id", "number"),
        CheckConstraint("reviews_per_student BETWEEN 0 AND 10", name="reviews_in_reason"),
        CheckConstraint("publish_by <= review_by AND review_by <= improve_by", name="deadlines_in_order"),
        CheckConstraint("max_points IS NULL OR max_points BETWEEN 1 AND 1000", name="points_in_reason"),
    )
    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    title: Mapped[Short]
    introduction: Mapped[Long] = mapped_column(default="")
    reviews_per_student: Mapped[int] = mapped_column(default=3)
    reviewers_named: Mapped[bool] = mapped_column(default=False)
    reading_opens: Mapped[ReadingOpens] = mapped_column(term(ReadingOpens), default=ReadingOpens.WRITING_CLOSED)
    grading_scale: Mapped[GradingScale] = mapped_column(term(GradingScale), default=GradingScale.LETTERS)
    max_points: Mapped[int | None]
    late_publishing: Mapped[bool] = mapped_column(default=False)
    publish_by: Mapped[Moment]
    review_by: Mapped[Moment]
    improve_by: Mapped[Moment]
    grades_by: Mapped[Moment]
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    #: How the reviews were dealt; with the algorithm's version a deal can be explained later.
    dealt_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    deal_seed: Mapped[int | None]
    deal_version: Mapped[int | None]
    #: Raised by every change to a score; estimates stamped with an older one are stale.
    score_version: Mapped[int] = mapped_column(default=0)
    estimated_version: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
    course: Mapped[Course] = relationship(lazy="joined", innerjoin=True)


class Question(Base):
    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("assignment_id", "position"),)
    id: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(300))


class Extension(Base):
    """A deadline of one team's, or one reader's, own."""

    __tablename__ = "extension"
    __table_args__ = (
        CheckConstraint("(team_id IS NULL) <> (user_id IS NULL)", name="for_a_team_or_a_person"),
        UniqueConstraint("assignment_id", "deadline", "team_id"),
        UniqueConstraint("assignment_id", "deadline", "user_id"),
    )
    id: Mapped[Key]
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id", ondelete="CASCADE"), index=True)
    deadline: Mapped[Deadline] = mapped_column(term(Deadline))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    until: Mapped[Moment]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))


class KeptApart(Base):
    """A reader who must not review another's, or a team's, posts. No reason is asked for."""

    __tablename__ = "kept_apart"
    __table_args__ = (
        CheckConstraint("(other_id IS NULL) <> (team_id IS NULL)", name="from_a_person_or_a_team"),
        Index(None, "course_id"),
    )
    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
