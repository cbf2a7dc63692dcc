"""One request, one transaction, one question to the policy."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, g, request

from blogreview.db import db, only_reads, pause_transaction

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class PolicyNeverAsked(RuntimeError):
    """A route answered without consulting the policy. Fix the route."""


def init_app(app: Flask) -> None:
    app.before_request(start)
    app.after_request(finish)
    app.teardown_request(forget)


def start() -> None:
    """A request that only reads need not queue for the one writer."""
    g.reads = only_reads.set(request.method in SAFE_METHODS)


def settle(is_due: Callable[[], bool], keep: Callable[[], None]) -> None:
    """Before the request itself, in a transaction of its own: what should have happened by now, happens."""
    if request.endpoint in (None, "static", "health.alive") or not is_due():
        return
    pause_transaction()
    reads = only_reads.set(False)
    keep()
    db.session.commit()
    only_reads.reset(reads)


def finish(response: Response) -> Response:
    """Returning commits, whatever the status (a 422 keeps its draft); raising has rolled back."""
    if request.endpoint not in (None, "static") and not g.get("policy_asked"):
        db.session.rollback()
        raise PolicyNeverAsked(request.endpoint)
    if request.method in SAFE_METHODS or g.get("failed"):
        db.session.rollback()
    else:
        db.session.commit()
    return response


def failed() -> None:
    """What was written before the error must not be kept."""
    g.failed = g.policy_asked = True
    db.session.rollback()


def forget(_error: BaseException | None = None) -> None:
    token = g.pop("reads", None)
    if token is not None:
        only_reads.reset(token)
