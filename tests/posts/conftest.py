from __future__ import annotations

import pytest
from flask import Flask

from tests.posts.desk import Desk, add_desk
from tests.world import World


@pytest.fixture
def desk(app: Flask, world: World) -> Desk:
    """An assignment in its writing phase, in which nobody has written yet."""
    with app.app_context():
        return add_desk(world)
