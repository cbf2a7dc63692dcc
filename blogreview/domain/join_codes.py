"""Join codes: short enough to read aloud, without the signs that look alike."""

from __future__ import annotations

import re
from collections.abc import Callable

LENGTH = 8
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O, 1 I L


def make_code(choose: Callable[[str], str]) -> str:
    """:param choose: picks one character of a text, unpredictably (``secrets.choice``)."""
    return "".join(choose(ALPHABET) for _ in range(LENGTH))


def normal_code(typed: str) -> str:
    """The code as it is stored, whatever case, spaces or hyphens it was typed with."""
    return re.sub(r"[\s\-–]", "", typed).upper()
