"""What a course's home shows, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from blogreview.domain.initials import initials
from blogreview.domain.next_step import AssignmentFacts, NextStep, Todo, is_near
from blogreview.domain.phases import Deadlines, Step
from blogreview.domain.terms import GradingScale, Phase


@dataclass(frozen=True, slots=True)
class OwnPost:
    """The post the student is an author of. ``published_at`` is when its current revision was, if there is one."""

    team_slug: str
    team: str
    title: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class StudentAssignment:
    """One opened assignment as it stands for one student; ``deadlines`` are those of the student's post."""

    title: str
    scale: GradingScale
    reviews_per_student: int
    steps: tuple[Step, ...]
    deadlines: Deadlines
    feedback_opens: datetime
    post: OwnPost | None
    facts: AssignmentFacts
    todo: Todo

    @property
    def number(self) -> int:
        return self.facts.number

    def should_warn(self, now: datetime) -> bool:
        """A draft that nobody has published, and a deadline that is near."""
        until = self.todo.until
        return self.todo.step is NextStep.WRITE and self.post is not None and until is not None and is_near(until, now)


@dataclass(frozen=True, slots=True)
class Mate:
    name: str
    is_me: bool

    @property
    def initials(self) -> str:
        return initials(self.name)


@dataclass(frozen=True, slots=True)
class People:
    """The student's team, None where there is none, and who teaches."""

    team: str | None
    mates: tuple[Mate, ...]
    teachers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaughtAssignment:
    """One assignment as staff see it. Hidden posts are not among the published, nor their reviews among the sent."""

    number: int
    title: str
    phase: Phase
    until: datetime
    published: int
    sent: int
    wanted: int
    ready: int
    released: int


@dataclass(frozen=True, slots=True)
class TaughtCourse:
    students: int
    teams: int
    assignments: tuple[TaughtAssignment, ...]
