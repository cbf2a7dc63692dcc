"""Every flag of a few drawn classes, worked out again from the figures that stand beside it."""

from statistics import fmean, stdev

import pytest

from benchmarks.generator import simulate
from blogreview.domain.scoring import Attention, ClassEstimate, Flag, Scored, estimate_class

SEEDS = range(6)


def drawn(seed: int) -> tuple[list[Scored], ClassEstimate]:
    simulated = simulate(30, 4, "hostile", seed)
    parts = (simulated.reviewer, simulated.post, simulated.criterion.astype(str), simulated.value)
    scores = [Scored(*row) for row in zip(*(part.tolist() for part in parts), strict=True)]
    return scores, estimate_class(scores)


def expected_flags(scores: list[Scored], found: ClassEstimate, post: int) -> set[Flag]:
    readers = {score.reviewer for score in scores if score.post == post}
    criteria = found.posts[post].criteria.values()
    review_means = [
        fmean(score.value for score in scores if (score.reviewer, score.post) == (reader, post))
        - found.reviewers[reader].leniency
        for reader in readers
    ]
    causes = {
        Flag.SPREAD: stdev(review_means) > 0.75,
        Flag.LITTLE_ATTENTION: sum(found.reviewers[reader].probability for reader in readers) < 2,
        Flag.FAR_FROM_MEAN: abs(fmean(c.estimate for c in criteria) - fmean(c.mean for c in criteria)) > 0.5,
        Flag.ONE_STANDS_APART: any(abs(found.reviews[reader, post].z) > 2 for reader in readers),
    }
    return {flag for flag, up in causes.items() if up}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_post_has_the_flags_its_figures_give_it(seed):
    scores, found = drawn(seed)
    assert {post: set(seen.flags) for post, seen in found.posts.items()} == {
        post: expected_flags(scores, found, post) for post in found.posts
    }


def test_every_flag_that_scores_of_four_readers_can_raise_is_among_them():
    raised = {flag for seed in SEEDS for post in drawn(seed)[1].posts.values() for flag in post.flags}
    assert raised == set(Flag) - {Flag.TOO_FEW_REVIEWS, Flag.LITTLE_CONCRETE}


@pytest.mark.parametrize("seed", SEEDS)
def test_readers_disagree_on_a_criterion_when_their_evened_out_scores_lie_wide_apart(seed):
    scores, found = drawn(seed)
    for post, seen in found.posts.items():
        for name, criterion in seen.criteria.items():
            evened = [
                score.value - found.reviewers[score.reviewer].leniency
                for score in scores
                if (score.post, score.criterion) == (post, name)
            ]
            assert criterion.disagreement is (stdev(evened) > 0.75)


@pytest.mark.parametrize("seed", SEEDS)
def test_little_variation_is_a_probability_below_a_half(seed):
    for reviewer in drawn(seed)[1].reviewers.values():
        assert (reviewer.attention is Attention.LITTLE_VARIATION) is (reviewer.probability < 0.5)
