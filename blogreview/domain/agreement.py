"""Do the reviewers of a class agree at all?"""

from collections.abc import Collection

import numpy as np

from blogreview.domain.scores import Floats, ScoreArrays, Scored, ScoreTable

BARELY = 0.2
"""Below this the reviewers barely agree."""


def ordinal_alpha(scores: Collection[Scored]) -> float | None:
    """Krippendorff's alpha for ordered levels, with each criterion of each post as a unit.

    After Hayes & Krippendorff 2007, *Answering the Call for a Standard Reliability Measure for Coding Data*
    (10.1080/19312450709336664).

    :return: 1 for full agreement, 0 for what chance gives; None when no two scores can be compared, or all
        that can are alike.
    """
    counts = _counts(scores)
    pairable = counts.sum(axis=0)
    counts = counts[:, pairable > 1]
    weighed = counts / (counts.sum(axis=0) - 1)
    observed = weighed @ counts.T - np.diag(weighed.sum(axis=1))
    totals = observed.sum(axis=1)
    distance = _ordinal_distance(totals)
    by_chance = totals @ distance @ totals
    if not by_chance:
        return None
    return float(1 - (totals.sum() - 1) * (observed * distance).sum() / by_chance)


def barely_agree(alpha: float | None) -> bool:
    """Whether the teacher should be told that the reviewers barely agree."""
    return alpha is not None and alpha < BARELY


def _counts(scores: Collection[Scored]) -> Floats:
    """(levels, units) how often each level was given to each criterion of each post."""
    table = ScoreTable.of(ScoreArrays.of(scores, sorted({score.criterion for score in scores})))
    levels = np.unique(table.value[table.given > 0])
    counts = [table.per_post(table.given * (table.value == level)) for level in levels]
    return np.array(counts).reshape(levels.size, table.criterion_ids.size * table.post_ids.size)


def _ordinal_distance(totals: Floats) -> Floats:
    """Between two levels: how many scores lie from the middle of one to that of the other, squared."""
    middle = np.cumsum(totals) - totals / 2
    return (middle[:, None] - middle) ** 2
