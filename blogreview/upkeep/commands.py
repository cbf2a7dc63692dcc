from __future__ import annotations

from datetime import datetime, timedelta

from blogreview.accounts import commands as accounts
from blogreview.allocation import commands as allocation
from blogreview.db import db
from blogreview.overview import commands as overview
from blogreview.posts import commands as posts
from blogreview.reviews import commands as reviews

#: Tries older than the longest window they are counted in tell nothing.
ATTEMPTS_KEPT = timedelta(days=1)


def keep_promises(*, now: datetime) -> None:
    """Settle who wrote what, then deal the reviews of every assignment whose publish deadline has passed.

    Whoever changed team after an early deal may turn out to have written what they were given to review.
    """
    if posts.freeze_due(now=now):
        allocation.take_back_own(now=now)
        reviews.hide_own(now=now)
    allocation.deal_due(now=now)
    db.session.flush()


def forget(*, now: datetime) -> None:
    accounts.forget_old(before=now - ATTEMPTS_KEPT, now=now)


#: What can wait for the worker, each in a transaction of its own so that none holds the others' lock.
CHORES = (overview.refresh_stale_estimates, forget)
