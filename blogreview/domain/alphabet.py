"""The order people expect names in, on both engines and whatever their collation."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(\d+)")
#: æ ø å end the alphabet in this order; ä and ö are their Swedish spellings.
_LAST = str.maketrans({"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c"})


def alphabetical(name: str) -> tuple[tuple[str, int], ...]:
    """A key to sort names by: «Team 2» before «Team 10», «Ærfugl» before «Ørn» before «Ål»."""
    text, *rest = _NUMBER.split(name.casefold().translate(_LAST))
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return ((text, -1), *(pair for number, after in pairs for pair in (("", int(number)), (after, -1))))
