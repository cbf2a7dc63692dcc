"""Dealing, moving, keeping apart. Every one of them waits its turn at the assignment's row."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from blogreview.allocation import queries
from blogreview.allocation.changes import Change, Pair, dealt_anew, filled_up, reader_numbers
from blogreview.allocation.standing import Given, Standing
from blogreview.audit.commands import record
from blogreview.db import db
from blogreview.domain.allocation import ALLOCATION_VERSION
from blogreview.domain.phases import is_open
from blogreview.domain.refusals import AllocationRefusal
from blogreview.domain.terms import AllocationSource
from blogreview.errors import NotFound, Refused
from blogreview.models import Allocation, Assignment, KeptApart


def new_seed() -> int:
    """A secret: with the seed, the rules and the class list anybody could work out who reviews what."""
    return secrets.randbits(31)


def deal_reviews(*, assignment: Assignment, seed: int, now: datetime, actor_id: int | None) -> None:
    """Deal everything, also what was dealt or moved before.

    :raise Refused: somebody has begun reviewing.
    """
    standing = _locked(assignment)
    if standing.begun:
        raise Refused(AllocationRefusal.REVIEWING_BEGUN)
    _carry_out(assignment, standing, dealt_anew(standing, seed=seed), seed, now, actor_id)


def top_up(*, assignment: Assignment, seed: int, now: datetime, actor_id: int | None) -> None:
    """Give late posts their readers and late readers their posts; nothing begun, or placed by a teacher, moves."""
    standing = _locked(assignment)
    _carry_out(assignment, standing, filled_up(standing, seed=seed), seed, now, actor_id)


def deal_due(*, now: datetime, seeds: Callable[[], int] = new_seed) -> None:
    """Deal each assignment once when its publish deadline has passed, and top it up when a post comes later.

    What is not dealt again: the unbegun reviews of people who do nothing, or have left.
    """
    for assignment in queries.lock_due(now):
        standing, seed = queries.standing_of(assignment), seeds()
        change = (dealt_anew if assignment.dealt_at is None else filled_up)(standing, seed=seed)
        _carry_out(assignment, standing, change, seed, now, actor_id=None)


def take_back_own(*, now: datetime, seeds: Callable[[], int] = new_seed) -> None:
    """Give whoever has a post of their own to review, not begun, another one."""
    for assignment in queries.assignments_with_own_given():
        top_up(assignment=assignment, seed=seeds(), now=now, actor_id=None)


def move_review(
    *, assignment: Assignment, allocation_id: int, post_id: int | None, seed: int, now: datetime, actor_id: int
) -> None:
    """Let the reader have this post instead of the one given.

    :raise NotFound: nothing of that id has been given in the assignment.
    :raise Refused: the review has been begun, or the post does not fit the reader.
    """
    standing = _locked(assignment)
    given = next((given for given in standing.given if given.id == allocation_id), None)
    if given is None:
        raise NotFound(f"allocation {allocation_id}")
    if given.begun:
        raise Refused(AllocationRefusal.REVIEW_BEGUN)
    if post_id is None or post_id not in standing.choices(given):
        raise Refused(AllocationRefusal.DOES_NOT_FIT)
    allocation = queries.get_allocation(given.id)
    others = [other for other in standing.given if other.id != given.id]
    numbers = _numbers(assignment, [(given.reader, post_id)], others, seed, now)
    allocation.post_id, allocation.source = post_id, AllocationSource.TEACHER
    allocation.reader_number = numbers[given.reader, post_id]
    record(
        verb="allocation:moved", subject=f"allocation {given.id}", now=now, actor_id=actor_id,
        course_id=assignment.course_id, reader=given.reader, was=given.post, became=post_id,
    )
    db.session.flush()


def keep_apart(
    *, course_id: int, user_id: int, other_id: int | None, team_id: int | None, now: datetime, actor_id: int
) -> None:
    """From now on the person is dealt no post of the other's or the team's, nor the other one of theirs."""
    if queries.find_apart(course_id, user_id, other_id, team_id) is None:
        pair = KeptApart(course_id=course_id, user_id=user_id, other_id=other_id, team_id=team_id)
        db.session.add(pair)
        _record_pair("apart:added", pair, now, actor_id)


def let_meet(*, pair: KeptApart, now: datetime, actor_id: int) -> None:
    """Undo ``keep_apart``."""
    db.session.delete(pair)
    _record_pair("apart:removed", pair, now, actor_id)


def _record_pair(verb: str, pair: KeptApart, now: datetime, actor_id: int) -> None:
    db.session.flush()
    record(
        verb=verb, subject=f"kept apart {pair.id}", now=now, actor_id=actor_id, course_id=pair.course_id,
        user=pair.user_id, other=pair.other_id, team=pair.team_id,
    )
    db.session.flush()


def _locked(assignment: Assignment) -> Standing:
    db.session.refresh(assignment, with_for_update={"of": Assignment, "key_share": True})
    return queries.standing_of(assignment)


def _carry_out(
    assignment: Assignment, standing: Standing, change: Change, seed: int, now: datetime, actor_id: int | None
) -> None:
    gone = {given.id for given in change.taken}
    queries.delete_allocations(gone)
    numbers = _numbers(assignment, change.added, [each for each in standing.given if each.id not in gone], seed, now)
    db.session.add_all(
        Allocation(
            post_id=post, reviewer_id=reader, reader_number=numbers[reader, post],
            source=AllocationSource.DEAL, created_at=now,
        )
        for reader, post in change.added
    )
    assignment.dealt_at, assignment.deal_seed, assignment.deal_version = now, seed, ALLOCATION_VERSION
    record(
        verb="allocation:dealt", subject=f"assignment {assignment.id}", now=now, actor_id=actor_id,
        course_id=assignment.course_id, seed=seed, version=ALLOCATION_VERSION, added=len(change.added), taken=len(gone),
    )
    db.session.flush()


def _numbers(
    assignment: Assignment, new: Iterable[Pair], others: Sequence[Given], seed: int, now: datetime
) -> dict[Pair, int]:
    """Numbers for the new readers. Others make room for them, while the team has seen none of the numbers."""
    held: dict[int, dict[int, int]] = defaultdict(dict)
    for given in others:
        held[given.post][given.reader] = given.number
    numbers = reader_numbers(new, held, seed=seed, may_change=is_open(assignment.review_by, now))
    for given in others:
        if (given.reader, given.post) in numbers:
            queries.get_allocation(given.id).reader_number = numbers[given.reader, given.post]
    db.session.flush()
    return numbers
