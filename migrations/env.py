"""Runs migrations in one explicit transaction each, with foreign keys off.

A batch migration recreates a table; with foreign keys on, SQLite would delete every row that refers to it.
"""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from blogreview.db import Base, UtcDateTime


def run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            set_foreign_keys(connection, "OFF")
        migrate(connection, sqlite)
        if sqlite:
            check_foreign_keys(connection)
            set_foreign_keys(connection, "ON")


def migrate(connection: Connection, sqlite: bool) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        transaction_per_migration=True,
        compare_type=True,
        render_item=render_plainly,
    )
    with context.begin_transaction():
        context.run_migrations()


def render_plainly(kind: str, item: object, _context: object) -> str | bool:
    """A migration must not change its meaning with the application's code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def set_foreign_keys(connection: Connection, state: str) -> None:
    # The pragma does nothing inside a transaction, so it goes to the driver's own connection.
    connection.rollback()
    connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={state}")


def check_foreign_keys(connection: Connection) -> None:
    broken = connection.connection.driver_connection.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"the migration left rows that refer to nothing: {broken[:5]}")


run()
