"""What the tests of the class share: asking the database, and carrying a preview's rows on."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from blogreview.db import db
from blogreview.models import AuditEvent, Course, Membership, Team, User

HEAD = "Navn;E-post;Team\n"


def address(world: Any, *more: Any) -> str:
    return "/".join([f"{world.home}/class", *map(str, more)])


def preview(browser: Any, world: Any, text: str = "", **more: Any) -> TestResponse:
    return browser.post(address(world, "import"), {"text": text} | more, content_type="multipart/form-data")


def press(browser: Any, world: Any, page: TestResponse, button: str, **typed: Any) -> TestResponse:
    """Press a button of the preview that the page shows, with what is typed in its fields."""
    return browser.post(address(world, "import", "confirm"), {"rows": packed(page), "do": button} | typed)


def packed(page: TestResponse) -> str:
    found = re.search(r'name="rows" value="([^"]*)"', page.text)
    assert found, "no preview on the page"
    return unescape(found[1])


def heading(page: TestResponse) -> str:
    found = re.search(r'<h2 id="preview-title">(.*?)</h2>', page.text)
    return re.sub("<[^>]+>", "", found[1]) if found else ""


def add(browser: Any, world: Any, text: str, **typed: Any) -> TestResponse:
    """The whole way: look the list over, add it."""
    return press(browser, world, preview(browser, world, text), "add", **typed)


def seats(app: Any, world: Any) -> dict[str, str | None]:
    """E-mail -> team of everybody in the course now."""
    with app.app_context():
        rows = db.session.execute(
            select(User.email, Team.slug)
            .select_from(Membership)
            .join(User, User.id == Membership.user_id)
            .outerjoin(Team, Team.id == Membership.team_id)
            .where(Membership.course_id == world.course, Membership.left_at.is_(None))
        )
        return dict(rows.all())


def seat(app: Any, world: Any, user_id: int) -> Membership:
    with app.app_context():
        return db.session.scalar(
            select(Membership).where(Membership.course_id == world.course, Membership.user_id == user_id)
        )


def user(app: Any, email: str) -> User | None:
    with app.app_context():
        return db.session.scalar(select(User).where(User.email == email))


def events(app: Any, world: Any) -> list[tuple[str, str]]:
    with app.app_context():
        wanted = select(AuditEvent.verb, AuditEvent.subject).where(AuditEvent.course_id == world.course)
        return [tuple(row) for row in db.session.execute(wanted.order_by(AuditEvent.id))]


def count(app: Any, model: type[Any]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def open_code(app: Any, world: Any, code: str | None = "WXYZ2345") -> str | None:
    with app.app_context():
        db.session.get_one(Course, world.course).join_code = code
        db.session.commit()
    return code
