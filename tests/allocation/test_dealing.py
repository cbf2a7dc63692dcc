"""Who is dealt what, in the database: every rule held by the command, not only by the algorithm."""

from __future__ import annotations

from collections import Counter

import pytest

from blogreview.allocation.commands import deal_reviews, top_up
from blogreview.allocation.queries import standing_of
from blogreview.db import db
from blogreview.domain.allocation import ALLOCATION_VERSION
from blogreview.domain.terms import AllocationSource, ReviewState
from blogreview.errors import Refused
from blogreview.models import Allocation, AuditEvent, Post
from tests.allocation.classes import (
    add_post,
    assignment_of,
    begin_review,
    deal,
    dealt,
    keep_from,
    klass,
    numbers,
    publish,
    seat,
    student,
)
from tests.world import DAY, NOW, make_assignment


def test_every_reader_gets_three_posts_and_every_post_as_many_readers(session):
    course = klass([4, 4, 4, 4])

    deal(course)

    pairs = dealt(course)
    assert Counter(reader for reader, _ in pairs) == dict.fromkeys(course.students, 3)
    assert Counter(post for _, post in pairs) == dict.fromkeys(course.posts, 12)
    own = {(reader, course.posts[n]) for n, team in enumerate(course.members) for reader in team}
    assert own & set(pairs) == set()


def test_the_deal_says_how_it_was_made(session):
    course = klass([2, 2, 2])

    deal(course, seed=41)

    assignment = assignment_of(course)
    event = db.session.query(AuditEvent).one()
    assert (assignment.dealt_at, assignment.deal_seed, assignment.deal_version) == (NOW, 41, ALLOCATION_VERSION)
    assert (event.verb, event.subject, event.actor_id, event.course_id, event.details) == (
        "allocation:dealt", f"assignment {course.assignment}", course.teacher, course.course,
        {"seed": 41, "version": ALLOCATION_VERSION, "added": 12, "taken": 0},
    )
    assert {row.source for row in db.session.query(Allocation)} == {AllocationSource.DEAL}


def test_a_posts_readers_are_numbered_in_an_order_that_tells_nothing(session):
    course = klass([4, 4, 4, 4])
    deal(course)

    shuffled = numbers(course)
    assert {post: sorted(given) for post, given in shuffled.items()} == {post: [*range(1, 13)] for post in course.posts}
    assert [given for given in shuffled.values() if given == sorted(given)] == []


def test_the_same_seed_deals_the_same(session):
    course = klass([3, 3, 3, 3, 3])
    deal(course, seed=5)
    first = (set(dealt(course)), numbers(course))

    deal(course, seed=6)
    other = (set(dealt(course)), numbers(course))
    deal(course, seed=5)

    assert (set(dealt(course)), numbers(course)) == first != other


def test_who_has_not_published_neither_reads_nor_is_read(session):
    course = klass([2, 2, 2, 2], unpublished=1)

    deal(course)

    pairs = dealt(course)
    assert {reader for reader, _ in pairs} == set(course.students) - set(course.members[3])
    assert {post for _, post in pairs} == set(course.posts[:3])


def test_a_hidden_post_is_not_dealt_but_its_team_reads(session):
    course = klass([2, 2, 2, 2])
    db.session.get_one(Post, course.posts[0]).hidden_at = NOW

    deal(course)

    assert {post for _, post in dealt(course)} == set(course.posts[1:])
    assert {reader for reader, _ in dealt(course)} == set(course.students)


def test_who_has_left_is_dealt_nothing(session):
    course = klass([2, 2, 2])
    gone = course.members[0][0]
    seat(gone, course.course).left_at = NOW

    deal(course)

    assert {reader for reader, _ in dealt(course)} == set(course.students) - {gone}


def test_who_moved_reads_neither_what_they_wrote_nor_their_new_team(session):
    course = klass([2, 2, 2, 2])
    mover = course.members[0][0]
    seat(mover, course.course).team_id = course.teams[1]

    deal(course)

    assert {post for reader, post in dealt(course) if reader == mover} == set(course.posts[2:])


def test_who_wrote_a_post_reads_also_when_their_new_team_has_published_nothing(session):
    course = klass([2, 2, 2, 2], unpublished=1)
    mover = course.members[0][0]
    seat(mover, course.course).team_id = course.teams[3]

    deal(course)

    assert {post for reader, post in dealt(course) if reader == mover} == set(course.posts[1:3])


def test_before_authors_are_settled_the_team_is_who_wrote_it(session):
    course = klass([2, 2, 2, 2])
    mover = course.members[0][0]
    for post in course.posts:
        db.session.get_one(Post, post).frozen_at = None
    seat(mover, course.course).team_id = course.teams[1]
    keep_from(course.members[2][0], course.course, other_id=mover)

    deal(course)

    assert (course.members[2][0], course.posts[1]) not in dealt(course)


def test_two_people_kept_apart_never_read_one_another_whoever_was_named_first(session):
    course = klass([1, 1, 1])
    first, second, third = course.students
    keep_from(first, course.course, other_id=second)

    deal(course)

    assert set(dealt(course)) == {
        (first, course.posts[2]), (second, course.posts[2]), (third, course.posts[0]), (third, course.posts[1])
    }


def test_a_person_kept_from_a_team_never_reads_its_post(session):
    course = klass([1, 1, 1])
    first, second, third = course.students
    keep_from(first, course.course, team_id=course.teams[1])

    deal(course)

    assert set(dealt(course)) == {
        (first, course.posts[2]), (second, course.posts[0]), (second, course.posts[2]),
        (third, course.posts[0]), (third, course.posts[1]),
    }


def test_teams_reviewed_in_an_earlier_assignment_come_only_when_no_other_fits(session):
    course = klass([1] * 6, reviews_per_student=2)
    for reader, post in ((0, 1), (0, 2), (0, 3)):
        begin_review(course.posts[post], course.students[reader], ReviewState.SUBMITTED)
    later = make_assignment(course.course, number=2, dealt_at=None, reviews_per_student=2)
    posts = [add_post(later, team, authors) for team, authors in zip(course.teams, course.members, strict=True)]

    deal_reviews(assignment=later, seed=3, now=NOW, actor_id=course.teacher)
    mine = {given.post for given in standing_of(later).given if given.reader == course.students[0]}
    assert mine == {posts[4], posts[5]}

    later.reviews_per_student = 4
    db.session.flush()
    deal_reviews(assignment=later, seed=3, now=NOW, actor_id=course.teacher)
    mine = {given.post for given in standing_of(later).given if given.reader == course.students[0]}
    assert (len(mine), {posts[4], posts[5]} <= mine) == (4, True)


def test_dealing_again_replaces_everything_while_nobody_has_begun(session):
    course = klass([2, 2, 2, 2])
    deal(course, seed=1)
    for row in db.session.query(Allocation):
        row.source = AllocationSource.TEACHER

    deal(course, seed=2)

    assert len(dealt(course)) == 24
    assert {row.source for row in db.session.query(Allocation)} == {AllocationSource.DEAL}


def test_nothing_is_dealt_again_once_somebody_has_begun(session):
    course = klass([2, 2, 2, 2])
    deal(course)
    before = dealt(course)
    reader, post = before[0]
    begin_review(post, reader)

    with pytest.raises(Refused, match="reviewing-begun"):
        deal(course, seed=8)
    assert dealt(course) == before


def test_a_late_post_gets_its_readers_from_the_most_read_and_nothing_begun_moves(session):
    course = klass([4] * 6, unpublished=1)
    deal(course)
    before = dealt(course)
    begun = [(reader, post) for reader, post in before if post in course.posts[:2]][:20]
    for reader, post in begun:
        begin_review(post, reader)
    publish(course.posts[5], course.members[5][0], NOW)

    top_up(assignment=assignment_of(course), seed=9, now=NOW, actor_id=None)

    pairs = dealt(course)
    assert Counter(post for _, post in pairs) == dict.fromkeys(course.posts, 12)
    assert Counter(reader for reader, _ in pairs) == dict.fromkeys(course.students, 3)
    assert set(begun) - set(pairs) == set()
    assert {post: sorted(given) for post, given in numbers(course).items()} == {
        post: [*range(1, 13)] for post in course.posts
    }


def test_a_late_reader_gets_the_least_read_posts(session):
    course = klass([2, 2, 2, 2], reviews_per_student=2)
    deal(course)
    before = dealt(course)
    late = student(course.course, course.teams[0], "late", "Liv Sen")

    top_up(assignment=assignment_of(course), seed=9, now=NOW, actor_id=None)

    assert set(before) - set(dealt(course)) == set()
    assert [reader for reader, post in set(dealt(course)) - set(before)] == [late, late]


def test_what_a_teacher_has_placed_stays_when_a_late_post_comes(session):
    course = klass([1] * 5, unpublished=1, reviews_per_student=1)
    deal(course)
    for row in db.session.query(Allocation):
        row.source = AllocationSource.TEACHER
    before = dealt(course)
    publish(course.posts[4], course.students[4], NOW)

    top_up(assignment=assignment_of(course), seed=9, now=NOW, actor_id=None)

    assert set(before) - set(dealt(course)) == set()


def test_a_review_that_became_forbidden_before_it_was_begun_is_replaced(session):
    course = klass([2, 2, 2, 2], reviews_per_student=2)
    deal(course)
    reader, post = dealt(course)[0]
    keep_from(reader, course.course, team_id=course.teams[course.posts.index(post)])

    top_up(assignment=assignment_of(course), seed=9, now=NOW, actor_id=None)

    assert (reader, post) not in dealt(course)
    assert Counter(one for one, _ in dealt(course)) == dict.fromkeys(course.students, 2)


def test_a_late_reader_is_not_known_by_the_last_number(session):
    course = klass([4, 4, 4, 4])
    deal(course)
    late = [student(course.course, course.teams[0], f"late-{n}", f"Sen {n}") for n in range(6)]

    top_up(assignment=assignment_of(course), seed=9, now=NOW, actor_id=None)

    standing = standing_of(assignment_of(course)).given
    last = {post: max(given.number for given in standing if given.post == post) for post in course.posts}
    assert [given for given in standing if given.reader in late and given.number <= 12] != []
    assert {post: sorted(given) for post, given in numbers(course).items()} == {
        post: [*range(1, last[post] + 1)] for post in course.posts
    }


def test_once_the_team_has_seen_the_numbers_only_a_new_reader_gets_one(session):
    course = klass([4, 4, 4, 4])
    deal(course)
    before = {(given.reader, given.post): given.number for given in standing_of(assignment_of(course)).given}
    student(course.course, course.teams[0], "late", "Sen")

    top_up(assignment=assignment_of(course), seed=9, now=NOW + 6 * DAY, actor_id=None)

    after = {(given.reader, given.post): given.number for given in standing_of(assignment_of(course)).given}
    assert len(after) > len(before)
    assert {pair: number for pair, number in after.items() if pair in before}.items() <= before.items()
