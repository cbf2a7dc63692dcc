from __future__ import annotations

import re

import pytest

from blogreview.domain.grading import rank, read_points
from blogreview.domain.terms import GradingScale


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("87", "87"), ("87,5", "87.5"), ("87,50", "87.5"), ("100.00", "100"), ("0", "0"), ("10", "10")],
)
def test_points_are_stored_in_one_way(typed, stored):
    assert read_points(typed, 100) == stored


@pytest.mark.parametrize("typed", ["", "B", "-1", "100,01", "1e2", "12,345", "١٢", " 5", "nan", "12345"])
def test_what_are_not_points_is_refused(typed):
    with pytest.raises(ValueError, match=f"^{re.escape(typed)}$"):
        read_points(typed, 100)


def test_without_a_highest_any_points_will_do():
    assert read_points("9999", None) == "9999"


def test_grades_rank_from_the_lowest():
    letters = sorted("CAFEBD", key=lambda letter: rank(letter, GradingScale.LETTERS))
    points = sorted(["9", "87.5", "100"], key=lambda value: rank(value, GradingScale.POINTS))

    assert (letters, points) == (["F", "E", "D", "C", "B", "A"], ["9", "87.5", "100"])
    assert rank("fail", GradingScale.PASS_FAIL) < rank("pass", GradingScale.PASS_FAIL)


@pytest.mark.parametrize(
    ("value", "scale"),
    [(None, GradingScale.LETTERS), ("", GradingScale.NONE), ("B", GradingScale.POINTS), ("pass", GradingScale.LETTERS)],
)
def test_no_grade_and_one_of_another_scale_have_no_rank(value, scale):
    assert rank(value, scale) is None
