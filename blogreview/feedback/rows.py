"""What a team reads of its readers, put in order: never by reader, time or row number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from blogreview.domain.estimates import plain_mean
from blogreview.domain.rubric import Rubric, RubricCriterion, RubricLevel
from blogreview.domain.terms import CommentKind
from blogreview.domain.verdict import Verdict, verdict

#: How many suggestions a team is pointed to first, where it has more.
TO_BEGIN_WITH = 5


@dataclass(frozen=True, slots=True)
class Received:
    """One comment. ``name`` is there only where the assignment names reviewers to students."""

    public_id: str
    criterion_id: int
    kind: CommentKind
    text: str
    quote: str | None
    praise_only: bool
    localised: bool
    reason: bool
    suggestion: bool
    reader: int
    name: str | None

    @property
    def completeness(self) -> int:
        """How many of where, why and what instead it says."""
        return self.localised + self.reason + self.suggestion

    @property
    def suggests(self) -> bool:
        return self.kind is CommentKind.CHANGE and not self.praise_only


@dataclass(frozen=True, slots=True)
class CriterionFeedback:
    """``counts`` are readers per level, lowest first; ``praise`` is what is nothing but praise, of either kind."""

    criterion: RubricCriterion
    counts: tuple[int, ...]
    mean: float | None
    verdict: Verdict
    strengths: tuple[Received, ...]
    changes: tuple[Received, ...]
    praise: tuple[Received, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A published revision; ``reviewed``: some reader's review is of it."""

    number: int
    published_at: datetime
    late: bool
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Feedback:
    readers: int
    levels: tuple[RubricLevel, ...]
    criteria: tuple[CriterionFeedback, ...]
    versions: tuple[Version, ...]

    @property
    def suggestions(self) -> int:
        return sum(len(part.changes) for part in self.criteria)

    @property
    def first(self) -> tuple[tuple[RubricCriterion, Received], ...]:
        """The most complete suggestions, where there are more of them than one can begin with."""
        every = [(part.criterion, said) for part in self.criteria for said in part.changes]
        ranked = sorted(every, key=lambda pair: _rank(pair[1]))
        return tuple(ranked[:TO_BEGIN_WITH]) if len(ranked) > TO_BEGIN_WITH else ()

    @property
    def first_say_all(self) -> bool:
        """Whether each of those says where, why and what instead."""
        return all(said.completeness == 3 for _, said in self.first)


def criteria_of(
    rubric: Rubric, scores: Mapping[tuple[int, int], int], said: Iterable[Received]
) -> tuple[CriterionFeedback, ...]:
    """Every criterion of the rubric, in its order.

    :param scores: (criterion id, level number) -> how many readers gave it.
    """
    ranked = sorted(said, key=_rank)
    return tuple(_criterion(criterion, rubric, scores, ranked) for criterion in rubric.criteria)


def _criterion(
    criterion: RubricCriterion, rubric: Rubric, scores: Mapping[tuple[int, int], int], ranked: Iterable[Received]
) -> CriterionFeedback:
    counts = tuple(scores.get((criterion.id, level.number), 0) for level in rubric.levels)
    here = [said for said in ranked if said.criterion_id == criterion.id]
    return CriterionFeedback(
        criterion,
        counts,
        plain_mean(counts),
        verdict(counts),
        strengths=tuple(said for said in here if said.kind is CommentKind.STRENGTH and not said.praise_only),
        changes=tuple(said for said in here if said.suggests),
        praise=tuple(said for said in here if said.praise_only),
    )


def _rank(said: Received) -> tuple[int, str]:
    """The most complete first; the random public id settles ties, so that order tells nothing of who or when."""
    return -said.completeness, said.public_id
