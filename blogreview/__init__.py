"""A course peer-review platform for strategy blog posts.

This module is the composition root: the only place that knows every part.
"""

from __future__ import annotations

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from blogreview import (
    accounts,
    allocation,
    assignments,
    cli,
    courses,
    db,
    demo,
    feedback,
    grades,
    home,
    overview,
    posts,
    replies,
    reviews,
    site,
    teams,
    web,
)
from blogreview.accounts.session import find_visitor
from blogreview.config import ROOT, Settings
from blogreview.site import chrome
from blogreview.upkeep import queries as upkeep
from blogreview.upkeep.commands import keep_promises
from blogreview.web import request_cycle
from blogreview.web.clock import Clock, now, system_clock

#: A ladder: a later one may use an earlier one. tests/test_architecture.py holds the order.
CAPABILITIES = (
    accounts, courses, teams, assignments, posts, replies, allocation, reviews, feedback, grades, overview,
    home, demo, site,
)


def settle() -> None:
    """A request that comes before the worker keeps the clock's promises itself."""
    request_cycle.settle(lambda: upkeep.is_anything_due(now()), lambda: keep_promises(now=now()))


def create_app(settings: Settings | None = None, *, time: Clock = system_clock) -> Flask:
    """Build one independent application; nothing is global but code."""
    settings = settings or Settings.from_env()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.from_mapping(settings.to_flask())
    app.extensions["settings"] = settings
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.production:
        # One proxy stands in front (docs/operations.md): the visitor's address and https are what it says.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    db.init_app(app)
    Migrate(app, db.db, directory=str(ROOT / "migrations"), render_as_batch=True)
    Compress(app)
    web.init_app(app, find_visitor=find_visitor, zone=chrome.zone, time=time)
    app.before_request(settle)
    chrome.init_app(app)
    for capability in CAPABILITIES:
        for blueprint in capability.blueprints:
            app.register_blueprint(blueprint)
    cli.init_app(app)
    return app
