"""A student's course home: the one next thing, and what there is beside it."""

from __future__ import annotations

import re

import pytest

from blogreview.db import db
from blogreview.domain.terms import Deadline, GradeState, GradingScale, ReadingOpens, ReviewState, Role
from blogreview.models import Assignment, Extension, Grade, Membership, Post, PostAuthor, Revision, Team
from tests.feedback.readers import send_review
from tests.pages import text_of
from tests.world import DAY, NOW, allocate, join, make, make_assignment, make_rubric, person, published_post


@pytest.fixture
def home(as_, clock, world):
    """The home of a person, so many days from now."""

    def get(who, days=0):
        clock.moment = NOW + days * DAY
        return text_of(as_(getattr(world, who) if isinstance(who, str) else who).get(f"{world.home}/"))

    return get


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def panel(html):
    """The words of «Neste for deg», and where its button leads."""
    inside = html.split('<section class="panel next"')[1].split("</section>")[0]
    button = re.search(r'class="btn[^"]*" href="([^"]*)"', inside)
    return words(f"<{inside}"), button[1] if button else None


def set_up(world, **changes):
    """Change the assignment and forget who was to review, so that writing has not closed."""
    assignment = db.session.get_one(Assignment, world.assignment)
    for name, value in changes.items():
        setattr(assignment, name, value)
    return assignment


def writing(world):
    set_up(world, publish_by=NOW + DAY, review_by=NOW + 8 * DAY, improve_by=NOW + 15 * DAY, dealt_at=None)
    db.session.query(PostAuthor).delete()
    db.session.query(Post).update({"frozen_at": None})


def released(world, post):
    make(
        Grade, post_id=world.posts[post], value="B", state=GradeState.RELEASED, saved_at=NOW, saved_by_id=world.tone,
        released_at=NOW, released_by_id=world.tone,
    )


def test_reviews_left_come_first(home, world):
    assert panel(home("kari")) == (
        "Neste for deg Vurder innlegget til Team Nordlys 0 av 1 vurdering er sendt "
        "Frist mandag 23. november kl. 13.00 , om 5 dager Begynn å vurdere",
        f"{world.at}/posts/nordlys/review",
    )


def test_a_review_that_is_begun_is_gone_on_with(home, world, write):
    def begin():
        send_review(world.posts["nordlys"], world.kari, {}, state=ReviewState.DRAFT, submitted_at=None, joins_at=None)

    write(begin)

    assert panel(home("kari")) == (
        "Neste for deg Gjør ferdig vurderingen av Team Nordlys 0 av 1 vurdering er sendt "
        "Frist mandag 23. november kl. 13.00 , om 5 dager Fortsett å vurdere "
        "Utkastet ditt ble lagret onsdag 18. november kl. 13.00.",
        f"{world.at}/posts/nordlys/review",
    )


def test_all_reviews_sent_is_done_until_feedback_comes(home, world, write):
    write(lambda: send_review(world.posts["nordlys"], world.kari, {}))

    assert panel(home("kari")) == (
        "Neste for deg Ferdig! Tilbakemeldingene kommer mandag 23. november kl. 13.01 1 av 1 vurdering er sendt "
        "Du kan endre dem til mandag 23. november kl. 13.00 Se vurderingene dine",
        f"{world.at}/reviews",
    )


def test_an_unpublished_post_is_to_be_written(home, world, write):
    write(lambda: writing(world))

    assert panel(home("mona")) == (
        "Neste for deg Gjør ferdig og publiser innlegget Frist torsdag 19. november kl. 13.00 , i morgen "
        "Skriv innlegget",
        f"{world.at}/post",
    )
    write(lambda: db.session.delete(db.session.get_one(Post, world.posts["makrell"])))
    assert panel(home("mona"))[0].startswith("Neste for deg Skriv teamets innlegg Frist torsdag")


def test_a_draft_near_its_deadline_is_warned_about(home, world, write):
    warning = (
        "Innlegget er ikke publisert: Strategi Fristen er torsdag 19. november kl. 13.00, i morgen. "
        "Utkastet ser bare teamet."
    )
    write(lambda: writing(world))

    assert warning in words(home("mona"))
    assert "Fristen er torsdag 19. november kl. 13.00, om 4 dager" not in words(home("mona", -3))
    assert "ikke publisert" not in words(home("kari"))


def test_published_early_is_done_for_now(home, world, write):
    write(lambda: writing(world))

    assert panel(home("kari")) == (
        "Neste for deg Innlegget er publisert, du er ferdig nå "
        "Fristen er torsdag 19. november kl. 13.00. Til da kan dere publisere på nytt. Rediger innlegget",
        f"{world.at}/post",
    )


def test_late_publishing_is_said_to_be_late(home, world, write):
    write(lambda: set_up(world, late_publishing=True))

    assert panel(home("mona"))[0] == (
        "Neste for deg Gjør ferdig og publiser innlegget Frist mandag 23. november kl. 13.00 , om 5 dager "
        "Skrivefristen er ute. Dere kan publisere, men innlegget merkes som for sent. Skriv innlegget"
    )


@pytest.mark.parametrize("readers, heading", [(1, "Les hva én leser mener"), (2, "Les hva to lesere mener")])
def test_open_feedback_is_read(home, world, write, readers, heading):
    def send():
        for reader in (world.nils, world.mona)[:readers]:
            send_review(world.posts["safa"], reader, {})

    write(send)

    assert panel(home("ola", 6)) == (
        f"Neste for deg {heading} Dere kan endre innlegget til lørdag 28. november kl. 13.00 , om 4 dager "
        "Les tilbakemeldingen",
        f"{world.at}/feedback",
    )
    assert panel(home("ola", 11))[0] == (
        f"Neste for deg {heading} Karakteren kommer senest tirsdag 8. desember kl. 13.00 Les tilbakemeldingen"
    )


def test_a_released_grade_is_seen(home, world, write):
    write(lambda: released(world, "safa"))

    assert panel(home("ola", 11)) == (
        "Neste for deg Se karakter og kommentar Strategi Se karakteren", f"{world.at}/grade",
    )


def test_between_there_is_nothing_to_do(home, world):
    assert panel(home("ola")) == (
        "Neste for deg Ingenting å gjøre akkurat nå Tilbakemeldingene kommer mandag 23. november kl. 13.01.", None,
    )
    assert panel(home("ola", 11))[0] == (
        "Neste for deg Ingenting å gjøre akkurat nå Karakteren kommer senest tirsdag 8. desember kl. 13.00."
    )
    assert panel(home("mona", 11))[0] == "Neste for deg Ingenting å gjøre akkurat nå Her står det neste når det kommer."


def test_before_anything_is_opened_there_is_nothing_to_do(home, world, write):
    write(lambda: set_up(world, opened_at=None))
    html = home("kari")

    assert "Ingen oppgave er åpnet ennå" in html
    assert "Strategi" not in html
    assert "Teamet ditt, SAFA" in html


def test_without_a_team_one_is_told_whom_to_ask(home, world, write):
    def leave():
        writing(world)
        db.session.query(Membership).filter_by(user_id=world.kari).one().team_id = None

    write(leave)
    html = home("kari")

    assert panel(html)[0] == (
        "Neste for deg Du er ikke på et team ennå "
        "Be faglæreren sette deg på et. Innlegget skrives sammen, med frist torsdag 19. november kl. 13.00."
    )
    assert "Du er ikke på et team. Si fra til faglæreren." in words(html)


def test_whoever_joins_a_team_after_it_published_has_no_post_of_theirs(home, world, write):
    def join_late():
        late = person("late", "Lat Ekom")
        join(late, world.course, Role.STUDENT, world.teams["makrell"])
        return late

    html = home(write(join_late), 6)

    assert panel(html)[0].startswith("Neste for deg Ingenting å gjøre akkurat nå")
    assert "Teamet ditt, Makrell" in html


def test_those_who_moved_keep_what_they_wrote(home, world, write):
    def move():
        db.session.query(Membership).filter_by(user_id=world.ola).one().team_id = world.teams["makrell"]
        send_review(world.posts["safa"], world.nils, {})

    write(move)
    html = home("ola", 6)

    assert panel(html)[0].startswith("Neste for deg Les hva én leser mener")
    assert "Teamet ditt, Makrell" in html


def test_extensions_move_the_deadlines(home, world, write):
    def extend():
        for deadline, holder in (("publish", {"team_id": world.teams["makrell"]}), ("review", {"user_id": world.kari})):
            make(
                Extension, assignment_id=world.assignment, deadline=Deadline(deadline), until=NOW + 7 * DAY,
                granted_by_id=world.tone, **holder,
            )

    write(extend)

    assert "Frist onsdag 25. november kl. 13.00 , om 7 dager" in panel(home("mona"))[0]
    assert "Frist onsdag 25. november kl. 13.00 , i morgen Begynn" in panel(home("kari", 6))[0]
    assert "Vurder" not in panel(home("nils", 6))[0]


def test_the_next_thing_is_chosen_across_assignments_and_the_others_are_listed(home, world, write):
    def add():
        second = make_assignment(
            world.course, number=2, title="Kundedialog", publish_by=NOW + 2 * DAY, review_by=NOW + 8 * DAY,
            improve_by=NOW + 15 * DAY,
        )
        make_assignment(world.course, number=3, title="Hemmelig", opened_at=None)
        make_rubric(second.id)

    write(add)
    html = home("kari")

    assert panel(html)[1] == f"{world.home}/assignments/2/post"
    assert "Hemmelig" not in html
    others = html.split('id="others"')[1]
    assert words(others.split("</section>")[0]).endswith("Oppgaver Strategi Fortsett å vurdere")
    assert f'href="{world.at}/reviews"' in others


def test_the_line_of_phases_stands_under_it(home, world):
    line = home("kari").split('class="phases"')[1].split("</ol>")[0]

    assert words(f"<{line}") == (
        "Skrive ferdig fredag 13. november kl. 13.00 Vurdere til mandag 23. november kl. 13.00 "
        "Forbedre til lørdag 28. november kl. 13.00 Karakter senest tirsdag 8. desember kl. 13.00"
    )


def test_own_reviews_are_listed_with_how_far_they_have_come(home, world, write):
    def give():
        allocate(world.posts["safa"], world.nora, 3)
        send_review(world.posts["safa"], world.nora, {world.criteria["goals"]: 2})

    write(give)

    assert 'aria-label="1 av 1 sendt"' in home("nora")
    assert "Hvorfor strategi? Team SAFA · sendt onsdag 18. november kl. 13.00 · kan endres til fristen Sendt" in words(
        home("nora")
    )
    assert "Team SAFA · sendt onsdag 18. november kl. 13.00 Sendt" in words(home("nora", 6))
    assert "Hvorfor strategi? Team Nordlys · ikke begynt Begynn : Hvorfor strategi?" in words(home("kari"))
    assert "Team Nordlys · ikke begynt Ikke sendt" in words(home("kari", 6))
    assert "Dine vurderinger" not in home("ola")


def test_nothing_tells_what_others_have_done(home, world, write):
    """Neither counts nor names: the page of one who waits is the same whoever has sent what."""
    before = home("ola")
    write(lambda: send_review(world.posts["safa"], world.nils, {}))

    assert re.sub(r'value="[^"]*"', "", home("ola")) == re.sub(r'value="[^"]*"', "", before)


@pytest.mark.parametrize(
    "rule, days, sentence",
    [
        (ReadingOpens.WRITING_CLOSED, 0, "Team Nordlys 1 min"),
        (ReadingOpens.REVIEWING_CLOSED, 0, "Klassen kan lese innleggene fra mandag 23. november kl. 13.01."),
        (ReadingOpens.REVIEWING_CLOSED, 6, "Team Nordlys 1 min"),
        (ReadingOpens.NEVER, 6, "Bare lesere og teamet selv ser innleggene."),
    ],
)
def test_the_posts_of_the_class_are_shown_when_it_may_read(home, world, write, rule, days, sentence):
    write(lambda: set_up(world, reading_opens=rule))

    assert sentence in words(home("mona", days).split('id="posts"')[1].split("</section>")[0])


def test_the_five_newest_posts_are_shown_and_the_rest_are_a_link_away(home, world, write):
    def publish():
        assignment = db.session.get_one(Assignment, world.assignment)
        for n in range(5):
            team = make(Team, course_id=world.course, slug=f"t{n}", name=f"Nr. {n}").id
            post = published_post(assignment, team, world.questions, [person(f"w{n}", f"Skriver {n}")])
            db.session.query(Revision).filter_by(post_id=post).update({"published_at": NOW - (7 + n) * DAY})

    write(publish)
    section = home("mona").split('id="posts"')[1].split("</section>")[0]

    assert re.findall(r"Team ([^<]+)</p>", section) == ["Nordlys", "SAFA", "Nr. 0", "Nr. 1", "Nr. 2"]
    assert f'<a class="small" href="{world.at}/posts/">Alle 7 innlegg</a>' in section


def test_the_team_and_the_task_stand_beside_it(home, world, write):
    aside = words(home("kari").split('<aside class="side">')[1].split("</aside>")[0])

    assert aside == (
        "Teamet ditt, SAFA Hvorfor strategi? Publisert torsdag 12. november kl. 13.00. "
        "Tilbakemeldingene kommer mandag 23. november kl. 13.01, alle på en gang. Kari Nes (deg) Ola Berg "
        "Oppgaven Strategi Form Blogginnlegg, ett per team Vurdering 3 innlegg hver Karakter A–F, per team "
        "Faglærer Tone Lie Les oppgaven og kriteriene"
    )
    write(lambda: set_up(world, grading_scale=GradingScale.NONE))
    assert "Karakter Ingen Faglærer" in words(home("kari"))
    assert "Hvorfor strategi? Utkast. Bare teamet ser det. Mona Vik (deg)" in words(home("mona"))


@pytest.mark.parametrize(
    "who, status", [("kari", 200), ("mona", 200), ("tone", 200), ("ada", 200), ("per", 404), ("eva", 404)]
)
def test_only_members_see_the_course(as_, world, who, status):
    assert as_(getattr(world, who)).get(f"{world.home}/").status_code == status


def test_the_anonymous_learn_nothing(as_, world):
    for path in (f"{world.home}/", "/courses/finnes-ikke/"):
        response = as_().get(path)
        assert (response.status_code, response.location) == (303, f"/sign-in?next={path}")


@pytest.mark.parametrize("teams, assignments", [(0, 0), (21, 3)])
def test_it_costs_the_same_whatever_the_size(as_, world, write, count_queries, teams, assignments):
    def grow():
        first = db.session.get_one(Assignment, world.assignment)
        for n in range(teams):
            team = make(Team, course_id=world.course, slug=f"t{n}", name=f"Nr. {n}").id
            reader = person(f"w{n}", f"Skriver {n}")
            join(reader, world.course, Role.STUDENT, team)
            published_post(first, team, world.questions, [reader])
            allocate(world.posts["safa"], reader, n + 3)
            send_review(world.posts["safa"], reader, {})
        for n in range(assignments):
            make_rubric(make_assignment(world.course, number=n + 2, review_by=NOW + 6 * DAY).id)

    write(grow)
    browser = as_(world.kari)
    count_queries.clear()

    assert browser.get(f"{world.home}/").status_code == 200
    # Six of them are the frame's: who asks, what is due, the course and its navigation.
    assert len(count_queries) == 18
