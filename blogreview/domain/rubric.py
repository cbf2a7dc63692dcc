"""The default rubric, by keys; phrases.py has the words in three languages."""

from __future__ import annotations

DEFAULT_CRITERIA = ("goals", "guidelines", "examples", "positioning")
#: Lowest first.
DEFAULT_LEVELS = ("not-yet", "getting-there", "in-place", "stands-out")
MIN_LEVELS, MAX_LEVELS = 2, 6
