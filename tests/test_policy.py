"""The policy alone: every rule, by who passes it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from blogreview.domain.terms import Role
from blogreview.policy import RULES, Action, Actor, Scope, Seat, granted, permits

COURSE = 7
CAST = {
    "kari": Actor(1, {COURSE: Seat(Role.STUDENT, 10)}),  # wrote the post
    "nils": Actor(2, {COURSE: Seat(Role.STUDENT, 11)}),  # reviews it, or does not
    "ada": Actor(3, {COURSE: Seat(Role.ASSISTANT)}),
    "tone": Actor(4, {COURSE: Seat(Role.TEACHER)}, may_create_courses=True),
    "per": Actor(5, {8: Seat(Role.TEACHER)}, may_create_courses=True),  # teaches another course
    "anon": Actor(),
}
DRAFT = Scope(course_id=COURSE, opened=True, author_ids=frozenset({1}), post_open=True)
POST = replace(DRAFT, published=True, post_open=False)
ALLOCATED = replace(POST, allocated=True, review_open=True)
MEMBERS, STAFF, ALL = {"kari", "nils", "ada", "tone"}, {"ada", "tone"}, set(CAST)


def who(action: Action, scope: Scope) -> set[str]:
    return {name for name, actor in CAST.items() if permits(actor, action, scope)}


@pytest.mark.parametrize(
    ("action", "scope", "expected"),
    (
        (Action.ACCOUNT_EDIT, Scope(), ALL - {"anon"}),
        (Action.ALLOCATION_EDIT, POST, {"tone"}),
        (Action.ALLOCATION_VIEW, POST, STAFF),
        (Action.ASSIGNMENT_EDIT, POST, {"tone"}),
        (Action.ASSIGNMENT_VIEW, POST, MEMBERS),
        (Action.ASSIGNMENT_VIEW, replace(POST, opened=False), STAFF),
        (Action.CLASS_EDIT, POST, {"tone"}),
        (Action.CONTENT_HIDE, POST, STAFF),
        (Action.COURSE_CREATE, Scope(), {"tone", "per"}),
        (Action.COURSE_VIEW, POST, MEMBERS),
        (Action.DEMO_USE, Scope(), set()),
        (Action.DEMO_USE, Scope(demo=True), ALL),
        (Action.FEEDBACK_VIEW, POST, STAFF),
        (Action.FEEDBACK_VIEW, replace(POST, feedback_open=True), STAFF | {"kari"}),
        (Action.GRADE_RELEASE, POST, {"tone"}),
        (Action.GRADE_VIEW, POST, STAFF),
        (Action.GRADE_VIEW, replace(POST, released=True), STAFF | {"kari"}),
        (Action.GRADE_WRITE, POST, STAFF),
        (Action.LINK_RENEW, POST, set()),
        (Action.LINK_RENEW, replace(POST, wholly_theirs=True), {"tone"}),
        (Action.OVERVIEW_VIEW, POST, STAFF),
        (Action.POST_EDIT, DRAFT, {"kari"}),
        (Action.POST_EDIT, POST, set()),
        (Action.POST_EDIT, replace(DRAFT, opened=False), set()),
        (Action.POST_LIST, POST, MEMBERS),
        (Action.POST_LIST, replace(POST, opened=False), STAFF),
        (Action.POST_VIEW, DRAFT, {"kari"}),
        (Action.POST_VIEW, POST, STAFF | {"kari"}),
        (Action.POST_VIEW, ALLOCATED, MEMBERS),
        (Action.POST_VIEW, replace(POST, reading_open=True), MEMBERS),
        (Action.POST_VIEW, replace(POST, reading_open=True, hidden=True), STAFF | {"kari"}),
        (Action.REPLY_REMOVE, replace(POST, owner_id=2), {"nils"}),
        (Action.REPLY_WRITE, POST, STAFF | {"kari"}),
        (Action.REPLY_WRITE, replace(POST, reading_open=True), MEMBERS),
        (Action.REPLY_WRITE, DRAFT, set()),
        (Action.REVIEW_MARK, POST, STAFF),
        (Action.REVIEW_MARK, DRAFT, set()),
        (Action.REVIEW_VIEW, replace(POST, owner_id=2), STAFF | {"nils"}),
        (Action.REVIEW_WRITE, POST, set()),
        (Action.REVIEW_WRITE, ALLOCATED, {"nils"}),
        (Action.REVIEW_WRITE, replace(ALLOCATED, review_open=False), set()),
        (Action.REVIEW_WRITE, replace(ALLOCATED, hidden=True), set()),
        (Action.SITE_VIEW, Scope(), ALL),
    ),
    ids=lambda value: str(value) if isinstance(value, Action) else "",
)
def test_who_may(action: Action, scope: Scope, expected: set[str]) -> None:
    assert who(action, scope) == expected


def test_every_action_has_a_rule_and_stands_in_order() -> None:
    assert list(RULES) == list(Action) == sorted(Action)


def test_a_page_is_granted_exactly_what_is_permitted() -> None:
    assert granted(CAST["nils"], ALLOCATED) == {a for a in Action if permits(CAST["nils"], a, ALLOCATED)}


def test_nobody_reviews_a_post_they_are_an_author_of() -> None:
    both = replace(ALLOCATED, author_ids=frozenset({1, 2}))
    assert who(Action.REVIEW_WRITE, both) == set()
