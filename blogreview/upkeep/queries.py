from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select

from blogreview.allocation.queries import due_to_deal
from blogreview.db import db
from blogreview.posts.queries import due_to_freeze


def is_anything_due(now: datetime) -> bool:
    """Whether writing has closed somewhere and the deal, or who wrote what, is not settled. One query."""
    return bool(db.session.scalar(select(or_(due_to_freeze(now).exists(), due_to_deal(now).exists()))))
