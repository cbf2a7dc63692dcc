from __future__ import annotations

import json

import pytest

from blogreview.domain.estimates import ClassScores, Estimate, Figures, estimated, kept, plain_mean
from blogreview.domain.scoring import Flag, Scored, estimate_class, level_value


def class_scores(levels: int, *, version: int = 1) -> ClassScores:
    """Four posts by six readers on two criteria, whose levels differ from post to post."""
    scores = tuple(
        Scored(reader, post, criterion, level_value(1 + (post + reader * place) % levels, levels))
        for post in range(4)
        for reader in range(6)
        for place, criterion in enumerate(("11", "12"), 1)
    )
    return ClassScores(1, version, levels, scores, (Scored(99, 0, "11", 4.0),), dict.fromkeys(range(4), (1, 6)))


def test_what_is_kept_survives_storage():
    made = estimated(class_scores(4))

    assert {post: kept(json.loads(json.dumps(content))) for post, content in made.items()} == {
        post: kept(content) for post, content in made.items()
    }


def test_what_is_kept_is_what_scoring_found():
    read = class_scores(4)
    found = estimate_class(read.scores, teacher_marks=read.teacher_marks, suggestions=read.suggestions)

    for post, content in estimated(read).items():
        expected = {
            int(name): Figures(
                *(round(figure, 4) for figure in (one.estimate, one.low, one.high, one.median)), one.disagreement
            )
            for name, one in found.posts[post].criteria.items()
        }
        assert kept(content) == Estimate(expected, found.posts[post].flags)
        assert Flag.LITTLE_CONCRETE in kept(content).flags


@pytest.mark.parametrize("levels", [2, 3, 5, 6])
def test_figures_are_in_the_rubrics_own_levels(levels):
    """Everybody at the top, or at the bottom, gives an estimate near it, and never beyond."""
    for level in (1, levels):
        value = level_value(level, levels)
        scores = tuple(Scored(reader, post, "11", value) for post in range(4) for reader in range(6))
        figures = kept(estimated(ClassScores(1, 1, levels, scores, (), {}))[0]).criteria[11]
        assert figures.median == pytest.approx(level)
        assert figures.estimate == pytest.approx(level, abs=0.01)
        assert 1 - 1e-9 <= figures.low <= figures.high <= levels + 1e-9


def test_nothing_kept_is_no_estimate():
    assert kept(None) == Estimate({}, frozenset())


def test_a_class_without_scores_has_nothing_to_keep():
    assert estimated(ClassScores(1, 0, 4, (), (), {})) == {}


@pytest.mark.parametrize(("counts", "mean"), [((0, 0, 0, 0), None), ((1, 0, 0, 1), 2.5), ((0, 3), 2.0), ((), None)])
def test_the_plain_mean_is_of_readers(counts, mean):
    assert plain_mean(counts) == mean
