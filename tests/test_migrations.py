"""Migrations run up, down and up again with data in place, and end at the schema the models say."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, func, inspect, select, text

from blogreview import create_app
from blogreview.config import Settings
from blogreview.db import db
from blogreview.models import Allocation, Membership, Revision, RevisionAnswer
from tests.world import NOW, World

COUNTED = (Membership, Revision, RevisionAnswer, Allocation)


@pytest.fixture
def fresh(database_url, folder):
    """An app on a database that holds nothing yet."""
    if database_url.startswith("sqlite"):
        (folder / "fresh.sqlite").unlink(missing_ok=True)
        url = f"sqlite:///{folder / 'fresh.sqlite'}"
    else:
        url = make_database(database_url)
    app = create_app(Settings(secret_key="test", database_url=url, testing=True), time=lambda: NOW)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def make_database(url: str) -> str:
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS fresh"))
        connection.execute(text("CREATE DATABASE fresh"))
    server.dispose()
    return server.url.set(database="fresh").render_as_string(hide_password=False)


def counts() -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(model)) for model in COUNTED]


def test_the_head_equals_the_models(fresh):
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_the_checks_are_in_the_migrated_schema(fresh):
    """Autogenerate does not compare CHECK constraints, so this does."""
    upgrade()
    with db.engine.connect() as connection:
        found = inspect(connection)
        for table in db.metadata.sorted_tables:
            said = {str(c.name) for c in table.constraints if c.__class__.__name__ == "CheckConstraint" and c.name}
            assert {check["name"] for check in found.get_check_constraints(table.name)} >= said, table.name


def test_down_and_up_again_leaves_a_working_schema(fresh):
    upgrade()
    World.build()
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    World.build()
    assert counts() == [8, 2, 4, 3]


def test_running_the_newest_again_keeps_every_row(fresh):
    upgrade()
    World.build()
    before = counts()
    db.session.remove()
    upgrade()
    assert (counts(), before) == ([8, 2, 4, 3], [8, 2, 4, 3])
