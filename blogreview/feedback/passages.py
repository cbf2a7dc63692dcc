"""An address that makes the browser scroll to a passage and mark it: https://wicg.github.io/scroll-to-text-fragment/"""

from __future__ import annotations

from urllib.parse import quote as percent

#: Longer passages are named by how they begin and end: they may run across paragraphs.
WHOLE_UP_TO = 8
ENDS = 4


def fragment(passage: str) -> str:
    """The part of an address from ``#`` on."""
    words = passage.split()
    if len(words) <= WHOLE_UP_TO:
        return f"#:~:text={_encoded(words)}"
    return f"#:~:text={_encoded(words[:ENDS])},{_encoded(words[-ENDS:])}"


def _encoded(words: list[str]) -> str:
    # A hyphen next to a comma means something of its own there.
    return percent(" ".join(words), safe="").replace("-", "%2D")
