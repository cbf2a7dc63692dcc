"""An assignment as its form has it, as plain data: what is stored, what was typed, and how they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from blogreview.domain.phases import Deadlines
from blogreview.domain.terms import Deadline, GradingScale, ReadingOpens
from blogreview.domain.wall_clock import evening_after

#: Days from today that a new assignment proposes for its deadlines, in the order of ``Deadline``.
PROPOSED_DAYS = (7, 14, 21, 35)
#: Form field, and column, of each deadline, in the order they must come.
DEADLINE_FIELDS: Mapping[str, Deadline] = {
    "publish_by": Deadline.PUBLISH,
    "review_by": Deadline.REVIEW,
    "improve_by": Deadline.IMPROVE,
    "grades_by": Deadline.GRADES,
}


@dataclass(frozen=True, slots=True)
class QuestionText:
    """A question; no id until it is stored."""

    id: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything one form of an assignment sets. Its fields are named as the columns, and as the form's fields."""

    title: str
    introduction: str
    questions: tuple[QuestionText, ...]
    publish_by: datetime
    review_by: datetime
    improve_by: datetime
    grades_by: datetime
    reviews_per_student: int = 3
    reviewers_named: bool = False
    reading_opens: ReadingOpens = ReadingOpens.WRITING_CLOSED
    grading_scale: GradingScale = GradingScale.LETTERS
    max_points: int | None = None
    late_publishing: bool = False

    @property
    def deadlines(self) -> Deadlines:
        return Deadlines(self.publish_by, self.review_by, self.improve_by, self.grades_by)

    def columns(self) -> dict[str, Any]:
        """Field -> value, without the questions, which are rows of their own."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "questions"}


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline of the whole class that is about to change."""

    deadline: Deadline
    before: datetime
    after: datetime

    @property
    def takes_time(self) -> bool:
        return self.after < self.before


def proposed(title: str, questions: tuple[str, ...], now: datetime, zone: ZoneInfo) -> Setup:
    """What the form of a new assignment is filled with."""
    publish, review, improve, grades = (evening_after(now, days, zone) for days in PROPOSED_DAYS)
    rows = tuple(QuestionText(None, text) for text in questions)
    return Setup(title, "", rows, publish, review, improve, grades)


def moves(before: Setup, after: Setup) -> tuple[Move, ...]:
    """The deadlines that differ."""
    pairs = ((deadline, getattr(before, name), getattr(after, name)) for name, deadline in DEADLINE_FIELDS.items())
    return tuple(Move(*pair) for pair in pairs if _minute(pair[1]) != _minute(pair[2]))


def changed(before: Setup, after: Setup) -> tuple[str, ...]:
    """The names of the fields that differ."""
    return tuple(field.name for field in fields(before) if getattr(before, field.name) != getattr(after, field.name))


def _minute(moment: datetime) -> datetime:
    """Deadlines are set, and last, by the minute: what the form cannot show has not been moved."""
    return moment.replace(second=0, microsecond=0)
