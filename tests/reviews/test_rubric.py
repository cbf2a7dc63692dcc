"""The rubric as data, and its words: the teacher's own, else the default's in the reader's language."""

from __future__ import annotations

from blogreview.assignments.rubric_queries import rubric_of, rubric_to_write
from blogreview.db import db
from blogreview.domain.rubric import Rubric, RubricCriterion, RubricLevel
from blogreview.models import Assignment, Criterion, Descriptor, Level
from blogreview.phrases import criterion_name, descriptor, guidance, level_name
from tests.world import make


def test_the_default_rubric_is_four_criteria_and_four_levels_without_words_of_their_own(app, world, count_queries):
    with app.app_context():
        count_queries.clear()
        rubric = rubric_of(world.assignment)

        assert len(count_queries) == 3
        assert [(c.id, c.position, c.key, c.name, c.descriptors) for c in rubric.criteria] == [
            (world.criteria[key], n, key, None, {})
            for n, key in enumerate(("goals", "guidelines", "examples", "positioning"), 1)
        ]
        assert [(level.number, level.key) for level in rubric.levels] == [
            (1, "not-yet"), (2, "getting-there"), (3, "in-place"), (4, "stands-out"),
        ]
        assert (rubric.top, Rubric((), ()).top) == (4, 0)


def test_what_a_teacher_has_written_stands_in_the_rubric(app, world):
    with app.app_context():
        level = db.session.query(Level).filter_by(assignment_id=world.assignment, number=2).one()
        make(Descriptor, criterion_id=world.criteria["goals"], level_id=level.id, text="Nesten.")
        db.session.get_one(Criterion, world.criteria["goals"]).name = "Hensikt"

        goals = rubric_to_write(world.assignment).criteria[0]
        assert goals == RubricCriterion(world.criteria["goals"], 1, "goals", "Hensikt", None, {2: "Nesten."})
        db.session.rollback()


def test_a_rubric_of_another_assignment_stays_out(app, world):
    with app.app_context():
        assert rubric_of(db.session.query(Assignment).count() + 1000) == Rubric((), ())


def test_own_words_win_and_default_words_fill_in(app):
    own = RubricCriterion(1, 1, None, "Kilder", "Hvor kommer det fra?", {1: "Ingen."})
    renamed = RubricCriterion(2, 2, "goals", "Hensikt", descriptors={2: "Nesten."})
    lowest, second = RubricLevel(1, 1, "not-yet"), RubricLevel(2, 2, "getting-there", "Underveis")

    with app.test_request_context():
        assert (criterion_name(own), guidance(own)) == ("Kilder", "Hvor kommer det fra?")
        assert (criterion_name(renamed), guidance(renamed)) == ("Hensikt", "Kan målene etterprøves?")
        assert (descriptor(own, lowest), descriptor(own, second)) == ("Ingen.", "")
        assert descriptor(renamed, lowest) == "Ingen mål, eller bare ønsker."
        assert descriptor(renamed, second) == "Nesten."
        assert (level_name(lowest), level_name(second)) == ("Ikke ennå", "Underveis")
