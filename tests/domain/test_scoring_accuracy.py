"""The estimates against the truth, on the benchmark's classes: some two seconds in all."""

import numpy as np
import pytest

from benchmarks.generator import simulate
from benchmarks.scoring import COLUMNS, Column, accuracy, attention, kendall_tau


@pytest.mark.parametrize("column", COLUMNS, ids=lambda c: f"{c.scenario}-{c.posts}x{c.reviews_each}")
def test_estimates_come_as_near_the_truth_as_published_and_nearer_than_the_mean(column: Column):
    measured = accuracy(column, column.classes)
    for method in ("mean", "median"):
        assert measured[method] == pytest.approx(column.published[method], abs=0.006)
    error, tau = measured["estimate"]
    assert error <= column.published["estimate"][0] + 0.01
    assert error < measured["mean"][0]
    assert tau >= column.published["estimate"][1] - 0.01


def test_careless_reviewers_are_told_from_careful_ones():
    area, falsely_flagged = attention(classes=30)
    assert area >= 0.93
    assert falsely_flagged <= 0.03


def test_tau_counts_ties():
    assert kendall_tau(np.array([1.0, 2, 3]), np.array([1.0, 2, 2])) == pytest.approx(2 / 6**0.5)


def test_a_seed_always_gives_the_same_class():
    drawn = simulate(8, 3, "mixed", seed=0)
    assert drawn.kind.tolist() == [0, 0, 0, 0, 0, 3, 0, 1]
    assert drawn.value[:12].tolist() == [4, 4, 4, 4, 3, 3, 2, 3, 3, 2, 3, 2]
    assert drawn.post[::4][:8].tolist() == [6, 0, 4, 7, 5, 1, 3, 2]
