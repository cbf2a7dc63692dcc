"""Moving a deadline for everybody: what the teacher is told first, and confirms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from blogreview.assignments.setup import Move
from blogreview.domain.phases import closes
from blogreview.domain.terms import Deadline


@dataclass(frozen=True, slots=True)
class Reach:
    """The class, and how far it has come."""

    teams: int
    published: int
    #: Teams that have not published, by name.
    unpublished: tuple[str, ...]
    #: Students who have been given reviews, or will be; and those of them who have sent all.
    readers: int
    finished: int


@dataclass(frozen=True, slots=True)
class Held:
    """An extension: whose, of which deadline, until when."""

    deadline: Deadline
    until: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A moved deadline and the people it meets."""

    move: Move
    reach: Reach
    #: Whose extension the new deadline overtakes, so that it goes.
    overtaken: tuple[str, ...]

    @property
    def feedback_opens(self) -> datetime | None:
        """When the feedback will open, where this is what decides it."""
        return closes(self.move.after) if self.move.deadline is Deadline.REVIEW else None


def meetings(moved: Sequence[Move], reach: Reach, held: Iterable[Held]) -> list[Meeting]:
    extensions = list(held)
    return [Meeting(move, reach, tuple(one.who for one in extensions if _overtakes(move, one))) for move in moved]


def confirmation(moved: Sequence[Move]) -> str:
    """What the form sends back to say that just these moves have been read and confirmed."""
    return " ".join(f"{move.deadline}={move.after.isoformat()}" for move in moved)


def _overtakes(move: Move, held: Held) -> bool:
    return held.deadline is move.deadline and held.until <= move.after
