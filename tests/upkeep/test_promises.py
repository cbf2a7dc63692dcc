"""What must happen at a moment happens: by the worker, or at the next request, and once."""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from blogreview.allocation import commands as allocation
from blogreview.allocation.queries import standing_of
from blogreview.db import db, only_reads
from blogreview.domain.allocation import ALLOCATION_VERSION, deal
from blogreview.domain.terms import Deadline, ReviewState
from blogreview.models import (
    Allocation,
    Assignment,
    Attempt,
    AuditEvent,
    Extension,
    Membership,
    Post,
    PostAuthor,
    Review,
)
from blogreview.posts.commands import freeze_due
from blogreview.upkeep.commands import keep_promises
from blogreview.upkeep.queries import is_anything_due
from tests.allocation.classes import Klass, begin_review, klass, publish
from tests.world import DAY, NOW, make

OVER = NOW + timedelta(minutes=1)


@pytest.fixture
def course(app, blank) -> Klass:
    """Four teams of two, one of which has published nothing; writing closes now, in a minute. Nothing is frozen."""
    with app.app_context():
        built = klass([2, 2, 2, 2], unpublished=1, reviews_per_student=2, publish_by=NOW)
        for post in db.session.query(Post):
            post.frozen_at = None
        db.session.query(PostAuthor).delete()
        db.session.commit()
    return built


def facts(app) -> dict:
    """How many of each thing there are; the database as a number per table."""
    with app.app_context():
        return {
            "allocations": db.session.scalar(select(func.count()).select_from(Allocation)),
            "authors": db.session.scalar(select(func.count()).select_from(PostAuthor)),
            "frozen": db.session.scalar(select(func.count(Post.frozen_at))),
            "deals": db.session.query(AuditEvent).filter_by(verb="allocation:dealt").count(),
        }


UNTOUCHED = {"allocations": 0, "authors": 0, "frozen": 0, "deals": 0}
SETTLED = {"allocations": 12, "authors": 8, "frozen": 4, "deals": 1}


def promises(app, now, **more) -> None:
    with app.app_context():
        keep_promises(now=now, **more)
        db.session.commit()


def given(app, course):
    with app.app_context():
        return standing_of(db.session.get_one(Assignment, course.assignment)).given


def test_the_worker_freezes_deals_estimates_and_forgets(app, course, clock):
    with app.app_context():
        db.session.get_one(Assignment, course.assignment).score_version = 3
        make(Attempt, key="old", at=NOW - 2 * DAY)
        make(Attempt, key="new", at=NOW)
        db.session.commit()
    clock.moment = OVER

    result = app.test_cli_runner().invoke(args=["work", "--once"])

    assert (result.exit_code, result.output) == (0, "")
    assert facts(app) == SETTLED
    with app.app_context():
        assert [attempt.key for attempt in db.session.query(Attempt)] == ["new"]
        assignment = db.session.get_one(Assignment, course.assignment)
        assert (assignment.dealt_at, assignment.estimated_version) == (OVER, 3)


def test_before_the_minute_is_over_nothing_happens(app, course, clock):
    clock.moment = OVER - timedelta(microseconds=1)

    app.test_cli_runner().invoke(args=["work", "--once"])

    assert facts(app) == UNTOUCHED


def test_the_first_request_after_the_deadline_does_it_without_a_worker(app, course, clock, as_):
    browser = as_(course.students[0])
    browser.get("/account")
    before = facts(app)
    clock.moment = OVER

    assert browser.get("/account").status_code == 200

    assert (before, facts(app)) == (UNTOUCHED, SETTLED)


def test_nothing_is_done_twice(app, course, clock, as_):
    clock.moment = OVER
    as_(course.students[0]).get("/")
    first = given(app, course)

    as_(course.students[1]).get("/")
    app.test_cli_runner().invoke(args=["work", "--once"])
    promises(app, OVER + DAY)

    assert (given(app, course), facts(app)) == (first, SETTLED)


def test_with_nothing_due_a_request_costs_one_query_for_it(app, course, clock, as_, count_queries):
    clock.moment = OVER
    as_(None).get("/sign-in")
    count_queries.clear()

    as_(None).get("/sign-in")

    assert len(count_queries) == 1, count_queries


def test_what_does_not_reach_a_room_settles_nothing(app, course, clock, as_):
    clock.moment = OVER

    as_(None).client.get("/static/favicon.svg").close()
    as_(None).get("/no-such-page")

    assert facts(app) == UNTOUCHED


def test_an_assignment_that_is_not_open_is_left_alone(app, course):
    with app.app_context():
        db.session.get_one(Assignment, course.assignment).opened_at = None
        db.session.commit()
        assert not is_anything_due(OVER)

    promises(app, OVER)

    assert facts(app) == UNTOUCHED


def test_a_stored_seed_deals_the_same_again(app, course):
    promises(app, OVER)

    with app.app_context():
        assignment = db.session.get_one(Assignment, course.assignment)
        standing = standing_of(assignment)
        again = deal(standing.cards.values(), standing.readers.values(), seed=assignment.deal_seed)
        assert again.pairs == tuple((each.reader, each.post) for each in standing.given)
        assert assignment.deal_version == ALLOCATION_VERSION


def slow_seed() -> int:
    """Long enough for another transaction to come in between, if any can."""
    time.sleep(0.3)
    return 7


@pytest.mark.parametrize("task", (keep_promises, partial(allocation.deal_due, seeds=slow_seed)))
def test_two_at_once_deal_once(app, course, task):
    """A worker and a request that both saw the deadline pass, before and after the authors were settled."""
    if task is not keep_promises:
        with app.app_context():
            freeze_due(now=OVER)
            db.session.commit()
    start, failures = threading.Barrier(2), []

    def settle() -> None:
        only_reads.set(False)
        try:
            with app.app_context():
                start.wait()
                task(now=OVER)
                db.session.commit()
        except Exception as error:  # a thread's failure must reach the test
            failures.append(error)

    threads = [threading.Thread(target=settle) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert (failures, facts(app)) == ([], SETTLED)


def test_a_post_published_late_gets_readers_and_its_team_posts_to_read(app, course):
    promises(app, OVER)
    begun = given(app, course)[0]
    with app.app_context():
        begin_review(begun.post, begun.reader)
        publish(course.posts[3], course.members[3][0], NOW + DAY)
        db.session.commit()
        assert is_anything_due(NOW + DAY)

    promises(app, NOW + DAY)

    after = given(app, course)
    assert Counter(each.post for each in after) == dict.fromkeys(course.posts, 4)
    assert Counter(each.reader for each in after) == dict.fromkeys(course.students, 2)
    assert (begun.reader, begun.post) in {(each.reader, each.post) for each in after}
    with app.app_context():
        assert not is_anything_due(NOW + DAY + timedelta(seconds=1))


def test_a_team_with_a_deadline_of_its_own_is_frozen_and_read_when_that_has_passed(app, course):
    with app.app_context():
        make(
            Extension, assignment_id=course.assignment, deadline=Deadline.PUBLISH, team_id=course.teams[3],
            until=NOW + DAY, granted_by_id=course.teacher,
        )
        db.session.commit()
    promises(app, OVER)
    closed = facts(app)
    with app.app_context():
        publish(course.posts[3], course.members[3][0], NOW + DAY)
        db.session.commit()
    promises(app, OVER + DAY)

    assert closed == SETTLED | {"authors": 6, "frozen": 3}
    assert facts(app) == SETTLED | {"allocations": 16, "deals": 2}


def test_a_post_nobody_can_read_is_not_looked_at_again_and_again(app, blank):
    with app.app_context():
        klass([1], publish_by=NOW)
        db.session.commit()
    promises(app, OVER)

    with app.app_context():
        assert not is_anything_due(OVER + timedelta(minutes=1))


def test_a_post_published_in_the_very_moment_of_the_deal_is_found(app, course):
    """Its transaction began before the deal and was committed after it."""
    promises(app, OVER)
    with app.app_context():
        publish(course.posts[3], course.members[3][0], OVER - timedelta(milliseconds=20))
        db.session.commit()

    promises(app, OVER + timedelta(seconds=30))

    assert Counter(each.post for each in given(app, course)) == dict.fromkeys(course.posts, 4)


def test_when_reviewing_has_closed_a_late_post_gets_no_readers(app, course):
    promises(app, OVER)
    with app.app_context():
        publish(course.posts[3], course.members[3][0], NOW + 6 * DAY)
        db.session.commit()

    promises(app, NOW + 6 * DAY)

    assert facts(app) == SETTLED


def test_the_seed_is_new_each_time_and_fits_the_column(app, course):
    seeds = {allocation.new_seed() for _ in range(50)}

    assert len(seeds) == 50
    assert min(seeds) >= 0
    assert max(seeds) < 2**31


def move_into_what_they_read(course, team: int) -> tuple[int, int]:
    """A student given the team's post to read joins the team; the student, and the post."""
    given = next(given for given in standing_of(db.session.get_one(Assignment, course.assignment)).given
                 if given.post == course.posts[team])
    db.session.query(Membership).filter_by(user_id=given.reader).one().team_id = course.teams[team]
    return given.reader, given.post


def test_whoever_joins_a_team_after_an_early_deal_is_given_another_post_than_the_teams(app, course):
    with app.app_context():
        allocation.deal_reviews(
            assignment=db.session.get_one(Assignment, course.assignment), seed=7, now=NOW, actor_id=course.teacher
        )
        mover, post = move_into_what_they_read(course, 0)
        db.session.commit()

    promises(app, OVER)

    theirs = [each.post for each in given(app, course) if each.reader == mover]
    assert (post in theirs, len(theirs)) == (False, 2)
    assert is_settled(app)


def is_settled(app) -> bool:
    with app.app_context():
        return not is_anything_due(OVER)


def test_a_review_of_what_its_writer_comes_to_be_an_author_of_counts_for_nobody(app, course):
    """The team has more time to publish, and one of its readers joins it meanwhile."""
    with app.app_context():
        make(
            Extension, assignment_id=course.assignment, deadline=Deadline.PUBLISH, team_id=course.teams[0],
            until=NOW + DAY, granted_by_id=course.teacher,
        )
        db.session.commit()
    promises(app, OVER)
    with app.app_context():
        mover, post = move_into_what_they_read(course, 0)
        begin_review(post, mover, ReviewState.SUBMITTED)
        version = db.session.get_one(Assignment, course.assignment).score_version
        db.session.commit()

    promises(app, OVER + DAY)

    with app.app_context():
        review = db.session.query(Review).one()
        assert (review.hidden_at, review.hidden_by_id) == (OVER + DAY, None)
        assert db.session.get_one(Assignment, course.assignment).score_version == version + 1
        assert db.session.query(AuditEvent).filter_by(verb="review:hidden").one().actor_id is None
