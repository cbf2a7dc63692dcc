from __future__ import annotations

from blogreview.assignments.rubric_queries import rubric_of
from blogreview.db import db
from blogreview.domain.rubric import DEFAULT_CRITERIA, DEFAULT_LEVELS, Rubric, RubricCriterion, RubricLevel
from blogreview.models import Criterion, Descriptor, Level

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


def _add_rubric(assignment_id: int, rubric: Rubric) -> None:
    levels = {level.number: _add_level(assignment_id, level) for level in rubric.levels}
    for criterion in rubric.criteria:
        row = Criterion(
            assignment_id=assignment_id, position=criterion.position, key=criterion.key, name=criterion.name,
            guidance=criterion.guidance,
        )
        row.descriptors = [
            Descriptor(level_id=levels[number].id, text=text) for number, text in criterion.descriptors.items()
        ]
        db.session.add(row)
    db.session.flush()


def _add_level(assignment_id: int, level: RubricLevel) -> Level:
    row = Level(assignment_id=assignment_id, number=level.number, key=level.key, name=level.name)
    db.session.add(row)
    db.session.flush()
    return row
