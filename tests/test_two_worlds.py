"""Two courses where other people wrote the same reviews give each student the same bytes, in every phase.

The viewer's own reviews are the same in both, and so are the clock and the random names. In the second course two
readers of two posts have changed places: what one had sent in good time, another sends, and what one never sends or
sends late with more time to do it, another does. Rows come to be in another order too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from html import unescape
from urllib.parse import urldefrag

import pytest
from flask import Flask

from blogreview.db import db
from blogreview.domain.terms import Deadline, GradeState, Role
from blogreview.models import Comment, Course, Criterion, Extension, Grade, Post, Question, Reply, Team
from tests.conftest import empty
from tests.pages import Browser
from tests.world import DAY, NOW, allocate, join, make, make_assignment, make_rubric, person, published_post

AT = "/courses/kurs/assignments/1"
TEAMS = ("alfa", "beta", "celle", "damp")
OPENS = NOW + 5 * DAY + timedelta(minutes=1)
#: When each phase is looked at, and in which language.
LOOKS = {
    "reviewing": (NOW + 4 * DAY, "nb"),
    "feedback opens": (OPENS, "nn"),
    "after the late batch": (NOW + 7 * DAY, "nb"),
    "grades are released": (NOW + 11 * DAY, "en"),
}


@dataclass(frozen=True)
class Sheet:
    """One review: of whose post, as which reader, how far it comes, and when."""

    team: str
    number: int
    sent: bool
    at: datetime
    level: int = 2

    @property
    def late(self) -> bool:
        return self.at >= OPENS


SHEETS = {
    "early": Sheet("alfa", 2, True, NOW + DAY, 1),
    "sent": Sheet("alfa", 3, True, NOW + DAY, 3),
    "begun": Sheet("beta", 1, False, NOW + 2 * DAY),
    "late": Sheet("beta", 2, True, NOW + 6 * DAY),
    "of alfa by b1": Sheet("alfa", 1, True, NOW + 2 * DAY),
    "of beta by a1": Sheet("beta", 3, True, NOW + DAY, 3),
    "of celle by a1": Sheet("celle", 1, False, NOW + DAY),
    "of damp by c1": Sheet("damp", 1, True, NOW + DAY),
    "of celle by d1": Sheet("celle", 2, True, NOW + DAY),
}
ONE = {
    "early": "c1", "begun": "d2", "sent": "d1", "late": "c2", "of alfa by b1": "b1", "of beta by a1": "a1",
    "of celle by a1": "a1", "of damp by c1": "c1", "of celle by d1": "d1",
}
#: Viewer -> who wrote what in the other world, where it is not the same.
OTHER = {
    "a1": {"early": "d2", "begun": "c1", "sent": "c2", "late": "d1"},
    "b1": {"early": "d2", "begun": "c1", "sent": "c2", "late": "d1"},
    "c1": {"sent": "c2", "late": "d1"},
}

Answer = tuple[int, tuple[tuple[str, str], ...], str]
#: (viewer, phase) -> address -> what was answered.
Seen = dict[tuple[str, str], dict[str, Answer]]


class Life:
    """A course lived from the first review to the grades, looked at by some of its students on the way."""

    def __init__(self, app: Flask, clock, as_, writers: Mapping[str, str], viewers: set[str], backwards: bool) -> None:
        self.app, self.clock, self.as_, self.writers = app, clock, as_, writers
        # What is the viewers' own is the same in both worlds, and so is its order.
        own = [name for name in SHEETS if writers[name] in viewers]
        names = [*own, *sorted(set(SHEETS) - set(own), reverse=backwards)]
        clock.moment = NOW
        with app.app_context():
            self.people, self.criteria = self.build(names)
            db.session.commit()
        self.browsers = {viewer: as_(self.people[viewer]) for viewer in sorted(viewers)}
        self.seen: Seen = {}
        self.live(names)

    def build(self, names: list[str]) -> tuple[dict[str, int], list[int]]:
        course = make(Course, slug="kurs", code="K1", title="Et emne", term="høst 2026", created_at=NOW)
        people = {f"{team[0]}{n}": person(f"{team}{n}", f"{team.title()} {n}") for team in TEAMS for n in (1, 2)}
        people["teacher"] = person("teacher", "Tone Lie")
        join(people["teacher"], course.id, Role.TEACHER)
        assignment = make_assignment(course.id)
        questions = (make(Question, assignment_id=assignment.id, position=1, text="Hvorfor?").id,)
        make_rubric(assignment.id)
        posts = {}
        for slug in TEAMS:
            team = make(Team, course_id=course.id, slug=slug, name=slug.title())
            authors = [people[f"{slug[0]}{n}"] for n in (1, 2)]
            for author in authors:
                join(author, course.id, Role.STUDENT, team.id)
            posts[slug] = published_post(assignment, team.id, questions, authors)
        for name in names:
            allocate(posts[SHEETS[name].team], people[self.writers[name]], SHEETS[name].number)
        late = people[self.writers["late"]]
        make(
            Extension, assignment_id=assignment.id, deadline=Deadline.REVIEW, user_id=late, until=NOW + 8 * DAY,
            granted_by_id=people["teacher"],
        )
        make(Reply, post_id=posts["alfa"], public_id="a" * 16, author_id=people["b2"], text="Hvorfor?", written_at=NOW)
        return people, list(db.session.scalars(db.select(Criterion.id).order_by(Criterion.position)))

    def live(self, names: list[str]) -> None:
        begun = sorted(names, key=lambda name: SHEETS[name].at)
        for phase, (moment, language) in LOOKS.items():
            while begun and SHEETS[begun[0]].at < moment:
                self.review(begun.pop(0))
            if phase == "grades are released":
                self.release()
            self.clock.moment = moment
            for viewer, browser in self.browsers.items():
                self.seen[viewer, phase] = crawl(browser, language)

    def review(self, name: str) -> None:
        """The way everybody does: on the page. The random names of its comments are then made those of its words."""
        sheet, self.clock.moment = SHEETS[name], SHEETS[name].at
        fields = {"version": "0"} | ({"send": "1"} if sheet.sent else {})
        for criterion in self.criteria:
            fields |= {f"c{criterion}-level": str(sheet.level), f"c{criterion}-changes-0-text": f"{name} {criterion}"}
        browser = self.as_(self.people[self.writers[name]])
        answer = browser.post(f"{AT}/posts/{sheet.team}/review", fields)
        assert (answer.status_code, "sent=1" in answer.location) == (303, sheet.sent)
        with self.app.app_context():
            for comment in db.session.query(Comment):
                comment.public_id = sha256(comment.text.encode()).hexdigest()[:16]
            db.session.commit()

    def release(self) -> None:
        with self.app.app_context():
            for post in db.session.query(Post).order_by(Post.id):
                make(
                    Grade, post_id=post.id, revision_id=post.current_revision_id, value="B", comment="Godt.",
                    state=GradeState.RELEASED, saved_at=NOW, saved_by_id=self.people["teacher"], released_at=OPENS,
                )
            db.session.commit()


def crawl(browser: Browser, language: str) -> dict[str, Answer]:
    """Everything the person reaches by links, and every address they could type, with what each answers."""
    ways = ["/", "/courses/kurs/class", f"{AT}/grade", f"{AT}/overview", f"{AT}/overview.csv", f"{AT}/allocation"]
    for team in TEAMS:
        at = f"{AT}/posts/{team}"
        ways += [f"{at}/", f"{at}/review", f"{AT}/feedback?team={team}", f"{AT}/teams/{team}"]
    seen: dict[str, Answer] = {}
    while ways:
        way = ways.pop()
        if way in seen or way.startswith("/static/"):
            continue
        response = browser.client.get(way, headers={"Accept-Language": language})
        text = re.sub(r'(name="csrf_token"[^>]*value=)"[^"]*"', r"\1", response.get_data(as_text=True))
        headers = tuple((name, value) for name, value in response.headers if name != "Set-Cookie")
        seen[way] = (response.status_code, headers, text)
        links = [response.headers.get("Location", ""), *re.findall(r'(?:href|src)="([^"]*)"', text)]
        links += [f"{way.partition('?')[0]}{link}" if link.startswith("?") else link for link in map(unescape, links)]
        ways += [urldefrag(unescape(link)).url for link in links if link.startswith("/")]
    return seen


@pytest.fixture
def lived(app, blank, clock, as_):
    """``lived(writers, viewers, backwards=…)`` -> what each of the viewers saw in each phase."""

    def live(writers: Mapping[str, str], viewers: set[str], *, backwards: bool) -> Seen:
        seen = Life(app, clock, as_, writers, viewers, backwards).seen
        empty(app)
        return seen

    return live


def test_who_wrote_the_reviews_changes_nothing_that_any_other_student_is_sent(lived):
    one = lived(ONE, set(OTHER), backwards=False)
    other = lived(ONE | OTHER["a1"], {"a1", "b1"}, backwards=True) | lived(ONE | OTHER["c1"], {"c1"}, backwards=True)

    assert {look: [way for way in ways if ways[way] != other[look].get(way)] for look, ways in one.items()} == {
        look: [] for look in one
    }
    assert {look: set(ways) for look, ways in one.items()} == {look: set(ways) for look, ways in other.items()}
    assert len(one["a1", "grades are released"]) > 25
    # And there was something to see: three readers' words, and the late one's.
    read = one["a1", "feedback opens"][f"{AT}/feedback"][2]
    assert all(f"{name} 1" in read for name in ("early", "sent", "of alfa by b1"))
    assert ["late 1" in one["b1", phase][f"{AT}/feedback"][2] for phase in LOOKS] == [False, False, True, True]
