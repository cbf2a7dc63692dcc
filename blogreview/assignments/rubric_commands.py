from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from blogreview.assignments import setup_queries as queries
from blogreview.assignments.rubric_queries import rubric_of
from blogreview.audit.commands import record
from blogreview.db import db
from blogreview.domain.rubric import DEFAULT_CRITERIA, DEFAULT_LEVELS, Rubric, RubricCriterion, RubricLevel
from blogreview.models import Assignment, Criterion, Descriptor, Level

#: All its words are None: they are the default's own, in the language of whoever reads.
DEFAULT_RUBRIC = Rubric(
    tuple(RubricCriterion(0, position, key) for position, key in enumerate(DEFAULT_CRITERIA, 1)),
    tuple(RubricLevel(0, number, key) for number, key in enumerate(DEFAULT_LEVELS, 1)),
)


def add_default_rubric(*, assignment_id: int) -> None:
    """Goals, guidelines, examples, positioning × four levels."""
    _add_rubric(assignment_id, DEFAULT_RUBRIC)


def copy_rubric(*, from_id: int, to_id: int) -> None:
    """Give the assignment ``to_id``, which has none, the rubric ``from_id`` has now."""
    _add_rubric(to_id, rubric_of(from_id))


def change_rubric(*, assignment: Assignment, rubric: Rubric, now: datetime, actor_id: int) -> None:
    """Make the stored rubric this one. A row keeps its id, so that a review form open meanwhile still fits.

    The caller has held the assignment and seen that no review has begun.
    """
    before = rubric_of(assignment.id)
    rows = {row.id: row for row in queries.criterion_rows(assignment.id)}
    _make_room(rows, rubric)
    levels = _write_levels(assignment.id, rubric)
    for criterion in rubric.criteria:
        row = rows.get(criterion.id) or Criterion(assignment_id=assignment.id)
        _fill(row, criterion, levels)
        db.session.add(row)
    assignment.version += 1
    record(
        verb="rubric:changed", subject=f"assignment {assignment.id}", now=now, actor_id=actor_id,
        course_id=assignment.course_id, before=asdict(before), after=asdict(rubric),
    )
    db.session.flush()


def _make_room(rows: dict[int, Criterion], rubric: Rubric) -> None:
    """Delete the criteria left out; clear the words and the places of the rest, which are unique and may be swapped."""
    kept = {criterion.id for criterion in rubric.criteria}
    for row in rows.values():
        if row.id not in kept:
            db.session.delete(row)
        row.descriptors = []
        row.position = -row.id
    db.session.flush()


def _write_levels(assignment_id: int, rubric: Rubric) -> dict[int, int]:
    """Number -> id. Levels close the gaps of those left out, one by one from the lowest: numbers are unique."""
    rows = {row.id: row for row in queries.level_rows(assignment_id)}
    for row in rows.values():
        if row.id not in {level.id for level in rubric.levels}:
            db.session.delete(row)
    db.session.flush()
    ids = {}
    for level in rubric.levels:
        row = rows.get(level.id) or Level(assignment_id=assignment_id)
        row.number, row.name = level.number, level.name
        db.session.add(row)
        db.session.flush()
        ids[level.number] = row.id
    return ids


def _add_rubric(assignment_id: int, rubric: Rubric) -> None:
    levels = {level.number: _add_level(assignment_id, level) for level in rubric.levels}
    for criterion in rubric.criteria:
        row = Criterion(assignment_id=assignment_id, key=criterion.key)
        _fill(row, criterion, levels)
        db.session.add(row)
    db.session.flush()


def _fill(row: Criterion, criterion: RubricCriterion, levels: dict[int, int]) -> None:
    """:param levels: number -> id."""
    row.position, row.name, row.guidance = criterion.position, criterion.name, criterion.guidance
    row.descriptors = [
        Descriptor(level_id=levels[number], text=text) for number, text in criterion.descriptors.items()
    ]


def _add_level(assignment_id: int, level: RubricLevel) -> int:
    row = Level(assignment_id=assignment_id, number=level.number, key=level.key, name=level.name)
    db.session.add(row)
    db.session.flush()
    return row.id
