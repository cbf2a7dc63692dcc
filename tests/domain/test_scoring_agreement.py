import krippendorff
import numpy as np
import pytest

from blogreview.domain.agreement import barely_agree, ordinal_alpha
from blogreview.domain.scores import Scored, level_value

CRITERIA = ("goals", "guidelines", "examples")


def some_scores(seed: int, levels: int) -> list[Scored]:
    """Six reviewers, eight posts, three criteria, each cell scored or not; the reviewers see something."""
    draw = np.random.default_rng(seed)
    return [
        Scored(reviewer, post, criterion, level_value(int(level), levels))
        for post in range(8)
        for criterion in CRITERIA
        for centre in [draw.uniform(1, levels)]
        for reviewer in range(6)
        for level in [np.clip(np.rint(draw.normal(centre, 1)), 1, levels)]
        if draw.random() < 0.4
    ]


@pytest.mark.parametrize("levels", range(2, 7))
@pytest.mark.parametrize("seed", range(4))
def test_alpha_is_that_of_the_reference(seed, levels):
    scores = some_scores(seed, levels)
    by_reader = np.full((6, 24), np.nan)
    for score in scores:
        by_reader[score.reviewer, score.post * 3 + CRITERIA.index(score.criterion)] = score.value
    expected = krippendorff.alpha(by_reader, level_of_measurement="ordinal")
    assert ordinal_alpha(scores) == pytest.approx(expected, abs=1e-9)


def test_full_agreement_is_one():
    scores = [Scored(reviewer, post, "goals", post) for reviewer in range(3) for post in (1, 2, 4)]
    assert ordinal_alpha(scores) == 1


@pytest.mark.parametrize(
    "scores",
    [
        [],
        [Scored(1, 1, "goals", 3), Scored(1, 2, "goals", 4)],
        [Scored(reviewer, post, "goals", 3) for reviewer in (1, 2) for post in (1, 2)],
    ],
    ids=["none", "nothing to compare", "all alike"],
)
def test_without_a_difference_to_compare_there_is_no_alpha(scores):
    assert ordinal_alpha(scores) is None


@pytest.mark.parametrize(("alpha", "expected"), [(None, False), (-0.3, True), (0.19, True), (0.2, False), (1, False)])
def test_below_a_fifth_reviewers_barely_agree(alpha, expected):
    assert barely_agree(alpha) is expected
