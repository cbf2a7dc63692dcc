"""The rubric of one assignment, as data. Its words come from phrases.py, at the edge."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from blogreview.db import db
from blogreview.domain.rubric import Rubric, RubricCriterion, RubricLevel
from blogreview.models import Assignment, Criterion, Descriptor, Level


def rubric_of(assignment_id: int) -> Rubric:
    """The assignment's rubric, in order. Three queries."""
    own = _descriptors(assignment_id)
    criteria = db.session.execute(
        select(Criterion.id, Criterion.position, Criterion.key, Criterion.name, Criterion.guidance)
        .where(Criterion.assignment_id == assignment_id)
        .order_by(Criterion.position)
    )
    levels = db.session.execute(
        select(Level.id, Level.number, Level.key, Level.name)
        .where(Level.assignment_id == assignment_id)
        .order_by(Level.number)
    )
    return Rubric(
        tuple(RubricCriterion(*row, descriptors=own.get(row.id, {})) for row in criteria),
        tuple(RubricLevel(*row) for row in levels),
    )


def rubric_to_write(assignment_id: int) -> Rubric:
    """The same, held still until this request has committed: who changes or uses the rubric takes turns.

    Without it a criterion could be removed between being read and being reviewed. Four queries.
    """
    lock = select(Assignment.id).where(Assignment.id == assignment_id)
    db.session.execute(lock.with_for_update(key_share=True)).all()
    return rubric_of(assignment_id)


def _descriptors(assignment_id: int) -> dict[int, dict[int, str]]:
    """Criterion id -> level number -> the teacher's own words. One query."""
    written = (
        select(Descriptor.criterion_id, Level.number, Descriptor.text)
        .join(Level, Level.id == Descriptor.level_id)
        .where(Level.assignment_id == assignment_id)
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for criterion_id, number, text in db.session.execute(written):
        found[criterion_id][number] = text
    return found
