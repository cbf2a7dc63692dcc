"""The model beneath the estimates, held against slow and obvious ways to compute the same."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.generator import simulate
from benchmarks.scoring import influence, table_of
from blogreview.domain.attention import attend, departure, follow_probability
from blogreview.domain.leniency import fit, inverses, level_variance
from blogreview.domain.scores import ScoreArrays, ScoreTable, medians

Floats = NDArray[np.float64]
CRITERIA, POSTS, REVIEWERS = 3, 7, 6
PRIOR = np.linalg.inv(0.15 * np.eye(CRITERIA) + 0.60)


def random_class(seed: int) -> ScoreTable:
    """Partial reviews, reviewers of one review, a post nobody reviewed, and a few marks by the teacher."""
    draw = np.random.default_rng(seed)
    pairs = [(reviewer, post) for reviewer in range(REVIEWERS) for post in range(POSTS - 1)]
    chosen = [pairs[place] for place in draw.permutation(len(pairs))[:18]] + [(REVIEWERS, 0)]
    cells = [(*pair, criterion) for pair in chosen for criterion in range(CRITERIA) if draw.random() < 0.8]
    scores = _arrays(cells, draw)
    marked = [(0, post, criterion) for post in (1, POSTS) for criterion in range(2)]
    return ScoreTable.of(scores, _arrays(marked, draw), posts=range(POSTS + 1))


def _arrays(cells: list[tuple[int, int, int]], draw: np.random.Generator) -> ScoreArrays:
    reviewer, post, criterion = np.array(cells, np.intp).T
    return ScoreArrays(reviewer, post, criterion, draw.integers(1, 5, len(cells)).astype(np.float64))


@dataclass
class Dense:
    """Every unknown of the model side by side, halos too, and one row per squared term."""

    average: Floats
    quality: Floats
    leniency: Floats


def dense(table: ScoreTable, weight: Floats) -> Dense:
    """Least squares over everything at once, by LAPACK."""
    criteria, posts = table.teacher_count.shape
    reviewers, reviews = table.reviewer_ids.size, table.post.size
    quality, leniency = criteria, criteria + posts * criteria
    halo = leniency + reviewers
    rows, targets = [], []

    def add(unknowns: dict[int, float], target: float, variance: float) -> None:
        row = np.zeros(halo + reviews)
        for place, factor in unknowns.items():
            row[place] = factor
        rows.append(row / np.sqrt(variance))
        targets.append(target / np.sqrt(variance))

    for review, (post, reviewer) in enumerate(zip(table.post, table.reviewer, strict=True)):
        for criterion in np.flatnonzero(table.given[:, review]):
            own = {criterion: 1.0, quality + post * criteria + criterion: 1.0, leniency + reviewer: 1.0}
            add({**own, halo + review: 1.0}, table.value[criterion, review], 0.30 / weight[reviewer])
        add({halo + review: 1.0}, 0, 0.06 / weight[reviewer])
    for criterion, post in np.argwhere(table.teacher_count):
        unknowns = {criterion: 1.0, quality + post * criteria + criterion: 1.0}
        add(unknowns, table.teacher_sum[criterion, post], 0.05)
    for post in range(posts):
        for factors in np.linalg.cholesky(PRIOR).T:
            add({quality + post * criteria + place: factor for place, factor in enumerate(factors)}, 0, 1)
    for reviewer in range(reviewers):
        add({leniency + reviewer: 1.0}, 0, 0.12)
    solution = np.linalg.lstsq(np.array(rows), np.array(targets), rcond=None)[0]
    return Dense(solution[:criteria], solution[quality:leniency].reshape(posts, criteria).T, solution[leniency:halo])


def review_covariance(table: ScoreTable, review: int, halo: float = 0.06) -> tuple[NDArray[np.intp], Floats]:
    scored = np.flatnonzero(table.given[:, review])
    return scored, 0.30 * np.eye(scored.size) + halo


def post_posterior(
    table: ScoreTable, post: int, weight: Floats, residual: Floats, marks: Floats, without: int | None = None
) -> tuple[Floats, Floats]:
    """Mean and covariance of a post's quality from one review after another."""
    precision = PRIOR + np.diag(table.teacher_count[:, post] / 0.05)
    evidence = marks[:, post] / 0.05
    for review in np.flatnonzero(table.post == post):
        if review != without:
            scored, covariance = review_covariance(table, review)
            trust = weight[table.reviewer[review]] * np.linalg.inv(covariance)
            precision[np.ix_(scored, scored)] += trust
            evidence[scored] += trust @ residual[scored, review]
    return np.linalg.solve(precision, evidence), np.linalg.inv(precision)


def left_out(table: ScoreTable, weight: Floats) -> list[tuple[Floats, Floats]]:
    fitted = fit(table, weight)
    marks = table.teacher_sum - table.teacher_count * fitted.average[:, None]
    return [
        post_posterior(table, post, weight, fitted.residual, marks, without=review)
        for review, post in enumerate(table.post)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_the_fit_is_the_dense_solution(seed):
    table = random_class(seed)
    weight = np.random.default_rng(seed).uniform(0.05, 1, table.reviewer_ids.size)
    fitted, expected = fit(table, weight), dense(table, weight)
    np.testing.assert_allclose(fitted.average, expected.average, atol=1e-6)
    np.testing.assert_allclose(fitted.level, expected.average[:, None] + expected.quality, atol=1e-6)
    np.testing.assert_allclose(fitted.leniency, expected.leniency, atol=1e-6)


def test_an_unreviewed_post_lies_at_the_class_average():
    fitted = fit(random_class(0), np.ones(REVIEWERS + 1))
    np.testing.assert_allclose(fitted.level[:, POSTS - 1], fitted.average, atol=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_attention_is_the_published_formula(seed):
    table = random_class(seed)
    weight = np.ones(table.reviewer_ids.size)
    fitted, predicted = fit(table, weight), left_out(table, weight)
    expected = []
    for reviewer in range(table.reviewer_ids.size):
        reviews = np.flatnonzero(table.reviewer == reviewer)
        cells = [(c, n) for n in reviews for c in np.flatnonzero(table.given[:, n])]
        own = np.array([fitted.residual[cell] for cell in cells])
        others = np.array([predicted[n][0][c] for c, n in cells])
        own, others = own - own.mean(), others - others.mean()
        around_others, around_nothing = ((own - others) ** 2).sum(), (own**2).sum()
        power = 2 + (len(cells) - 1) / 2 / 2
        log_factor = -power * (np.log(0.2 + around_others / 4) - np.log(0.2 + around_nothing / 4))
        expected.append(1 / (1 + np.exp(-log_factor - np.log(9))) if reviews.size > 1 else 0.9)
    np.testing.assert_allclose(follow_probability(table, fitted), expected, atol=1e-7)
    np.testing.assert_allclose(attend(table)[1], np.maximum(0.05, expected), atol=1e-7)


@pytest.mark.parametrize("seed", range(4))
def test_a_review_departs_by_the_published_formula(seed):
    table = random_class(seed)
    weight = np.random.default_rng(seed).uniform(0.05, 1, table.reviewer_ids.size)
    fitted, expected = fit(table, weight), []
    doubts = leniency_doubts(table, weight)
    for review, (mean, covariance) in enumerate(left_out(table, weight)):
        scored, _ = review_covariance(table, review)
        variance = covariance[np.ix_(scored, scored)].sum() / scored.size**2 + 0.30 / scored.size + 0.06
        difference = (fitted.residual[scored, review] - mean[scored]).mean()
        expected.append(difference / np.sqrt(variance + doubts[table.reviewer[review]]))
    np.testing.assert_allclose(departure(table, fitted), expected, atol=1e-7)


def leniency_doubts(table: ScoreTable, weight: Floats) -> Floats:
    """The variance of each leniency, were the posts known."""
    precision = np.full(weight.size, 1 / 0.12)
    for review, reviewer in enumerate(table.reviewer):
        precision[reviewer] += weight[reviewer] / (0.30 / table.given[:, review].sum() + 0.06)
    return 1 / precision


@pytest.mark.parametrize("seed", range(4))
def test_a_level_is_as_unsure_as_its_reviews_and_their_leniencies(seed):
    table = random_class(seed)
    weight = np.random.default_rng(seed).uniform(0.05, 1, table.reviewer_ids.size)
    doubts, expected = leniency_doubts(table, weight), np.zeros_like(table.teacher_count)
    for post in range(table.post_ids.size):
        precision = PRIOR + np.diag(table.teacher_count[:, post] / 0.05)
        for review in np.flatnonzero(table.post == post):
            reviewer = table.reviewer[review]
            scored, covariance = review_covariance(table, review, 0.06 + doubts[reviewer])
            precision[np.ix_(scored, scored)] += weight[reviewer] * np.linalg.inv(covariance)
        expected[:, post] = np.diag(np.linalg.inv(precision))
    np.testing.assert_allclose(level_variance(table, fit(table, weight), weight), expected, atol=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_at_fixed_weights_raising_a_score_never_lowers_that_criterion_of_its_post(seed):
    table = random_class(seed)
    weight = np.random.default_rng(seed).uniform(0.05, 1, table.reviewer_ids.size)
    before = fit(table, weight).level
    for criterion, review in np.argwhere(table.given):
        value = table.value.copy()
        value[criterion, review] += 0.5
        rise = fit(replace(table, value=value), weight).level - before
        assert rise[criterion, table.post[review]] > 0


def test_one_review_alone_cannot_turn_a_post_with_four():
    held, anew = influence(classes=1)
    assert 0.5 < held <= 0.8
    assert 0.5 < anew <= 1.3


def test_matrices_are_inverted_all_at_once():
    roots = np.random.default_rng(0).normal(size=(5, 4, 4))
    matrices = roots @ roots.transpose(0, 2, 1) + np.eye(4)
    expected = np.linalg.inv(matrices).transpose(1, 2, 0)
    np.testing.assert_allclose(inverses(matrices.transpose(1, 2, 0)), expected, atol=1e-12)


def test_medians_of_uneven_groups_are_found_by_group():
    values, group = np.array([4.0, 1, 2, 3, 1, 2]), np.array([0, 0, 2, 2, 2, 3])
    np.testing.assert_array_equal(medians(values, group, 5), [2.5, np.nan, 2, 2, np.nan])


def test_far_apart_ids_give_what_close_ids_give():
    close = table_of(simulate(8, 3, "mixed", seed=1))
    simulated = simulate(8, 3, "mixed", seed=1)
    spread = ScoreArrays(simulated.reviewer * 10**9, simulated.post * 10**9, simulated.criterion, simulated.value)
    np.testing.assert_array_equal(ScoreTable.of(spread).value, close.value)
    assert ScoreTable.of(spread).post_ids.tolist() == [post * 10**9 for post in range(8)]
