"""Scores as they come, one per review and criterion, and the same scores laid out for arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

LOWEST, HIGHEST = 1.0, 4.0

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]


def level_value(level: int, levels: int) -> float:
    """Place a rubric's level on the scale 1–4 that all scoring uses.

    :param level: 1 for the lowest, ``levels`` for the highest.
    :param levels: how many levels the rubric's criteria have, 2–6.
    :raise ValueError: there is no such level.
    """
    if not (2 <= levels <= 6 and 1 <= level <= levels):
        raise ValueError(f"no level {level} of {levels}")
    return LOWEST + (HIGHEST - LOWEST) * (level - 1) / (levels - 1)


@dataclass(frozen=True, slots=True)
class Scored:
    """One score: what a reviewer gave a post on one criterion, on the scale 1–4."""

    reviewer: int
    post: int
    criterion: str
    value: float


class ScoreArrays(NamedTuple):
    """Scores as four arrays of equal length; any whole numbers serve as ids."""

    reviewer: Ints
    post: Ints
    criterion: Ints
    value: Floats

    @classmethod
    def of(cls, scores: Iterable[Scored], criteria: list[str]) -> Self:
        """Turn scores into arrays; a criterion becomes its place in ``criteria``."""
        code = {name: place for place, name in enumerate(criteria)}
        rows = [(score.reviewer, score.post, code[score.criterion], score.value) for score in scores]
        reviewer, post, criterion, value = zip(*rows, strict=True) if rows else ((), (), (), ())
        return cls(_ids(reviewer), _ids(post), _ids(criterion), np.array(value, np.float64))


@dataclass(frozen=True, slots=True, eq=False)
class ScoreTable:
    """The scores of a class: N reviews of P posts by R reviewers on C criteria.

    Posts, reviewers and criteria are numbered in the order of their ids and reviews in the order of
    (post, reviewer), so that the order in which scores arrive cannot be seen in any result.
    """

    post_ids: Ints
    reviewer_ids: Ints
    criterion_ids: Ints
    post: Ints
    """(N,) the post of each review."""
    reviewer: Ints
    """(N,) who wrote each review."""
    value: Floats
    """(C, N) the scores, 0 where a review leaves a criterion out."""
    given: Floats
    """(C, N) 1 where there is a score, else 0."""
    teacher_sum: Floats
    """(C, P) the sum of the teacher's marks."""
    teacher_count: Floats
    """(C, P) how many they are."""

    @classmethod
    def of(cls, scores: ScoreArrays, teacher: ScoreArrays | None = None, posts: Iterable[int] = ()) -> Self:
        """Lay scores out, in time O(n log n).

        :param teacher: the teacher's own marks, which are no reviews.
        :param posts: ids of posts to hold a place for even if nobody reviewed them.
        :raise ValueError: a value outside 1–4, or two scores of one review for one criterion.
        """
        marks = teacher or ScoreArrays.of((), [])
        _check_scale(scores.value)
        _check_scale(marks.value)
        every_post = np.concatenate([scores.post, marks.post, _ids(posts)])
        post_ids, post = _numbered(every_post)
        reviewer_ids, reviewer = _numbered(scores.reviewer)
        every_criterion = np.concatenate([scores.criterion, marks.criterion])
        criterion_ids, criterion = _numbered(every_criterion)

        n = scores.value.size
        pairs, review = np.unique(post[:n] * reviewer_ids.size + reviewer, return_inverse=True)
        value, given = _grid(criterion[:n], review, scores.value, (criterion_ids.size, pairs.size))
        if given.max(initial=0) > 1:
            raise ValueError("a review scores a criterion twice")
        marked = post[n : n + marks.value.size]
        shape = (criterion_ids.size, post_ids.size)
        teacher_sum, teacher_count = _grid(criterion[n:], marked, marks.value, shape)
        return cls(
            post_ids,
            reviewer_ids,
            criterion_ids,
            pairs // max(reviewer_ids.size, 1),
            pairs % max(reviewer_ids.size, 1),
            value,
            given,
            teacher_sum,
            teacher_count,
        )

    def per_post(self, values: Floats) -> Floats:
        """Sum something of each review, (…, N), over the reviews of each post: (…, P)."""
        return sum_by(self.post, values, self.post_ids.size)

    def per_reviewer(self, values: Floats) -> Floats:
        """Sum something of each review, (…, N), over the reviews of each reviewer: (…, R)."""
        return sum_by(self.reviewer, values, self.reviewer_ids.size)

    def received(self) -> Ints:
        """(P,) how many reviews each post has."""
        return np.bincount(self.post, minlength=self.post_ids.size)

    def written(self) -> Ints:
        """(R,) how many reviews each reviewer wrote."""
        return np.bincount(self.reviewer, minlength=self.reviewer_ids.size)

    def count(self) -> Floats:
        """(C, P) how many scores there are."""
        return self.per_post(self.given)

    def mean(self) -> Floats:
        """(C, P) their mean, nan where there is none."""
        count = self.count()
        return np.divide(self.per_post(self.value), count, out=np.full_like(count, np.nan), where=count > 0)

    def median(self) -> Floats:
        """(C, P) their median, nan where there is none."""
        posts = self.post_ids.size
        rows = zip(self.value, self.given > 0, strict=True)
        found = [medians(value[given], self.post[given], posts) for value, given in rows]
        return np.array(found, np.float64).reshape(len(found), posts)


def sum_by(index: Ints, values: Floats, size: int) -> Floats:
    """Sum ``values``, (…, n), into ``size`` groups along the last axis; ``index`` (n,) names the group."""
    if values.ndim == 1:
        return np.bincount(index, values, size).astype(np.float64, copy=False)
    sums = [sum_by(index, row, size) for row in values]
    return np.array(sums, np.float64).reshape(*values.shape[:-1], size)


def medians(values: Floats, group: Ints, size: int) -> Floats:
    """The median of each of ``size`` groups of uneven length; nan for an empty one."""
    ordered = values[np.lexsort((values, group))]
    count = np.bincount(group, minlength=size)
    start = np.cumsum(count) - count
    median = np.full(size, np.nan)
    low, high = ((start + half)[count > 0] for half in ((count - 1) // 2, count // 2))
    median[count > 0] = (ordered[low] + ordered[high]) / 2
    return median


def _ids(ids: Iterable[int]) -> Ints:
    return np.array(list(ids), np.intp)


def _numbered(ids: Ints) -> tuple[Ints, Ints]:
    """The distinct ids in order, and for each id its number among them."""
    if not ids.size or np.ptp(ids) > 10 * ids.size:
        return np.unique(ids, return_inverse=True)
    lowest = ids.min()  # ids from a database lie close together, and need no sorting
    seen = np.zeros(np.ptp(ids) + 1, np.bool_)
    seen[ids - lowest] = True
    return np.flatnonzero(seen) + lowest, (np.cumsum(seen) - 1)[ids - lowest]


def _check_scale(values: Floats) -> None:
    if not np.all((values >= LOWEST) & (values <= HIGHEST)):  # so worded that nan fails too
        raise ValueError("a score lies outside 1–4")


def _grid(row: Ints, column: Ints, values: Floats, shape: tuple[int, int]) -> tuple[Floats, Floats]:
    """Sums and counts of the values in each cell of a grid."""
    cell, size = row * shape[1] + column, shape[0] * shape[1]
    count = np.bincount(cell, minlength=size).astype(np.float64)
    return sum_by(cell, values, size).reshape(shape), count.reshape(shape)
