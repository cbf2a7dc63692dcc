from __future__ import annotations

from datetime import datetime

from blogreview.grades import estimate_queries
from blogreview.grades.estimate_commands import refresh_estimates


def refresh_stale_estimates(*, now: datetime) -> None:
    """Every assignment whose scores have changed since its estimates were made."""
    refresh_estimates(assignment_ids=estimate_queries.stale_assignments())
