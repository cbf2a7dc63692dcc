"""A second assignment, in the middle of its writing phase, in which nobody has written yet; and the editor's form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from blogreview.db import db
from blogreview.models import Question
from tests.pages import Browser
from tests.world import DAY, NOW, World, make, make_assignment

#: When, in that assignment, ... (the world's clock stands at NOW).
REVIEWING, IMPROVING, GRADING = NOW + 3 * DAY, NOW + 6 * DAY, NOW + 9 * DAY


@dataclass(frozen=True)
class Desk:
    assignment: int
    questions: tuple[int, int]
    at: str = "/courses/some-h26/assignments/2"

    @property
    def post(self) -> str:
        return f"{self.at}/post"

    def typed(self, title: str, first: str, second: str, versions: tuple[int, int, int] = (1, 1, 1)) -> dict[str, Any]:
        """The whole form, as somebody who opened it at these versions sends it."""
        one, two = self.questions
        return {
            "title": title, "title_version": str(versions[0]),
            f"q{one}-body": first, f"q{one}-version": str(versions[1]),
            f"q{two}-body": second, f"q{two}-version": str(versions[2]),
        }

    def publish(
        self, browser: Browser, title: str = "Vår tittel", first: str = "Fordi.", second: str = "Mål."
    ) -> TestResponse:
        """From whatever stands: save, confirm, publish."""
        page = browser.get(self.post)
        assert browser.post(f"{self.post}/ready", self.typed(title, first, second, versions(page))).status_code == 303
        return browser.post(f"{self.post}/publish", {"stamp": stamp(browser.get(f"{self.post}/publish"))})


def add_desk(world: World, **changes: Any) -> Desk:
    """Publishing closes two days from NOW, reviewing five, improving eight."""
    values = {"publish_by": NOW + 2 * DAY, "review_by": NOW + 5 * DAY, "improve_by": NOW + 8 * DAY, "dealt_at": None}
    assignment = make_assignment(world.course, number=2, **(values | changes))
    one, two = (
        make(Question, assignment_id=assignment.id, position=n, text=text).id
        for n, text in enumerate(("Hvorfor?", "Hva?"), 1)
    )
    db.session.commit()
    return Desk(assignment.id, (one, two))


def versions(page: TestResponse) -> tuple[int, int, int]:
    """The version numbers the page would send: of the title, of each answer."""
    title, one, two = re.findall(r'<input type="hidden" name="(?:title_|q\d+-)version" value="(\d+)">', page.text)
    return int(title), int(one), int(two)


def stamp(page: TestResponse) -> str:
    found = re.search(r'name="stamp" type="hidden" value="([\d.]+)"', page.text)
    assert found, page.text
    return found[1]
