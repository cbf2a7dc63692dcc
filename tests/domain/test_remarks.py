from __future__ import annotations

from blogreview.domain.flags import Flag
from blogreview.domain.remarks import Matter, Remark, remarks_of


def told(*flags: Flag, published: bool = True, hidden: bool = False, split: tuple[int, ...] = (), missing: int = 0):
    """Of three wanted reviews."""
    return remarks_of(
        published=published, hidden=hidden, split=split, missing=missing, wanted=3, flags=frozenset(flags)
    )


def test_a_post_as_expected_has_no_remark():
    assert told() == ()


def test_what_is_not_there_has_one_remark_only():
    assert told(*Flag, published=False, missing=3, split=(1,)) == (Remark(Matter.NOT_PUBLISHED),)
    assert told(*Flag, hidden=True, missing=3, split=(1,)) == (Remark(Matter.HIDDEN),)


def test_the_criteria_say_more_than_that_readers_differ():
    assert told(Flag.SPREAD) == (Remark(Flag.SPREAD),)
    assert told(Flag.SPREAD, split=(0, 2)) == (Remark(Matter.DISAGREEMENT, criteria=(0, 2)),)


def test_missing_reviews_are_why_there_are_too_few():
    assert told(Flag.TOO_FEW_REVIEWS, Flag.LITTLE_ATTENTION) == (Remark(Flag.TOO_FEW_REVIEWS),)
    assert told(Flag.TOO_FEW_REVIEWS, Flag.LITTLE_ATTENTION, missing=2) == (Remark(Matter.MISSING, count=2),)


def test_remarks_come_in_one_order_whatever_was_raised_first():
    everything = told(
        Flag.LITTLE_ATTENTION, Flag.FAR_FROM_MEAN, Flag.LITTLE_CONCRETE, Flag.ONE_STANDS_APART, missing=1, split=(3,)
    )

    assert [remark.about for remark in everything] == [
        Matter.DISAGREEMENT, Matter.MISSING, Flag.ONE_STANDS_APART, Flag.LITTLE_CONCRETE, Flag.FAR_FROM_MEAN,
        Flag.LITTLE_ATTENTION,
    ]


def test_one_missing_of_many_is_no_reason_to_look():
    def wanting(missing: int, wanted: int):
        return remarks_of(
            published=True, hidden=False, split=(), missing=missing, wanted=wanted, flags=frozenset()
        )

    assert wanting(1, 12) == ()
    assert wanting(2, 12) == (Remark(Matter.MISSING, count=2),)
    assert wanting(1, 9) == (Remark(Matter.MISSING, count=1),)
