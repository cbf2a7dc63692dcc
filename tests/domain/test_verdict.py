"""How readers stand together on one criterion."""

from __future__ import annotations

import pytest

from blogreview.domain.verdict import Lean, Verdict, verdict


@pytest.mark.parametrize(
    "counts, found",
    [
        ((), Verdict(Lean.NOBODY, (), 0, 0)),
        ((0, 0, 0, 0), Verdict(Lean.NOBODY, (), 0, 0)),
        ((0, 1, 0, 0), Verdict(Lean.ALONE, (2,), 1, 1)),
        ((0, 0, 2, 0), Verdict(Lean.BOTH, (3,), 2, 2)),
        ((0, 0, 0, 3), Verdict(Lean.ALL, (4,), 3, 3)),
        ((1, 2, 0, 0), Verdict(Lean.MOST, (2,), 2, 3)),
        ((1, 7, 3, 1), Verdict(Lean.MOST, (2,), 7, 12)),
        ((1, 6, 4, 1), Verdict(Lean.HALF, (2,), 6, 12)),
        ((1, 5, 4, 2), Verdict(Lean.MORE, (2,), 5, 12)),
        ((1, 1), Verdict(Lean.SPLIT, (1, 2), 1, 2)),
        ((2, 4, 2, 4), Verdict(Lean.SPLIT, (2, 4), 4, 12)),
        ((1, 1, 1, 0), Verdict(Lean.SCATTERED, (1, 2, 3), 1, 3)),
        ((3, 3, 3, 3), Verdict(Lean.SCATTERED, (1, 2, 3, 4), 3, 12)),
    ],
)
def test_the_readers_stand_as_their_counts_say(counts, found):
    assert verdict(counts) == found
