"""A reader's judgement of a post as plain data, and what it still lacks before it can be sent.

The form sends it, the rows hold it, a snapshot keeps it: three shapes of the same thing.
"""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from blogreview.domain.rubric import Rubric
from blogreview.domain.terms import CommentKind, ReviewKind

MAX_COMMENT = 4000
"""Characters in one comment."""

MAX_QUOTE = 1000
"""Characters in one quote."""

_QUOTATION_MARKS = "«»\"“”„'‘’‚"
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Said:
    """One comment on one criterion.

    :ivar text: empty while only a passage has been quoted.
    :ivar public_id: the stored comment this is; None for a new one.
    :ivar row: where it stands among its kind on the form it came from.
    """

    kind: CommentKind
    text: str
    quote: str | None = None
    public_id: str | None = field(default=None, compare=False)
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of one criterion, strengths first."""

    criterion_id: int
    level: int | None = None
    comments: tuple[Said, ...] = ()

    def of(self, kind: CommentKind) -> tuple[Said, ...]:
        return tuple(said for said in self.comments if said.kind is kind)

    @property
    def begun(self) -> bool:
        return self.level is not None or bool(self.comments)


#: One judgement per criterion, in the rubric's order.
Content = tuple[Judgement, ...]


class ReviewLack(enum.Enum):
    """What keeps a review from being sent."""

    LEVEL = "level"
    STRENGTH = "strength"
    CHANGE = "change"
    #: A passage is quoted and nothing is said about it.
    TEXT = "text"
    #: The quoted passage does not stand in the text.
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing lacking; ``kind`` and ``row`` name the comment where it is a comment's."""

    criterion_id: int
    lack: ReviewLack
    kind: CommentKind | None = None
    row: int = 0


def gaps(content: Content, rubric: Rubric, text: str, kind: ReviewKind) -> tuple[Gap, ...]:
    """Everything the review lacks, in the rubric's order; nothing when it can be sent.

    A level and something to change on every criterion; on the highest level, something that works instead.
    A teacher's own marks may leave out both.

    :param text: the post's words, without markup.
    """
    return tuple(gap for judgement in content for gap in _gaps(judgement, rubric, comparable(text), kind))


def lost_places(content: Content, text: str, earlier: str) -> tuple[str, ...]:
    """The quotes that stood in an earlier text of the post and do not stand in this one."""
    here, before = comparable(text), comparable(earlier)
    quotes = (comparable(said.quote) for judgement in content for said in judgement.comments if said.quote)
    return tuple(dict.fromkeys(quote for quote in quotes if quote in before and quote not in here))


def comparable(text: str) -> str:
    """Text as it is compared: white space collapsed, what nobody sees dropped, quotation marks around it gone."""
    plain = unicodedata.normalize("NFC", text).translate(_UNSEEN)
    return " ".join(plain.split()).strip(_QUOTATION_MARKS).strip()


def as_json(content: Content) -> list[dict[str, Any]]:
    """The content as a snapshot keeps it."""
    return [
        {
            "criterion": judgement.criterion_id,
            "level": judgement.level,
            "comments": [
                {"id": said.public_id, "kind": said.kind.value, "text": said.text, "quote": said.quote}
                for said in judgement.comments
            ],
        }
        for judgement in content
    ]


def _gaps(judgement: Judgement, rubric: Rubric, text: str, kind: ReviewKind) -> Iterator[Gap]:
    if kind is ReviewKind.PEER:
        yield from _required(judgement, rubric)
    for said in judgement.comments:
        if not said.text:
            yield Gap(judgement.criterion_id, ReviewLack.TEXT, said.kind, said.row)
        if said.quote and comparable(said.quote) not in text:
            yield Gap(judgement.criterion_id, ReviewLack.PLACE, said.kind, said.row)


def _required(judgement: Judgement, rubric: Rubric) -> Iterator[Gap]:
    if judgement.level is None:
        yield Gap(judgement.criterion_id, ReviewLack.LEVEL)
    wanted = CommentKind.STRENGTH if judgement.level == rubric.top else CommentKind.CHANGE
    if not judgement.of(wanted):
        lack = ReviewLack.STRENGTH if wanted is CommentKind.STRENGTH else ReviewLack.CHANGE
        yield Gap(judgement.criterion_id, lack, wanted)
