from __future__ import annotations

from collections.abc import Collection
from typing import Any

from blogreview.db import db, pause_transaction
from blogreview.domain.estimates import ClassScores, estimated
from blogreview.grades import estimate_queries as queries
from blogreview.models import PostEstimate


def refresh_estimates(*, assignment_ids: Collection[int]) -> None:
    """Make the estimates of these assignments anew.

    The arithmetic runs outside the transaction: what the caller has not committed before is lost.
    """
    read = [queries.scores_of(assignment_id) for assignment_id in assignment_ids]
    pause_transaction()
    for scores, contents in [(scores, estimated(scores)) for scores in read]:
        _keep(scores, contents)


def _keep(scores: ClassScores, contents: dict[int, dict[str, Any]]) -> None:
    """Unless someone has meanwhile kept estimates of newer scores."""
    assignment = queries.lock_assignment(scores.assignment_id)
    if (assignment.estimated_version or 0) > scores.version:
        return
    queries.forget_estimates(assignment.id)
    db.session.add_all(PostEstimate(post_id=post, content=content) for post, content in contents.items())
    assignment.estimated_version = scores.version
    db.session.flush()
