"""What an assignment will mean for a class, from how many they are."""

from __future__ import annotations

import pytest

from blogreview.assignments.outlook import Outlook


@pytest.mark.parametrize(
    ("students", "teams", "reviews", "told"),
    [
        (96, 24, 3, (3, "12", 24, 90)),
        (95, 24, 3, (3, "11–12", 24, 90)),
        (5, 3, 3, (2, "3–4", 7, 60)),
        (4, 2, 10, (1, "2", 4, 30)),
        (4, 1, 3, (0, "0", 0, 0)),
        (0, 0, 3, (0, "0", 0, 0)),
        (96, 24, 0, (0, "0", 0, 0)),
    ],
)
def test_readers_and_suggestions_follow_from_the_class(students, teams, reviews, told):
    outlook = Outlook(students, teams, reviews)
    assert (outlook.possible, outlook.readers, outlook.suggestions, outlook.minutes) == told


def test_one_review_less_is_shown_where_that_leaves_any():
    less = Outlook(96, 24, 3).with_one_less
    assert less is not None
    assert (less.reviews, less.readers, less.suggestions) == (2, "8", 16)
    assert Outlook(96, 24, 1).with_one_less is None
