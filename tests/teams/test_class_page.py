"""The class page and what hangs under it: teams, members, roles, the code."""

from __future__ import annotations

import re

import pytest

from blogreview.db import db
from blogreview.domain.terms import Joined, Role
from blogreview.models import Course, Membership, Post, Team
from blogreview.posts.queries import author_ids
from tests.pages import text_of
from tests.teams.scene import HEAD, add, address, count, events, open_code, seat, seats, user


@pytest.fixture
def tone(as_, world):
    return as_(world.tone)


def team_of(app, slug):
    with app.app_context():
        return db.session.query(Team).filter_by(slug=slug).one_or_none()


def place(app, world, person):
    """The address of the person's page."""
    return address(world, "members", seat(app, world, getattr(world, person)).id)


def put_alone(app, world, slug, name):
    """A team that nothing belongs to."""
    with app.app_context():
        db.session.add(Team(course_id=world.course, slug=slug, name=name))
        db.session.commit()


def test_the_page_shows_every_team_with_its_members(tone, world):
    words = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", text_of(tone.get(address(world)))))

    assert "Makrell Mona Vik Nordlys Nils Øye, Nora Ali SAFA Kari Nes, Ola Berg" in words
    assert "Ada Moe assistent Tone Lie faglærer" in words


def test_a_class_without_students_says_what_fills_it(app, as_, world):
    with app.app_context():
        slug = db.session.query(Course).filter_by(slug="annet").one().slug
    assert "Klassen er tom" in text_of(as_(world.per).get(f"/courses/{slug}/class"))


@pytest.mark.parametrize("students", (4, 96))
def test_the_page_takes_the_same_number_of_queries_whatever_the_size(tone, world, count_queries, students):
    add(tone, world, HEAD + "".join(f"P{n};p{n}@a.no;Team {n // 4 + 1}\n" for n in range(students)))
    count_queries.clear()
    tone.get(address(world))

    assert len(count_queries) == 8


# The code


def code_of(app, world):
    with app.app_context():
        return db.session.get_one(Course, world.course).join_code


def test_the_code_is_opened_renewed_and_closed(app, tone, world):
    assert "Koden er stengt" in text_of(tone.get(address(world)))

    assert tone.post(address(world, "code")).location == f"{address(world)}?saved=1"
    first = code_of(app, world)
    page = tone.get(address(world))
    assert f'data-copy="http://127.0.0.1:8000/join?code={first}"' in page.text
    assert "Studentene skriver den inn på 127.0.0.1:8000/join" in text_of(page)

    tone.post(address(world, "code"))
    second = code_of(app, world)
    assert second not in (None, first)

    tone.post(address(world, "code", "close"))
    assert code_of(app, world) is None
    assert [verb for verb, _ in events(app, world)] == ["join-code:made", "join-code:made", "join-code:closed"]


# Teams


def test_a_team_is_made_with_an_address_of_its_own(app, tone, world):
    response = tone.post(address(world, "teams"), {"team-name": "  Sju   fjell "})

    assert response.location == f"{address(world)}?saved=1"
    team = team_of(app, "sju-fjell")
    assert team.name == "Sju fjell"
    assert events(app, world) == [("team:made", f"team {team.id}")]


@pytest.mark.parametrize(
    ("name", "said"),
    (
        ("", "Skriv hva teamet heter."),
        ("safa", "Et team i klassen heter allerede det."),
        ("x" * 121, "Navnet kan ha 120 tegn."),
    ),
)
def test_a_team_needs_a_name_nobody_has(app, tone, world, name, said):
    for where, field in ((("teams",), "team-name"), (("teams", "nordlys"), "name")):
        page = tone.post(address(world, *where), {field: name})
        assert (page.status_code, said in text_of(page)) == (422, True)
        assert f'value="{name}"' in page.text
    assert count(app, Team) == 3


def test_a_renamed_team_keeps_its_address(app, tone, world):
    response = tone.post(address(world, "teams", "safa"), {"name": "Safari"})

    assert response.location == f"{address(world, 'teams', 'safa')}?saved=1"
    assert team_of(app, "safa").name == "Safari"
    assert "<h1>Safari</h1>" in tone.get(response.location).text
    assert events(app, world) == [("team:renamed", f"team {world.teams['safa']}")]


def test_a_team_may_take_its_own_name_in_other_letters(app, tone, world):
    assert tone.post(address(world, "teams", "safa"), {"name": "Safa"}).status_code == 303


def test_an_empty_team_can_be_deleted(app, tone, world):
    put_alone(app, world, "tom", "Tom")
    assert "kan ikke slettes" not in text_of(tone.get(address(world, "teams", "tom")))

    assert tone.post(address(world, "teams", "tom", "delete")).location == f"{address(world)}?saved=1"
    assert (team_of(app, "tom"), [verb for verb, _ in events(app, world)]) == (None, ["team:deleted"])


def test_a_team_with_members_or_posts_cannot_be_deleted(app, tone, world):
    tone.post(place(app, world, "mona") + "/remove")
    for slug in ("safa", "makrell"):
        page = tone.post(address(world, "teams", slug, "delete"))
        assert (page.status_code, "kan ikke slettes" in text_of(page)) == (422, True)
    assert count(app, Team) == 3


# Members


def test_moving_a_member_leaves_the_post_with_those_who_wrote_it(app, as_, tone, world):
    page = tone.get(place(app, world, "kari"))
    assert "Innlegg med utløpt frist blir værende hos dem som skrev det." in text_of(page)

    response = tone.post(place(app, world, "kari") + "/team", {"team": "makrell"})
    assert response.location == place(app, world, "kari") + "?saved=1"
    assert seats(app, world)["kari@fjordvik.example"] == "makrell"
    assert events(app, world) == [("member:moved", f"user {world.kari}")]
    with app.app_context():
        assert author_ids(db.session.get_one(Post, world.posts["safa"])) == {world.kari, world.ola}


def test_a_member_can_be_left_without_a_team(app, tone, world):
    tone.post(place(app, world, "kari") + "/team", {"team": ""})

    assert seats(app, world)["kari@fjordvik.example"] is None
    assert '<h2>Uten team</h2>' in tone.get(address(world)).text


def test_a_removed_member_is_out_and_what_they_wrote_stays(app, as_, tone, world):
    before = as_(world.ola).get(f"{world.at}/posts/safa/").status_code
    response = tone.post(place(app, world, "kari") + "/remove")

    assert response.location == f"{address(world)}?saved=1"
    left = seat(app, world, world.kari)
    assert (left.left_at is not None, left.team_id) == (True, None)
    assert as_(world.kari).get(f"{world.home}/").status_code == 404
    assert as_(world.ola).get(f"{world.at}/posts/safa/").status_code == before
    assert events(app, world) == [("member:removed", f"user {world.kari}")]
    assert tone.get(address(world, "members", left.id)).status_code == 404


def test_an_assistant_is_on_no_team(app, tone, world):
    response = tone.post(place(app, world, "kari") + "/role", {"role": "assistant"})

    assert response.status_code == 303
    assistant = seat(app, world, world.kari)
    assert (assistant.role, assistant.team_id) == (Role.ASSISTANT, None)
    assert events(app, world) == [("member:role-changed", f"user {world.kari}")]
    assert tone.post(place(app, world, "kari") + "/team", {"team": "safa"}).status_code == 404


def test_the_last_teacher_stays(app, tone, world):
    for action, data in (("role", {"role": "student"}), ("remove", {})):
        page = tone.post(f"{place(app, world, 'tone')}/{action}", data)
        assert (page.status_code, "Emnet må ha en faglærer." in text_of(page)) == (422, True)
    page = tone.post(address(world, "staff"), staff(**{"staff-email": "tone@fjordvik.example"}))
    assert (page.status_code, "Emnet må ha en faglærer." in text_of(page)) == (422, True)

    tone.post(place(app, world, "ada") + "/role", {"role": "teacher"})
    assert tone.post(place(app, world, "tone") + "/role", {"role": "assistant"}).status_code == 303
    assert tone.get(address(world)).status_code == 403


def test_a_role_nobody_has_is_refused(app, tone, world):
    page = tone.post(place(app, world, "kari") + "/role", {"role": "emperor"})

    assert (page.status_code, "Velg én av mulighetene." in text_of(page)) == (422, True)


# More teachers


def staff(**more):
    return {"staff-name": "Une Dahl", "staff-email": "une@fjordvik.example", "staff-role": "assistant"} | more


def test_an_assistant_is_added_by_e_mail(app, tone, world):
    response = tone.post(address(world, "staff"), staff())

    une = user(app, "une@fjordvik.example")
    added = seat(app, world, une.id)
    assert (added.role, added.joined, added.team_id, une.name) == (Role.ASSISTANT, Joined.LISTED, None, "Une Dahl")
    assert response.location == f"{address(world, 'members', added.id)}?saved=1"
    assert "Lag ny lenke" in text_of(tone.get(response.location))


def test_somebody_with_an_account_keeps_their_name(app, tone, world):
    tone.post(address(world, "staff"), staff(**{"staff-email": "PER@fjordvik.example", "staff-role": "teacher"}))

    assert seat(app, world, world.per).role is Role.TEACHER
    assert user(app, "per@fjordvik.example").name == "Per Dal"


def test_a_student_who_is_added_as_an_assistant_becomes_one(app, tone, world):
    tone.post(address(world, "staff"), staff(**{"staff-email": "kari@fjordvik.example"}))

    kari = seat(app, world, world.kari)
    assert (kari.role, kari.team_id) == (Role.ASSISTANT, None)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    (
        ("staff-name", "", "Skriv navnet."),
        ("staff-email", "une@", "E-postadressen er ikke hel."),
        ("staff-email", "", "Skriv e-postadressen."),
        ("staff-role", "student", "Velg én av mulighetene."),
    ),
)
def test_what_is_missing_is_said_and_the_rest_stays(app, tone, world, field, value, said):
    page = tone.post(address(world, "staff"), staff(**{field: value}))

    assert (page.status_code, said in text_of(page)) == (422, True)
    kept = {"staff-name": "Une Dahl", "staff-email": "une@fjordvik.example"} | {field: value}
    assert all(f'value="{kept[name]}"' in page.text for name in ("staff-name", "staff-email"))


# Access


PAGES = ("", "/teams/safa", "/members/{kari}")
ACTIONS = (
    "/import", "/import/confirm", "/code", "/code/close", "/staff", "/teams", "/teams/safa", "/teams/safa/delete",
    "/invitations", "/members/confirm", "/members/{kari}/team", "/members/{kari}/role", "/members/{kari}/confirm",
    "/members/{kari}/remove", "/members/{kari}/link",
)  # fmt: skip


@pytest.mark.parametrize(("method", "path"), [("GET", path) for path in PAGES] + [("POST", path) for path in ACTIONS])
def test_only_the_teacher_comes_here(app, as_, world, method, path):
    url = address(world) + path.format(kari=seat(app, world, world.kari).id)
    before = (seats(app, world), events(app, world))

    answers = {name: as_(getattr(world, name)).open(url, method).status_code for name in ("kari", "ada", "per", "eva")}
    assert answers == {"kari": 403, "ada": 403, "per": 404, "eva": 404}
    assert as_().open(url, method).status_code == (303 if method == "GET" else 401)
    assert (seats(app, world), events(app, world)) == before


def test_people_and_teams_of_another_course_are_not_found(app, as_, tone, world):
    there = as_(world.per)
    there.post("/courses/annet/class/teams", {"team-name": "Fremmed"})
    stranger = user(app, "per@fjordvik.example").id
    with app.app_context():
        member = db.session.query(Membership).filter_by(user_id=stranger).one().id
    for path in (f"members/{member}", "teams/fremmed"):
        assert tone.get(address(world, path)).status_code == 404
    acts = [f"members/{member}/{act}" for act in ("team", "role", "remove", "confirm", "link")]
    for path in (*acts, "teams/fremmed", "teams/fremmed/delete"):
        assert tone.post(address(world, path), {"role": "student", "name": "X"}).status_code == 404
    assert tone.post(place(app, world, "kari") + "/team", {"team": "fremmed"}).status_code == 404
    assert [tone.get(address(world, "members", n)).status_code for n in (0, 10**12, 10**40)] == [404, 404, 404]


def test_the_code_of_another_course_is_not_touched(app, as_, world):
    open_code(app, world)
    as_(world.per).post("/courses/annet/class/code")

    assert code_of(app, world) == "WXYZ2345"
