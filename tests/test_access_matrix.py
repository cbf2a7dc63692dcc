"""Every page × method × person: one table, read it like a poster.

anon: nobody · per: teaches another course · nora: of another team, reviews nothing · nils: reviews SAFA's post ·
mona: reviews it too, and has only a draft · kari: wrote it · ada: assists · tone: teaches.
"""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from blogreview.accounts.commands import add_link
from blogreview.db import db
from blogreview.domain.terms import CommentKind, Deadline, LinkPurpose, ReviewKind, ReviewState
from blogreview.models import (
    Allocation,
    Comment,
    Extension,
    KeptApart,
    Media,
    MediaVariant,
    Membership,
    Post,
    PostImage,
    Reply,
    Review,
    User,
)
from tests.pages import Browser
from tests.world import DAY, NOW, World, make

CAST = ("anon", "per", "nora", "nils", "mona", "kari", "ada", "tone")
HASH = "ab" * 32
A = "/courses/<slug>/assignments/<int:number>"
C = "/courses/<slug>/class"

#: What each is answered: a page (200), the way on (303), what is wrong with an empty form (409, 422),
#: sign in first (303 or 401), not yours (403), nothing there (404).
#                                       anon per  nora nils mona kari ada  tone
MATRIX: dict[str, tuple[int, ...]] = {
    "GET /": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /accessibility": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET /account": (303, 200, 200, 200, 200, 200, 200, 200),
    "POST /account/password": (401, 422, 422, 422, 422, 422, 422, 422),
    "POST /account/sign-out-everywhere": (401, 303, 303, 303, 303, 303, 303, 303),
    "GET /courses/<slug>/": (303, 404, 200, 200, 200, 200, 200, 200),
    f"GET {A}/": (303, 404, 200, 200, 200, 200, 200, 200),
    f"GET {A}/allocation": (303, 404, 403, 403, 403, 403, 200, 200),
    f"POST {A}/allocation/apart": (401, 404, 403, 403, 403, 403, 403, 422),
    f"POST {A}/allocation/apart/<int:pair>/remove": (401, 404, 403, 403, 403, 403, 403, 303),
    f"POST {A}/allocation/deal": (401, 404, 403, 403, 403, 403, 403, 422),
    f"POST {A}/allocation/fill": (401, 404, 403, 403, 403, 403, 403, 303),
    f"POST {A}/allocation/moves/<int:given>": (401, 404, 403, 403, 403, 403, 403, 422),
    f"GET {A}/edit": (303, 404, 403, 403, 403, 403, 403, 200),
    f"POST {A}/edit": (401, 404, 403, 403, 403, 403, 403, 409),
    f"GET {A}/edit/extensions": (303, 404, 403, 403, 403, 403, 403, 200),
    f"POST {A}/edit/extensions": (401, 404, 403, 403, 403, 403, 403, 422),
    f"POST {A}/edit/extensions/<int:extension>/remove": (401, 404, 403, 403, 403, 403, 403, 303),
    f"GET {A}/edit/rubric": (303, 404, 403, 403, 403, 403, 403, 200),
    f"POST {A}/edit/rubric": (401, 404, 403, 403, 403, 403, 403, 409),
    f"GET {A}/feedback": (303, 404, 200, 200, 200, 200, 303, 303),
    f"GET {A}/grade": (303, 404, 200, 200, 200, 200, 404, 404),
    f"GET {A}/overview": (303, 404, 403, 403, 403, 403, 200, 200),
    f"GET {A}/overview.csv": (303, 404, 403, 403, 403, 403, 200, 200),
    f"GET {A}/post": (303, 404, 303, 303, 200, 303, 403, 403),
    f"POST {A}/post": (401, 404, 403, 403, 403, 403, 403, 403),
    f"POST {A}/post/images": (401, 404, 403, 403, 403, 403, 403, 403),
    f"GET {A}/post/preview": (303, 404, 403, 403, 403, 403, 403, 403),
    f"POST {A}/post/preview": (401, 404, 403, 403, 403, 403, 403, 403),
    f"GET {A}/post/publish": (303, 404, 403, 403, 403, 403, 403, 403),
    f"POST {A}/post/publish": (401, 404, 403, 403, 403, 403, 403, 403),
    f"POST {A}/post/ready": (401, 404, 403, 403, 403, 403, 403, 403),
    f"GET {A}/posts/": (303, 404, 200, 200, 200, 200, 200, 200),
    f"GET {A}/posts/<team>/": (303, 404, 200, 200, 200, 200, 200, 200),
    f"POST {A}/posts/<team>/<any(hide, unhide):verb>": (401, 404, 403, 403, 403, 403, 303, 303),
    f"POST {A}/posts/<team>/images/<media_hash>/<any(hide, unhide):verb>": (401, 404, 403, 403, 403, 403, 303, 303),
    f"POST {A}/posts/<team>/images/<media_hash>/withdraw": (401, 404, 403, 403, 403, 403, 303, 303),
    f"POST {A}/posts/<team>/replies": (401, 404, 422, 422, 422, 422, 422, 422),
    f"POST {A}/posts/<team>/replies/<public_id>/<any(hide, unhide):verb>": (401, 404, 403, 403, 403, 403, 303, 303),
    f"POST {A}/posts/<team>/replies/<public_id>/remove": (401, 404, 303, 403, 403, 403, 403, 403),
    f"GET {A}/posts/<team>/review": (303, 404, 403, 200, 200, 403, 200, 200),
    f"POST {A}/posts/<team>/review": (401, 404, 403, 409, 303, 403, 303, 303),
    f"GET {A}/release": (303, 404, 403, 403, 403, 403, 403, 200),
    f"POST {A}/release": (401, 404, 403, 403, 403, 403, 403, 303),
    f"GET {A}/reviews": (303, 404, 200, 200, 200, 200, 200, 200),
    f"GET {A}/teams/<team>": (303, 404, 403, 403, 403, 403, 200, 200),
    f"POST {A}/teams/<team>": (401, 404, 403, 403, 403, 403, 303, 409),  # the second of two has not seen the first
    f"POST {A}/teams/<team>/comments/<comment>": (401, 404, 403, 403, 403, 403, 303, 303),
    f"POST {A}/teams/<team>/readers/<int:reader>": (401, 404, 403, 403, 403, 403, 303, 303),
    "GET /courses/<slug>/assignments/new": (303, 404, 403, 403, 403, 403, 403, 200),
    "POST /courses/<slug>/assignments/new": (401, 404, 403, 403, 403, 403, 403, 422),
    f"GET {C}": (303, 404, 403, 403, 403, 403, 403, 200),
    f"POST {C}/code": (401, 404, 403, 403, 403, 403, 403, 303),
    f"POST {C}/code/close": (401, 404, 403, 403, 403, 403, 403, 303),
    f"GET {C}/import": (303, 404, 403, 403, 403, 403, 403, 303),
    f"POST {C}/import": (401, 404, 403, 403, 403, 403, 403, 422),
    f"GET {C}/import/confirm": (303, 404, 403, 403, 403, 403, 403, 303),
    f"POST {C}/import/confirm": (401, 404, 403, 403, 403, 403, 403, 422),
    f"GET {C}/invitations": (303, 404, 403, 403, 403, 403, 403, 303),
    f"POST {C}/invitations": (401, 404, 403, 403, 403, 403, 403, 200),
    f"GET {C}/members/<int:member>": (303, 404, 403, 403, 403, 403, 403, 200),
    f"POST {C}/members/<int:member>/confirm": (401, 404, 403, 403, 403, 403, 403, 303),
    f"GET {C}/members/<int:member>/link": (303, 404, 403, 403, 403, 403, 403, 303),
    f"POST {C}/members/<int:member>/link": (401, 404, 403, 403, 403, 403, 403, 200),
    f"GET {C}/members/<int:member>/remove": (303, 404, 403, 403, 403, 403, 403, 303),
    f"POST {C}/members/<int:member>/remove": (401, 404, 403, 403, 403, 403, 403, 303),
    f"GET {C}/members/<int:member>/role": (303, 404, 403, 403, 403, 403, 403, 303),
    f"POST {C}/members/<int:member>/role": (401, 404, 403, 403, 403, 403, 403, 422),
    f"POST {C}/members/<int:member>/team": (401, 404, 403, 403, 403, 403, 403, 303),
    f"POST {C}/members/confirm": (401, 404, 403, 403, 403, 403, 403, 303),
    f"GET {C}/staff": (303, 404, 403, 403, 403, 403, 403, 303),
    f"POST {C}/staff": (401, 404, 403, 403, 403, 403, 403, 422),
    f"GET {C}/teams": (303, 404, 403, 403, 403, 403, 403, 303),
    f"POST {C}/teams": (401, 404, 403, 403, 403, 403, 403, 422),
    f"GET {C}/teams/<team>": (303, 404, 403, 403, 403, 403, 403, 200),
    f"POST {C}/teams/<team>": (401, 404, 403, 403, 403, 403, 403, 422),
    f"GET {C}/teams/<team>/delete": (303, 404, 403, 403, 403, 403, 403, 303),
    f"POST {C}/teams/<team>/delete": (401, 404, 403, 403, 403, 403, 403, 422),
    "GET /courses/new": (303, 403, 403, 403, 403, 403, 403, 403),
    "POST /courses/new": (401, 403, 403, 403, 403, 403, 403, 403),
    "GET /healthz": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET /help": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET /invitations/<token>": (200, 200, 200, 200, 200, 200, 200, 200),
    "POST /invitations/<token>": (422, 422, 422, 422, 422, 422, 422, 422),
    "GET /join": (200, 200, 200, 200, 200, 200, 200, 200),
    "POST /join": (422, 422, 422, 422, 422, 422, 422, 422),
    "GET /join/account": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /join/account": (422, 422, 422, 422, 422, 422, 422, 422),
    "GET /join/team": (303, 303, 303, 303, 303, 303, 303, 303),
    "POST /join/team": (401, 422, 422, 422, 422, 422, 422, 422),
    "POST /language": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /media/<media_hash>/<int:width>.webp": (303, 404, 200, 200, 200, 200, 200, 200),
    "GET /privacy": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET /readyz": (200, 200, 200, 200, 200, 200, 200, 200),
    "GET /sign-in": (200, 303, 303, 303, 303, 303, 303, 303),
    "POST /sign-in": (422, 422, 422, 422, 422, 422, 422, 422),
    "POST /sign-out": (303, 303, 303, 303, 303, 303, 303, 303),
    "GET /welcome": (303, 404, 404, 404, 404, 404, 404, 404),
    "POST /welcome": (401, 404, 404, 404, 404, 404, 404, 404),
}


def add_things(world: World) -> dict[str, Any]:
    """One of each thing an address can name, all about SAFA's post. Variable -> what it stands for."""
    post = db.session.get_one(Post, world.posts["safa"])
    reply = make(Reply, post_id=post.id, author_id=world.nora, text="Hvorfor måker?", written_at=NOW)
    make(Media, hash=HASH, created_at=NOW, variants=[MediaVariant(width=480, height=300, data=b"RIFF")])
    make(PostImage, post_id=post.id, media_hash=HASH, added_by_id=world.kari, added_at=NOW)
    comment = Comment(criterion_id=world.criteria["goals"], kind=CommentKind.CHANGE, position=0, text="Sett en dato.")
    make(
        Review, post_id=post.id, reviewer_id=world.nils, revision_id=post.current_revision_id, kind=ReviewKind.PEER,
        state=ReviewState.SUBMITTED, saved_at=NOW, submitted_at=NOW, joins_at=post.assignment.review_by,
        comments=[comment],
    )
    apart = make(KeptApart, course_id=world.course, user_id=world.nora, other_id=world.mona)
    extension = make(
        Extension, assignment_id=world.assignment, deadline=Deadline.IMPROVE, team_id=world.teams["safa"],
        until=NOW + 12 * DAY, granted_by_id=world.tone,
    )
    member = db.session.query(Membership).filter_by(user_id=world.nora).one()
    given = db.session.query(Allocation).filter_by(reviewer_id=world.mona).one()
    eva = db.session.get_one(User, world.eva)
    token = add_link(user=eva, purpose=LinkPurpose.INVITATION, now=NOW, actor_id=world.tone)
    db.session.commit()
    return {
        "slug": "some-h26", "number": 1, "team": "safa", "token": token, "media_hash": HASH, "width": 480,
        "public_id": reply.public_id, "comment": comment.public_id, "reader": 1, "pair": apart.id,
        "extension": extension.id, "member": member.id, "given": given.id, "verb": "hide",
    }


@pytest.fixture
def things(app: Flask, world: World) -> dict[str, Any]:
    with app.app_context():
        return add_things(world)


def ruled(app: Flask) -> dict[str, Rule]:
    """``METHOD rule`` -> the rule, for everything the app answers but static files."""
    return {
        f"{method} {rule.rule}": rule
        for rule in app.url_map.iter_rules() if rule.endpoint != "static"
        for method in (rule.methods or set()) & {"GET", "POST"}
    }


def address(app: Flask, rule: Rule, things: dict[str, Any]) -> str:
    values, (method, *_) = {name: things[name] for name in rule.arguments}, rule.methods - {"HEAD", "OPTIONS"}
    return app.url_map.bind("localhost").build(rule.endpoint, values, method=method)


def ask(browser: Browser, method: str, url: str) -> int:
    return browser.open(url, method).status_code


@pytest.mark.parametrize("what", sorted(MATRIX))
def test_access(app, as_, world, things, what):
    url, method = address(app, ruled(app)[what], things), what.split(" ", 1)[0]
    browsers = [as_(getattr(world, person, None)) for person in CAST]

    assert tuple(ask(browser, method, url) for browser in browsers) == MATRIX[what]


def test_the_matrix_has_a_row_for_every_rule_and_method(app):
    assert set(MATRIX) == set(ruled(app))


def in_a_course(app: Flask) -> list[str]:
    return sorted(what for what, rule in ruled(app).items() if "slug" in rule.arguments)


def test_a_stranger_cannot_tell_a_course_from_one_that_is_not_there(app, as_, world, things):
    """The same bytes, whatever the page and the method; only the address itself is echoed."""
    stranger = as_(world.per)
    for what in in_a_course(app):
        method, rule = what.split(" ", 1)[0], ruled(app)[what]
        real, made_up = (
            stranger.open(address(app, rule, things | {"slug": slug}), method) for slug in ("some-h26", "finnes-ei")
        )
        answers = [r.get_data(as_text=True).replace(r.request.path, "") for r in (real, made_up)]
        tokenless = [answer.replace("some-h26", "").replace("finnes-ei", "") for answer in answers]
        assert (real.status_code, made_up.status_code) == (404, 404), what
        assert same_but_token(*tokenless), what


def same_but_token(one: str, other: str) -> bool:
    """A page's token is new each time, and tells nothing."""
    lines = zip(one.splitlines(), other.splitlines(), strict=True)
    return all(mine == theirs or "csrf_token" in mine for mine, theirs in lines)


def test_ids_that_are_not_there_are_404_for_the_teacher_too(app, as_, world, things):
    strange = {"number": 99, "team": "finnes-ei", "public_id": "0" * 16, "comment": "0" * 16, "reader": 99,
               "pair": 9999, "extension": 9999, "member": 9999, "given": 9999, "media_hash": "cd" * 32}
    teacher = as_(world.tone)
    for what in in_a_course(app):
        rule = ruled(app)[what]
        for name in sorted(set(strange) & rule.arguments):
            method = what.split(" ", 1)[0]
            status = ask(teacher, method, address(app, rule, things | {name: strange[name]}))
            # A form's address opened by itself leads to the page the form stands on, whatever it names.
            assert status == 404 or (method, status) == ("GET", 303), (what, name)
