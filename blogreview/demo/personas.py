"""The three people a visitor of the demo can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Persona:
    """``lands_at`` is an endpoint; ``number`` the assignment it is about, if any."""

    name: str
    email: str
    lands_at: str
    number: int | None = None


PERSONAS: Mapping[str, Persona] = {
    "maja": Persona("Maja", "maja.kowalska@stud.fjordvik.example", "home.course"),
    "sindre": Persona("Sindre", "sindre.haugen@stud.fjordvik.example", "feedback.show", 1),
    "hilde": Persona("Hilde", "hilde.bakke@fjordvik.example", "overview.show", 2),
}


def name_of(email: str) -> str | None:
    """The persona's first name, if the address is one's."""
    return next((persona.name for persona in PERSONAS.values() if persona.email == email), None)
