import random
from dataclasses import replace

import pytest

from benchmarks.generator import LAZY, simulate
from blogreview.domain.scoring import (
    WORTH_READING,
    Attention,
    ClassEstimate,
    CriterionEstimate,
    Flag,
    PostEstimate,
    ReviewerEstimate,
    Scored,
    estimate_class,
    level_value,
)

CRITERIA = ("examples", "goals", "guidelines", "positioning")
QUALITIES = {1: 2.0, 2: 3.0, 3: 2.0, 4: 3.0, 5: 2.0, 6: 3.0}


def review(reviewer: int, post: int, value: float) -> list[Scored]:
    return [Scored(reviewer, post, criterion, value) for criterion in CRITERIA]


def agreeing_class(skipping: int = 0) -> list[Scored]:
    """Four reviewers, all of whom see the six posts alike; one post may be left out."""
    return [
        score
        for reviewer in (11, 12, 13, 14)
        for post, quality in QUALITIES.items()
        if post != skipping
        for score in review(reviewer, post, quality)
    ]


def drawn_class(scenario: str, seed: int = 0) -> list[Scored]:
    drawn = simulate(30, 4, scenario, seed)
    columns = (drawn.reviewer, drawn.post, drawn.criterion, drawn.value)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [Scored(reviewer, post, CRITERIA[place], value) for reviewer, post, place, value in rows]


def flags_of_a_post_with(*values: float) -> frozenset[Flag]:
    """Post 6, when the agreeing reviewers give it these values."""
    scores = agreeing_class(skipping=6)
    for reviewer, value in zip((11, 12, 13, 14), values, strict=False):
        scores += review(reviewer, 6, value)
    return estimate_class(scores, posts=[6]).posts[6].flags


@pytest.mark.parametrize(
    ("levels", "values"),
    [(2, [1, 4]), (3, [1, 2.5, 4]), (4, [1, 2, 3, 4]), (5, [1, 1.75, 2.5, 3.25, 4]), (6, [1, 1.6, 2.2, 2.8, 3.4, 4])],
)
def test_levels_of_any_rubric_lie_evenly_from_1_to_4(levels, values):
    assert [level_value(level, levels) for level in range(1, levels + 1)] == pytest.approx(values)


@pytest.mark.parametrize(("level", "levels"), [(0, 4), (5, 4), (1, 1), (1, 7)])
def test_a_level_no_rubric_has_is_refused(level, levels):
    with pytest.raises(ValueError, match="no level"):
        level_value(level, levels)


@pytest.mark.parametrize("value", [0.99, 4.01, float("nan")])
def test_a_score_off_the_scale_is_refused(value):
    with pytest.raises(ValueError, match="outside"):
        estimate_class([Scored(1, 1, "goals", value)])
    with pytest.raises(ValueError, match="outside"):
        estimate_class([], teacher_marks=[Scored(1, 1, "goals", value)])


def test_two_scores_for_one_criterion_of_a_review_are_refused():
    with pytest.raises(ValueError, match="twice"):
        estimate_class([Scored(1, 1, "goals", 2), Scored(1, 1, "goals", 3)])


def test_a_class_without_scores_has_no_estimates():
    assert estimate_class([]) == ClassEstimate({}, {}, {})
    unread = PostEstimate({}, frozenset({Flag.TOO_FEW_REVIEWS, Flag.LITTLE_ATTENTION}), 0)
    assert estimate_class([], posts=[7]).posts == {7: unread}


def test_the_order_of_the_scores_cannot_be_seen():
    scores = drawn_class("mixed")
    shuffled = random.Random(0).sample(scores, len(scores))
    assert estimate_class(shuffled) == estimate_class(scores)


def test_which_ids_people_and_posts_have_changes_nothing():
    scores = drawn_class("mixed")
    renamed = [replace(score, reviewer=900 - score.reviewer, post=70 - score.post) for score in scores]
    before, after = estimate_class(scores), estimate_class(renamed)
    for post, estimate in before.posts.items():
        same = after.posts[70 - post]
        assert (same.flags, same.reviews) == (estimate.flags, estimate.reviews)
        for criterion in CRITERIA:
            assert _figures(same.criteria[criterion]) == pytest.approx(_figures(estimate.criteria[criterion]), abs=1e-9)


def _figures(criterion: CriterionEstimate) -> tuple[float | None, ...]:
    return criterion.estimate, criterion.low, criterion.high, criterion.mean, criterion.median, criterion.n


def test_when_all_scores_are_equal_so_are_all_estimates():
    scores = [score for reviewer in range(4) for post in range(5) for score in review(reviewer, post, 3)]
    found = estimate_class(scores)
    for post in found.posts.values():
        assert post.flags == frozenset()
        assert [c.estimate for c in post.criteria.values()] == pytest.approx([3, 3, 3, 3])
    assert [r.probability for r in found.reviewers.values()] == pytest.approx([0.9] * 4)
    assert [r.z for r in found.reviews.values()] == pytest.approx([0] * 20, abs=1e-9)


def test_mean_median_and_count_stand_beside_the_estimate():
    scores = agreeing_class(skipping=6)
    for reviewer, value in ((11, 1.0), (12, 2.0), (13, 4.0), (14, 4.0)):
        scores += review(reviewer, 6, value)
    goals = estimate_class([s for s in scores if s != Scored(14, 6, "goals", 4.0)]).posts[6].criteria["goals"]
    assert (goals.mean, goals.median, goals.n) == (pytest.approx(7 / 3), 2, 3)


def test_the_likely_range_holds_the_estimate_and_stays_on_the_scale():
    for post in estimate_class(drawn_class("mixed")).posts.values():
        for criterion in post.criteria.values():
            assert 1 <= criterion.low <= criterion.estimate <= criterion.high <= 4
            assert criterion.high - criterion.low > 0.2


def test_in_honest_classes_nine_in_ten_truths_lie_in_the_likely_range():
    inside = []
    for seed in range(5):
        found, truth = estimate_class(drawn_class("honest", seed)), simulate(30, 4, "honest", seed).truth
        for post, estimate in found.posts.items():
            criteria = [estimate.criteria[name] for name in CRITERIA]
            inside += [c.low <= true <= c.high for c, true in zip(criteria, truth[post], strict=True)]
    assert 0.87 <= sum(inside) / len(inside) <= 0.97


def test_a_post_with_one_review_has_its_scores_and_no_estimate():
    scores = agreeing_class(skipping=6) + review(11, 6, 4.0)
    post = estimate_class(scores).posts[6]
    raw = CriterionEstimate(None, None, None, mean=4, median=4, n=1, disagreement=False)
    flags = frozenset({Flag.TOO_FEW_REVIEWS, Flag.LITTLE_ATTENTION})
    assert post == PostEstimate(dict.fromkeys(CRITERIA, raw), flags, 1)


def test_a_reviewer_of_one_post_has_no_leniency_shown():
    found = estimate_class(agreeing_class() + review(15, 1, 4.0)).reviewers[15]
    assert found == ReviewerEstimate(None, pytest.approx(0.9), pytest.approx(0.9), Attention.TOO_FEW)


def test_in_a_class_of_three_posts_everyone_counts_alike():
    scores = [s for r in range(3) for post, value in ((1, 1), (2, 2), (3, 4)) for s in review(r, post, value)]
    everyone = ReviewerEstimate(pytest.approx(0, abs=1e-9), pytest.approx(0.9), 1, Attention.TOO_FEW)
    assert estimate_class(scores).reviewers == dict.fromkeys(range(3), everyone)


def test_leniency_is_evened_out():
    kind = [score for post, quality in QUALITIES.items() for score in review(15, post, quality + 1)]
    found = estimate_class(agreeing_class() + kind)
    assert found.reviewers[15].leniency == pytest.approx(0.75, abs=0.1)
    assert found.reviewers[11].leniency < 0
    assert found.reviewers[15].attention is Attention.FOLLOWS


def test_a_reviewer_who_scores_everything_alike_counts_less():
    flat = [score for post in QUALITIES for score in review(15, post, 4)]
    found = estimate_class(agreeing_class() + flat).reviewers
    assert found[15].attention is Attention.LITTLE_VARIATION
    assert found[15].weight < 0.5 < found[11].weight
    assert found[11].attention is Attention.FOLLOWS


def test_no_reviewer_counts_for_nothing():
    weights = [r.weight for r in estimate_class(drawn_class("hostile")).reviewers.values()]
    assert min(weights) == 0.05


def test_most_lazy_reviewers_show_little_variation():
    kinds = simulate(30, 4, "mixed", 0).kind
    found = estimate_class(drawn_class("mixed")).reviewers
    lazy = [found[reviewer].attention for reviewer in range(30) if kinds[reviewer] == LAZY]
    assert lazy.count(Attention.LITTLE_VARIATION) > len(lazy) / 2


def test_four_readers_who_agree_raise_no_flag():
    assert flags_of_a_post_with(3, 3, 3, 3) == frozenset()


def test_a_post_that_divides_its_readers_is_spread():
    flags = flags_of_a_post_with(1, 4, 1, 4)
    assert Flag.SPREAD in flags
    assert flags & WORTH_READING


@pytest.mark.parametrize(("values", "flags"), [((), 2), ((3,), 2), ((3, 3), 1), ((3, 3, 3), 0)])
def test_two_readers_or_fewer_are_little_attention_and_fewer_than_two_too_few(values, flags):
    expected = (Flag.LITTLE_ATTENTION, Flag.TOO_FEW_REVIEWS)[:flags]
    assert flags_of_a_post_with(*values) == frozenset(expected)


def test_a_post_whose_readers_were_all_kind_is_far_from_its_mean():
    scores = [replace(score, value=score.value - 1) for score in agreeing_class(skipping=6)]
    for reviewer in (15, 16, 17):
        for post, quality in QUALITIES.items():
            scores += review(reviewer, post, quality + 1)
    post = estimate_class(scores).posts[6]
    assert post.flags == frozenset({Flag.FAR_FROM_MEAN})
    assert {(c.mean, c.n) for c in post.criteria.values()} == {(4, 3)}
    assert all(c.estimate < 3.5 for c in post.criteria.values())


def test_one_reader_who_sees_it_quite_otherwise_stands_apart():
    scores = agreeing_class(skipping=6)
    for reviewer, value in ((11, 3), (12, 3), (13, 3), (14, 1)):
        scores += review(reviewer, 6, value)
    found = estimate_class(scores)
    assert Flag.ONE_STANDS_APART in found.posts[6].flags
    assert {pair for pair, seen in found.reviews.items() if seen.stands_apart} == {(14, 6)}
    assert found.reviews[14, 6].z < -2


@pytest.mark.parametrize(("values", "expected"), [((1, 4, 1, 4), True), ((2, 3, 3, 3), False), ((1, 4), False)])
def test_three_readers_can_disagree_on_a_criterion_alone(values, expected):
    scores = agreeing_class(skipping=6)
    for reviewer, value in zip((11, 12, 13, 14), values, strict=False):
        scores += [replace(score, value=3.0) for score in review(reviewer, 6, 3) if score.criterion != "goals"]
        scores.append(Scored(reviewer, 6, "goals", value))
    criteria = estimate_class(scores).posts[6].criteria
    assert {name: seen.disagreement for name, seen in criteria.items()} == {
        **dict.fromkeys(CRITERIA, False),
        "goals": expected,
    }


@pytest.mark.parametrize(("suggesting", "flagged"), [(0, True), (1, True), (2, False), (5, False)])
def test_a_post_is_told_much_praise_little_concrete_below_two_in_five(suggesting, flagged):
    found = estimate_class(agreeing_class(), suggestions={1: (suggesting, 5)})
    assert (Flag.LITTLE_CONCRETE in found.posts[1].flags) is flagged
    assert Flag.LITTLE_CONCRETE not in found.posts[2].flags


def test_teachers_marks_move_the_estimate_and_are_in_no_count():
    plain = estimate_class(agreeing_class()).posts[6]
    marked = estimate_class(agreeing_class(), teacher_marks=review(1, 6, 1.0)).posts[6]
    assert marked.reviews == plain.reviews == 4
    for name in CRITERIA:
        before, after = plain.criteria[name], marked.criteria[name]
        assert (after.mean, after.median, after.n) == (before.mean, before.median, before.n) == (3, 3, 4)
        assert 1 <= after.estimate < 2 < before.estimate
        assert after.high - after.low < before.high - before.low
