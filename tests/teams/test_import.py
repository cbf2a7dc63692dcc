"""Importing a class list through the page: looked over, mended, added, added again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from blogreview.db import db
from blogreview.domain.terms import Joined, Role
from blogreview.models import Membership, Team, User
from tests.pages import text_of
from tests.teams.scene import HEAD, add, address, count, events, heading, press, preview, seat, seats, user

LIST = (
    HEAD
    + "Maja Kowalska;maja@stud.fjordvik.no;Nordavind\n"
    + "Sindre Haugen;sindre@stud.fjordvik.no;Nordavind\n"
    + "Emil Berge;emil@stud;SAFA\n"
    + "Tiril Bakken;tiril@stud.fjordvik.no;Makrel\n"
    + "Omar Hauge;omar@stud.fjordvik.no;\n"
    + "Hedda Vang;maja@stud.fjordvik.no;SAFA\n"
)


@pytest.fixture
def tone(as_, world):
    return as_(world.tone)


def test_the_preview_counts_the_rows_says_why_and_writes_nothing(app, tone, world):
    before = seats(app, world)
    page = preview(tone, world, LIST)

    assert (page.status_code, heading(page)) == (200, "2 klare, 4 må rettes")
    words = text_of(page)
    assert "E-postadressen er ikke hel. Mente du <b>emil@stud.fjordvik.no</b>?" in words
    assert "Fant ikke teamet «Makrel». Mente du <b>Makrell</b>?" in words
    assert "Mangler team. Velg et, eller la studenten velge selv." in words
    assert "Samme e-postadresse står på rad 2." in words
    assert "Ett nytt team: Nordavind." in words
    assert "Legg til 2 studenter" in words
    assert seats(app, world) == before
    assert (count(app, Team), events(app, world)) == (3, [])


def test_the_ready_are_added_and_the_others_stay_to_be_mended(app, tone, world):
    page = add(tone, world, LIST)

    assert (page.status_code, heading(page)) == (200, "0 klare, 4 må rettes")
    assert "2 studenter er lagt til" in text_of(page)
    added = seats(app, world)
    assert added["maja@stud.fjordvik.no"] == added["sindre@stud.fjordvik.no"] == "nordavind"
    assert "tiril@stud.fjordvik.no" not in added
    assert user(app, "maja@stud.fjordvik.no").password_hash is None

    page = press(tone, world, page, "use-4")
    assert heading(page) == "1 klar, 2 må rettes"
    assert "Maja Kowalska, fra Nordavind til SAFA (i lista: Hedda Vang)" in text_of(page)
    page = press(tone, world, page, "add", **{"team-5": "makrell"})
    assert "2 studenter er lagt til" in text_of(page)
    assert seats(app, world)["emil@stud.fjordvik.no"] == "safa"
    assert seats(app, world)["tiril@stud.fjordvik.no"] == "makrell"


@pytest.mark.parametrize(
    ("button", "then"),
    (
        ("use-4", "3 klare, 3 må rettes"),
        ("use-5", "3 klare, 3 må rettes"),
        ("as-is-5", "3 klare, 3 må rettes"),
        ("as-is-6", "3 klare, 3 må rettes"),
        ("skip-7", "2 klare, 3 må rettes"),
        ("skip-999", "2 klare, 4 må rettes"),
        ("use-2", "2 klare, 4 må rettes"),
        ("check", "2 klare, 4 må rettes"),
        ("", "2 klare, 4 må rettes"),
        ("no-such-button", "2 klare, 4 må rettes"),
    ),
)
def test_each_button_mends_its_own_row_and_writes_nothing(app, tone, world, button, then):
    page = press(tone, world, preview(tone, world, LIST), button)

    assert (page.status_code, heading(page)) == (200, then)
    assert count(app, User) == 9


def test_a_row_can_be_corrected_in_its_fields(tone, world):
    typed = {"email-4": "emil@stud.fjordvik.no", "team-6": "SAFA"}
    page = press(tone, world, preview(tone, world, LIST), "check", **typed)

    assert heading(page) == "4 klare, 2 må rettes"


def test_what_is_typed_stays_while_another_row_is_mended(tone, world):
    page = press(tone, world, preview(tone, world, LIST), "skip-7", **{"name-4": "Emil A. Berge"})

    assert 'value="Emil A. Berge"' in page.text


def test_a_list_without_faults_is_added_and_left(app, tone, world):
    response = add(tone, world, HEAD + "Maja Kowalska;maja@stud.fjordvik.no;SAFA\n")

    assert (response.status_code, response.location) == (303, f"{address(world)}?added=1&moved=0")
    assert "1 student er lagt til" in text_of(tone.get(response.location))
    person = user(app, "maja@stud.fjordvik.no")
    place = seat(app, world, person.id)
    assert (place.role, place.joined, place.confirmed, place.team_id) == (
        Role.STUDENT, Joined.LISTED, True, world.teams["safa"]
    )  # fmt: skip
    assert events(app, world) == [("member:added", f"user {person.id}")]


def test_adding_nothing_but_faults_says_so_and_keeps_them(app, tone, world):
    page = press(tone, world, preview(tone, world, HEAD + "Emil;emil@stud;SAFA\n;a@b.no;SAFA\n"), "add")

    assert page.status_code == 422
    assert '<a href="#name-2">Rad 2: E-postadressen er ikke hel.</a>' in page.text
    assert '<a href="#name-3">Rad 3: Mangler navn.</a>' in page.text
    assert count(app, User) == 9


def test_running_it_twice_changes_nothing(app, tone, world):
    text = HEAD + "Maja Kowalska;maja@stud.fjordvik.no;Nordavind\nKari Nes;KARI@fjordvik.example;SAFA\n"
    assert add(tone, world, text).status_code == 303
    before, trail = seats(app, world), events(app, world)

    page = preview(tone, world, text)
    assert heading(page) == "0 klare"
    assert "2 er i klassen fra før." in text_of(page)
    assert press(tone, world, page, "add").location == f"{address(world)}?added=0&moved=0"
    assert (seats(app, world), events(app, world)) == (before, trail)


def test_sending_the_same_form_twice_adds_each_person_once(app, tone, world):
    page = preview(tone, world, HEAD + "Maja Kowalska;maja@stud.fjordvik.no;Nordavind\n")
    assert press(tone, world, page, "add").location.endswith("added=1&moved=0")
    assert press(tone, world, page, "add").location.endswith("added=0&moved=0")
    assert (count(app, User), count(app, Team)) == (10, 4)


def test_a_member_changes_team_only_when_ticked(app, tone, world):
    text = HEAD + "Nils Øye;nils@fjordvik.example;SAFA\nNora Ali;nora@fjordvik.example;Nytt lag\n"
    page = preview(tone, world, text)
    assert "Nils Øye, fra Nordlys til SAFA" in text_of(page)
    assert "Nora Ali, fra Nordlys til Nytt lag" in text_of(page)

    response = press(tone, world, page, "add", move=["2"])
    assert response.location == f"{address(world)}?added=0&moved=1"
    assert "1 har byttet team." in text_of(tone.get(response.location))
    assert seats(app, world)["nils@fjordvik.example"] == "safa"
    assert seats(app, world)["nora@fjordvik.example"] == "nordlys"
    assert events(app, world) == [("member:moved", f"user {world.nils}")]
    assert count(app, Team) == 3


def test_ticks_stay_while_a_row_is_mended(tone, world):
    page = preview(tone, world, HEAD + "Nils Øye;nils@fjordvik.example;SAFA\nEmil;;SAFA\n")
    page = press(tone, world, page, "skip-3", move=["2"])

    assert '<input type="checkbox" name="move" value="2" checked>' in page.text


def test_a_teacher_on_the_list_is_here_and_gets_no_team(app, tone, world):
    page = preview(tone, world, HEAD + "Tone Lie;tone@fjordvik.example;SAFA\n")

    assert "1 er i klassen fra før." in text_of(page)
    press(tone, world, page, "add", move=["2"])
    assert seats(app, world)["tone@fjordvik.example"] is None


def test_somebody_from_another_course_gets_a_place_here_and_keeps_their_name(app, tone, world):
    add(tone, world, HEAD + "Per D. Annetnavn;per@fjordvik.example;SAFA\n")

    assert seats(app, world)["per@fjordvik.example"] == "safa"
    assert (user(app, "per@fjordvik.example").name, count(app, User)) == ("Per Dal", 9)


def test_somebody_who_has_left_comes_back_to_the_same_place(app, tone, world):
    place = seat(app, world, world.nils).id
    tone.post(address(world, "members", place, "remove"))
    page = preview(tone, world, HEAD + "Nils Øye;nils@fjordvik.example;SAFA\n")

    assert heading(page) == "1 klar"
    press(tone, world, page, "add")
    back = seat(app, world, world.nils)
    assert (back.id, back.left_at, back.team_id) == (place, None, world.teams["safa"])


def test_every_column_we_know_is_kept(app, tone, world):
    titles = "Navn;E-post;Team;Studentnummer;Brukernavn;Seksjon;Visningsnavn"
    add(tone, world, f"{titles}\nMaja K;m@a.no;SAFA;100001;majak;A;Mia\n")

    place = seat(app, world, user(app, "m@a.no").id)
    assert (place.student_number, place.login, place.section, place.shown_name) == ("100001", "majak", "A", "Mia")


def test_a_list_without_teams_leaves_everybody_to_choose(app, tone, world):
    response = add(tone, world, "Navn;E-post\nMaja K;m@a.no\nSindre H;s@a.no\n")

    assert response.location.endswith("added=2&moved=0")
    assert seats(app, world)["m@a.no"] is None
    assert '<h2>Uten team</h2>' in tone.get(address(world)).text


def test_new_teams_get_addresses_also_where_the_name_gives_none(app, tone, world):
    names = ("Tyttebær", "فريق", "🎉", "SAFA!", "Safa?")
    add(tone, world, HEAD + "".join(f"P{n};p{n}@a.no;{name}\n" for n, name in enumerate(names)))

    with app.app_context():
        slugs = dict(db.session.execute(select(Team.name, Team.slug)).all())
    assert {name: slugs[name] for name in names} == {
        "Tyttebær": "tyttebaer", "فريق": "team-5", "🎉": "team-6", "SAFA!": "safa-2", "Safa?": "safa-3",
    }  # fmt: skip


def test_two_spellings_of_a_new_team_are_one_team(app, tone, world):
    add(tone, world, HEAD + "A B;a@a.no;Ny Vind\nC D;c@a.no;ny  vind\n")

    assert (seats(app, world)["a@a.no"], seats(app, world)["c@a.no"], count(app, Team)) == ("ny-vind", "ny-vind", 4)


SECRET = "01019912345"


@pytest.mark.parametrize(
    "text",
    (
        f"Navn;E-post;Team;Fødselsnummer\nMaja K;m@a.no;SAFA;{SECRET}\n",
        f"Navn;E-post;Team;Id\nMaja K;m@a.no;SAFA;{SECRET[:6]} {SECRET[6:]}\n",
        f"Navn;E-post;Team\nMaja K {SECRET};m@a.no;SAFA\n",
        f"Navn;Team;Id\nMaja K;SAFA;{SECRET}\n",
    ),
)
def test_national_identity_numbers_are_nowhere(app, tone, world, text):
    page = preview(tone, world, text)
    assert "12345" not in page.text

    if page.status_code == 200:
        page = press(tone, world, page, "check", **{"name-2": f"Maja {SECRET}", "team-2": SECRET})
        assert "12345" not in page.text
        assert "12345" not in press(tone, world, page, "add").text
    with app.app_context():
        stored = [
            value
            for model in (User, Membership, Team)
            for row in db.session.execute(select(model.__table__))
            for value in row
        ]
    assert not [value for value in stored if "12345" in str(value)]


def test_how_many_columns_were_left_out_is_said(tone, world):
    page = preview(tone, world, f"Navn;E-post;Team;Fødselsnummer\nMaja K;m@a.no;SAFA;{SECRET}\n")

    assert "En kolonne med fødselsnumre er utelatt." in text_of(page)


@pytest.mark.parametrize(
    "rows", ("", "null", "{}", "[1]", "[[1]]", '[["1","n","e","t","","","","",false]]', "[" * 10_000, "\ud800")
)
def test_rows_that_somebody_has_changed_give_a_sentence(tone, world, rows):
    data = {"rows": rows.encode("utf-8", "surrogatepass"), "do": "add"}
    response = tone.post(address(world, "import", "confirm"), data)

    assert (response.status_code, "Lim den inn en gang til" in text_of(response)) == (422, True)


def test_a_forged_row_is_checked_like_any_other(app, tone, world):
    rows = '[[7,"Maja","not an address","SAFA","","","","",true],[7,"","x@a.no","SAFA","","","","",false]]'
    response = tone.post(address(world, "import", "confirm"), {"rows": rows, "do": "add"})

    assert (response.status_code, count(app, User)) == (422, 9)


def test_reloading_the_preview_leads_back_to_the_class(tone, world):
    for place in (("import",), ("import", "confirm"), ("invitations",), ("staff",), ("teams",)):
        response = tone.get(address(world, *place))
        assert (response.status_code, response.location) == (303, address(world))
