"""Who may do what: the whole matrix, on one screen, pure.

A rule is rows of predicates: the action is allowed when, in at least one row, every predicate holds.
Nothing else in the program decides a permission. Deadlines arrive as facts, so no rule reads a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from blogreview.domain.terms import Role


class Action(StrEnum):
    """``thing:verb``, alphabetical."""

    ACCOUNT_EDIT = "account:edit"
    ALLOCATION_EDIT = "allocation:edit"
    ALLOCATION_VIEW = "allocation:view"
    ASSIGNMENT_EDIT = "assignment:edit"
    ASSIGNMENT_VIEW = "assignment:view"
    CLASS_EDIT = "class:edit"
    CONTENT_HIDE = "content:hide"
    COURSE_CREATE = "course:create"
    COURSE_VIEW = "course:view"
    DEMO_USE = "demo:use"
    FEEDBACK_VIEW = "feedback:view"
    GRADE_RELEASE = "grade:release"
    GRADE_VIEW = "grade:view"
    GRADE_WRITE = "grade:write"
    LINK_RENEW = "link:renew"
    OVERVIEW_VIEW = "overview:view"
    POST_EDIT = "post:edit"
    POST_LIST = "post:list"
    POST_VIEW = "post:view"
    REPLY_REMOVE = "reply:remove"
    REPLY_WRITE = "reply:write"
    REVIEW_MARK = "review:mark"
    REVIEW_VIEW = "review:view"
    REVIEW_WRITE = "review:write"
    SITE_VIEW = "site:view"


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place in one course."""

    role: Role
    team_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking; ``seats`` maps course id to seat. The anonymous visitor is ``Actor()``."""

    user_id: int | None = None
    seats: Mapping[int, Seat] = field(default_factory=dict)
    may_create_courses: bool = False

    def seat_in(self, course_id: int | None) -> Seat | None:
        return None if course_id is None else self.seats.get(course_id)


@dataclass(frozen=True, slots=True)
class Scope:
    """The facts of the thing asked about; queries fill it, rules read it.

    The moments of the assignment are already judged: what is open now, for this thing and this actor.
    """

    course_id: int | None = None
    #: Who wrote the post: the team until its publish deadline has passed, then whoever it was at that moment.
    author_ids: frozenset[int] = frozenset()
    #: The person the thing belongs to: who wrote this reply or this review.
    owner_id: int | None = None
    #: The assignment has been opened for students.
    opened: bool = False
    published: bool = False
    hidden: bool = False
    #: The actor has been given this post to review.
    allocated: bool = False
    #: The post's team may write and publish now.
    post_open: bool = False
    #: The actor's reviewing is open now, and the team cannot read this review yet.
    review_open: bool = False
    #: The class may read published posts.
    reading_open: bool = False
    feedback_open: bool = False
    released: bool = False
    #: Every course of the student in question is taught by the actor.
    wholly_theirs: bool = False
    demo: bool = False
    #: Members of the course may know that the thing exists, so a refusal is a 403 and not a 404.
    known: bool = True


Predicate = Callable[[Actor, Scope], bool]


def anyone(_actor: Actor, _scope: Scope) -> bool:
    return True


def signed_in(actor: Actor, _scope: Scope) -> bool:
    return actor.user_id is not None


def creates_courses(actor: Actor, _scope: Scope) -> bool:
    return actor.may_create_courses


def is_member(actor: Actor, scope: Scope) -> bool:
    return actor.seat_in(scope.course_id) is not None


def teaches(actor: Actor, scope: Scope) -> bool:
    seat = actor.seat_in(scope.course_id)
    return seat is not None and seat.role is Role.TEACHER


def staffs(actor: Actor, scope: Scope) -> bool:
    seat = actor.seat_in(scope.course_id)
    return seat is not None and seat.role in (Role.TEACHER, Role.ASSISTANT)


def studies(actor: Actor, scope: Scope) -> bool:
    seat = actor.seat_in(scope.course_id)
    return seat is not None and seat.role is Role.STUDENT


def is_author(actor: Actor, scope: Scope) -> bool:
    return is_member(actor, scope) and actor.user_id in scope.author_ids


def not_author(actor: Actor, scope: Scope) -> bool:
    return actor.user_id not in scope.author_ids


def owns_it(actor: Actor, scope: Scope) -> bool:
    return is_member(actor, scope) and actor.user_id == scope.owner_id


def is_opened(_actor: Actor, scope: Scope) -> bool:
    return scope.opened


def is_published(_actor: Actor, scope: Scope) -> bool:
    return scope.published


def not_hidden(_actor: Actor, scope: Scope) -> bool:
    return not scope.hidden


def is_allocated(_actor: Actor, scope: Scope) -> bool:
    return scope.allocated


def post_open(_actor: Actor, scope: Scope) -> bool:
    return scope.post_open


def review_open(_actor: Actor, scope: Scope) -> bool:
    return scope.review_open


def reading_open(_actor: Actor, scope: Scope) -> bool:
    return scope.reading_open


def feedback_open(_actor: Actor, scope: Scope) -> bool:
    return scope.feedback_open


def released(_actor: Actor, scope: Scope) -> bool:
    return scope.released


def wholly_theirs(_actor: Actor, scope: Scope) -> bool:
    return scope.wholly_theirs


def in_demo(_actor: Actor, scope: Scope) -> bool:
    return scope.demo


RULES: dict[Action, tuple[tuple[Predicate, ...], ...]] = {
    Action.ACCOUNT_EDIT: ((signed_in,),),
    Action.ALLOCATION_EDIT: ((teaches,),),
    Action.ALLOCATION_VIEW: ((staffs,),),
    Action.ASSIGNMENT_EDIT: ((teaches,),),
    Action.ASSIGNMENT_VIEW: ((staffs,), (is_member, is_opened)),
    Action.CLASS_EDIT: ((teaches,),),
    Action.CONTENT_HIDE: ((staffs,),),
    Action.COURSE_CREATE: ((creates_courses,),),
    Action.COURSE_VIEW: ((is_member,),),
    Action.DEMO_USE: ((in_demo,),),
    Action.FEEDBACK_VIEW: ((staffs,), (is_author, feedback_open)),
    Action.GRADE_RELEASE: ((teaches,),),
    Action.GRADE_VIEW: ((staffs,), (is_author, released)),
    Action.GRADE_WRITE: ((staffs,),),
    Action.LINK_RENEW: ((teaches, wholly_theirs),),
    Action.OVERVIEW_VIEW: ((staffs,),),
    Action.POST_EDIT: ((is_author, is_opened, post_open),),
    Action.POST_LIST: ((staffs,), (is_member, is_opened)),
    Action.POST_VIEW: (
        (staffs, is_published),
        (is_author,),
        (is_member, is_published, not_hidden, reading_open),
        (is_member, is_published, not_hidden, is_allocated),
    ),
    Action.REPLY_REMOVE: ((owns_it,),),
    Action.REPLY_WRITE: (
        (staffs, is_published),
        (is_author, is_published),
        (is_member, is_published, not_hidden, reading_open),
    ),
    Action.REVIEW_MARK: ((staffs, is_published),),
    Action.REVIEW_VIEW: ((staffs,), (owns_it,)),
    Action.REVIEW_WRITE: ((studies, not_author, is_published, not_hidden, is_allocated, review_open),),
    Action.SITE_VIEW: ((anyone,),),
}


def permits(actor: Actor, action: Action, scope: Scope = Scope()) -> bool:
    """Answer every permission question in the program.

    :raise KeyError: the action has no rule (a programming error, caught by tests).
    """
    return any(all(holds(actor, scope) for holds in row) for row in RULES[action])


def granted(actor: Actor, scope: Scope) -> frozenset[Action]:
    """Everything the actor may do here: what a page needs to know which buttons to draw."""
    return frozenset(action for action in Action if permits(actor, action, scope))
