"""From the scores of an assignment to what is kept about each post, on the rubric's own levels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from blogreview.domain.scores import HIGHEST, LOWEST
from blogreview.domain.scoring import SCORE_VERSION, CriterionEstimate, Flag, PostEstimate, Scored, estimate_class


@dataclass(frozen=True, slots=True)
class ClassScores:
    """Everything the estimates of one assignment rest on.

    :ivar version: the assignment's score version when the scores were read.
    :ivar scores: with the criterion's id as its name, on the scale of domain.scores.
    :ivar suggestions: post -> how many of its reviews hold a suggestion, and how many there are.
    """

    assignment_id: int
    version: int
    levels: int
    scores: tuple[Scored, ...]
    teacher_marks: tuple[Scored, ...]
    suggestions: Mapping[int, tuple[int, int]]


class Figures(NamedTuple):
    """The kept estimate of one criterion of one post, in levels; ``low`` to ``high`` is its likely range."""

    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    median: float | None = None
    disagreement: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is kept about one post."""

    criteria: Mapping[int, Figures] = field(default_factory=dict)
    flags: frozenset[Flag] = frozenset()


def estimated(read: ClassScores) -> dict[int, dict[str, Any]]:
    """Post -> what to keep about it, as plain data that `kept` reads back."""
    made = estimate_class(read.scores, teacher_marks=read.teacher_marks, suggestions=read.suggestions)
    return {post: _content(found, read.levels) for post, found in made.posts.items()}


def kept(content: Mapping[str, Any] | None) -> Estimate:
    """Read back what `estimated` made; nothing, for a post that has not been estimated."""
    if content is None:
        return Estimate()
    criteria = {int(criterion): Figures(*figures) for criterion, figures in content["criteria"].items()}
    return Estimate(criteria, frozenset(Flag(flag) for flag in content["flags"]))


def plain_mean(counts: tuple[int, ...]) -> float | None:
    """The mean level of readers counted per level, lowest first; None when there are none."""
    readers = sum(counts)
    return sum(level * n for level, n in enumerate(counts, 1)) / readers if readers else None


def _content(found: PostEstimate, levels: int) -> dict[str, Any]:
    criteria = {criterion: _figures(figures, levels) for criterion, figures in found.criteria.items()}
    return {"scoring": SCORE_VERSION, "criteria": criteria, "flags": sorted(flag.value for flag in found.flags)}


def _figures(found: CriterionEstimate, levels: int) -> list[float | bool | None]:
    scaled = (found.estimate, found.low, found.high, found.median)
    return [*(_in_levels(value, levels) for value in scaled), found.disagreement]


def _in_levels(value: float | None, levels: int) -> float | None:
    """The inverse of domain.scores.level_value, for figures between the levels too, to four decimals."""
    return None if value is None else round(1 + (levels - 1) * (value - LOWEST) / (HIGHEST - LOWEST), 4)
