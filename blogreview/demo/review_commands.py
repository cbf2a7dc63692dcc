from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from blogreview.db import db
from blogreview.demo import content
from blogreview.demo.content import Remark
from blogreview.domain import coach
from blogreview.domain.phases import joins_feedback_at
from blogreview.domain.terms import CommentKind, ReviewKind, ReviewState
from blogreview.models import Assignment, Comment, Post, Review, Score, Snapshot

TOP = 4
#: Where readers disagree, where they only praise, where one of them stands apart.
SPLIT = {"kompass": "positioning", "kvist": "goals"}
ONLY_PRAISED = "trekant"
HARSH_READER_OF = "nattog"


@dataclass
class Deck:
    """Remarks about one post, each used once: its own first, then what could be said of any."""

    remarks: list[Remark]

    def draw(self, criterion: str, kind: CommentKind) -> Remark | None:
        for n, remark in enumerate(self.remarks):
            if (remark.criterion, remark.kind) == (criterion, kind):
                return self.remarks.pop(n)
        return None


def deck_of(assignment: str, slug: str, random: Random) -> Deck:
    own, shared = content.own_remarks(assignment, slug), content.shared_remarks()
    random.shuffle(own)
    random.shuffle(shared)
    if slug == ONLY_PRAISED:
        shared = [r for r in shared if r.kind is CommentKind.STRENGTH or coach.read(r.text).praise_only]
    return Deck(own + shared)


@dataclass
class Readers:
    """How strict each reader is, and how good each post: drawn once, so that a class hangs together."""

    random: Random
    leniency: dict[int, float] = field(default_factory=dict)
    quality: dict[tuple[str, str], float] = field(default_factory=dict)

    def level(self, reader: int, slug: str, criterion: str, harsh: bool) -> int:
        if harsh:
            return 1
        if SPLIT.get(slug) == criterion:
            return self.random.choice((1, 1, 2, 4, 4))
        kindness = self.leniency.setdefault(reader, self.random.gauss(0.1, 0.35))
        good = self.quality.setdefault((slug, criterion), self._quality(slug))
        return min(TOP, max(1, round(good + kindness + self.random.gauss(0, 0.45))))

    def _quality(self, slug: str) -> float:
        own = self.quality.setdefault((slug, ""), self.random.gauss(2.75, 0.35))
        return own + self.random.gauss(0, 0.3)


def add_review(
    *, assignment: Assignment, post: Post, reader: int, levels: dict[str, int], remarks: Iterable[Remark],
    criteria: dict[str, int], saved: datetime, submitted: bool = True,
) -> Review:
    """One review as the form would have left it, with the coach's reading of each comment."""
    review = Review(
        post_id=post.id, reviewer_id=reader, revision_id=post.current_revision_id, kind=ReviewKind.PEER, saved_at=saved,
        state=ReviewState.SUBMITTED if submitted else ReviewState.DRAFT,
        submitted_at=saved if submitted else None,
        joins_at=_joins_at(assignment, saved) if submitted else None,
        scores=[Score(criterion_id=criteria[key], level=level) for key, level in levels.items()],
        comments=[_comment(remark, criteria, n) for n, remark in enumerate(remarks)],
    )
    db.session.add(review)
    if submitted:
        db.session.flush()
        db.session.add(_snapshot(review, saved))
    return review


def _joins_at(assignment: Assignment, saved: datetime) -> datetime:
    return joins_feedback_at(saved, assignment.review_by, ZoneInfo(assignment.course.timezone))


def _comment(remark: Remark, criteria: dict[str, int], position: int) -> Comment:
    reading = coach.read(remark.text, quoted=remark.quote is not None)
    return Comment(
        criterion_id=criteria[remark.criterion], kind=remark.kind, position=position, text=remark.text,
        quote=remark.quote, praise_only=reading.praise_only, localised=reading.localised, reason=reading.reason,
        suggestion=reading.suggestion, coach_version=coach.COACH_VERSION,
    )


def _snapshot(review: Review, saved: datetime) -> Snapshot:
    return Snapshot(
        review_id=review.id, number=1, revision_id=review.revision_id, submitted_at=saved,
        content={
            "levels": {str(score.criterion_id): score.level for score in review.scores},
            "comments": [
                {"criterion": c.criterion_id, "kind": c.kind.value, "text": c.text, "quote": c.quote}
                for c in review.comments
            ],
        },
    )


def fill_reviews(
    *, assignment: Assignment, folder: str, posts: dict[str, Post], pairs: Collection[tuple[int, str]],
    criteria: dict[str, int], random: Random, begun: datetime, ended: datetime,
) -> None:
    """A review for each (reader, team) pair, in the days between the two moments."""
    decks = {slug: deck_of(folder, slug, random) for slug in posts}
    readers, harsh_done = Readers(random), False
    for reader, slug in pairs:
        harsh = slug == HARSH_READER_OF and not harsh_done
        harsh_done = harsh_done or harsh
        levels = {key: readers.level(reader, slug, key, harsh) for key in criteria}
        remarks = [remark for key, level in levels.items() for remark in _drawn(decks[slug], key, level, random)]
        saved = begun + timedelta(seconds=random.uniform(0, (ended - begun).total_seconds()))
        add_review(
            assignment=assignment, post=posts[slug], reader=reader, levels=levels, remarks=remarks, criteria=criteria,
            saved=saved.replace(microsecond=0),
        )


def _drawn(deck: Deck, criterion: str, level: int, random: Random) -> list[Remark]:
    """A change is asked for, except at the top level, where a strength is; half add the other too."""
    wanted = [CommentKind.STRENGTH] if level == TOP or random.random() < 0.4 else []
    if level < TOP or random.random() < 0.3:
        wanted.append(CommentKind.CHANGE)
    return [remark for kind in wanted if (remark := deck.draw(criterion, kind))]
