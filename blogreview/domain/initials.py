from __future__ import annotations


def initials(name: str) -> str:
    """The first letters of the first and last word: «Anne Marie Øye» -> «AØ»; empty for an empty name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
