"""The frame around every page: who is signed in, where they can go, in which language and time zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext as _

from blogreview.assignments import queries as assignments
from blogreview.courses import queries as courses
from blogreview.demo.personas import name_of
from blogreview.domain.terms import Role
from blogreview.models import Course
from blogreview.policy import Seat
from blogreview.web.guard import visitor
from blogreview.web.i18n import HOME_ZONE, LANGUAGES
from blogreview.web.i18n import language as current_language


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the main navigation."""

    url: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    name: str


def init_app(app: Flask) -> None:
    app.context_processor(frame)


def frame() -> dict[str, Any]:
    return {
        "locale": current_language(),
        "me": visitor(),
        "navigation": navigation(),
        "languages": other_languages(),
        "demo_person": demo_person(),
        "institution": current_app.extensions["settings"].institution,
    }


def other_languages() -> list[Language]:
    """None on the answer to a form: leaving it for another language would lose what was typed there."""
    if request.method != "GET":
        return []
    return [Language(code, name) for code, name in LANGUAGES.items() if code != current_language()]


def demo_person() -> str | None:
    """Whom the visitor of the demo is; None for everybody else."""
    person = visitor()
    return name_of(person.email) if person and current_app.extensions["settings"].demo else None


def this_course() -> Course | None:
    """The course the address names, if the visitor is a member of it."""
    slug, person = (request.view_args or {}).get("slug"), visitor()
    if slug is None or person is None:
        return None
    if "course" not in g:
        g.course = courses.find_course(slug)
    return g.course if g.course and g.course.id in person.actor.seats else None


def zone() -> str:
    """Times are shown in the course's own zone."""
    course = this_course()
    return course.timezone if course else HOME_ZONE


def navigation() -> list[Entry]:
    """The rooms of this course that are the visitor's, and of the assignment the page is about (else the newest)."""
    course, person = this_course(), visitor()
    if course is None or person is None:
        return []
    seat = person.actor.seats[course.id]
    number = (request.view_args or {}).get("number") or assignments.newest_number(course.id, seat.role)
    return [Entry(url, label, stands_in(url)) for url, label in _rooms(course.slug, number, seat)]


def stands_in(url: str) -> bool:
    """Whether the page is the room itself or inside it. The course's own, which ends in a slash, holds only itself."""
    return request.path == url or request.path.startswith(f"{url}/")


def _rooms(slug: str, number: int | None, seat: Seat) -> list[tuple[str, str]]:
    rooms = [(url_for("home.course", slug=slug), _("Emnet"))]
    inner = _assignment_rooms(seat) if number else []
    rooms += [(url_for(endpoint, slug=slug, number=number), label) for endpoint, label in inner]
    if seat.role is Role.TEACHER:
        rooms.append((url_for("teams.show", slug=slug), _("Klasse")))
    return rooms


def _assignment_rooms(seat: Seat) -> list[tuple[str, str]]:
    if seat.role is Role.STUDENT:
        return [
            ("reviews.mine", _("Vurderinger")),
            ("feedback.show", _("Tilbakemelding")),
            ("posts.edit", _("Vårt innlegg")),
        ]
    shared = [("overview.show", _("Oversikt")), ("allocation.show", _("Fordeling"))]
    return [shared[0], ("assignments.edit", _("Oppgave")), shared[1]] if seat.role is Role.TEACHER else shared
