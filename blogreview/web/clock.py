"""The one place a request reads the time, so that a test may set it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask, current_app

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


def init_app(app: Flask, clock: Clock) -> None:
    app.extensions["clock"] = clock


def now() -> datetime:
    clock: Clock = current_app.extensions["clock"]
    return clock()
