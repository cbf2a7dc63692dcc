"""Team names as people type them: the same team, a new one, or a known one misspelled."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

_LONG_WORD = 5  # letters; shorter words, and numbers, differ by one sign and still mean different teams
_COMPARABLE = 120  # characters; longer names are refused anyway, and would have a thousand stems each


def team_key(team: str) -> str:
    """The form in which two team names are compared: «Makrell» is «makrell»."""
    return unicodedata.normalize("NFC", " ".join(team.split()).casefold())


class TeamNames:
    """The course's teams and those of a list, weighed against each other."""

    def __init__(self, known: Iterable[str], listed: Sequence[str]) -> None:
        """:param listed: one name per row of the list, in its order; "" where a row has none."""
        self._known = {team_key(team): team for team in known}
        self._counts = Counter(filter(None, map(team_key, listed)))
        # The first spelling is the one kept, and the course's comes before the list's.
        self._spelling = {team_key(team): team for team in reversed(listed) if team} | self._known
        self._standing = {key: self._stands(key, place) for place, key in enumerate(self._in_order(listed))}
        self._alike: dict[str, list[str]] = {}
        for key in self._standing:
            for stem in _stems(key):
                self._alike.setdefault(stem, []).append(key)

    def spelled(self, team: str) -> str:
        """The team's name as the course, or else the list's first row, spells it."""
        return self._spelling.get(team_key(team), team)

    def meant(self, team: str) -> str | None:
        """The team probably meant where this one looks misspelled; None where it looks right.

        A team of the course is never doubted, nor one that several rows name, unless the course has its like.
        """
        key = team_key(team)
        if not key or key in self._known:
            return None
        others = {other for stem in _stems(key) for other in self._alike.get(stem, ()) if other != key}
        better = [other for other in others if self._outranks(other, key)]
        return self._spelling[max(better, key=self._standing.__getitem__)] if better else None

    def _in_order(self, listed: Sequence[str]) -> dict[str, None]:
        return dict.fromkeys([*self._known, *filter(None, map(team_key, listed))])

    def _stands(self, key: str, place: int) -> tuple[bool, int, int]:
        return key in self._known, self._counts[key], -place

    def _outranks(self, other: str, key: str) -> bool:
        doubtful = other in self._known or self._counts[key] == 1
        return doubtful and self._standing[other] > self._standing[key]


def _stems(key: str) -> Iterator[str]:
    """The name, and the name with any one letter of a long word left out; none without a long word.

    Two names that share a stem are a letter apart: added, lost, changed or swapped with its neighbour.
    Looking stems up keeps a list of 2,000 teams linear; comparing every pair would take minutes.
    """
    words = re.findall(r"\w+", key) if len(key) <= _COMPARABLE else []
    for at, word in enumerate(words):
        if len(word) >= _LONG_WORD and word.isalpha():
            before, after = words[:at], words[at + 1 :]
            for letter in range(len(word) + 1):
                yield " ".join([*before, word[:letter] + word[letter + 1 :], *after])
