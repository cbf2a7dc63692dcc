"""The teacher's page over all teams."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from blogreview.db import db
from blogreview.domain.terms import CommentKind, GradeState, GradingScale, ReviewKind, ReviewState, Role
from blogreview.models import Assignment, Membership, Post, Team
from tests.grades.scene import comment, grade, read_by, review
from tests.pages import text_of
from tests.world import NOW, World, join, make, person


@pytest.fixture
def at(world: World) -> str:
    return f"{world.at}/overview"


def rows(page: str) -> dict[str, str]:
    """Team -> its row as text, marks kept."""
    found = {}
    for row in re.findall(r"<tr[ >].*?</tr>", page.partition("<tbody>")[2], re.DOTALL):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        name, *rest = [" ".join(re.sub(r"<(?!/?mark)[^>]*>", " ", cell).split()) for cell in cells]
        found[name.split(" Hvorfor")[0].split(" Ingen tekst")[0]] = " | ".join(rest)
    return found


def test_every_team_has_a_row_and_the_class_comes_first(app, as_, world, at):
    with app.app_context():
        make(Team, course_id=world.course, slug="tause", name="Tause")
        review(world.posts["safa"], world.nils, (3, 3, 3, 3))
        db.session.commit()
    found = rows(text_of(as_(world.tone).get(at)))

    assert list(found) == ["Hele klassen 2 innlegg", "Makrell", "Nordlys", "SAFA", "Tause"]
    assert found["Hele klassen 2 innlegg"].startswith("1 av 3 |")
    assert found["SAFA"].startswith("<mark>1</mark> av 2 |")
    assert found["Tause"] == "0 av 0 | – | – | – | – | 0 | Ikke publisert | Gi karakter"


def test_the_four_figures(app, as_, world, at):
    with app.app_context():
        row = review(world.posts["safa"], world.nils, (3, 3, 3, 3))
        comment(row, world.criteria["goals"], "Sett tall på målet.")
        grade(world.posts["safa"], "B", GradeState.READY, world.tone)
        grade(world.posts["nordlys"], "C", GradeState.RELEASED, world.tone)
        grade(world.posts["makrell"], "D", GradeState.DRAFT, world.tone)
        db.session.commit()
    page = text_of(as_(world.tone).get(at))

    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page) == [
        ("innlegg publisert", "2 <small>av 3</small>"),
        ("vurderinger sendt", "1 <small>av 3</small>"),
        ("forslag gitt", "1"),
        ("karakterer klare", "2 <small>av 3</small>"),
    ]


def test_only_what_counts_is_counted(app, as_, world, at):
    with app.app_context():
        first, second, hidden, draft = read_by(
            world, "safa", (1, 2, 3, 4), (3, 2, None, 4), (4, 4, 4, 4), (4, 4, 4, 4)
        )
        hidden.hidden_at, hidden.hidden_by_id = NOW, world.tone
        draft.state, draft.submitted_at, draft.joins_at = ReviewState.DRAFT, None, None
        review(world.posts["safa"], world.tone, (4, 4, 4, 4), kind=ReviewKind.TEACHER)
        goals = world.criteria["goals"]
        comment(first, goals, "Ett forslag.")
        comment(second, goals, "To forslag.")
        comment(second, goals, "Skjult.", hidden_at=NOW, hidden_by_id=world.tone)
        comment(second, goals, "Fint!", praise_only=True)
        comment(second, goals, "Styrke.", CommentKind.STRENGTH)
        comment(hidden, goals, "I en skjult vurdering.")
        comment(draft, goals, "I et utkast.")
        db.session.commit()
    page = as_(world.tone).get(f"{at}?mean=1").text
    row = re.search(r'<tr><th scope=row><a href="teams/safa">.*?</tr>', page, re.DOTALL)[0]

    assert re.findall(r'aria-label="([\d, ]+)"', row) == ["1, 0, 1, 0", "0, 2, 0, 0", "0, 0, 1, 0", "0, 0, 0, 2"]
    assert re.findall(r"</svg>([\d,]+)<", row) == ["2,0", "2,0", "3,0", "4,0"]
    # Nils and Mona have begun nothing; a hidden review is no longer wanted.
    assert "<mark>2</mark> <i>av 5</i>" in row
    assert 'data-l="forslag">2<' in row


def test_disagreement_paints_the_cell_and_names_it(app, as_, world, at):
    with app.app_context():
        read_by(world, "safa", *[(1, 2, 3, 3), (4, 2, 3, 3)] * 3)
        read_by(world, "nordlys", *[(2, 3, 3, 3)] * 4)
        db.session.commit()
    page = text_of(as_(world.tone).get(at))
    row = re.search(r'<tr><th scope=row><a href="teams/safa">.*?</tr>', page, re.DOTALL)[0]

    assert re.findall(r'<td data-s="(\w+)\.?" class=look>', row) == ["Mål"]
    assert "Uenige om mål" in row


def test_a_hidden_post_is_out_of_the_class_and_says_so(app, as_, world, at):
    with app.app_context():
        read_by(world, "safa", (4, 4, 4, 4), (4, 4, 4, 4))
        db.session.get_one(Post, world.posts["safa"]).hidden_at = NOW
        db.session.commit()
    found = rows(text_of(as_(world.tone).get(at)))

    assert found["Hele klassen 1 innlegg"].startswith("0 av 1 | – |")
    assert "Innlegget er skjult" in found["SAFA"]


def test_the_filters_say_how_many_they_keep(app, as_, world, at):
    with app.app_context():
        grade(world.posts["safa"], "B", GradeState.READY, world.tone)
        db.session.commit()
    browser = as_(world.tone)
    page = text_of(browser.get(at))

    assert re.findall(r'<a href="(\?[^"]*)"[^>]*>([^<]+) <span>(\d+)</span>', page) == [
        ("?", "Alle", "3"), ("?filter=look", "Bør sees på", "3"), ("?filter=missing", "Mangler vurderinger", "2"),
        ("?filter=ungraded", "Uten karakter", "2"),
    ]
    assert list(rows(text_of(browser.get(f"{at}?filter=ungraded")))) == ["Hele klassen 2 innlegg", "Makrell", "Nordlys"]


@pytest.mark.parametrize(
    ("find", "expected"),
    [("saf", ["SAFA"]), ("øye", ["Nordlys"]), ("ØYE", ["Nordlys"]), ("Kari Nes", ["SAFA"]), ("per dal", []), ("%", [])],
)
def test_search_finds_teams_and_their_members_in_any_case(as_, world, at, find, expected):
    page = text_of(as_(world.tone).get(at, query_string={"find": find}))

    assert list(rows(page))[1:] == expected
    assert ("Ingen team her" in page) is (not expected)
    assert f'name="find" value="{find}"' in page


def test_search_finds_the_shown_name_and_authors_who_have_moved(app, as_, world, at):
    with app.app_context():
        seat = db.session.query(Membership).filter_by(user_id=world.kari).one()
        seat.shown_name, seat.team_id = "Kari Solberg", world.teams["makrell"]
        db.session.commit()
    browser = as_(world.tone)

    assert list(rows(text_of(browser.get(f"{at}?find=solberg"))))[1:] == ["Makrell"]
    assert list(rows(text_of(browser.get(f"{at}?find=kari+nes"))))[1:] == ["SAFA"]


def test_search_never_reaches_another_course(app, as_, world, at):
    with app.app_context():
        other = db.session.query(Membership).filter_by(user_id=world.per).one().course_id
        team = make(Team, course_id=other, slug="safa", name="Fremmed SAFA")
        join(person("lise", "Lise Fremmed"), other, Role.STUDENT, team.id)
        db.session.commit()

    assert list(rows(text_of(as_(world.tone).get(f"{at}?find=fremmed"))))[1:] == []


def test_sorting_is_a_link_and_says_its_direction(as_, world, at):
    page = as_(world.tone).get(f"{at}?sort=2&down=1&mean=1").text

    assert re.findall(r'aria-sort="(\w+)"><a href="([^"]*)">(\w+)', page) == [
        ("descending", "?sort=2&amp;mean=1", "Retningslinjer")
    ]


def test_counts_can_be_read_as_numbers(app, as_, world, at):
    with app.app_context():
        review(world.posts["safa"], world.nils, (3, 3, 3, 3))
        db.session.commit()
    page = as_(world.tone).get(f"{at}?numbers=1&mean=1").text

    assert '<td data-s="Mål"><i>0 0 1 0</i> 3,0</td>' in page
    assert "vis som søyler" in page


def test_dense_rows_have_no_titles(as_, world, at):
    page = as_(world.tone).get(f"{at}?dense=1").text.partition("<tbody>")[2]

    assert ("Hvorfor strategi?" in page, "SAFA" in page) == (False, True)


def test_the_button_leads_to_the_next_team_until_all_are_ready(app, as_, world, at):
    browser = as_(world.tone)
    for query in ("", "?find=safa", "?find=nobody", "?down=1"):
        page = browser.get(at + query).text
        assert f'class="btn primary" href="{world.at}/teams/makrell">Neste uten karakter' in page
    with app.app_context():
        for team in ("makrell", "nordlys", "safa"):
            grade(world.posts[team], "C", GradeState.READY, world.tone)
        db.session.commit()
    page = browser.get(at).text

    assert "Neste uten karakter" not in page
    assert f'class="btn primary" href="{world.at}/release">Kunngjør 3 karakterer' in page


@pytest.mark.parametrize(
    ("scale", "value", "shown"),
    [
        (GradingScale.PASS_FAIL, "fail", "<b>Ikke bestått</b> klar"),
        (GradingScale.POINTS, "87.5", "<b>87,5</b> klar"),
        (GradingScale.NONE, "", "<b></b> klar"),
    ],
)
def test_a_grade_is_shown_in_its_scales_words(app, as_, world, at, scale, value, shown):
    with app.app_context():
        db.session.get_one(Assignment, world.assignment).grading_scale = scale
        grade(world.posts["safa"], value, GradeState.READY, world.tone)
        db.session.commit()

    assert shown in as_(world.tone).get(f"{at}?sort=grade").text


@pytest.mark.parametrize(("who", "status"), [("tone", 200), ("ada", 200), ("kari", 403), ("per", 404)])
@pytest.mark.parametrize("file", ["overview", "overview.csv"])
def test_only_staff_see_the_class(as_, world, who, status, file):
    assert as_(getattr(world, who)).get(f"{world.at}/{file}").status_code == status


@pytest.mark.parametrize("query", ["?filter=x&sort=99&down=2&mean=x", "?find=" + "a" * 5000, "?find=%00%ff", "?sort="])
def test_no_address_breaks_the_page(as_, world, at, query):
    assert as_(world.tone).get(at + query).status_code == 200


def test_a_teams_name_cannot_break_out_of_its_row(app: Flask, as_, world, at):
    with app.app_context():
        make(Team, course_id=world.course, slug="x", name='"><b id=main>x')
        db.session.commit()

    assert '"><b id=main>x' not in as_(world.tone).get(at).text
