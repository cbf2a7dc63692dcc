"""What every page shares: the request cycle, the guard, errors, headers, words and the clock."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect

from blogreview.web import assets, clock, converters, errors, guard, headers, i18n, request_cycle
from blogreview.web.requests import CleanRequest

FindVisitor = Callable[[str], guard.Visitor | None]


def init_app(app: Flask, *, find_visitor: FindVisitor, zone: Callable[[], str], time: clock.Clock) -> None:
    app.request_class = CleanRequest
    clock.init_app(app, time)
    converters.init_app(app)
    # Flask runs what follows a request in reverse: the commit must come before the headers of its outcome.
    headers.init_app(app)
    assets.init_app(app)
    request_cycle.init_app(app)
    CSRFProtect(app)
    login = LoginManager(app)
    login.session_protection = None
    login.user_loader(find_visitor)
    app.extensions["find_visitor"] = find_visitor
    i18n.init_app(app, zone=zone)
    errors.init_app(app)
