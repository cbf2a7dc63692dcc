from __future__ import annotations

from datetime import datetime


def refresh_stale_estimates(*, now: datetime) -> None:
    ...
