"""From scores to an estimate per post and criterion that a teacher can trust.

The estimate is the average of the classmates' scores after evening out who is generally strict or kind;
reviewers who score everything alike count less, and few reviews keep a post closer to the class average.

The scores, their mean and their median stand beside every estimate. Students are shown counts and plain means
only: an estimate weighs reviewers, and so would tell who wrote which review.

The model is in `leniency`, the weights in `attention`; ``python -m benchmarks.scoring`` measures both.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from blogreview.domain.attention import ENOUGH_WRITTEN, Attention, attend, band, can_tell, departure
from blogreview.domain.flags import (
    ENOUGH_REVIEWS,
    STANDS_APART,
    WORTH_READING,
    Flag,
    disagreement,
    little_concrete,
    raised,
)
from blogreview.domain.leniency import Fit, fit, level_variance
from blogreview.domain.scores import (
    HIGHEST,
    LOWEST,
    Bools,
    Floats,
    Ints,
    ScoreArrays,
    Scored,
    ScoreTable,
    level_value,
)

__all__ = [
    "SCORE_VERSION",
    "WORTH_READING",
    "Attention",
    "ClassArrays",
    "ClassEstimate",
    "CriterionEstimate",
    "Flag",
    "PostEstimate",
    "ReviewEstimate",
    "ReviewerEstimate",
    "Scored",
    "estimate_arrays",
    "estimate_class",
    "level_value",
]

SCORE_VERSION = 1
"""Raised whenever the same scores would give other figures, so that stored estimates are made anew."""

REACH = 1.645 * 1.25
"""Half a likely range, in standard deviations: nine in ten, and a quarter more for what the model omits."""


@dataclass(frozen=True, slots=True)
class CriterionEstimate:
    """One criterion of one post, on the scale 1–4."""

    estimate: float | None
    """None for a post with fewer than two reviews."""
    low: float | None
    """The likely range, None without an estimate."""
    high: float | None
    mean: float | None
    """of the n scores, None when there are none."""
    median: float | None
    n: int
    disagreement: bool


@dataclass(frozen=True, slots=True)
class PostEstimate:
    """One post."""

    criteria: Mapping[str, CriterionEstimate]
    """By name, every criterion that anyone in the class was scored on."""
    flags: frozenset[Flag]
    reviews: int


@dataclass(frozen=True, slots=True)
class ReviewerEstimate:
    """One reviewer, for the teacher's eyes only."""

    leniency: float | None
    """In levels, kind is positive; None with fewer than two reviews."""
    probability: float
    """that the scores follow the posts."""
    weight: float
    attention: Attention


@dataclass(frozen=True, slots=True)
class ReviewEstimate:
    """One review."""

    z: float
    """How far from what the others predict, in standard deviations; kind is positive."""
    stands_apart: bool


@dataclass(frozen=True, slots=True)
class ClassEstimate:
    """A whole class, by ids."""

    posts: Mapping[int, PostEstimate]
    reviewers: Mapping[int, ReviewerEstimate]
    reviews: Mapping[tuple[int, int], ReviewEstimate]
    """By (reviewer, post)."""


@dataclass(frozen=True, slots=True, eq=False)
class ClassArrays:
    """The same as arrays in the order of a `ScoreTable`, with nan for None."""

    estimate: Floats
    """(C, P), and so the next six."""
    low: Floats
    high: Floats
    mean: Floats
    median: Floats
    count: Floats
    disagreement: Bools
    flags: Mapping[Flag, Bools]
    """(P,) each, without `Flag.LITTLE_CONCRETE`, which scores cannot show."""
    leniency: Floats
    """(R,), and so the next two."""
    probability: Floats
    weight: Floats
    z: Floats
    """(N,), and so the next."""
    apart: Bools


def estimate_class(
    scores: Collection[Scored],
    *,
    teacher_marks: Collection[Scored] = (),
    posts: Iterable[int] = (),
    suggestions: Mapping[int, tuple[int, int]] | None = None,
) -> ClassEstimate:
    """Estimate every post of a class from its scores, given in any order.

    :param scores: on the scale 1–4, at most one per review and criterion; a review may leave criteria out.
    :param teacher_marks: the teacher's own, which move estimates but are in no count, mean or median.
    :param posts: posts to include even if nobody reviewed them.
    :param suggestions: for a post, how many of its reviews hold a suggestion, and how many there are.
    :raise ValueError: a value outside 1–4, or two scores of one review for one criterion.
    """
    names = sorted({score.criterion for score in (*scores, *teacher_marks)})
    table = ScoreTable.of(ScoreArrays.of(scores, names), ScoreArrays.of(teacher_marks, names), posts)
    arrays = estimate_arrays(table)
    return ClassEstimate(
        _posts(table, arrays, names, suggestions or {}), _reviewers(table, arrays), _reviews(table, arrays)
    )


def estimate_arrays(table: ScoreTable) -> ClassArrays:
    """Estimate every post of a class without an object for each: a million scores in about a second."""
    probability, weight = attend(table)
    fitted = fit(table, weight)
    estimate, low, high = _likely_range(table, fitted, weight)
    z = departure(table, fitted)
    apart = np.abs(z) > STANDS_APART
    return ClassArrays(
        estimate=estimate,
        low=low,
        high=high,
        mean=table.mean(),
        median=table.median(),
        count=table.count(),
        disagreement=disagreement(table, fitted),
        flags=raised(table, fitted, estimate=estimate, probability=probability, apart=apart),
        leniency=np.where(table.written() < ENOUGH_WRITTEN, np.nan, fitted.leniency),
        probability=probability,
        weight=weight,
        z=z,
        apart=apart,
    )


def _likely_range(table: ScoreTable, fitted: Fit, weight: Floats) -> tuple[Floats, Floats, Floats]:
    """Estimates and the ends of their likely ranges, (C, P) each, within the scale."""
    level = np.where(table.received() < ENOUGH_REVIEWS, np.nan, fitted.level)
    reach = REACH * np.sqrt(level_variance(table, fitted, weight))
    estimate, low, high = (np.clip(end, LOWEST, HIGHEST) for end in (level, level - reach, level + reach))
    return estimate, low, high


def _posts(
    table: ScoreTable, arrays: ClassArrays, names: list[str], suggestions: Mapping[int, tuple[int, int]]
) -> dict[int, PostEstimate]:
    criteria, flags = _criteria(arrays, names), _flags(arrays)
    posts = {}
    for post, reviews in zip(table.post_ids.tolist(), table.received().tolist(), strict=True):
        vague = little_concrete(*suggestions.get(post, (0, 0)))
        found = next(flags) | ({Flag.LITTLE_CONCRETE} if vague else set())
        posts[post] = PostEstimate(next(criteria), found, reviews)
    return posts


def _criteria(arrays: ClassArrays, names: list[str]) -> Iterator[dict[str, CriterionEstimate]]:
    """Post by post, its criteria."""
    ends = arrays.estimate, arrays.low, arrays.high
    raw = arrays.mean, arrays.median, arrays.count.astype(np.intp)
    for post in zip(*(_or_none(part.T) for part in (*ends, *raw, arrays.disagreement)), strict=True):
        cells = zip(*post, strict=True)
        yield {name: CriterionEstimate(*cell) for name, cell in zip(names, cells, strict=True)}


def _flags(arrays: ClassArrays) -> Iterator[frozenset[Flag]]:
    """Post by post, its flags."""
    for post in zip(*(column.tolist() for column in arrays.flags.values()), strict=True):
        yield frozenset(flag for flag, up in zip(arrays.flags, post, strict=True) if up)


def _reviewers(table: ScoreTable, arrays: ClassArrays) -> dict[int, ReviewerEstimate]:
    rows = zip(
        table.reviewer_ids.tolist(),
        _or_none(arrays.leniency),
        arrays.probability.tolist(),
        arrays.weight.tolist(),
        can_tell(table).tolist(),
        strict=True,
    )
    return {
        reviewer: ReviewerEstimate(leniency, probability, weight, band(probability, told))
        for reviewer, leniency, probability, weight, told in rows
    }


def _reviews(table: ScoreTable, arrays: ClassArrays) -> dict[tuple[int, int], ReviewEstimate]:
    pairs = zip(table.reviewer_ids[table.reviewer].tolist(), table.post_ids[table.post].tolist(), strict=True)
    found = zip(arrays.z.tolist(), arrays.apart.tolist(), strict=True)
    return {pair: ReviewEstimate(z, apart) for pair, (z, apart) in zip(pairs, found, strict=True)}


def _or_none(values: Floats | Bools | Ints) -> list[Any]:
    """Nested lists of plain numbers, with None for nan."""
    cells = values.astype(np.object_)
    cells[np.isnan(values)] = None
    plain: list[Any] = cells.tolist()
    return plain
