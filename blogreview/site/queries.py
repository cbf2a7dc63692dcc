from __future__ import annotations

from functools import cache

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from blogreview.config import ROOT
from blogreview.db import db


@cache
def newest_schema() -> str | None:
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()


def schema_is_current() -> bool:
    """Whether every migration has been run. One query."""
    found = MigrationContext.configure(db.session.connection()).get_current_revision()
    return found == newest_schema()
