"""The course of the long journey: who is in it, when it all closes, and where its pages are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from tests.journeys.conftest import LAPTOP, PHONE, Served, Visitor
from tests.journeys.people import Person, address_of

TEACHER = "Tone Lysgård"
TEAMS = {
    "SAFA": ("Kari Nesheim", "Ola Bergseth"),
    "Nordlys": ("Nils Øyehaug", "Nora Alikhani"),
    "Makrell": ("Mona Vikøren", "Yusuf Demirci"),
    "Tyttebær": ("Tuva Fjeldstad", "Emil Rønneberg"),
    "Havbris": ("Ingrid Solvang", "Jonas Kvammen"),
}
#: Comes by the code, so is not on the list.
JOINER = "Yusuf Demirci"
HOME = "/courses/mrk1000-host-2026"
AT = f"{HOME}/assignments/1"
DEADLINES = {
    "Publisere": "13.11.2026 23.59", "Vurdere": "20.11.2026 23.59", "Forbedre": "27.11.2026 23.59",
    "Kunngjøre karakterer": "04.12.2026 12.00",
}
WRITING_CLOSED, REVIEWING_CLOSED = datetime(2026, 11, 13, 23, 0, tzinfo=UTC), datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
IMPROVING_CLOSED = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


@dataclass
class Course:
    """The served course, its people at their browsers, and where the pictures of this run go."""

    served: Served
    visitor_to: Callable[..., Visitor]
    shots: str
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, name: str, **more: object) -> Person:
        if name not in self.people:
            self.people[name] = Person(self.visitor_to(self.served, **more), name)
        return self.people[name]

    @property
    def teacher(self) -> Person:
        return self.person(TEACHER)

    def shoot(self, person: Person, name: str) -> None:
        person.visitor.shoot(f"{self.shots}/{name}-{person.page.viewport_size['width']}")

    def shoot_small(self, person: Person, name: str) -> None:
        person.page.set_viewport_size(PHONE)
        self.shoot(person, name)
        person.page.set_viewport_size(LAPTOP)


def class_list() -> str:
    """As a spreadsheet gives it; one address has lost its @."""
    rows = [f"{team};{name};{address_of(name)}" for team, names in TEAMS.items() for name in names if name != JOINER]
    return "\n".join(["Team;Navn;E-post", *rows]).replace("nils@", "nils(a)")


def drawn(path: Path) -> Path:
    Image.linear_gradient("L").resize((1200, 700)).save(path)
    return path
