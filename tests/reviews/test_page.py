"""The reviewer's page and the list: who may see them, what they say, what they cost."""

from __future__ import annotations

import pytest

from blogreview.accounts.queries import actor_of
from blogreview.assignments.rubric_queries import rubric_of
from blogreview.db import db
from blogreview.domain.reviewing import Content, Judgement, Said
from blogreview.domain.rubric import Rubric
from blogreview.domain.terms import CommentKind, ReviewKind, ReviewState
from blogreview.models import Assignment, Criterion, Level, Post, Team, User
from blogreview.reviews import commands
from blogreview.reviews.commands import Filled
from blogreview.reviews.page_queries import review_page
from blogreview.reviews.queries import MyReview, my_reviews
from tests.pages import text_of
from tests.reviews.stored import said
from tests.reviews.typed import complete, typed
from tests.world import DAY, NOW, World, allocate, make, published_post


@pytest.fixture
def page(world) -> str:
    return f"{world.at}/posts/safa/review"


@pytest.mark.parametrize("method", ("GET", "POST"))
@pytest.mark.parametrize(
    ("who", "status"),
    (("per", 404), ("kari", 403), ("nora", 403), ("nils", 200), ("mona", 200), ("tone", 200), ("ada", 200)),
)
def test_only_its_readers_and_staff_reach_the_page(as_, world, page, who, status, method):
    response = as_(getattr(world, who)).open(page, method)
    assert response.status_code == (303 if (method, status) == ("POST", 200) else status)


def test_the_anonymous_are_asked_to_sign_in_and_keep_what_they_typed(as_, world, page):
    assert as_().get(page).status_code == 303
    response = as_().post(page, typed(world, goals={"changes": ["Nesten ferdig."]}))
    assert (response.status_code, "Nesten ferdig." in response.text) == (401, True)


@pytest.mark.parametrize("days", (-6, -20.5))
def test_nobody_reviews_before_posts_are_given_out(as_, world, clock, page, days):
    clock.moment = NOW + days * DAY
    assert as_(world.nils).get(page).status_code == 404
    assert as_(world.nils).post(page, complete(world)).status_code == 404


def test_a_hidden_post_is_out_of_its_readers_sight(app, as_, world, page):
    as_(world.nils).post(page, complete(world))
    with app.app_context():
        db.session.get_one(Post, world.posts["safa"]).hidden_at = NOW
        db.session.commit()
    assert as_(world.nils).get(page).status_code == 404
    assert "Hvorfor strategi?" not in text_of(as_(world.nils).get(f"{world.at}/reviews"))


def test_the_page_says_who_sees_the_name(app, as_, world, page):
    assert (
        "Teamet ser deg som Leser 2, ikke navnet ditt. Tone Lie og Ada Moe ser hvem du er."
        in text_of(as_(world.mona).get(page))
    )
    with app.app_context():
        db.session.get_one(Assignment, world.assignment).reviewers_named = True
        db.session.commit()
    assert "Teamet ser navnet ditt. Tone Lie og Ada Moe ser det også." in text_of(as_(world.mona).get(page))


def test_the_page_shows_the_post_and_the_rubric_as_one_form(as_, world, page):
    shown = text_of(as_(world.nils).get(page))
    assert "<h1 dir=\"auto\">Hvorfor strategi?</h1>" in shown
    assert '<h2 class="q"><span>Spørsmål 2</span>Hva bør den inneholde?</h2>' in shown
    assert "<p>Svar 2 fra teamet.</p>" in shown
    assert shown.count('<details class="crit" name="crit"') == 4
    assert shown.count('type="radio"') == 16
    assert "Minst ett mål kan telles og har en frist." in shown
    assert "Kan endres til mandag 23. november kl. 13.00." in shown


def test_a_teachers_own_rubric_makes_the_form(app, as_, world, page):
    with app.app_context():
        for level in db.session.query(Level).filter(Level.number > 2):
            db.session.delete(level)
        make(Criterion, assignment_id=world.assignment, position=5, name="Kilder", guidance="Hvor kommer det fra?")
        db.session.commit()
    shown = text_of(as_(world.nils).get(page))
    assert shown.count('type="radio"') == 10
    assert ("<h3>Kilder</h3>" in shown, "Hvor kommer det fra?" in shown) == (True, True)


def test_after_the_deadline_the_review_is_text_without_buttons(as_, world, clock, page):
    nils = as_(world.nils)
    nils.post(page, complete(world, goals={"level": 2, "changes": [("Si når.", "Svar 1")]}) | {"send": "1"})
    clock.moment = NOW + 6 * DAY

    shown = text_of(nils.get(page))
    assert "Vurderingen stengte mandag 23. november kl. 13.00" in shown
    assert "Du sendte den onsdag 18. november kl. 13.00." in shown
    assert '<p class="said" dir="auto">Si når.</p>' in shown
    assert "<textarea" not in shown
    assert "<button" not in shown


@pytest.mark.parametrize(
    ("form", "sentence"),
    ((complete, "Utkastet ditt ble ikke sendt."), (None, "Du skrev ingen vurdering av dette innlegget.")),
)
def test_after_the_deadline_it_says_what_became_of_what_was_not_sent(as_, world, clock, page, form, sentence):
    nils = as_(world.nils)
    if form:
        nils.post(page, form(world))
    clock.moment = NOW + 6 * DAY
    assert sentence in text_of(nils.get(page))


def test_a_save_that_comes_too_late_is_refused_and_shows_what_was_typed(app, as_, world, clock, page):
    nils = as_(world.nils)
    nils.post(page, complete(world))
    clock.moment = NOW + 6 * DAY
    response = nils.post(page, complete(world, 1, goals={"level": 2, "changes": ["Ett minutt for sent."]}))

    assert response.status_code == 403
    shown = text_of(response)
    assert "Dette er ikke med i vurderingen" in shown
    saved, mine = shown[shown.index('<th scope="row">Mål</th>'):].partition("</tr>")[0].split("<td>")[1:]
    assert ("Vis oss mer om goals." in saved, "Ett minutt for sent." in mine) == (True, True)
    assert shown.count("Ett minutt for sent.") == 1
    assert "Ett minutt for sent." not in [text for _, _, text, _ in said(app)]


def test_the_deadlines_minute_is_still_time(as_, world, clock, page):
    clock.moment = NOW + 5 * DAY + DAY / 24 / 60 * 0.9
    assert as_(world.nils).post(page, complete(world) | {"send": "1"}).status_code == 303


def test_the_list_shows_how_far_each_review_has_come(app, as_, world, clock):
    with app.app_context():
        allocate(world.posts["nordlys"], world.mona, 2)
        db.session.commit()
    mona = as_(world.mona)
    mona.post(f"{world.at}/posts/nordlys/review", typed(world, goals={"level": 2, "changes": ["Si når."]}))
    clock.moment = NOW + DAY
    mona.post(f"{world.at}/posts/safa/review", complete(world) | {"send": "1"})

    with app.app_context():
        assignment = db.session.get_one(Assignment, world.assignment)
        title = "Hvorfor strategi?"
        assert my_reviews(assignment, world.mona, clock.moment) == (
            MyReview("SAFA", "safa", title, ReviewState.SUBMITTED, 4, 4, NOW + DAY, NOW + DAY),
            MyReview("Nordlys", "nordlys", title, ReviewState.DRAFT, 1, 4, NOW, None),
        )
        assert my_reviews(assignment, world.nils, NOW) == (MyReview("SAFA", "safa", title, None, 0, 4, None, None),)
        assert my_reviews(assignment, world.tone, NOW) == my_reviews(assignment, world.mona, NOW - 6 * DAY) == ()
    shown = " ".join(text_of(mona.get(f"{world.at}/reviews")).split())
    assert 'aria-label="1 av 2 sendt"' in shown
    assert "Team SAFA · sendt torsdag 19. november kl. 13.00 · kan endres til fristen" in shown
    assert "Team Nordlys · 1 av 4 kriterier fylt ut · lagret onsdag 18. november kl. 13.00" in shown


def test_the_list_says_when_posts_are_given_out(as_, world, clock):
    clock.moment = NOW - 6 * DAY
    shown = text_of(as_(world.nils).get(f"{world.at}/reviews"))
    assert "Du får dem når skrivefristen er ute, fredag 13. november kl. 13.00." in shown


def test_the_list_of_someone_without_reviews_says_so(as_, world):
    assert "Du har ingen innlegg å vurdere" in text_of(as_(world.nora).get(f"{world.at}/reviews"))


@pytest.mark.parametrize(("who", "status"), (("per", 404), ("kari", 200), ("tone", 200)))
def test_the_list_is_the_courses_own(as_, world, who, status):
    assert as_(getattr(world, who)).get(f"{world.at}/reviews").status_code == status


def eight_comments(rubric: Rubric, level: int) -> Content:
    """One of each kind on each of the four criteria."""
    both = (Said(CommentKind.STRENGTH, "Lett å følge."), Said(CommentKind.CHANGE, "Si når."))
    return tuple(Judgement(criterion.id, level, both) for criterion in rubric.criteria)


def test_saving_a_review_of_eight_comments_takes_a_fixed_number_of_queries(app, world, count_queries):
    with app.app_context():
        post, rubric = db.session.get_one(Post, world.posts["safa"]), rubric_of(world.assignment)

        def queries_for(version: int, level: int, send: bool) -> int:
            db.session.commit()
            count_queries.clear()
            commands.save_review(
                post=post, reviewer_id=world.nils, kind=ReviewKind.PEER, rubric=rubric,
                filled=Filled(version, eight_comments(rubric, level)), send=send, now=NOW,
            )
            return len(count_queries)

        assert [queries_for(0, 1, False), queries_for(1, 2, False), queries_for(2, 2, True)] == [7, 7, 8]
        db.session.commit()
    assert len(said(app)) == 8


@pytest.mark.parametrize("more", (1, 3))
def test_the_page_and_the_list_take_a_fixed_number_of_queries(app, world, count_queries, more):
    with app.app_context():
        post, rubric = db.session.get_one(Post, world.posts["safa"]), rubric_of(world.assignment)
        nils = actor_of(db.session.get_one(User, world.nils))
        others = [another_post(world, n) for n in range(more)]
        for given in (post, *others):
            commands.save_review(
                post=given, reviewer_id=world.nils, kind=ReviewKind.PEER, rubric=rubric,
                filled=Filled(0, eight_comments(rubric, more)), send=True, now=NOW,
            )
        db.session.commit()
        count_queries.clear()
        page = review_page(post, nils, ReviewKind.PEER, rubric, NOW)
        on_the_page = len(count_queries)
        count_queries.clear()
        mine = my_reviews(post.assignment, world.nils, NOW)

    assert (len(page.mine), len(mine)) == (more + 1, more + 1)
    assert (on_the_page, len(count_queries)) == (17, 6)


def another_post(world: World, n: int) -> Post:
    """Of a new team, published, given to Nils."""
    team = make(Team, course_id=world.course, slug=f"ekstra-{n}", name=f"Ekstra {n}")
    assignment = db.session.get_one(Assignment, world.assignment)
    post = published_post(assignment, team.id, world.questions, [world.kari])
    allocate(post, world.nils, 1)
    return db.session.get_one(Post, post)
