"""Markdown is rendered in a worker process that can be killed; a page then shows the source escaped.

A process, because no thread or signal stops a regular expression, and a stack that overflows takes its
process along.
"""

from __future__ import annotations

import atexit
import logging
import multiprocessing
import os
import threading
from collections.abc import Mapping
from concurrent.futures import BrokenExecutor, CancelledError, Future
from dataclasses import dataclass

from pebble import ProcessExpired, ProcessPool

from blogreview.domain import markup
from blogreview.domain.markup import Picture

TIME_LIMIT = 2.0
"""Seconds one text may take once the worker has it."""

PATIENCE = 10.0
"""Seconds a caller waits in all: for the worker to start, for the texts before this one, and for this one."""

UNSETTLED = 0
"""The version of a stand-in for a text that the worker gave no answer about: worth rendering again."""

_log = logging.getLogger(__name__)
_lock = threading.Lock()
_pool: ProcessPool | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML, and the `markup.SANITISER_VERSION` that made it or UNSETTLED."""

    html: str
    version: int


def render_safely(source: str, pictures: Mapping[str, Picture], prefix: str) -> Rendered:
    """`markup.render` within TIME_LIMIT, or else `markup.escaped`; a source that fails would fail again."""
    future = _schedule(source, dict(pictures), prefix)
    try:
        return Rendered(future.result(PATIENCE), markup.SANITISER_VERSION)
    except Exception as error:  # Whatever a source may provoke in the library.
        unanswered = future.cancel() or isinstance(error, CancelledError | ProcessExpired | BrokenExecutor)
        _log.warning("%d characters of Markdown are shown as they are: %r", len(source), error)
        return Rendered(markup.escaped(source), UNSETTLED if unanswered else markup.SANITISER_VERSION)


def stop() -> None:
    """End the worker, if there is one; the next text starts another."""
    global _pool
    with _lock:
        pool, _pool = _pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


def _schedule(source: str, pictures: dict[str, Picture], prefix: str) -> Future[str]:
    global _pool
    with _lock:
        if _pool is None or not _pool.active:
            # Spawned, not forked: the server has threads, and a fork may inherit their locks, held for ever.
            _pool = ProcessPool(max_workers=1, context=multiprocessing.get_context("spawn"))
        options = {"pictures": pictures, "prefix": prefix}
        return _pool.schedule(markup.render, args=(source,), kwargs=options, timeout=TIME_LIMIT)


atexit.register(stop)
# A server that forks after it has rendered: neither side may be left with half of the other's pool.
os.register_at_fork(before=stop)
