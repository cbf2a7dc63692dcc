"""The teacher's page of who reviews what, through a browser."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from blogreview.allocation.queries import standing_of
from blogreview.db import db
from blogreview.domain.terms import AllocationSource, ReviewState
from blogreview.models import Allocation, Assignment, AuditEvent, KeptApart
from tests.allocation.classes import begin_review, deal, keep_from, klass
from tests.pages import text_of
from tests.world import DAY, NOW

AT = "/courses/kurs/assignments/1/allocation"


@pytest.fixture
def build(app, blank):
    """``build([2, 2, 2])``: a committed course; ``dealt=False`` leaves the dealing to the test."""

    def built(sizes, *, dealt=True, **changes):
        with app.app_context():
            # The worker has been there, or an undealt course would be dealt by the first request.
            course = klass(sizes, **({} if dealt else {"publish_by": NOW + DAY}) | changes)
            if dealt:
                deal(course)
            db.session.commit()
        return course

    return built


def standing(app, course):
    with app.app_context():
        return standing_of(db.session.get_one(Assignment, course.assignment))


def words(response) -> str:
    """What is read on the page, spaces evened out."""
    return " ".join(re.sub(r"<[^>]*>", " ", text_of(response)).split())


def events(app) -> list[tuple[str, dict]]:
    with app.app_context():
        rows = db.session.query(AuditEvent).order_by(AuditEvent.id)
        return [(row.verb, row.details) for row in rows if row.verb != "allocation:dealt"]


def test_the_page_says_how_it_is_dealt_and_lists_every_reader(app, build, as_):
    course = build([2, 2, 2])
    given = standing(app, course).given[0]
    with app.app_context():
        begin_review(given.post, given.reader, ReviewState.SUBMITTED)
        db.session.commit()

    page = words(as_(course.teacher).get(AT))

    assert (
        "lesere på hvert innlegg 4 innlegg til hver student 2 leser eget team 0 ulike team bak hver tilbakemelding 2"
        in page
    )
    assert page.count("4 lesere fra 2 team") == 3
    assert (page.count("· sendt"), page.count("· ikke begynt"), page.count("Flytt Elev")) == (1, 11, 11)
    assert "Fordel på nytt" not in page


def test_before_the_deal_the_page_says_what_it_will_be_and_deals_on_request(app, build, as_):
    course = build([4, 4, 4, 4], dealt=False)

    before = words(as_(course.teacher).get(AT))
    response = as_(course.teacher).post(f"{AT}/deal")
    after = words(as_(course.teacher).get(response.location))

    assert (
        "studenter har publisert med teamet sitt 16 innlegg til hver student 3 publiserte innlegg 4 "
        "lesere på hvert innlegg, om du fordeler nå 12" in before
    )
    assert (response.status_code, response.location) == (303, f"{AT}?dealt=1")
    assert "Se gjennom rutenettet, og flytt det du vil." in after
    assert "Studentene ser innleggene sine når skrivefristen er ute, torsdag 19. november kl. 13.00." in after
    assert Counter(given.post for given in standing(app, course).given) == dict.fromkeys(course.posts, 12)


def test_nothing_published_is_said(build, as_):
    course = build([2, 2], dealt=False, unpublished=2)

    page = words(as_(course.teacher).get(AT))

    assert ("Ingen har publisert ennå" in page, "Fordel nå" in page) == (True, False)


def test_dealing_again_after_somebody_has_begun_is_refused_in_words(app, build, as_):
    course = build([2, 2, 2])
    before = standing(app, course)
    with app.app_context():
        begin_review(before.given[0].post, before.given[0].reader)
        db.session.commit()

    response = as_(course.teacher).post(f"{AT}/deal")

    assert response.status_code == 422
    assert "Noen har begynt å vurdere. Flytt det som ikke er begynt, ett for ett." in words(response)
    assert [given.id for given in standing(app, course).given] == [given.id for given in before.given]


def test_a_late_reader_is_noticed_and_given_posts_on_request(app, build, as_):
    course = build([2, 2, 2])
    with app.app_context():
        db.session.query(Allocation).filter_by(reviewer_id=course.students[0]).delete()
        db.session.commit()

    before = words(as_(course.teacher).get(AT))
    as_(course.teacher).post(f"{AT}/fill")
    after = words(as_(course.teacher).get(AT))

    assert ("Én student har færre innlegg enn planlagt." in before, "Noen mangler" in after) == (True, False)
    assert Counter(given.reader for given in standing(app, course).given) == dict.fromkeys(course.students, 2)


def movable(app, course):
    """An unbegun review and a post that may take its place."""
    found = standing(app, course)
    return next((given, choice) for given in found.given for choice in found.choices(given))


def numbers_of(app, course, post):
    return sorted(each.number for each in standing(app, course).given if each.post == post)


def test_an_unbegun_review_is_moved_to_another_post(app, build, as_):
    course = build([1] * 5, reviews_per_student=2)
    given, target = movable(app, course)

    form = words(as_(course.teacher).get(f"{AT}?move={given.id}"))
    response = as_(course.teacher).post(f"{AT}/moves/{given.id}", {"post": target})
    page = words(as_(course.teacher).get(response.location))

    assert "får da én leser, og det andre innlegget én til." in form
    assert (response.status_code, response.location) == (303, f"{AT}?moved={given.id}")
    assert f"Lag {course.posts.index(target):02} er valgt." in page
    moved = next(each for each in standing(app, course).given if each.id == given.id)
    assert (moved.post, moved.reader, moved.source) == (target, given.reader, AllocationSource.TEACHER)
    assert numbers_of(app, course, target) == [1, 2, 3]
    assert "Fra 1 til 3 lesere på et innlegg." in page
    assert events(app) == [
        ("allocation:moved", {"reader": given.reader, "was": given.post, "became": target})
    ]


def test_the_hole_a_moved_reader_left_is_filled_by_the_next(app, build, as_):
    course = build([1] * 5, reviews_per_student=2)
    given, target = movable(app, course)
    as_(course.teacher).post(f"{AT}/moves/{given.id}", {"post": target})

    as_(course.teacher).post(f"{AT}/moves/{given.id}", {"post": given.post})

    assert numbers_of(app, course, given.post) == [1, 2]


@pytest.mark.parametrize("name", ("", "x", "99999999999999999999", "own", "held"))
def test_a_review_cannot_be_moved_to_a_post_that_does_not_fit(app, build, as_, name):
    course = build([1] * 5, reviews_per_student=2)
    given, _target = movable(app, course)
    held = next(g.post for g in standing(app, course).given if g.reader == given.reader and g.id != given.id)
    posts = {"own": course.posts[course.students.index(given.reader)], "held": held}

    response = as_(course.teacher).post(f"{AT}/moves/{given.id}", {"post": posts.get(name, name)})

    assert response.status_code == 422
    assert "Dette innlegget kan ikke leses av denne studenten. Velg et annet." in words(response)
    assert next(each for each in standing(app, course).given if each.id == given.id) == given


def test_a_begun_review_stays(app, build, as_):
    course = build([1] * 5, reviews_per_student=2)
    given, target = movable(app, course)
    with app.app_context():
        begin_review(given.post, given.reader)
        db.session.commit()

    response = as_(course.teacher).post(f"{AT}/moves/{given.id}", {"post": target})

    assert (response.status_code, "Vurderingen er begynt, og blir der den er." in words(response)) == (422, True)
    assert next(each for each in standing(app, course).given if each.id == given.id).post == given.post


def test_the_reviews_of_another_course_cannot_be_moved(app, build, world, as_):
    course = build([1] * 5)

    assert as_(course.teacher).post(f"{AT}/moves/1", {"post": "1"}).status_code == 404


def test_two_people_are_kept_apart_and_let_meet_again(app, build, as_):
    course = build([1, 1, 1])
    one, other, _third = course.students

    response = as_(course.teacher).post(f"{AT}/apart", {"person": f"person-{one}", "other": f"person-{other}"})
    as_(course.teacher).post(f"{AT}/apart", {"person": f"person-{other}", "other": f"person-{one}"})
    page = words(as_(course.teacher).get(response.location))
    with app.app_context():
        pair = db.session.query(KeptApart).one().id
    removed = as_(course.teacher).post(f"{AT}/apart/{pair}/remove")

    assert "Elev 00.0 og Elev 01.0 leser ikke hverandre" in page
    assert (response.status_code, removed.status_code) == (303, 303)
    told = {"user": one, "other": other, "team": None}
    assert events(app) == [("apart:added", told), ("apart:removed", told)]
    with app.app_context():
        assert db.session.query(KeptApart).count() == 0


def test_who_is_kept_from_a_team_they_are_set_to_read_is_pointed_out(app, build, as_):
    course = build([1, 1, 1, 1], reviews_per_student=2)
    given = standing(app, course).given[0]
    team = course.posts.index(given.post)

    response = as_(course.teacher).post(
        f"{AT}/apart", {"person": f"person-{given.reader}", "other": f"team-{course.teams[team]}"}
    )
    page = as_(course.teacher).get(response.location)

    name = f"Elev {course.students.index(given.reader):02}.0"
    assert f"{name} er satt opp på Lag {team:02}, og skal holdes fra dem. Flytt {name}" in words(page)
    assert f"{name} leser ikke Lag {team:02}" in words(page)
    assert 'class="bad"' in page.text
    assert f'href="{AT}?post=t{team}&amp;move={given.id}#move"' in page.text


@pytest.mark.parametrize(
    ("person", "other"),
    (("", ""), ("person-1", "team-999"), ("team-1", "person-1"), ("person-x", "person-999"), ("person-2", "person-2")),
)
def test_who_to_keep_apart_must_be_two_of_the_class(app, build, as_, person, other):
    course = build([1, 1, 1])

    response = as_(course.teacher).post(f"{AT}/apart", {"person": person, "other": other})

    assert (response.status_code, events(app)) == (422, [])
    assert re.search("(Én|2) ting må rettes", words(response))


def test_pairs_of_another_course_cannot_be_removed(app, build, world, as_):
    course = build([1, 1, 1])
    with app.app_context():
        keep_from(world.kari, world.course, other_id=world.nils)
        db.session.commit()
        pair = db.session.query(KeptApart).one().id

    assert as_(course.teacher).post(f"{AT}/apart/{pair}/remove").status_code == 404
    assert as_(course.teacher).post(f"{AT}/apart/{10**30}/remove").status_code == 404
    assert as_(world.tone).post(f"{world.at}/allocation/apart/{pair}/remove").status_code == 303


def test_a_column_of_the_grid_can_be_chosen(build, as_):
    course = build([1, 1, 1])

    page = as_(course.teacher).get(f"{AT}?post=t1")

    assert page.text.count('class="pick"') == 2
    assert page.text.count('<rect class="col"') == 1
    assert "Lag 01 er valgt." in words(page)
    assert '<details class="al" name="al" id="post-t1" open>' in page.text


def test_an_assistant_sees_it_all_and_changes_nothing(app, world, as_):
    page = as_(world.ada).get(f"{world.at}/allocation")

    assert (page.status_code, "Nils Øye" in words(page)) == (200, True)
    assert [word for word in ("Flytt", "Fordel på nytt", "Legg til", "Fordel det som") if word in words(page)] == []


WRITES = ("/deal", "/fill", "/moves/1", "/apart", "/apart/1/remove")


@pytest.mark.parametrize(
    ("person", "read", "write"),
    ((None, 303, 401), ("eva", 404, 404), ("per", 404, 404), ("kari", 403, 403), ("mona", 403, 403), ("ada", 200, 403)),
)
def test_who_may_see_and_change_it(world, as_, person, read, write):
    browser = as_(person and getattr(world, person))

    assert browser.get(f"{world.at}/allocation").status_code == read
    assert [browser.post(f"{world.at}/allocation{path}").status_code for path in WRITES] == [write] * 5


@pytest.mark.parametrize("teams", (3, 24))
def test_the_page_takes_as_many_queries_for_any_class(build, as_, count_queries, teams):
    course = build([2] * teams)
    browser = as_(course.teacher)
    count_queries.clear()

    assert browser.get(f"{AT}?post=t1").status_code == 200

    # Is anything due, who asks (2), the assignment, the page's own ten, and the frame's course.
    assert len(count_queries) == 15, "\n\n".join(count_queries)


def test_a_post_with_an_endless_number_does_not_fit(app, build, as_):
    course = build([2, 2, 2])
    given = standing(app, course).given[0]

    assert as_(course.teacher).post(f"{AT}/moves/{given.id}", {"post": "9" * 5000}).status_code == 422
