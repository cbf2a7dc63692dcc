"""What a teacher is told about a post beside its estimate. None of it says that a score is wrong."""

import enum

import numpy as np

from blogreview.domain.leniency import Fit
from blogreview.domain.scores import Bools, Floats, ScoreTable

ENOUGH_REVIEWS = 2
"""A post with fewer shows its scores and their mean, and no estimate."""
WIDE = 0.75
"""A standard deviation above this, in levels, is a spread or a disagreement."""
READERS_TO_DISAGREE = 3
FAR = 0.5
ATTENTIVE_READERS = 2.0
STANDS_APART = 2.0
SUGGESTING_SHARE = 0.40


class Flag(enum.Enum):
    """A reason to look at a post."""

    SPREAD = "spread"
    LITTLE_ATTENTION = "little-attention"
    FAR_FROM_MEAN = "far-from-mean"
    ONE_STANDS_APART = "one-stands-apart"
    TOO_FEW_REVIEWS = "too-few-reviews"
    LITTLE_CONCRETE = "much-praise-little-concrete"


WORTH_READING = frozenset({Flag.SPREAD, Flag.LITTLE_ATTENTION, Flag.FAR_FROM_MEAN})
"""The flags that make a post worth reading by the teacher."""


def raised(table: ScoreTable, fitted: Fit, *, estimate: Floats, probability: Floats, apart: Bools) -> dict[Flag, Bools]:
    """(P,) for each flag that scores can raise, whether a post has it.

    :param estimate: (C, P), nan for a post without.
    :param probability: (R,) that a reviewer follows the posts.
    :param apart: (N,) the reviews that stand apart.
    """
    return {
        Flag.SPREAD: _spread(table, fitted),
        Flag.LITTLE_ATTENTION: table.per_post(probability[table.reviewer]) < ATTENTIVE_READERS,
        Flag.FAR_FROM_MEAN: _far(estimate - table.mean()),
        Flag.ONE_STANDS_APART: table.per_post(apart.astype(np.float64)) > 0,
        Flag.TOO_FEW_REVIEWS: table.received() < ENOUGH_REVIEWS,
    }


def disagreement(table: ScoreTable, fitted: Fit) -> Bools:
    """(C, P) whether three or more readers, their leniency evened out, see a criterion differently."""
    wide = _deviation(table, fitted.residual, table.given) > WIDE
    return wide & (table.count() >= READERS_TO_DISAGREE)


def little_concrete(suggesting: int, reviews: int) -> bool:
    """Much praise, little concrete: whether under 40 % of a post's reviews hold a suggestion."""
    return suggesting < SUGGESTING_SHARE * reviews


def _spread(table: ScoreTable, fitted: Fit) -> Bools:
    means = fitted.residual.sum(axis=0) / table.given.sum(axis=0)
    return _deviation(table, means, np.ones_like(means)) > WIDE


def _far(difference: Floats) -> Bools:
    known = ~np.isnan(difference)
    far: Bools = np.abs(np.where(known, difference, 0).sum(axis=0)) > FAR * known.sum(axis=0)
    return far


def _deviation(table: ScoreTable, values: Floats, present: Floats) -> Floats:
    """(…, P) the standard deviation (n − 1) of each post's present values (…, N); 0 for fewer than two."""
    count = table.per_post(present)
    mean = table.per_post(present * values) / np.maximum(count, 1)
    squares = table.per_post(present * (values - mean.take(table.post, axis=-1)) ** 2)
    return np.sqrt(squares / np.maximum(count - 1, 1))
