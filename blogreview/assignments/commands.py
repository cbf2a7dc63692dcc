from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import Any

from blogreview.assignments import setup_queries as queries
from blogreview.assignments.extension_commands import drop_overtaken
from blogreview.assignments.rubric_commands import add_default_rubric, copy_rubric
from blogreview.assignments.setup import QuestionText, Setup, changed, moves
from blogreview.audit.commands import record
from blogreview.db import db
from blogreview.domain.phases import closes
from blogreview.domain.terms import Deadline
from blogreview.models import Assignment, Question

__all__ = ["add_default_rubric", "change_assignment", "copy_rubric", "create_assignment", "open_assignment"]


def create_assignment(*, course_id: int, setup: Setup, now: datetime, actor_id: int) -> Assignment:
    """The course's next assignment, not open to students, with the rubric of the one before, else the default."""
    number, previous = queries.next_number(course_id), queries.newest_id(course_id)
    assignment = Assignment(course_id=course_id, number=number, **setup.columns())
    db.session.add(assignment)
    db.session.flush()
    _write_questions(assignment, setup.questions)
    if previous is None:
        add_default_rubric(assignment_id=assignment.id)
    else:
        copy_rubric(from_id=previous, to_id=assignment.id)
    _record(assignment, "assignment:created", now, actor_id, after=_plain(setup, setup.columns()))
    return assignment


def open_assignment(*, assignment: Assignment, now: datetime, actor_id: int) -> None:
    """Let the students see it; once open it stays open."""
    if assignment.opened_at is None:
        assignment.opened_at = now
        _record(assignment, "assignment:opened", now, actor_id)
        db.session.flush()


def change_assignment(*, assignment: Assignment, setup: Setup, now: datetime, actor_id: int) -> None:
    """Store what differs; the caller has held the assignment and seen that none of it is locked.

    An extension that a moved deadline has caught up with goes: it must never be the shorter of the two.
    """
    before = queries.setup_of(assignment)
    names = changed(before, setup)
    if not names:
        return
    for name, value in setup.columns().items():
        setattr(assignment, name, value)
    assignment.version += 1
    _write_questions(assignment, setup.questions)
    _record(assignment, "assignment:changed", now, actor_id, before=_plain(before, names), after=_plain(setup, names))
    for move in moves(before, setup):
        drop_overtaken(assignment=assignment, deadline=move.deadline, by=move.after, now=now, actor_id=actor_id)
        if move.deadline is Deadline.REVIEW:
            queries.let_reviews_join(assignment.id, closes(move.after))
    db.session.flush()


def _write_questions(assignment: Assignment, wanted: tuple[QuestionText, ...]) -> None:
    """Keep the rows that stay, delete those left out, add the rest at the end. Positions order; they need not touch."""
    rows = {row.id: row for row in queries.question_rows(assignment.id)}
    last = max((row.position for row in rows.values()), default=0)
    for question in wanted:
        row = rows.pop(question.id, None) if question.id else None
        if row is None:
            last += 1
            db.session.add(Question(assignment_id=assignment.id, position=last, text=question.text))
        else:
            row.text = question.text
    for row in rows.values():
        db.session.delete(row)
    db.session.flush()


def _record(assignment: Assignment, verb: str, now: datetime, actor_id: int, **details: object) -> None:
    record(
        verb=verb, subject=f"assignment {assignment.id}", now=now, actor_id=actor_id, course_id=assignment.course_id,
        **details,
    )


def _plain(setup: Setup, names: Iterable[str]) -> dict[str, Any]:
    """Those fields as JSON can hold them."""
    return {name: _json(getattr(setup, name)) for name in names}


def _json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [question.text for question in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
