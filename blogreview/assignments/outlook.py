"""What an assignment will mean for the class, from how many they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

#: How long one review takes, in minutes, and how many suggestions it holds, about.
MINUTES_PER_REVIEW = 30
SUGGESTIONS_PER_REVIEW = 2


@dataclass(frozen=True, slots=True)
class Outlook:
    """Students who are on a team, their teams, and the reviews each student is asked for."""

    students: int
    teams: int
    reviews: int

    @property
    def possible(self) -> int:
        """The reviews each student can have: nobody reviews their own team's post."""
        return max(0, min(self.reviews, self.teams - 1))

    @property
    def readers(self) -> str:
        """How many read each post: "12", or "11–12" where it does not come out even."""
        fewest, rest = divmod(self._all, max(1, self.teams))
        return f"{fewest}–{fewest + 1}" if rest else str(fewest)

    @property
    def suggestions(self) -> int:
        """How many suggestions each team gets, about."""
        return round(SUGGESTIONS_PER_REVIEW * self._all / max(1, self.teams))

    @property
    def minutes(self) -> int:
        """How long each student reviews, about."""
        return MINUTES_PER_REVIEW * self.possible

    @property
    def with_one_less(self) -> Outlook | None:
        """The same class with a review less each; None where that leaves nothing."""
        return replace(self, reviews=self.possible - 1) if self.possible > 1 else None

    @property
    def _all(self) -> int:
        return self.students * self.possible
