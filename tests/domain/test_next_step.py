"""The one next thing: every case in one assignment, and every order between several."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations, product

import pytest

from blogreview.domain.next_step import AssignmentFacts, NextStep, Todo, choose, is_near, todo
from blogreview.domain.terms import Phase

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
SOON, LATER = NOW + timedelta(days=1), NOW + timedelta(days=9)
PHASES = (Phase.WRITING, Phase.REVIEWING, Phase.IMPROVING, Phase.GRADING)
YES_NO = (False, True)
COUNTS = ((0, 0), (3, 0), (3, 2), (3, 3))

EVERY = [
    AssignmentFacts(1, phase, LATER, writes, post_open, published, given, sent, review_by, feedback, readers, released)
    for phase, writes, post_open, published, (given, sent), review_by, feedback, readers, released in product(
        PHASES, YES_NO, YES_NO, YES_NO, COUNTS, (None, SOON), YES_NO, (0, 2), YES_NO
    )
]


def case(facts):
    """The rules of the course home, each on its own line, in the order they win."""
    writing = facts.phase is Phase.WRITING
    yield NextStep.WRITE, facts.post_open and not facts.published, LATER
    yield NextStep.REVIEW, facts.given > facts.sent and facts.review_by is not None, SOON
    yield NextStep.SEE_GRADE, facts.released, None
    yield NextStep.READ_FEEDBACK, facts.feedback_open and facts.readers > 0, LATER if facts.post_open else None
    yield NextStep.REVIEWED, facts.given == facts.sent > 0 and not facts.feedback_open, None
    yield NextStep.PUBLISHED, writing and facts.published, None
    yield NextStep.NO_TEAM, writing and not facts.writes, None
    yield NextStep.WAIT, True, None


def test_every_case_in_one_assignment_has_its_step():
    found = {facts: todo(facts) for facts in EVERY}
    wanted = {
        facts: next(Todo(1, step, until) for step, holds, until in case(facts) if holds) for facts in EVERY
    }

    assert len(found) == 4 * 2**3 * 4 * 2 * 2**3
    assert found == wanted
    assert {item.step for item in found.values()} == set(NextStep)


@pytest.mark.parametrize(
    "facts, step",
    [
        ({"phase": Phase.WRITING, "writes": True, "post_open": True}, NextStep.WRITE),
        ({"phase": Phase.WRITING, "writes": True, "post_open": True, "published": True}, NextStep.PUBLISHED),
        ({"phase": Phase.WRITING}, NextStep.NO_TEAM),
        ({"phase": Phase.REVIEWING, "writes": True, "published": True}, NextStep.WAIT),
        ({"phase": Phase.REVIEWING, "given": 3, "sent": 2, "review_by": SOON}, NextStep.REVIEW),
        ({"phase": Phase.REVIEWING, "given": 3, "sent": 3, "review_by": SOON}, NextStep.REVIEWED),
        ({"phase": Phase.IMPROVING, "given": 3, "sent": 2, "feedback_open": True}, NextStep.WAIT),
        ({"phase": Phase.IMPROVING, "feedback_open": True, "readers": 1}, NextStep.READ_FEEDBACK),
        ({"phase": Phase.GRADING, "feedback_open": True, "readers": 2, "released": True}, NextStep.SEE_GRADE),
    ],
)
def test_the_ordinary_course_of_an_assignment(facts, step):
    assert todo(AssignmentFacts(1, phase_ends=LATER, **facts)).step is step


#: From the one chosen first to the one chosen last.
RANKED = [
    Todo(2, NextStep.REVIEW, SOON),
    Todo(1, NextStep.WRITE, LATER),
    Todo(3, NextStep.READ_FEEDBACK, LATER),
    Todo(9, NextStep.PUBLISHED),
    Todo(8, NextStep.SEE_GRADE),
    Todo(7, NextStep.REVIEWED),
    Todo(6, NextStep.READ_FEEDBACK),
    Todo(11, NextStep.WAIT),
    Todo(10, NextStep.NO_TEAM),
]


def test_across_assignments_the_more_urgent_of_any_two_is_chosen():
    for (place, one), (other_place, other) in permutations(enumerate(RANKED), 2):
        assert choose([one, other]) == RANKED[min(place, other_place)]


def test_the_most_urgent_is_found_wherever_it_stands():
    for start in range(len(RANKED)):
        left = RANKED[start:]
        assert {choose(left[turn:] + left[:turn]) for turn in range(len(left))} == {RANKED[start]}


def test_nothing_opened_leaves_nothing_to_do():
    assert choose([]) is None


def test_a_deadline_is_near_for_its_last_two_days():
    moments = (timedelta(seconds=-1), timedelta(0), timedelta(hours=48), timedelta(hours=48, seconds=1))

    assert [is_near(NOW + left, NOW) for left in moments] == [False, True, True, False]
