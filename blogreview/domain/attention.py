"""How well do this reviewer's scores follow differences between posts that others also see?

Said to the teacher as "scores do not distinguish posts", never as "wrong", and never a deduction by itself.
"""

import enum

import numpy as np

from blogreview.domain.leniency import HALO_VARIANCE, NOISE_VARIANCE, Fit, fit, leave_one_out
from blogreview.domain.scores import Bools, Floats, ScoreTable

PRIOR = 0.9
"""The probability that a reviewer follows the posts before anything is known: odds of nine to one."""
LEAST_WEIGHT = 0.05
ENOUGH_WRITTEN = 2
ENOUGH_POSTS = 4
LITTLE = 0.5


class Attention(enum.Enum):
    """The bands a teacher sees."""

    TOO_FEW = "too-few"
    FOLLOWS = "follows"
    LITTLE_VARIATION = "little-variation"


def attend(table: ScoreTable) -> tuple[Floats, Floats]:
    """(R,) the probability that each reviewer follows the posts, and (R,) how much each counts for it.

    In a class of fewer than four reviewed posts everyone counts fully.
    """
    everyone = np.ones(table.reviewer_ids.size)
    probability = follow_probability(table, fit(table, everyone))
    if not _enough_posts(table):
        return probability, everyone
    return probability, np.maximum(LEAST_WEIGHT, probability)


def can_tell(table: ScoreTable) -> Bools:
    """(R,) whether there is enough to judge a reviewer by: two reviews, in a class of four reviewed posts."""
    return (table.written() >= ENOUGH_WRITTEN) & _enough_posts(table)


def follow_probability(table: ScoreTable, fitted: Fit) -> Floats:
    """(R,) the probability that a reviewer follows the posts, the prior where nobody can tell.

    The Bayes factor weighs "the scores are what the others' scores predict, and noise" against "the scores
    are noise alone", both with unknown noise. Scores of one review hang together, so n of them count
    as (n − 1) / 2.
    """
    predicted, _ = leave_one_out(table, fitted)
    own, others = _centred(table, fitted.residual), _centred(table, predicted)
    around_others = _squares(table, own - others)
    around_nothing = _squares(table, own)
    degrees = (table.per_reviewer(table.given.sum(axis=0)) - 1) / 2
    log_factor = -(2 + degrees / 2) * (np.log(0.2 + around_others / 4) - np.log(0.2 + around_nothing / 4))
    log_odds = np.where(can_tell(table), log_factor, 0) + np.log(PRIOR / (1 - PRIOR))
    probability: Floats = (1 + np.tanh(log_odds / 2)) / 2  # the logistic function, without overflow
    return probability


def departure(table: ScoreTable, fitted: Fit) -> Floats:
    """(N,) how far each review is from what the others predict, in standard deviations; kind is positive."""
    predicted, variance = leave_one_out(table, fitted)
    scored = table.given.sum(axis=0)
    distance = (table.given * (fitted.residual - predicted)).sum(axis=0) / scored
    own_variance = NOISE_VARIANCE / scored + HALO_VARIANCE + fitted.leniency_variance[table.reviewer]
    z: Floats = distance / np.sqrt(variance + own_variance)
    return z


def band(probability: float, can_be_told: bool) -> Attention:
    """The band of one reviewer."""
    if not can_be_told:
        return Attention.TOO_FEW
    return Attention.LITTLE_VARIATION if probability < LITTLE else Attention.FOLLOWS


def _enough_posts(table: ScoreTable) -> bool:
    return np.unique(table.post).size >= ENOUGH_POSTS


def _centred(table: ScoreTable, values: Floats) -> Floats:
    """Values (C, N) less their reviewer's mean, 0 where nothing was scored."""
    sums = table.per_reviewer((table.given * values).sum(axis=0))
    mean = sums / table.per_reviewer(table.given.sum(axis=0))
    return table.given * (values - mean[table.reviewer])


def _squares(table: ScoreTable, values: Floats) -> Floats:
    return table.per_reviewer((values**2).sum(axis=0))
