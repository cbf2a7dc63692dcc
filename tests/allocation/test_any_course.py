"""The rules hold in any course: movers, people kept apart, unpublished posts; dealt, begun, topped up."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from blogreview.allocation.commands import top_up
from blogreview.allocation.queries import standing_of
from blogreview.db import db
from blogreview.models import Post
from tests.allocation.classes import (
    Klass,
    assignment_of,
    begin_review,
    deal,
    dealt,
    keep_from,
    klass,
    publish,
    seat,
)
from tests.world import DAY, NOW

Pair = tuple[int, int]  # reader, post


@settings(max_examples=40)
@given(data=st.data())
def test_every_rule_holds_in_any_course(app: Flask, data: Any) -> None:
    with app.app_context():
        try:
            deal_begin_and_top_up(data)
        finally:
            db.session.rollback()


def deal_begin_and_top_up(data: Any) -> None:
    sizes = data.draw(st.lists(st.integers(1, 4), min_size=3, max_size=7), label="sizes")
    course = klass(sizes, unpublished=data.draw(st.integers(0, 2)), reviews_per_student=data.draw(st.integers(0, 4)))
    forbidden = own_posts(course) | movers(course, data) | pairs_apart(course, data) | kept_from_teams(course, data)

    deal(course, seed=data.draw(st.integers(0, 2**31 - 1)))
    assert_the_rules_hold(course, forbidden)

    begun = {pair for pair in dealt(course) if data.draw(st.booleans())}
    for reader, post in begun:
        begin_review(post, reader)
    publish_the_rest(course)
    top_up(assignment=assignment_of(course), seed=1, now=NOW + DAY, actor_id=None)
    assert_the_rules_hold(course, forbidden)
    assert begun <= set(dealt(course))


def own_posts(course: Klass) -> set[Pair]:
    return {(one, post) for post, team in zip(course.posts, course.members, strict=True) for one in team}


def movers(course: Klass, data: Any) -> set[Pair]:
    """Some have moved to another team; they keep what they wrote, and do not read their new team."""
    found = set()
    for one, team in drawn(data, course.students, range(len(course.teams))):
        seat(one, course.course).team_id = course.teams[team]
        found = {pair for pair in found if pair[0] != one} | {(one, course.posts[team])}
    return found


def pairs_apart(course: Klass, data: Any) -> set[Pair]:
    found = set()
    for one, other in drawn(data, course.students, course.students):
        if one != other:
            keep_from(one, course.course, other_id=other)
            found |= {(one, wrote(course, other)), (other, wrote(course, one))}
    return found


def kept_from_teams(course: Klass, data: Any) -> set[Pair]:
    found = set()
    for one, team in drawn(data, course.students, range(len(course.teams))):
        keep_from(one, course.course, team_id=course.teams[team])
        found.add((one, course.posts[team]))
    return found


def drawn(data: Any, left: Any, right: Any) -> list[Pair]:
    return data.draw(st.lists(st.sampled_from([*product(left, right)]), max_size=3, unique=True))


def wrote(course: Klass, one: int) -> int:
    return next(post for post, team in zip(course.posts, course.members, strict=True) if one in team)


def publish_the_rest(course: Klass) -> None:
    for post, authors in zip(course.posts, course.members, strict=True):
        if db.session.get_one(Post, post).current_revision_id is None:
            publish(post, authors[0], NOW)


def assert_the_rules_hold(course: Klass, forbidden: set[Pair]) -> None:
    standing, pairs = standing_of(assignment_of(course)), dealt(course)
    assert forbidden & set(pairs) == set()
    assert len(pairs) == len(set(pairs))
    wanted = assignment_of(course).reviews_per_student
    fitting = {one: sum(standing.fits(one, post) for post in standing.cards) for one in standing.readers}
    dealt_to = Counter(one for one, _ in pairs)
    assert {one: dealt_to[one] for one in fitting} == {one: min(wanted, fit) for one, fit in fitting.items()}
    assert set(dealt_to) <= set(fitting)
    numbers = [(given.post, given.number) for given in standing.given]
    assert len(numbers) == len(set(numbers))
