"""The one SQLAlchemy handle: naming, time, and SQLite run as a real database.

The only module that imports Flask-SQLAlchemy, so that replacing it touches one file.
"""

from __future__ import annotations

import sqlite3
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import pysqlite3.dbapi2
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, TypeDecorator, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase

#: Older SQLite has the WAL-reset race that can corrupt a database.
SAFE_SQLITE = (3, 51, 3)

#: True while a request only reads: its transaction need not wait for the one writer.
only_reads: ContextVar[bool] = ContextVar("only_reads", default=False)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in, the same moment in UTC out, on engines with and without time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def init_app(app: Flask) -> None:
    """Bind the handle to the app, with the engine options its database needs."""
    options: dict[str, Any] = {"pool_pre_ping": True}
    if is_sqlite(str(app.config["SQLALCHEMY_DATABASE_URI"])):
        options = {
            "module": sqlite3 if sqlite3.sqlite_version_info >= SAFE_SQLITE else pysqlite3.dbapi2,
            "connect_args": {"isolation_level": None, "timeout": 5, "check_same_thread": False},
        }
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            prepare_sqlite(db.engine)


def is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def prepare_sqlite(engine: Engine) -> None:
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, _record: object) -> None:
    # FULL, not NORMAL: what we have acknowledged must survive a power cut.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # IMMEDIATE: two who read and then write would otherwise lose one another's changes.
    connection.exec_driver_sql("BEGIN" if only_reads.get() else "BEGIN IMMEDIATE")


def pause_transaction() -> None:
    """Let the write lock go before slow work; what is read afterwards is read anew."""
    db.session.rollback()
