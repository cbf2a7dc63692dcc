from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from blogreview.db import db


@pytest.fixture
def session(app: Flask, blank: None) -> Iterator[None]:
    """One transaction, never committed."""
    with app.app_context():
        yield
        db.session.rollback()
