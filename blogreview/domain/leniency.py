"""Even out who is generally strict or kind: the model beneath the estimates.

On the scale 1–4, reviewer r's score of post p on criterion c is

    y_rpc = average_c + x_pc + leniency_r + halo_rp + noise

with the variances below. After Piech et al., *Tuned Models of Peer Assessment in MOOCs*, 2013
(arXiv 1307.2579), with halo and correlated criteria added. Only the ratios matter, and half or twice of any
moved the error by .02 at most, so they are fixed. Reliability is not learned here: learned weights get
hijacked by lazy reviewers who agree with each other.

With weights given, the best fit minimises a convex sum of squares, so there is exactly one.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from blogreview.domain.scores import Floats, ScoreTable

CRITERION_VARIANCE = 0.15
"""of a post's quality, for each criterion by itself"""
QUALITY_VARIANCE = 0.60
"""of a post's quality, common to its criteria"""
LENIENCY_VARIANCE = 0.12
"""of a reviewer's strictness or kindness"""
HALO_VARIANCE = 0.06
"""of what colours one whole review"""
NOISE_VARIANCE = 0.30
"""of each single score"""
TEACHER_VARIANCE = 0.05
"""of each of the teacher's marks, which have no leniency and no halo"""

TOLERANCE = 1e-9
BLOCK = 4096
"""Reviews worked on at a time, so that their matrices stay in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class ReviewPrecision:
    """How much each of N reviews counts: its inverse covariance times its reviewer's weight.

    For review n that is ``diag(alone · given) − together · given givenᵀ``; (C, C, N) matrices are large, so they
    are made only where they have to be.
    """

    given: Floats
    """(C, N)"""
    alone: Floats
    """(N,)"""
    together: Floats
    """(N,)"""

    @classmethod
    def of(cls, table: ScoreTable, weight: Floats, halo: Floats | float = HALO_VARIANCE) -> "ReviewPrecision":
        alone = weight[table.reviewer] / NOISE_VARIANCE
        together = alone * halo / (NOISE_VARIANCE + halo * table.given.sum(axis=0))
        return cls(table.given, alone, together)

    def times(self, values: Floats) -> Floats:
        """Multiply values (C, N), which are 0 where nothing is given."""
        product: Floats = self.alone * values - self.together * values.sum(axis=0) * self.given
        return product

    def matrices(self, block: slice) -> Floats:
        """(C, C, n) of some of the reviews."""
        given = self.given[:, block]
        matrices: Floats = given[:, None] * (-self.together[block] * given)
        np.einsum("iin->in", matrices)[:] += self.alone[block] * given
        return matrices

    def per_post(self, table: ScoreTable) -> Floats:
        """(C, C, P) of each post's quality: all its reviews, the teacher's marks and the prior together."""
        criteria = len(self.given)
        precision = np.empty((criteria, criteria, table.post_ids.size))
        for one in range(criteria):
            for other in range(one + 1):
                shared = -self.together * self.given[one] * self.given[other]
                precision[one, other] = precision[other, one] = table.per_post(shared)
        marks = table.teacher_count / TEACHER_VARIANCE
        np.einsum("iip->ip", precision)[:] += table.per_post(self.alone * self.given) + marks
        return precision + _prior_precision(criteria)[:, :, None]


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The best fit of the model at given weights, for C criteria, N reviews, P posts and R reviewers."""

    average: Floats
    """(C,) the class average of each criterion."""
    level: Floats
    """(C, P) average plus the post's own quality; not clipped to the scale."""
    leniency: Floats
    """(R,) in levels; kind is positive."""
    leniency_variance: Floats
    """(R,) how unsure the leniency is."""
    residual: Floats
    """(C, N) what a review says of its post's quality: score − average − leniency; 0 where not scored."""
    review_precision: ReviewPrecision
    post_precision: Floats
    """(C, C, P)"""


def fit(table: ScoreTable, weight: Floats) -> Fit:
    """Fit averages, posts and leniencies together.

    :param weight: (R,) how much each reviewer counts, above 0 and at most 1.
    :return: the minimum of the convex sum of squares, leniencies to 1e-9.
    """
    reviews = ReviewPrecision.of(table, weight)
    posts = reviews.per_post(table)
    equations = _Equations.of(table, reviews, inverses(posts))
    leniency = _conjugate_gradients(equations.passed_through, equations.demand(), equations.stiffness)
    average, level = equations.posts_given(leniency)
    residual = table.given * (table.value - average[:, None] - leniency[table.reviewer])
    return Fit(average, level, leniency, 1 / equations.stiffness, residual, reviews, posts)


def leave_one_out(table: ScoreTable, fitted: Fit) -> tuple[Floats, Floats]:
    """What everyone but its own reviewer says about the post of each review.

    :return: (C, N) the quality expected, as a deviation from the average; and (N,) the variance of its mean
        over the criteria the review scores.
    """
    own = fitted.review_precision.times(fitted.residual)
    marks = table.teacher_sum - table.teacher_count * fitted.average[:, None]
    evidence = (table.per_post(own) + marks / TEACHER_VARIANCE).take(table.post, axis=1) - own
    expected, variance = np.empty_like(evidence), np.empty(table.post.size)
    for start in range(0, table.post.size, BLOCK):
        block = slice(start, start + BLOCK)
        everyone = fitted.post_precision.take(table.post[block], axis=2)
        covariance = inverses(everyone - fitted.review_precision.matrices(block))
        expected[:, block] = np.einsum("ijn,jn->in", covariance, evidence[:, block])
        share = table.given[:, block] / table.given[:, block].sum(axis=0)
        variance[block] = np.einsum("in,ijn,jn->n", share, covariance, share)
    return expected, variance


def level_variance(table: ScoreTable, fitted: Fit, weight: Floats) -> Floats:
    """(C, P) the variance of each level, the doubt about each reviewer's leniency included."""
    halo = HALO_VARIANCE + fitted.leniency_variance[table.reviewer]
    covariance = inverses(ReviewPrecision.of(table, weight, halo).per_post(table))
    variance: Floats = np.einsum("iip->ip", covariance)
    return variance


def inverses(matrices: Floats) -> Floats:
    """Invert symmetric positive definite matrices, (C, C, n), all n at once.

    Gauss–Jordan by the symmetric sweep operator (Goodnight 1979, 10.1080/00031305.1979.10482688), which needs
    no pivoting here; twice as fast as LAPACK, which takes one small matrix at a time.
    """
    swept = matrices.copy()
    for k in range(len(matrices)):
        pivot = swept[k, k].copy()
        column = swept[k] / pivot
        swept -= column[:, None] * swept[k]
        swept[k] = swept[:, k] = column
        swept[k, k] = -1 / pivot
    return -swept


@dataclass(frozen=True, slots=True, eq=False)
class _Equations:
    """The normal equations, arranged so that leniencies give posts, and posts give leniencies."""

    table: ScoreTable
    covariance: Floats
    """(C, C, P) of each post's quality, the leniencies known."""
    prior: Floats
    """(C, C) the precision of a quality before any review."""
    kept: Floats
    """(C, C) what of a common change of all evidence the averages take up."""
    pull: Floats
    """(C, N) what one level of leniency adds to the evidence of its review."""
    evidence: Floats
    """(C, N) the scores times their precision."""
    marks: Floats
    """(C, P) the same for the teacher's marks."""
    stiffness: Floats
    """(R,) the precision of a leniency, the posts known."""

    @classmethod
    def of(cls, table: ScoreTable, reviews: ReviewPrecision, covariance: Floats) -> "_Equations":
        criteria, posts = len(covariance), table.post_ids.size
        prior = _prior_precision(criteria)
        pull = reviews.times(table.given)
        return cls(
            table,
            covariance,
            prior,
            posts * np.eye(criteria) - covariance.sum(axis=2) @ prior,
            pull,
            reviews.times(table.value),
            table.teacher_sum / TEACHER_VARIANCE,
            table.per_reviewer(pull.sum(axis=0)) + 1 / LENIENCY_VARIANCE,
        )

    def posts_given(self, leniency: Floats) -> tuple[Floats, Floats]:
        """Averages (C,) and levels (C, P), were these the leniencies."""
        cleared = self.evidence - self.pull * leniency[self.table.reviewer]
        return self._levels(self.table.per_post(cleared) + self.marks)

    def demand(self) -> Floats:
        """(R,) what the scores ask of each leniency, with all leniencies at 0."""
        _, level = self.posts_given(np.zeros(self.table.reviewer_ids.size))
        return self.table.per_reviewer(self.evidence.sum(axis=0)) - self._reach(level)

    def passed_through(self, leniency: Floats) -> Floats:
        """(R,) how much of the demand these leniencies meet, the posts having moved in answer."""
        _, level = self._levels(self.table.per_post(self.pull * leniency[self.table.reviewer]))
        return self.stiffness * leniency - self._reach(level)

    def _levels(self, evidence: Floats) -> tuple[Floats, Floats]:
        # The averages are those which the levels, each drawn towards them by the prior, average to.
        level = np.einsum("ijp,jp->ip", self.covariance, evidence)
        average = np.linalg.solve(self.kept, level.sum(axis=1))
        level += np.einsum("ijp,j->ip", self.covariance, self.prior @ average)
        return average, level

    def _reach(self, level: Floats) -> Floats:
        """(R,) what these levels explain of the reviewers' evidence."""
        explained = np.einsum("cn,cn->n", self.pull, level.take(self.table.post, axis=1))
        return self.table.per_reviewer(explained)


def _conjugate_gradients(apply: Callable[[Floats], Floats], target: Floats, diagonal: Floats) -> Floats:
    """Solve ``apply(x) = target`` for a symmetric positive definite ``apply``.

    One step costs as much as solving posts and then reviewers once in turn, and some 20 steps do what takes
    that plain alternation some 90. It ends when another turn would move no leniency by more than 1e-9.
    """
    solution = np.zeros_like(target)
    missing = target
    change = direction = missing / diagonal
    size = _dot(missing, change)
    while np.abs(change).max(initial=0) > TOLERANCE:
        applied = apply(direction)
        stride = size / _dot(direction, applied)
        solution = solution + stride * direction
        missing = missing - stride * applied
        change = missing / diagonal
        size, before = _dot(missing, change), size
        direction = change + size / before * direction
    return solution


def _dot(one: Floats, other: Floats) -> float:
    return float((one * other).sum())  # not ``@``, whose threads cost more than they save at this length


def _prior_precision(criteria: int) -> Floats:
    covariance: Floats = CRITERION_VARIANCE * np.eye(criteria) + QUALITY_VARIANCE
    return np.linalg.inv(covariance).astype(np.float64, copy=False)
