"""The same address for those who teach: how far the class has come."""

from __future__ import annotations

import re

import pytest

from blogreview.db import db
from blogreview.domain.terms import GradeState, ReviewState, Role
from blogreview.models import Assignment, Grade, Membership, Post, Team
from tests.feedback.readers import send_review
from tests.pages import text_of
from tests.world import DAY, NOW, allocate, join, make, make_assignment, person, published_post


def main(response):
    """The words of the page, and the links in it."""
    html = text_of(response).split('<main id="main"')[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", html.split(">", 1)[1]).split()), re.findall(r'href="([^"]*)"', html)


def progress(world):
    send_review(world.posts["safa"], world.nils, {})
    send_review(world.posts["safa"], world.mona, {}, state=ReviewState.DRAFT, submitted_at=None, joins_at=None)
    for team, state in (("safa", GradeState.READY), ("nordlys", GradeState.RELEASED), ("makrell", GradeState.DRAFT)):
        make(
            Grade, post_id=world.posts[team], value="B", state=state, saved_at=NOW, saved_by_id=world.tone,
        )


def test_a_teacher_sees_how_far_the_class_has_come(as_, world, write):
    write(lambda: progress(world))

    assert main(as_(world.tone).get(f"{world.home}/")) == (
        "MRK1 · høst 2026 Sosiale medier Klasse Ny oppgave 5 studenter · 3 team "
        "Strategi Vurdere · til mandag 23. november kl. 13.00 "
        "innlegg publisert 2 av 3 vurderinger sendt 1 av 3 karakterer klare 2 av 3 "
        "Oversikt : Strategi Oppgave : Strategi Fordeling : Strategi",
        [
            f"{world.home}/class", f"{world.home}/assignments/new", f"{world.at}/overview", f"{world.at}/edit",
            f"{world.at}/allocation",
        ],
    )


def test_an_assistant_sees_the_same_without_what_only_a_teacher_does(as_, world):
    words, links = main(as_(world.ada).get(f"{world.home}/"))

    assert "vurderinger sendt 0 av 3" in words
    assert links == [f"{world.at}/overview", f"{world.at}/allocation"]


def test_what_is_hidden_is_not_counted(as_, world, write):
    write(lambda: setattr(db.session.get_one(Post, world.posts["safa"]), "hidden_at", NOW))

    assert "innlegg publisert 1 av 3 vurderinger sendt 0 av 1" in main(as_(world.tone).get(f"{world.home}/"))[0]


def test_assignments_stand_newest_first_those_not_opened_too(as_, world, write):
    write(lambda: make_assignment(world.course, number=2, title="Kundedialog", opened_at=None, dealt_at=None))
    words, links = main(as_(world.tone).get(f"{world.home}/"))

    assert (
        "Kundedialog Ikke åpnet for studentene "
        "innlegg publisert 0 av 3 vurderinger sendt 0 av 0 karakterer klare 0 av 3 "
        "Oversikt : Kundedialog Oppgave : Kundedialog Fordeling : Kundedialog Strategi Vurdere"
    ) in words
    assert links[2] == f"{world.home}/assignments/2/overview"


def test_an_empty_class_and_no_assignment_say_what_to_do(as_, world, write):
    def leave():
        db.session.query(Membership).filter_by(role=Role.STUDENT).update({"left_at": NOW})
        db.session.query(Post).delete()
        db.session.delete(db.session.get_one(Assignment, world.assignment))

    write(leave)
    words, links = main(as_(world.tone).get(f"{world.home}/"))

    assert words == (
        "MRK1 · høst 2026 Sosiale medier Klasse 0 studenter · 3 team "
        "Klassen er tom Lim inn en liste, eller del en kode som studentene skriver inn selv. Legg til studenter "
        "Ingen oppgave ennå En oppgave har spørsmål, kriterier og fire frister. Mye er fylt ut for deg. Ny oppgave"
    )
    assert links == [f"{world.home}/class", f"{world.home}/class", f"{world.home}/assignments/new"]
    assert main(as_(world.ada).get(f"{world.home}/"))[1] == []


@pytest.mark.parametrize("teams, assignments", [(0, 0), (21, 3)])
def test_it_costs_the_same_whatever_the_size(as_, world, write, count_queries, teams, assignments):
    def grow():
        first = db.session.get_one(Assignment, world.assignment)
        for n in range(teams):
            team = make(Team, course_id=world.course, slug=f"t{n}", name=f"Nr. {n}").id
            writer = person(f"w{n}", f"Skriver {n}")
            join(writer, world.course, Role.STUDENT)
            published_post(first, team, world.questions, [writer])
            allocate(world.posts["safa"], writer, n + 3)
            send_review(world.posts["safa"], writer, {})
        for n in range(assignments):
            make_assignment(world.course, number=n + 2, review_by=NOW + 6 * DAY)

    write(grow)
    browser = as_(world.tone)
    count_queries.clear()

    assert browser.get(f"{world.home}/").status_code == 200
    # Six of them are the frame's: who asks, what is due, the course and its navigation.
    assert len(count_queries) == 9
